#include "shared/announcement.h"

#include "shared/text.h"

#include <QHash>

#include <algorithm>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostPeople = 1'000'000;
constexpr qsizetype shortTextSize = 26; // 16 bytes in Base32

QByteArray string(const QByteArray &key, const QByteArray &value)
{
    return key + '=' + value;
}

/// As it goes over the network, where a byte with its length stands before each string.
qsizetype sizeOf(const QList<QByteArray> &txt)
{
    qsizetype size = 0;
    for (const QByteArray &one : txt)
        size += 1 + one.size();
    return size;
}

/// Keys are told apart without regard to case (RFC 6763, 6.4).
QHash<QByteArray, QByteArray> valuesOf(const QList<QByteArray> &txt)
{
    QHash<QByteArray, QByteArray> values;
    for (const QByteArray &one : txt) {
        const qsizetype sign = one.indexOf('=');
        const QByteArray key = one.first(std::max<qsizetype>(sign, 0)).toLower();
        if (!key.isEmpty() && !values.contains(key))
            values.insert(key, one.sliced(sign + 1));
    }
    return values;
}

/// In capitals; empty where it cannot be the beginning of a key.
QString keyOf(const QByteArray &value)
{
    const QByteArray key = value.toUpper();
    const auto isBase32 = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); };
    const bool isKey = key.size() == shortTextSize && std::all_of(key.begin(), key.end(), isBase32);
    return isKey ? QString::fromLatin1(key) : QString();
}

} // namespace

QString cutToUtf8(const QString &text, qsizetype bytes)
{
    QByteArray utf8 = text.toUtf8();
    if (utf8.size() <= bytes)
        return text;
    qsizetype end = bytes;
    while (end > 0 && (static_cast<uchar>(utf8.at(end)) & 0xC0) == 0x80)
        --end;
    utf8.truncate(end);
    return QString::fromUtf8(utf8);
}

QList<QByteArray> announcementTxt(const Announcement &announcement)
{
    const int people = std::clamp(announcement.people, 0, mostPeople);
    QList<QByteArray> txt{"v=1", string("n", QByteArray::number(people))};
    if (!announcement.keyBegins.isEmpty())
        txt.append(string("fp", announcement.keyBegins.toLatin1()));
    const QByteArray none = string("name", {});
    const qsizetype room = std::min(Announcement::longest - sizeOf(txt) - 1,
                                    Announcement::longestString)
            - none.size();
    txt.insert(1, none + cutToUtf8(announcement.name, room).toUtf8());
    return txt;
}

std::optional<Announcement> parseAnnouncement(const QList<QByteArray> &txt)
{
    if (sizeOf(txt) > Announcement::longest)
        return std::nullopt;
    const QHash<QByteArray, QByteArray> values = valuesOf(txt);
    const auto name = fromUtf8(values.value("name"));
    if (values.value("v") != "1" || !name)
        return std::nullopt;
    Announcement announcement;
    announcement.name = cleanLine(*name).trimmed();
    announcement.keyBegins = keyOf(values.value("fp"));
    announcement.people = std::clamp(values.value("n").toInt(), 0, mostPeople);
    if (announcement.name.isEmpty())
        return std::nullopt;
    return announcement;
}

} // namespace teahouse
