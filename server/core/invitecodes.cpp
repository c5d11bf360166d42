#include "server/core/invitecodes.h"

#include <QCryptographicHash>

#include <algorithm>

namespace teahouse::server {

QByteArray codeHash(const QString &code)
{
    return QCryptographicHash::hash(code.trimmed().toLower().toUtf8(), QCryptographicHash::Sha256);
}

QString codeLabel(const QByteArray &codeHash)
{
    constexpr qsizetype digits = 8;
    return QString::fromLatin1(codeHash.toHex().first(std::min(digits, codeHash.size() * 2)));
}

/// A code that was taken back, which then failed, knows nothing of who held it before.
void InviteCodes::letGo(Code &code)
{
    code.held = std::max(0, code.held - 1);
}

void InviteCodes::put(const InviteRecord &invite)
{
    if (invite.used)
        m_codes.remove(invite.codeHash);
    else
        m_codes[invite.codeHash].record = invite;
}

std::optional<InviteRecord> InviteCodes::usable(const QByteArray &codeHash, qint64 now) const
{
    const auto code = m_codes.find(codeHash);
    if (code == m_codes.end() || code->record.until <= now || code->record.uses - code->held <= 0)
        return std::nullopt;
    return code->record;
}

void InviteCodes::hold(const QByteArray &codeHash)
{
    ++m_codes[codeHash].held;
}

void InviteCodes::release(const QByteArray &codeHash)
{
    if (const auto code = m_codes.find(codeHash); code != m_codes.end())
        letGo(*code);
}

std::optional<InviteRecord> InviteCodes::use(const QByteArray &codeHash)
{
    const auto code = m_codes.find(codeHash);
    if (code == m_codes.end())
        return std::nullopt;
    letGo(*code);
    --code->record.uses;
    ++code->unsettled;
    return present(code->record);
}

void InviteCodes::unuse(const QByteArray &codeHash)
{
    const auto code = m_codes.find(codeHash);
    if (code == m_codes.end())
        return;
    ++code->record.uses;
    --code->unsettled;
}

void InviteCodes::settle(const QByteArray &codeHash)
{
    const auto code = m_codes.find(codeHash);
    if (code == m_codes.end())
        return;
    --code->unsettled;
    if (code->record.uses <= 0 && code->unsettled <= 0)
        m_codes.erase(code);
}

InviteRecord InviteCodes::present(const InviteRecord &invite) const
{
    const auto code = m_codes.find(invite.codeHash);
    InviteRecord record = code == m_codes.end() ? invite : code->record;
    record.used = code == m_codes.end() || record.uses <= 0;
    return record;
}

QList<InviteRecord> InviteCodes::all() const
{
    QList<InviteRecord> codes;
    for (const Code &code : m_codes) {
        if (code.record.uses > 0)
            codes.append(code.record);
    }
    std::sort(codes.begin(), codes.end(),
              [](const InviteRecord &a, const InviteRecord &b) { return a.codeHash < b.codeHash; });
    return codes;
}

std::optional<InviteRecord> InviteCodes::find(const QString &text) const
{
    const QString wanted = text.trimmed().toLower();
    const QByteArray hash = codeHash(wanted);
    const QList<InviteRecord> codes = all();
    const auto found = std::find_if(codes.begin(), codes.end(), [&](const InviteRecord &invite) {
        return invite.codeHash == hash || codeLabel(invite.codeHash) == wanted;
    });
    return found == codes.end() ? std::nullopt : std::optional(*found);
}

QList<InviteRecord> InviteCodes::expire(qint64 now)
{
    QList<InviteRecord> expired;
    for (auto code = m_codes.begin(); code != m_codes.end();) {
        if (code->record.until > now) {
            ++code;
            continue;
        }
        expired.append(code->record);
        expired.last().used = true;
        code = m_codes.erase(code);
    }
    return expired;
}

void InviteCodes::forgetRoom(RoomId room)
{
    m_codes.removeIf([room](const auto &code) { return code->record.room == room; });
}

qsizetype InviteCodes::countBy(const QString &maker) const
{
    return std::count_if(m_codes.cbegin(), m_codes.cend(),
                         [&](const Code &code) { return code.record.by == maker; });
}

} // namespace teahouse::server
