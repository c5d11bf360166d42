#include "server/store/itemseal.h"

#include <sodium.h>

#include <initializer_list>

namespace teahouse::server {

namespace {

void addNumbers(QByteArray &bytes, std::initializer_list<quint64> numbers)
{
    for (const quint64 number : numbers)
        bytes.append(reinterpret_cast<const char *>(&number), sizeof number);
}

void addText(QByteArray &bytes, const QString &text)
{
    bytes.append(reinterpret_cast<const char *>(text.utf16()), 2 * text.size());
}

qint64 hashOf(const QByteArray &key, const QByteArray &bytes)
{
    qint64 hash = 0;
    crypto_shorthash(reinterpret_cast<unsigned char *>(&hash),
                     reinterpret_cast<const unsigned char *>(bytes.constData()),
                     static_cast<unsigned long long>(bytes.size()),
                     reinterpret_cast<const unsigned char *>(key.constData()));
    return hash;
}

} // namespace

QByteArray sealKey(const QByteArray &stored)
{
    return stored.leftJustified(crypto_shorthash_KEYBYTES, '\0', true);
}

qint64 digestOf(const QByteArray &key, const Item &item)
{
    QByteArray bytes;
    bytes.reserve(6 * sizeof(quint64)
                  + 2 * (item.text.size() + item.name.size() + item.role.size()));
    addNumbers(bytes,
               {quint64(item.kind), quint64(item.action), item.replyTo, item.target,
                quint64(item.text.size()), quint64(item.name.size())});
    for (const QString *text : {&item.text, &item.name, &item.role})
        addText(bytes, *text);
    return hashOf(key, bytes);
}

qint64 sealOf(const QByteArray &key, const Item &item, const ItemRow &row, qint64 digest)
{
    QByteArray bytes;
    bytes.reserve(7 * sizeof(quint64) + 2 * item.from.size());
    addNumbers(bytes,
               {quint64(digest), row.room, row.sender, item.seq, quint64(item.time),
                quint64(row.flags), row.newestEdit});
    addText(bytes, item.from);
    return hashOf(key, bytes);
}

} // namespace teahouse::server
