#include "server/dialects/addressencoders.h"

#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// The message that is said aloud, if that is what the event is.
const ItemAdded *spoken(const Event &event)
{
    const auto *added = std::get_if<ItemAdded>(&event);
    const bool aloud = added && added->item.kind == ItemKind::Message
            && !added->item.room.startsWith(u'@');
    return aloud ? added : nullptr;
}

/// Every line of the text between what stands before and behind it.
QByteArray eachLine(const QString &before, const QString &text, QLatin1StringView end)
{
    const QString clean = cleanText(text);
    QString lines;
    for (const QStringView line : QStringView(clean).split(u'\n'))
        lines += before + line.toString() + end;
    return lines.toUtf8();
}

QString shownName(const QString &name, const Origin &origin)
{
    return origin.isShown() ? origin.host : cleanLine(name);
}

QLatin1StringView endOf(const ItemAdded &added, QLatin1StringView customary)
{
    switch (added.lineEnd) {
    case LineEnd::Customary:
        return customary;
    case LineEnd::Lf:
        return "\n"_L1;
    case LineEnd::CrLf:
        return "\r\n"_L1;
    }
    return customary;
}

} // namespace

QString addressTuple(const QString &name, const Origin &origin)
{
    return u"('%1', %2)"_s.arg(shownName(name, origin), QString::number(origin.port));
}

QString addressPair(const QString &name, const Origin &origin)
{
    return u"%1:%2"_s.arg(shownName(name, origin), QString::number(origin.port));
}

QByteArray LineDoorEncoder::encode(const Event &event, Side) const
{
    const ItemAdded *added = spoken(event);
    return added ? eachLine({}, added->item.text, "\r\n"_L1) : QByteArray();
}

QByteArray NulEncoder::encode(const Event &event, Side) const
{
    const ItemAdded *added = spoken(event);
    if (!added)
        return {};
    const QString before = addressTuple(added->item.from, added->origin) + u": "_s;
    return eachLine(before, added->item.text, QLatin1StringView("\0", 1));
}

QByteArray RelayEncoder::encode(const Event &event, Side side) const
{
    if (side == Side::Own)
        return {};
    if (const ItemAdded *added = spoken(event))
        return eachLine(u"\r<%1> "_s.arg(addressTuple(added->item.from, added->origin)),
                        added->item.text, endOf(*added, "\n"_L1));
    if (const auto *entered = std::get_if<Entered>(&event))
        return u"[%1] entered room\n"_s.arg(addressPair(entered->name, entered->origin)).toUtf8();
    if (const auto *left = std::get_if<Left>(&event)) {
        const Origin &origin = left->origin;
        return u"Client (%1,%2) is offline"_s
                .arg(shownName(left->name, origin), QString::number(origin.port))
                .toUtf8();
    }
    return {};
}

QByteArray GuestEncoder::encode(const Event &event, Side side) const
{
    if (side == Side::Own)
        return {};
    if (const ItemAdded *added = spoken(event))
        return eachLine(u"[%1] "_s.arg(addressPair(added->item.from, added->origin)),
                        added->item.text, endOf(*added, "\r\n"_L1));
    if (const auto *entered = std::get_if<Entered>(&event))
        return u"Client joined %1\r\n"_s.arg(addressPair(entered->name, entered->origin)).toUtf8();
    if (const auto *left = std::get_if<Left>(&event))
        return u"Client left %1\r\n"_s.arg(addressPair(left->name, left->origin)).toUtf8();
    return {};
}

} // namespace teahouse::server
