#include "shared/joinlink.h"

#include "shared/names.h"

#include <QUrl>
#include <QUrlQuery>

#include <algorithm>

namespace teahouse {

using namespace Qt::StringLiterals;

namespace {

using Parsed = std::variant<JoinLink, LinkFault>;

constexpr QLatin1StringView scheme("teahouse");
constexpr qsizetype longestCode = 64;

/// The value of a key that may stand in the query once; nothing: it stands there more often.
std::optional<QString> single(const QUrlQuery &query, const QString &key)
{
    const QStringList values = query.allQueryItemValues(key, QUrl::FullyDecoded);
    if (values.size() > 1)
        return std::nullopt;
    return values.value(0);
}

/// The host in ASCII; empty where there is none that can be connected to.
QString hostOf(const QUrl &url)
{
    const QString host = url.host(QUrl::EncodeUnicode);
    const bool odd = std::any_of(host.begin(), host.end(), [](QChar c) {
        return c.unicode() <= ' ' || c.unicode() >= 127 || c == u'/' || c == u'@';
    });
    return odd ? QString() : host;
}

} // namespace

bool isInviteCode(QStringView text)
{
    const auto isFine = [](QChar c) {
        return c.unicode() < 128 && (c.isLetterOrNumber() || c == u'-');
    };
    return !text.isEmpty() && text.size() <= longestCode
            && std::all_of(text.begin(), text.end(), isFine);
}

bool isJoinLink(QStringView text)
{
    return text.trimmed().startsWith(u"teahouse:", Qt::CaseInsensitive);
}

Parsed parseJoinLink(QStringView text)
{
    if (!isJoinLink(text))
        return LinkFault::NoLink;
    text = text.trimmed();
    if (text.size() > JoinLink::longest)
        return LinkFault::BadForm;
    const QUrl url(text.toString(), QUrl::StrictMode);
    JoinLink link;
    link.host = hostOf(url);
    link.port = static_cast<quint16>(url.port(JoinLink::defaultPort));
    if (!url.isValid() || link.host.isEmpty() || link.port == 0 || !url.userInfo().isEmpty()
        || url.hasFragment())
        return LinkFault::BadForm;

    const QString path = url.path(QUrl::FullyDecoded);
    if (path.size() > 1) {
        link.room = normalizedName(QStringView(path).sliced(1));
        if (checkName(link.room) != NameFault::None)
            return LinkFault::BadRoom;
    }
    const QUrlQuery query(url);
    const auto fingerprint = single(query, u"fp"_s);
    if (query.hasQueryItem(u"fp"_s)) {
        link.fingerprint = fingerprint ? Fingerprint::parse(*fingerprint) : std::nullopt;
        if (!link.fingerprint)
            return LinkFault::BadFingerprint;
    }
    const auto code = single(query, u"code"_s);
    if (query.hasQueryItem(u"code"_s)) {
        if (!code || !isInviteCode(*code))
            return LinkFault::BadCode;
        link.code = *code;
    }
    return link;
}

QString linkText(const JoinLink &link)
{
    QUrl url;
    url.setScheme(scheme);
    url.setHost(link.host);
    if (link.port != JoinLink::defaultPort)
        url.setPort(link.port);
    if (!link.room.isEmpty())
        url.setPath(u'/' + link.room, QUrl::DecodedMode);
    QUrlQuery query;
    if (link.fingerprint)
        query.addQueryItem(u"fp"_s, link.fingerprint->text());
    if (!link.code.isEmpty())
        query.addQueryItem(u"code"_s, link.code);
    if (!query.isEmpty())
        url.setQuery(query);
    return QString::fromLatin1(url.toEncoded());
}

} // namespace teahouse
