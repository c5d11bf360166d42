#include "server/dialects/lineencoder.h"

#include <QStringEncoder>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

bool isPrivate(const Item &item)
{
    return item.room.startsWith(u'@');
}

QString prefix(const Item &item)
{
    if (isPrivate(item))
        return item.action ? u"* *%1* "_s.arg(item.from) : u"*%1*: "_s.arg(item.from);
    return item.action ? u"* %1 "_s.arg(item.from) : item.from + u": "_s;
}

} // namespace

QString spokenLines(const Item &item, QLatin1StringView lineEnd)
{
    const QString before = prefix(item);
    QString lines;
    for (const QStringView line : QStringView(item.text).split(u'\n'))
        lines += before + line.toString() + lineEnd;
    return lines;
}

LineEncoder::LineEncoder(const char *lineEnd, const char *charset)
    : m_lineEnd(lineEnd), m_charset(charset)
{
}

QByteArray LineEncoder::encode(const Event &event, Side side) const
{
    if (const auto *added = std::get_if<ItemAdded>(&event))
        return toBytes(lines(*added, side));
    if (side == Side::Own)
        return {};
    if (const auto *notice = std::get_if<Notice>(&event))
        return toBytes(notice->text + m_lineEnd);
    if (const auto *entered = std::get_if<Entered>(&event))
        return toBytes(u"%1 has entered the room."_s.arg(entered->name) + m_lineEnd);
    if (const auto *left = std::get_if<Left>(&event))
        return toBytes(u"%1 has left the room."_s.arg(left->name) + m_lineEnd);
    return {};
}

bool LineEncoder::sidesDiffer(const Event &event) const
{
    const auto *added = std::get_if<ItemAdded>(&event);
    return !added || isPrivate(added->item);
}

QString LineEncoder::lines(const ItemAdded &event, Side side) const
{
    const bool ownPrivate = isPrivate(event.item) && side == Side::Own;
    if (event.item.kind != ItemKind::Message || ownPrivate)
        return {};
    return spokenLines(event.item, m_lineEnd);
}

QByteArray LineEncoder::toBytes(const QString &text) const
{
    if (m_charset == "UTF-8")
        return text.toUtf8();
    QStringEncoder encoder(m_charset.constData());
    QByteArray bytes = encoder.encode(text);
    return bytes;
}

} // namespace teahouse::server
