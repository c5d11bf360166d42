#include "server/app/inviterequest.h"

#include "shared/limits.h"

#include <QDateTime>
#include <QJsonArray>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

using Then = std::function<void(QJsonObject)>;

QJsonObject answer(const QStringList &lines, const QStringList &links = {})
{
    QJsonObject object{{u"ok"_s, true}, {u"lines"_s, QJsonArray::fromStringList(lines + links)}};
    if (!links.isEmpty())
        object.insert(u"qr"_s, links.first());
    return object;
}

QJsonObject refusal(const QString &text)
{
    return {{u"ok"_s, false}, {u"lines"_s, QJsonArray{text}}};
}

QString minute(qint64 time)
{
    return QDateTime::fromMSecsSinceEpoch(time).toString(u"yyyy-MM-dd HH:mm"_s);
}

/// Whether links name a key that an authority vouches for, too.
enum class Pin { SelfMadeOnly, Always };

QStringList linksOf(const Invitation &invitation, const QString &room, const QString &code, Pin pin)
{
    QStringList texts;
    for (JoinLink link : invitation.links) {
        link.room = room;
        link.code = code;
        if (invitation.key && (invitation.key->isSelfMade || pin == Pin::Always))
            link.fingerprint = invitation.key->fingerprint;
        texts.append(linkText(link));
    }
    return texts;
}

QString whyNoLink(const Invitation &invitation)
{
    if (!invitation.hasDoor)
        return u"There is no link: no server runs with a door for it. Start one with "
               "--listen tea:HOST:PORT."_s;
    return u"There is no link: this machine has no private address. Name it with "
           "--set server.host=HOST when the server starts."_s;
}

QStringList keyLines(const ServerKey &key)
{
    return {u"fingerprint sha256:"_s + key.fingerprint.text(),
            u"certificate sha256:"_s + key.certificateSha256};
}

QJsonObject link(const House &house, const Invitation &invitation, const QJsonObject &request)
{
    const QString name = request.value("room"_L1).toString();
    const QString room = name.isEmpty() ? QString() : house.roomName(name);
    if (room.isEmpty() && !name.isEmpty())
        return refusal(u"There is no room %1. Make it first, or leave it out."_s.arg(name));
    if (invitation.links.isEmpty())
        return refusal(whyNoLink(invitation));
    const bool wantsKeys = request.value("keys"_L1).toBool();
    const bool isPinned = request.value("pin"_L1).toBool();
    if ((wantsKeys || isPinned) && !invitation.key)
        return refusal(u"This server has no key: its doors are not encrypted. Leave --keys and "
                       "--pin out."_s);
    return answer(wantsKeys ? keyLines(*invitation.key) : QStringList(),
                  linksOf(invitation, room, {}, isPinned ? Pin::Always : Pin::SelfMadeOnly));
}

House::InviteThen told(const Invitation &invitation, const Then &then)
{
    return [invitation, then](const Result<InviteCode> &made) {
        if (!made)
            return then(refusal(sentence(made.error())));
        const QString who = made->uses == 1 ? u"one person"_s : u"%1 people"_s.arg(made->uses);
        const QString where = made->room.isEmpty() ? QString() : u" to "_s + made->room;
        QStringList lines{u"code %1"_s.arg(made->code),
                          u"lets %1 in%2 until %3"_s.arg(who, where, minute(made->until)),
                          u"label %1, by which it is taken back"_s.arg(made->label)};
        const QStringList links = linksOf(invitation, made->room, made->code, Pin::SelfMadeOnly);
        if (links.isEmpty())
            lines.append(whyNoLink(invitation));
        then(answer(lines, links));
    };
}

QJsonObject list(const House &house)
{
    QStringList lines;
    InviteList page;
    page.more = true;
    while (page.more) {
        page = house.invites({page.next, limits::page});
        for (const InviteList::Invite &invite : std::as_const(page.codes))
            lines.append(u"%1%2: %3 left, until %4, by %5"_s.arg(
                    invite.label, invite.room.isEmpty() ? QString() : u" to "_s + invite.room,
                    QString::number(invite.uses), minute(invite.until),
                    invite.by.isEmpty() ? u"the shell"_s : invite.by));
    }
    return answer(lines.isEmpty() ? QStringList{u"No invite codes are valid."_s} : lines);
}

} // namespace

bool isInviteRequest(const QJsonObject &request)
{
    const QString verb = request.value("do"_L1).toString();
    return verb == "link"_L1 || verb.startsWith("invite-code"_L1);
}

void carryOutInviteRequest(House &house, const Invitation &invitation, const QJsonObject &request,
                           qint64 now, const Then &then)
{
    const QString verb = request.value("do"_L1).toString();
    const Doer shell;
    if (verb == "link"_L1)
        then(link(house, invitation, request));
    else if (verb == "invite-codes"_L1)
        then(list(house));
    else if (verb == "invite-code-end"_L1)
        house.endInvite(shell, request.value("code"_L1).toString(), now,
                        [then](const Result<Done> &ended) {
                            then(ended ? answer({u"The code is no longer valid."_s})
                                       : refusal(sentence(ended.error())));
                        });
    else
        house.makeInvite(shell,
                         {.room = request.value("room"_L1).toString(),
                          .uses = request.value("uses"_L1).toInt(),
                          .days = request.value("days"_L1).toInt()},
                         now, told(invitation, then));
}

} // namespace teahouse::server
