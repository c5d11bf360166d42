#include "gui-client/link/linktools.h"

#include <QRandomGenerator>

namespace teahouse::client {

namespace {

/// 128 random bits in hexadecimal digits.
QString randomCid()
{
    quint32 words[4];
    QRandomGenerator::system()->fillRange(words);
    return QString::fromLatin1(
            QByteArray(reinterpret_cast<const char *>(words), sizeof words).toHex());
}

} // namespace

LinkTools systemTools()
{
    LinkTools tools;
    tools.random = [] { return QRandomGenerator::system()->generateDouble(); };
    tools.newCid = randomCid;
    return tools;
}

} // namespace teahouse::client
