#pragma once

#include "server/core/audience.h"
#include "server/core/roomlog.h"
#include "server/core/roommembers.h"

#include <QString>

#include <array>

namespace teahouse::server {

/// A place where people hear each other: a public room, or a private conversation of two. Checks
/// and changes its own state; telling people of it is the House's business. Owned by the House.
class Room
{
public:
    using Member = RoomMembers::Member;

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

    /// Of a private conversation: the one who did not begin it has spoken.
    bool isAnswered() const { return m_record.isAnswered; }
    void setAnswered() { m_record.isAnswered = true; }
    /// Who of the two has it in his list no more.
    bool isEndedBy(UserId user) const { return m_record.isEnded.at(sideOf(user)); }
    void end(UserId user) { m_record.isEnded.at(sideOf(user)) = true; }
    void takeUp(UserId user) { m_record.isEnded.at(sideOf(user)) = false; }

    const QString &topic() const { return m_record.topic; }
    void setTopic(const QString &topic) { m_record.topic = topic; }

    int retention() const { return m_record.retention; }
    void setRetention(int days) { m_record.retention = days; }

    /// One enters by invitation only.
    bool isClosed() const { return m_record.isClosed; }
    /// One enters with a password.
    bool hasKey() const { return !m_record.keyHash.isEmpty(); }
    /// Not everybody may enter.
    bool isGuarded() const { return isClosed() || hasKey(); }
    /// Only moderators speak.
    bool isReadOnly() const { return m_record.isReadOnly; }
    /// Takes over how long its items are kept, who enters and who speaks.
    void setRules(const RoomRecord &rules);

    /// A topic is on its way to the store, until topicEnds().
    void topicBegins(const QString &topic);
    void topicEnds();
    /// What the store has to keep of it when everything is there that is on its way.
    RoomRecord comingRecord() const;

    /// Adds a member; false when it was one already.
    bool admit(UserId user);
    /// Takes a member out; false when it was none.
    bool dismiss(UserId user);
    bool has(UserId user) const { return m_members.has(user); }
    const std::vector<Member> &members() const { return m_members.all(); }
    /// Those who arrived after a number, in order of arrival.
    auto membersAfter(quint64 arrival) const { return m_members.after(arrival); }
    int memberCount() const { return static_cast<int>(m_members.all().size()); }

    /// Whether comings and goings are told one by one, which large rooms stop and take up again
    /// only when they are clearly smaller.
    bool announces() const { return m_announces; }
    /// Decides it anew after the number of members has changed.
    void updateAnnouncing(int upTo);

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
    size_t sideOf(UserId user) const { return pair()[0].user == user ? 0 : 1; }

    RoomRecord m_record;                  ///< its numbers are those of the start
    std::array<QString, 2> m_foldedNames; ///< of a private conversation's two
    RoomMembers m_members;
    Audience m_audience;
    RoomLog m_log;
    qint64 m_emptySince = 0;
    bool m_announces = true;
    QString m_comingTopic; ///< the newest on its way to the store
    int m_comingTopics = 0;
};

} // namespace teahouse::server
