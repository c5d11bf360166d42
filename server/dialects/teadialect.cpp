#include "server/dialects/teadialect.h"

#include "shared/text.h"

#include <QDateTime>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr auto end = "\r\n"_L1;
constexpr int usageWidth = 34; ///< in the answer to `help`

QString lines(const QString &heading, const QStringList &rows)
{
    QString text = heading + end;
    for (const QString &row : rows)
        text += cleanLine(row) + end;
    return text;
}

QString stamp(qint64 ms, qint64 now)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(ms);
    const bool today = time.date() == QDateTime::fromMSecsSinceEpoch(now).date();
    return time.toString(today ? u"[HH:mm] "_s : u"[yyyy-MM-dd HH:mm] "_s);
}

/// The answers that are nothing but text.
class Writer
{
public:
    explicit Writer(qint64 now) : m_now(now) { }

    QString operator()(const RoomJoined &joined) const
    {
        const QString text = u"You are in %1%2."_s.arg(cleanLine(joined.room.room),
                                                       rules(joined.room))
                + end;
        return joined.room.topic.isEmpty() ? text : text + topicLine(joined.room.topic);
    }
    QString operator()(const RoomList &list) const
    {
        QStringList rows;
        for (const RoomState &room : list.rooms) {
            const QString row = room.isNameOnly ? room.room + rules(room)
                                                : u"%1 (%2)"_s.arg(room.room).arg(room.members);
            rows += room.topic.isEmpty() ? row : row + u' ' + room.topic;
        }
        return lines(u"These are the rooms:"_s, rows) + moreLine(list.more);
    }
    QString operator()(const PersonList &list) const
    {
        QStringList names;
        for (const Person &person : list.people)
            names += person.address.isEmpty() ? person.name
                                              : u"%1 (%2)"_s.arg(person.name, person.address);
        return lines(list.room.isEmpty() ? u"The following are logged in:"_s
                                         : u"The following are in this room:"_s,
                     names)
                + moreLine(list.more);
    }
    QString operator()(const HistoryPage &page) const
    {
        QString text;
        for (const Item &item : page.items)
            text += stamped(item);
        return text.isEmpty() ? u"Nothing has been said here yet."_s + end : text;
    }
    QString operator()(const SearchPage &page) const
    {
        QString text = page.more ? u"... and more, longer ago"_s + end : QString();
        for (auto found = page.found.crbegin(); found != page.found.crend(); ++found)
            text += stamped(found->item);
        return text.isEmpty() ? u"Nothing was found."_s + end : text;
    }
    QString operator()(const TopicShown &shown) const
    {
        return shown.topic.isEmpty() ? u"No topic is set."_s + end : topicLine(shown.topic);
    }
    QString operator()(const HelpShown &help) const
    {
        QString text;
        for (const HelpShown::Row &row : help.rows)
            text += row.usage.leftJustified(usageWidth) + row.text + end;
        return text;
    }
    QString operator()(const UserShown &shown) const
    {
        return (shown.user.role.isEmpty() ? u"%1 is registered now."_s
                                          : u"%1 is an administrator now."_s)
                       .arg(cleanLine(shown.user.name))
                + end;
    }
    QString operator()(const InviteCode &code) const
    {
        const QString who = code.uses == 1 ? u"one person"_s : u"%1 people"_s.arg(code.uses);
        const QString where = code.room.isEmpty() ? QString() : u" to "_s + cleanLine(code.room);
        return u"%1 lets %2 in%3 until %4."_s.arg(code.code, who, where, minute(code.until)) + end;
    }
    QString operator()(const InviteList &list) const
    {
        QStringList rows;
        for (const InviteList::Invite &invite : list.codes)
            rows += inviteLine(invite);
        return rows.isEmpty()
                ? u"No invite codes are valid here."_s + end
                : lines(u"These invite codes are valid:"_s, rows) + moreLine(list.more);
    }
    QString operator()(const CodeTaken &) const
    {
        return u"The code is valid. Now log in."_s + end;
    }
    QString operator()(const Welcome &welcome) const
    {
        for (const RoomState &room : welcome.rooms) {
            if (!welcome.room.isEmpty() && room.room == welcome.room)
                return (*this)(RoomJoined{room});
        }
        return {};
    }
    QString operator()(const IgnoreList &list) const
    {
        return list.names.isEmpty() ? u"You ignore nobody."_s + end
                                    : lines(u"You ignore:"_s, list.names);
    }
    QString operator()(const AccountList &list) const
    {
        QStringList rows;
        for (const AccountList::Account &account : list.accounts)
            rows += account.name + (account.admin ? u" (admin)"_s : QString())
                    + (account.online ? u" (here)"_s : QString());
        return lines(u"The following are registered:"_s, rows) + moreLine(list.more);
    }
    QString operator()(const SanctionList &list) const
    {
        QString text;
        for (const SanctionList::Sanction &sanction : list.sanctions)
            text += cleanLine(sanctionLine(sanction)) + end;
        return text.isEmpty() ? u"Nobody is banned or muted here."_s + end
                              : text + moreLine(list.more);
    }
    QString operator()(const AuditPage &page) const
    {
        QString text;
        for (auto entry = page.entries.crbegin(); entry != page.entries.crend(); ++entry)
            text += stamp(entry->time, m_now) + cleanLine(auditLine(*entry)) + end;
        return text.isEmpty() ? u"Nothing has been done here yet."_s + end : text;
    }
    QString operator()(const Imposed &imposed) const
    {
        const QString what = imposed.kind == SanctionKind::Ban ? u"banned"_s : u"muted"_s;
        if (imposed.isNameOnly)
            return u"Only the name %1 is %2: others may share its address."_s.arg(imposed.name,
                                                                                  what)
                    + end;
        return imposed.address.isEmpty()
                ? QString()
                : u"%1 is %2, and so is the address %3."_s.arg(imposed.name, what, imposed.address)
                        + end;
    }
    QString operator()(const Pong &) const { return u"pong"_s + end; }
    template <typename Silent>
    QString operator()(const Silent &) const
    {
        return {};
    }

private:
    /// The lines of a message with its time before each; nothing of other items.
    QString stamped(const Item &item) const
    {
        if (item.kind != ItemKind::Message)
            return {};
        const QString time = stamp(item.time, m_now);
        QString text;
        const QStringList spoken = spokenLines(item, end).split(end, Qt::SkipEmptyParts);
        for (const QString &line : spoken)
            text += time + line + end;
        return text;
    }
    /// What is out of the ordinary about a room: ` (private, read-only)`.
    static QString rules(const RoomState &room)
    {
        QStringList words;
        if (room.isClosed)
            words += u"private"_s;
        if (room.hasKey)
            words += u"with a password"_s;
        if (room.isReadOnly)
            words += u"read-only"_s;
        return words.isEmpty() ? QString() : u" (%1)"_s.arg(words.join(u", "_s));
    }
    static QString minute(qint64 time)
    {
        return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm"_s);
    }
    /// `1f0a2b3c for 3 to garden until 2026-01-31 10:00 by ann`
    static QString inviteLine(const InviteList::Invite &invite)
    {
        const QString where = invite.room.isEmpty() ? QString() : u" to "_s + invite.room;
        return u"%1 for %2%3 until %4 by %5"_s.arg(invite.label)
                .arg(invite.uses)
                .arg(where, minute(invite.until),
                     invite.by.isEmpty() ? u"(the shell)"_s : invite.by);
    }
    /// `ban spammer until 2026-01-31 10:00 by ann: spam`
    QString sanctionLine(const SanctionList::Sanction &sanction) const
    {
        QString line = (sanction.kind == SanctionKind::Ban ? u"ban "_s : u"mute "_s)
                + sanction.subject;
        if (!sanction.address.isEmpty())
            line += u" (%1)"_s.arg(sanction.address);
        if (sanction.until != 0)
            line += u" until "_s
                    + QDateTime::fromMSecsSinceEpoch(sanction.until)
                              .toString(u"yyyy-MM-dd HH:mm"_s);
        line += u" by "_s + sanction.by;
        return sanction.reason.isEmpty() ? line : line + u": "_s + sanction.reason;
    }
    /// `ann ban spammer in garden: spam`
    static QString auditLine(const AuditPage::Entry &entry)
    {
        QString line = (entry.by.isEmpty() ? u"(the shell)"_s : entry.by) + u' ' + entry.verb;
        if (!entry.target.isEmpty())
            line += u' ' + entry.target;
        if (!entry.address.isEmpty())
            line += u" (%1)"_s.arg(entry.address);
        if (!entry.room.isEmpty())
            line += u" in "_s + entry.room;
        return entry.text.isEmpty() ? line : line + u": "_s + entry.text;
    }
    static QString moreLine(bool more) { return more ? u"... and more"_s + end : QString(); }
    static QString topicLine(const QString &topic) { return u"Topic: "_s + cleanLine(topic) + end; }

