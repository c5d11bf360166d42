#include "gui-client/widgets/rowtext.h"

#include "gui-client/input/slashcommand.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QMap>

namespace teahouse::client::rowtext {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype mostShown = 12000; ///< UTF-16 units; more than any server passes on
constexpr int mostMarks = 6;           ///< combining marks in a row
constexpr int mostNames = 5;           ///< in one sentence of comings and goings

class RowText
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::RowText)

public:
    static QString presence(const QList<PresenceChange> &changes);
    static QString gone(Presence way, const QStringList &who);
    static QString gone(const TranscriptRow &row);
    static QString role(const TranscriptRow &row);
    static QString gap(const TranscriptRow &row);
    static QString state(const TranscriptRow &row);
    static QString sentence(const TranscriptRow &row);
    static QString names(QStringList names);
    static QString accessible(const TranscriptRow &row);
    static QString day(const QDate &day);
};

QDateTime timeOf(const TranscriptRow &row)
{
    return QDateTime::fromMSecsSinceEpoch(row.time);
}

QString RowText::names(QStringList names)
{
    const auto rest = static_cast<int>(names.size()) - mostNames;
    for (QString &name : names)
        name = isolated(name);
    const QString separator = tr(", ", "between names");
    if (rest < 2)
        return names.join(separator);
    return tr("%1 and %n others", nullptr, rest).arg(names.mid(0, mostNames).join(separator));
}

/// What those did who were there and are there no longer.
QString RowText::gone(Presence way, const QStringList &who)
{
    const QString list = names(who);
    switch (way) {
    case Presence::LoggedOut:
        return tr("%1 logged out", "who").arg(list);
    case Presence::Lost:
        return tr("%1 lost the connection", "who").arg(list);
    case Presence::Kicked:
        return tr("%1 was kicked", "who").arg(list);
    case Presence::Banned:
        return tr("%1 was banned", "who").arg(list);
    case Presence::Entered:
    case Presence::Left:
        break;
    }
    return tr("%1 left", "who").arg(list);
}

QString RowText::presence(const QList<PresenceChange> &changes)
{
    QStringList entered, passed, back;
    QMap<Presence, QStringList> gone;
    for (const PresenceChange &change : changes) {
        const bool came = change.first == Presence::Entered;
        const bool here = change.last == Presence::Entered;
        const bool forced = change.last == Presence::Kicked || change.last == Presence::Banned;
        if (!here && (!came || forced))
            gone[change.last].append(change.name);
        else
            (came ? (here ? entered : passed) : back).append(change.name);
    }
    QStringList parts;
    if (!entered.isEmpty())
        parts.append(tr("%1 entered", "who").arg(names(entered)));
    for (auto way = gone.cbegin(); way != gone.cend(); ++way)
        parts.append(RowText::gone(way.key(), way.value()));
    if (!passed.isEmpty())
        parts.append(tr("%1 entered and left", "who").arg(names(passed)));
    if (!back.isEmpty())
        parts.append(tr("%1 left and came back", "who").arg(names(back)));
    return parts.join(tr("; ", "between sentences"));
}

QString RowText::gone(const TranscriptRow &row)
{
    const quint64 count = row.to >= row.seq ? row.to - row.seq + 1 : 1;
    if (count == 1 && !row.author.isEmpty())
        return tr("%1 deleted a message").arg(isolated(row.author));
    return tr("%n messages were removed", nullptr,
              static_cast<int>(std::min<quint64>(count, 1 << 30)));
}

QString RowText::role(const TranscriptRow &row)
{
    const QString name = isolated(row.subject);
    if (row.text.isEmpty())
        return tr("%1 has no role any more").arg(name);
    if (row.text == "member"_L1)
        return tr("%1 is now a member").arg(name);
    if (row.text == "moderator"_L1)
        return tr("%1 is now a moderator").arg(name);
    if (row.text == "owner"_L1)
        return tr("%1 is now the owner").arg(name);
    return tr("%1 is now %2", "a person, a role").arg(name, isolated(row.text));
}

QString RowText::gap(const TranscriptRow &row)
{
    if (row.state == RowState::Failed)
        return tr("The messages in between could not be loaded.");
    return tr("Loading the messages in between\u2026");
}

