#include "gui-client/models/permissions.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

Standing in(RoomRole role, const QString &room = u"tea"_s)
{
    Standing own;
    own.user = {u"ann"_s, true, {}};
    own.room.room = room;
    own.room.role = role;
    return own;
}

Standing admin(const QString &room = u"tea"_s)
{
    Standing own = in(RoomRole::None, room);
    own.user.role = u"admin"_s;
    return own;
}

Person person(const QString &name, RoomRole role = RoomRole::None, bool registered = true)
{
    Person person;
    person.name = name;
    person.role = role;
    person.registered = registered;
    return person;
}

} // namespace

class TestPermissions : public QObject
{
    Q_OBJECT

private slots:
    void moderatorsRankAboveMembers();
    void nobodyDoesItToThemselves();
    void administratorsRankAboveAll();
    void onlyAccountsHaveRoles();
    void readOnlyRoomsAreForModerators();
    void invitationsToClosedRooms();
    void mainBelongsToNobody();
    void conversationsHaveNoModerators();
    void onlyAdministratorsRuleTheServer();
};

void TestPermissions::moderatorsRankAboveMembers()
{
    const Standing moderator = in(RoomRole::Moderator);
    for (const Deed deed : {Deed::Kick, Deed::Mute, Deed::Ban}) {
        QCOMPARE(barrierTo(deed, moderator, person(u"bob"_s)), Barrier::None);
        QCOMPARE(barrierTo(deed, moderator, person(u"bob"_s, RoomRole::Member)), Barrier::None);
        QCOMPARE(barrierTo(deed, moderator, person(u"guest~ab12"_s)), Barrier::None);
        QCOMPARE(barrierTo(deed, moderator, person(u"bob"_s, RoomRole::Moderator)),
                 Barrier::RankTooHigh);
        QCOMPARE(barrierTo(deed, moderator, person(u"bob"_s, RoomRole::Owner)),
                 Barrier::RankTooHigh);
        QCOMPARE(barrierTo(deed, in(RoomRole::Member), person(u"bob"_s)), Barrier::NeedsModerator);
        QCOMPARE(barrierTo(deed, in(RoomRole::Owner), person(u"bob"_s, RoomRole::Moderator)),
                 Barrier::None);
    }
    QCOMPARE(barrierTo(Deed::GiveRole, moderator, person(u"bob"_s)), Barrier::NeedsOwner);
    QCOMPARE(barrierTo(Deed::DeleteMessage, moderator), Barrier::None);
    QCOMPARE(barrierTo(Deed::DeleteMessage, in(RoomRole::None)), Barrier::NeedsModerator);
}

void TestPermissions::nobodyDoesItToThemselves()
{
    const Standing owner = in(RoomRole::Owner);
    const Person self = person(u"Ann"_s, RoomRole::Owner);
    for (const Deed deed : {Deed::Kick, Deed::Mute, Deed::Ban, Deed::HandOver, Deed::Invite})
        QCOMPARE(barrierTo(deed, owner, self), Barrier::Oneself);
}

void TestPermissions::administratorsRankAboveAll()
{
    QCOMPARE(barrierTo(Deed::Ban, admin(), person(u"bob"_s, RoomRole::Owner)), Barrier::None);
    Person other = person(u"bob"_s);
    other.admin = true;
    QCOMPARE(barrierTo(Deed::Ban, admin(), other), Barrier::RankTooHigh);
    QCOMPARE(barrierTo(Deed::Kick, in(RoomRole::Owner), other), Barrier::RankTooHigh);
}

void TestPermissions::onlyAccountsHaveRoles()
{
    QCOMPARE(
            barrierTo(Deed::GiveRole, in(RoomRole::Owner), person(u"bob"_s, RoomRole::None, false)),
            Barrier::NeedsAccount);
    QCOMPARE(barrierTo(Deed::GiveRole, in(RoomRole::Owner), person(u"bob"_s)), Barrier::None);
    QCOMPARE(barrierTo(Deed::HandOver, in(RoomRole::Owner), person(u"bob"_s)), Barrier::None);
}

void TestPermissions::readOnlyRoomsAreForModerators()
{
    Standing own = in(RoomRole::Member);
    own.room.isReadOnly = true;
    QCOMPARE(barrierTo(Deed::Speak, own), Barrier::ReadOnly);
    QCOMPARE(barrierTo(Deed::ChangeTopic, own), Barrier::ReadOnly);
    own.room.role = RoomRole::Moderator;
    QCOMPARE(barrierTo(Deed::Speak, own), Barrier::None);
    own = admin();
    own.room.isReadOnly = true;
    QCOMPARE(barrierTo(Deed::Speak, own), Barrier::None);
}

void TestPermissions::invitationsToClosedRooms()
{
    Standing own = in(RoomRole::Member);
    QCOMPARE(barrierTo(Deed::Invite, own), Barrier::None);
    own.room.isClosed = true;
    QCOMPARE(barrierTo(Deed::Invite, own), Barrier::NeedsModerator);
    own.room.role = RoomRole::Moderator;
    QCOMPARE(barrierTo(Deed::Invite, own), Barrier::None);
    own.room.isClosed = false;
    own.room.hasKey = true;
    QCOMPARE(barrierTo(Deed::Invite, own), Barrier::None);
    own.room.role = RoomRole::Member;
    QCOMPARE(barrierTo(Deed::Invite, own), Barrier::NeedsModerator);
}

void TestPermissions::mainBelongsToNobody()
{
    QCOMPARE(barrierTo(Deed::HandOver, admin(u"main"_s), person(u"bob"_s)),
             Barrier::MainHasNoOwner);
    QCOMPARE(barrierTo(Deed::ChangeRoom, in(RoomRole::Moderator, u"main"_s)), Barrier::NeedsAdmin);
    QCOMPARE(barrierTo(Deed::ChangeRoom, in(RoomRole::Moderator)), Barrier::NeedsOwner);
    QCOMPARE(barrierTo(Deed::ChangeRoom, admin(u"main"_s)), Barrier::None);
}

void TestPermissions::conversationsHaveNoModerators()
{
    QCOMPARE(barrierTo(Deed::Kick, admin(u"@bob"_s), person(u"bob"_s)), Barrier::PrivateRoom);
    QCOMPARE(barrierTo(Deed::Speak, in(RoomRole::None, u"@bob"_s)), Barrier::None);
    QCOMPARE(barrierTo(Deed::BanFromServer, admin(u"@bob"_s), person(u"bob"_s)), Barrier::None);
}

void TestPermissions::onlyAdministratorsRuleTheServer()
{
    QCOMPARE(barrierTo(Deed::Administer, in(RoomRole::Owner)), Barrier::NeedsAdmin);
    QCOMPARE(barrierTo(Deed::BanFromServer, in(RoomRole::Owner), person(u"bob"_s)),
             Barrier::NeedsAdmin);
    QCOMPARE(barrierTo(Deed::Administer, admin()), Barrier::None);
}

QTEST_GUILESS_MAIN(TestPermissions)
#include "tst_permissions.moc"
