#include "server/dialects/lineencoder.h"

#include "server/dialects/gb18030.h"

#include "shared/text.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

bool isPrivate(const Item &item)
{
    return item.room.startsWith(u'@');
}

QString prefix(const Item &item)
{
    const QString from = cleanLine(item.from);
    if (isPrivate(item))
        return item.action ? u"* *%1* "_s.arg(from) : u"*%1*: "_s.arg(from);
    return item.action ? u"* %1 "_s.arg(from) : from + u": "_s;
}

} // namespace

QString spokenLines(const Item &item, QLatin1StringView lineEnd)
{
    const QString before = prefix(item);
    const QString text = cleanText(item.text);
    QString lines;
    for (const QStringView line : QStringView(text).split(u'\n'))
        lines += before + line.toString() + lineEnd;
    return lines;
}

LineEncoder::LineEncoder(const char *lineEnd, Charset charset)
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
        return toBytes(cleanLine(notice->text) + m_lineEnd);
    if (const auto *entered = std::get_if<Entered>(&event))
        return toBytes(u"%1 has entered the room."_s.arg(cleanLine(entered->name)) + m_lineEnd);
    if (const auto *left = std::get_if<Left>(&event))
        return toBytes(u"%1 has left the room."_s.arg(cleanLine(left->name)) + m_lineEnd);
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
    const QString clean = cleanOutput(text);
    return m_charset == Charset::Utf8 ? clean.toUtf8() : Gb18030().encode(clean);
}

} // namespace teahouse::server