QString RowText::sentence(const TranscriptRow &row)
{
    switch (row.kind) {
    case RowKind::Message:
        break;
    case RowKind::Action:
        return tr("* %1 %2", "what somebody does, after /me")
                .arg(isolated(row.author), isolated(displayed(row.text)));
    case RowKind::Presence:
        return presence(row.presence);
    case RowKind::Topic:
        if (row.text.isEmpty())
            return tr("%1 removed the topic").arg(isolated(row.author));
        return tr("%1 changed the topic to: %2")
                .arg(isolated(row.author), isolated(displayed(row.text)));
    case RowKind::Role:
        return role(row);
    case RowKind::Gone:
        return gone(row);
    case RowKind::Gap:
        return gap(row);
    case RowKind::Notice:
        return displayed(row.text);
    }
    return displayed(row.text);
}

QString RowText::state(const TranscriptRow &row)
{
    if (row.kind == RowKind::Gap)
        return {};
    switch (row.state) {
    case RowState::Pending:
        return tr("sending");
    case RowState::Failed:
        return row.error.isEmpty() ? tr("not sent") : tr("not sent: %1").arg(row.error);
    case RowState::Unconfirmed:
        return tr("not confirmed yet");
    case RowState::Sent:
        break;
    }
    return row.mention ? tr("mentions you") : QString();
}

QString RowText::accessible(const TranscriptRow &row)
{
    QStringList parts{time(row)};
    if (row.kind == RowKind::Message)
        parts.append(row.author);
    parts.append(body(row));
    if (row.edited)
        parts.append(tr("edited"));
    const QString end = state(row);
    if (!end.isEmpty())
        parts.append(end);
    return parts.join(tr(", ", "between parts of a message read aloud"));
}

QString RowText::day(const QDate &day)
{
    const QDate today = QDate::currentDate();
    if (day == today)
        return tr("Today");
    if (day == today.addDays(-1))
        return tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

} // namespace

QString isolated(const QString &text)
{
    return QChar(0x2068) + text + QChar(0x2069);
}

QString displayed(const QString &text)
{
    QString shown;
    shown.reserve(std::min(text.size(), mostShown) + 1);
    int marks = 0;
    for (const QChar c : text) {
        marks = c.isMark() ? marks + 1 : 0;
        // Closing an isolate that was not opened here would end the one around this text.
        if (marks > mostMarks || (c.unicode() >= 0x2066 && c.unicode() <= 0x2069)
            || (c.unicode() >= 0x202A && c.unicode() <= 0x202E))
            continue;
        if (shown.size() >= mostShown && !c.isLowSurrogate()) {
            shown.append(QChar(0x2026));
            break;
        }
        shown.append(c == u'\n' ? QChar(QChar::LineSeparator) : c);
    }
    return shown;
}

QString breakable(const QString &text)
{
    constexpr int whole = 20; // characters
    QString shown;
    shown.reserve(text.size());
    int length = 0;
    for (const QChar c : text) {
        length = c.isSpace() ? 0 : length + 1;
        if (length > whole && c.isLetterOrNumber() && !c.isLowSurrogate()) {
            shown.append(QChar(0x200B));
            length = 1;
        }
        shown.append(c);
    }
    return shown;
}

QString typed(const TranscriptRow &row)
{
    return typedFor(row.text, row.kind == RowKind::Action ? SlashVerb::Me : SlashVerb::Say);
}

QString body(const TranscriptRow &row)
{
    return RowText::sentence(row);
}

QString presence(const QList<PresenceChange> &changes)
{
    return RowText::presence(changes);
}

QString time(const QTime &time)
{
    QString format = QLocale().timeFormat(QLocale::ShortFormat);
    format.remove(u":ss"_s); // the plain "C" locale has seconds
    return QLocale().toString(time, format);
}

QString time(const TranscriptRow &row)
{
    return time(timeOf(row).time());
}

QString day(const TranscriptRow &row)
{
    return RowText::day(timeOf(row).date());
}

QString copied(const TranscriptRow &row, const QString &text)
{
    const QString when = timeOf(row).toString(u"yyyy-MM-dd HH:mm"_s);
    if (row.kind != RowKind::Message)
        return u"[%1] %2"_s.arg(when, text);
    return u"[%1] %2: %3"_s.arg(when, row.author, text);
}

QString accessible(const TranscriptRow &row)
{
    return RowText::accessible(row);
}

} // namespace teahouse::client::rowtext
