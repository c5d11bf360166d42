#pragma once

#include "server/core/records.h"

#include <QHash>
#include <QList>

#include <optional>

namespace teahouse::server {

/// What is kept of a code that lets somebody in, so that nobody does with a stolen database.
QByteArray codeHash(const QString &code);

/// By what lists call a code, which does not tell the code: 8 hexadecimal digits of its hash.
QString codeLabel(const QByteArray &codeHash);

/// Invite codes and how often each may still be used. A use is held from when the code was given
/// until what it allows is stored, so that nobody else has it meanwhile; what is stored counts
/// only what came about. Owned by the House.
class InviteCodes
{
public:
    /// Takes a code in, or over what is known of it; one that is used goes.
    void put(const InviteRecord &invite);

    /// The code, where a use of it is left that nobody holds. `now` is the time by which things
    /// expire.
    std::optional<InviteRecord> usable(const QByteArray &codeHash, qint64 now) const;

    /// Somebody is about to use it.
    void hold(const QByteArray &codeHash);
    /// Nothing came of it.
    void release(const QByteArray &codeHash);
    /// What was held is used: gives what is to be stored with it. Nothing: the code was taken back
    /// meanwhile.
    std::optional<InviteRecord> use(const QByteArray &codeHash);
    /// What was used could not be stored.
    void unuse(const QByteArray &codeHash);
    /// What was used is stored; a code that is used up goes.
    void settle(const QByteArray &codeHash);

    /// What is to be stored of a code now; one that is not known is used.
    InviteRecord present(const InviteRecord &invite) const;

    /// Codes that are not used up, by label.
    QList<InviteRecord> all() const;
    /// The one of that label, or of the whole code.
    std::optional<InviteRecord> find(const QString &text) const;
    void remove(const QByteArray &codeHash) { m_codes.remove(codeHash); }
    /// Takes away what has expired, and says what.
    QList<InviteRecord> expire(qint64 now);
    void forgetRoom(RoomId room);
    qsizetype count() const { return m_codes.size(); }
    qsizetype countBy(const QString &maker) const;

private:
    struct Code
    {
        InviteRecord record;
        int held = 0;
        int unsettled = 0; ///< uses that are on their way to the store
    };
    static void letGo(Code &code);

    QHash<QByteArray, Code> m_codes;
};

} // namespace teahouse::server