    qint64 m_now;
};

} // namespace

TeaDialect::TeaDialect(const DialectContext &context, const TeaEncoders &encoders)
    : m_context(context), m_encoders(encoders), m_encoder(&encoders.utf8)
{
}

Output TeaDialect::greeting() const
{
    return {.bytes = toLine(u"Welcome to "_s + cleanLine(m_context.serverName))};
}

QString TeaDialect::name() const
{
    return u"tea"_s;
}

Charset TeaDialect::charset() const
{
    return m_encoder == &m_encoders.utf8 ? Charset::Utf8 : Charset::Gb18030;
}

Request TeaDialect::toRequest(const QString &line) const
{
    if (m_chat && (!line.startsWith(u'/') || line.startsWith("//"_L1))) {
        Request request;
        request.verb = request.typedVerb = u"say"_s;
        request.line = line.startsWith(u'/') ? line.mid(1) : line;
        return request;
    }
    return verbRequest(line);
}

QByteArray TeaDialect::toLine(const QString &text) const
{
    return m_encoder->toBytes(text + end);
}

Output TeaDialect::reply(const Request &request, const Reply &reply)
{
    if (!reply)
        return {.bytes = toLine(refusal(request, reply.error()))};
    if (const auto *charset = std::get_if<CharsetChosen>(&reply.value()))
        choose(*charset);
    return {.bytes = m_encoder->toBytes(answer(*reply))};
}

