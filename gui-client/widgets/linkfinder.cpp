#include "gui-client/widgets/linkfinder.h"

#include "gui-client/widgets/linkhost.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace teahouse::client {

using namespace Qt::StringLiterals;

// link    = ("http://" / "https://") host [":" 1*5digit] [("/" / "?" / "#") *part]
//         / "mailto:" 1*part
// A link does not stand behind a letter or digit of an alphabet with blanks between its words; a
// part is anything but blanks, controls, invisible characters, quotes, angle brackets and
// full-width punctuation.

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
    return (unit >= 0x2010 && unit <= 0x203B)
            || (unit >= 0x3000 && unit <= 0x303F && unit != 0x3005)
            || (unit >= 0xFE30 && unit <= 0xFE6F) || (unit >= 0xFF01 && unit <= 0xFF0F)
            || (unit >= 0xFF1A && unit <= 0xFF20) || (unit >= 0xFF3B && unit <= 0xFF40)
            || (unit >= 0xFF5B && unit <= 0xFF65);
}

bool isTrailing(QChar c)
{
    return QStringView(u".,;:!?'*_~").contains(c);
}

bool beginsScheme(QStringView text)
{
    return std::any_of(schemes.begin(), schemes.end(), [text](QLatin1StringView scheme) {
        return text.startsWith(scheme, Qt::CaseInsensitive);
    });
}

/// Goes along the parts of a link behind its host.
class Reach
{
public:
    Reach(QStringView text, qsizetype at) : m_text(text), m_at(at) { }

    qsizetype end()
    {
        while (m_at < m_text.size() && goesOn(m_text.at(m_at)))
            ++m_at;
        return m_at;
    }

private:
    bool goesOn(QChar c)
    {
        // One link may be in another's path, and two of them in a list.
        if (endsLink(c) || (isTrailing(c) && beginsScheme(m_text.sliced(m_at + 1))))
            return false;
        return staysBalanced(c) && staysInWord(c);
    }

    bool staysBalanced(QChar c)
    {
        if (const auto kind = openers.indexOf(c); kind >= 0) {
            m_open.append(closers.at(kind));
        } else if (closers.contains(c)) {
            if (m_open.isEmpty() || m_open.last() != c)
                return false;
            m_open.removeLast();
        }
        return true;
    }

    /// Chinese text belongs to a link where a part of its own begins with it: `/wiki/茶`, `q=茶`.
    bool staysInWord(QChar c)
    {
        if (isWrittenDense(c)) {
            if (m_dense == Dense::No)
                return false;
            m_dense = Dense::Yes;
        } else if (QStringView(u"/=&#+_").contains(c)) {
            m_dense = Dense::Possible;
        } else if (m_dense == Dense::Possible) {
            m_dense = Dense::No;
        }
        return true;
    }

    QStringView m_text;
    qsizetype m_at;
    QList<QChar> m_open; ///< the closing brackets that are waited for
    enum class Dense { No, Possible, Yes } m_dense = Dense::No;
};

qsizetype withoutTail(QStringView text, qsizetype from, qsizetype end)
{
    while (end > from && (isTrailing(text.at(end - 1)) || openers.contains(text.at(end - 1))))
        --end;
    return end;
}

bool standsInWord(QStringView text, qsizetype at)
{
    // A Chinese character before a link is no part of it.
    return at > 0 && text.at(at - 1).isLetterOrNumber() && !isWrittenDense(text.at(at - 1));
}

qsizetype portEnd(QStringView text, qsizetype at)
{
    if (at >= text.size() || text.at(at) != u':')
        return at;
    qsizetype end = at + 1;
    while (end < text.size() && text.at(end) >= u'0' && text.at(end) <= u'9')
        ++end;
    return end - at > 1 && end - at <= 6 ? end : at;
}

/// Whether what stands behind the host makes something else of it: a user's name, or what is
/// decoded to one.
bool isDisguised(QStringView text, qsizetype at)
{
    for (; at < text.size() && !endsLink(text.at(at)) && !isWrittenDense(text.at(at)); ++at) {
        const QChar c = text.at(at);
        if (c == u'/' || c == u'?' || c == u'#')
            return false;
        if (c == u'@' || c == u'%')
            return true;
        if (isTrailing(c) && beginsScheme(text.sliced(at + 1)))
            return false;
    }
    return at < text.size() && text.at(at) == u'\\';
}

/// Up to where the link reaches whose scheme ends at `from`; `from`: it is none.
qsizetype webEnd(QStringView text, qsizetype from)
{
    const auto host = hostEnd(text, from);
    if (!host)
        return from;
    const qsizetype authority = portEnd(text, *host);
    if (isDisguised(text, authority))
        return from;
    const bool hasMore = authority < text.size()
            && QStringView(u"/?#").contains(text.at(authority));
    return hasMore ? Reach(text, authority).end() : authority;
}

qsizetype mailEnd(QStringView text, qsizetype from)
{
    qsizetype end = Reach(text, from).end();
    for (qsizetype at = from; at < end; ++at) {
        if (text.at(at).unicode() >= 0x80)
            end = at;
    }
    return end;
}

/// Whether the link opens what is written there.
bool isHonest(const QUrl &url, QStringView written)
{
    if (!url.isValid())
        return false;
    if (url.scheme() == "mailto"_L1)
        return url.path().count(u'@') == 1 && !url.path().endsWith(u'@');
    if (!url.userInfo().isEmpty() || url.host().isEmpty() || url.port(0) > 65535)
        return false;
    // Numbers that are an address in disguise come out as another host.
    const QString host = url.host(QUrl::FullyEncoded);
    const QString meant = written.first(hostEnd(written, 0).value_or(0)).toString();
    return host == meant.toLower() || host == QString::fromLatin1(QUrl::toAce(meant))
            || meant.startsWith(u'[');
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
            const bool mail = scheme == schemes.back();
            const qsizetype end = withoutTail(text, from,
                                              mail ? mailEnd(text, from) : webEnd(text, from));
            if (end == from)
                continue;
            const QUrl url(text.mid(start, end - start).toString(), QUrl::StrictMode);
            if (!isHonest(url, text.sliced(from, end - from)))
                continue;
            links.append({start, end - start, url});
            at = end;
            break;
        }
    }
    return links;
}

} // namespace teahouse::client
