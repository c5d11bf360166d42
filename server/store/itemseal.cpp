#include "server/store/itemseal.h"

#include <QVarLengthArray>

#include <sodium.h>

#include <array>

namespace teahouse::server {

namespace {

/// What is hashed, mostly without taking memory for it: every message comes through here.
using Bytes = QVarLengthArray<char, 1024>;

template <size_t Count>
void add(Bytes &bytes, const std::array<quint64, Count> &numbers)
{
    bytes.append(reinterpret_cast<const char *>(numbers.data()), sizeof numbers);
}

void add(Bytes &bytes, const QString &text)
{
    bytes.append(reinterpret_cast<const char *>(text.constData()), 2 * text.size());
}

qint64 hashOf(const QByteArray &key, const Bytes &bytes)
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
    Bytes bytes;
    add(bytes,
        std::array{quint64(item.kind), quint64(item.action), item.replyTo, item.target,
                   quint64(item.text.size()), quint64(item.name.size())});
    for (const QString *text : {&item.text, &item.name, &item.role})
        add(bytes, *text);
    return hashOf(key, bytes);
}

qint64 sealOf(const QByteArray &key, const Item &item, const ItemRow &row, qint64 digest)
{
    Bytes bytes;
    add(bytes,
        std::array{quint64(digest), row.room, row.sender, item.seq, quint64(item.time),
                   quint64(row.flags), row.newestEdit});
    add(bytes, item.from);
    return hashOf(key, bytes);
}

} // namespace teahouse::server
