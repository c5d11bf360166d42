#pragma once

#include "server/core/audience.h"
#include "server/core/roomlog.h"

#include <QSet>
#include <QString>

#include <array>
#include <utility>
#include <vector>

namespace teahouse::server {

/// A place where people hear each other: a public room, or a private conversation of two. Checks
/// and changes its own state; telling people of it is the House's business. Owned by the House.
class Room
{
public:
    /// One of the people in the room; several sessions of one user are one member.
    struct Member
    {
        UserId user = 0;
        quint64 arrival = 0; ///< grows with every arrival in the room
    };
    /// A new one, or with its numbers one that an earlier run has left.
    Room(RoomRecord record, Store &store, RoomLog::Deliver deliver);

    RoomId id() const { return m_record.id; }
    const QString &name() const { return m_record.name; }
    /// What the store has to keep of it.
    const RoomRecord &record() const { return m_record; }

    bool isPrivate() const { return m_record.name.isEmpty(); }
    const Pair &pair() const { return m_record.pair; }
    /// The other one of a private conversation.
    const Partner &otherThan(UserId user) const;
    /// That one's name, folded.
    const QString &foldedPartner(UserId viewer) const;
    /// What `viewer` calls the room.
    QString label(UserId viewer) const;

    const QString &topic() const { return m_record.topic; }
    void setTopic(const QString &topic) { m_record.topic = topic; }

    int retention() const { return m_record.retention; }
    void setRetention(int days) { m_record.retention = days; }

    /// One enters by invitation only.
    bool isClosed() const { return m_record.isClosed; }
    /// One enters with a password.
    bool hasKey() const { return !m_record.keyHash.isEmpty(); }
    /// Only moderators speak.
    bool isReadOnly() const { return m_record.isReadOnly; }
    /// Takes over how long its items are kept, who enters and who speaks.
    void setRules(const RoomRecord &rules);

    /// Lets somebody in once who has no role here. Error: TooMany.
    Result<Done> expect(UserId user);
    /// It did not come of it.
    void expectNoMore(UserId user);
    bool expects(UserId user) const { return m_expected.contains(user); }
    /// These cannot come any more.
    void expectNone(const QSet<UserId> &users);

    /// A topic is on its way to the store, until topicEnds().
    void topicBegins(const QString &topic);
    void topicEnds();
    /// What the store has to keep of it when everything is there that is on its way.
    RoomRecord comingRecord() const;

    /// Adds a member; false when it was one already.
    bool admit(UserId user);
    /// Takes a member out; false when it was none.
    bool dismiss(UserId user);
    bool has(UserId user) const;
    const std::vector<Member> &members() const { return m_members; }
    int memberCount() const { return static_cast<int>(m_members.size()); }

    /// Whether comings and goings are told one by one, which large rooms stop and take up again
    /// only when they are clearly smaller.
    bool announces() const { return m_announces; }
    /// Decides it anew after the number of members has changed.
    void updateAnnouncing(int upTo);
    /// Somebody came or went whom the members were not told of.
    void noteUntold() { m_untold = true; }
    /// Whether that happened since this was last asked.
    bool takeUntold() { return std::exchange(m_untold, false); }

    /// Since when nobody is here, in ms since 1970; 0: somebody is.
    qint64 emptySince() const { return m_emptySince; }
    void setEmptySince(qint64 now) { m_emptySince = now; }

    /// As `viewer` sees it, with everything read.
    RoomState state(UserId viewer) const;

    Audience &audience() { return m_audience; }
    const Audience &audience() const { return m_audience; }
    RoomLog &log() { return m_log; }
    const RoomLog &log() const { return m_log; }

private:
    RoomRecord m_record;                  ///< its numbers are those of the start
    std::array<QString, 2> m_foldedNames; ///< of a private conversation's two
    std::vector<Member> m_members;        ///< in order of arrival
    Audience m_audience;
    RoomLog m_log;
    quint64 m_arrivals = 0;
    qint64 m_emptySince = 0;
    bool m_announces = true;
    bool m_untold = false;
    QSet<UserId> m_expected; ///< let in once
    QString m_comingTopic;   ///< the newest on its way to the store
    int m_comingTopics = 0;
};

} // namespace teahouse::server