QString TeaDialect::refusal(const Request &request, const Error &error) const
{
    switch (error.code) {
    case ErrorCode::UnknownVerb:
        if (isLoggedIn())
            return u"Unknown command: "_s + error.subject;
        [[fallthrough]];
    case ErrorCode::LoginRequired:
        // That lone \n is in the original.
        return u"Please log in\nUse \"login <nick>\""_s;
    case ErrorCode::AlreadyLoggedIn:
        return u"Unknown command: "_s + request.typedVerb;
    case ErrorCode::NameTaken:
        return cleanLine(sentence(error)) + end + u"Please try again."_s;
    case ErrorCode::TooLong:
        return request.refusal ? u"Line too long"_s : cleanLine(sentence(error));
    default:
        return cleanLine(sentence(error));
    }
}

QString TeaDialect::answer(const Answer &answer)
{
    if (std::holds_alternative<Welcome>(answer))
        loggedIn();
    if (const auto *mode = std::get_if<ModeChosen>(&answer)) {
        m_chat = mode->chat;
        return (m_chat ? u"Your lines are said now; commands begin with \"/\"."_s
                       : u"Your lines are commands now."_s)
                + end;
    }
    if (const auto *charset = std::get_if<CharsetChosen>(&answer))
        return u"Your charset is %1 now."_s.arg(charset->charset) + end;
    return std::visit(Writer(m_context.now()), answer);
}

void TeaDialect::choose(const CharsetChosen &chosen)
{
    m_encoder = chosen.charset == "gbk"_L1 ? &m_encoders.gbk : &m_encoders.utf8;
}

QByteArray TeaDialect::farewell(const Closing &closing) const
{
    return toLine(cleanLine(closing.text.isEmpty() ? closingSentence(closing.code) : closing.text));
}

} // namespace teahouse::server
