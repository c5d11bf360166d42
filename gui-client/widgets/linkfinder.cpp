#include "gui-client/widgets/linkfinder.h"

#include <QStringList>

#include <array>

namespace teahouse::client {

using namespace Qt::StringLiterals;

// link = ("http://" / "https://" / "mailto:") 1*part, not behind a letter or digit; a part is
// anything but blanks, controls, quotes, angle brackets and full-width punctuation.

namespace {

constexpr std::array schemes = {"https://"_L1, "http://"_L1, "mailto:"_L1};
constexpr QStringView openers = u"([{";
constexpr QStringView closers = u")]}";

bool endsLink(QChar c)
{
    if (c.isSpace() || c.category() == QChar::Other_Control || c.category() == QChar::Other_Format)
        return true;
    if (c == u'"' || c == u'<' || c == u'>' || c == u'`' || c == u'|' || c == u'\\')
        return true;
    const char16_t unit = c.unicode();
    return (unit >= 0x2010 && unit <= 0x203B) || (unit >= 0x3000 && unit <= 0x303F)
            || (unit >= 0xFF01 && unit <= 0xFF0F) || (unit >= 0xFF1A && unit <= 0xFF20)
            || (unit >= 0xFF3B && unit <= 0xFF40) || (unit >= 0xFF5B && unit <= 0xFF65);
}

bool isTrailing(QChar c)
{
    return QStringView(u".,;:!?'*_~").contains(c);
}

/// The end of the link whose parts begin at `from`, before trailing punctuation is taken off.
qsizetype reach(QStringView text, qsizetype from)
{
    QList<QChar> open;
    qsizetype at = from;
    for (; at < text.size() && !endsLink(text.at(at)); ++at) {
        const QChar c = text.at(at);
        if (const auto kind = openers.indexOf(c); kind >= 0) {
            open.append(closers.at(kind));
        } else if (closers.contains(c)) {
            if (open.isEmpty() || open.last() != c)
                break;
            open.removeLast();
        }
    }
    return at;
}

qsizetype withoutTail(QStringView text, qsizetype from, qsizetype end)
{
    while (end > from && (isTrailing(text.at(end - 1)) || openers.contains(text.at(end - 1))))
        --end;
    return end;
}

bool standsInWord(QStringView text, qsizetype at)
{
    // A Chinese character before a link is no part of it.
    return at > 0 && text.at(at - 1).unicode() < 0x2E80 && text.at(at - 1).isLetterOrNumber();
}

} // namespace

QList<Link> findLinks(QStringView text)
{
    QList<Link> links;
    qsizetype at = 0;
    while ((at = text.indexOf(u':', at)) >= 0) {
        const qsizetype colon = at++;
        for (const auto scheme : schemes) {
            const qsizetype start = colon - scheme.indexOf(u':');
            if (start < 0 || standsInWord(text, start)
                || !text.mid(start).startsWith(scheme, Qt::CaseInsensitive))
                continue;
            const qsizetype from = start + scheme.size();
            const qsizetype end = withoutTail(text, from, reach(text, from));
            if (end == from)
                continue;
            const QUrl url(text.mid(start, end - start).toString(), QUrl::StrictMode);
            const bool mail = url.scheme() == "mailto"_L1;
            if (!url.isValid() || (mail ? !url.path().contains(u'@') : url.host().isEmpty()))
                continue;
            links.append({start, end - start, url});
            at = end;
            break;
        }
    }
    return links;
}

} // namespace teahouse::client
