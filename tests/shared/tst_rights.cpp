#include "shared/rights.h"

#include <QSet>
#include <QTest>

namespace teahouse {

using namespace Qt::StringLiterals;

class TestRights : public QObject
{
    Q_OBJECT

private slots:
    void eachVerbHasOneRow();
    void nobodyIsAboveAll();
    void whoMay_data();
    void whoMay();
    void whoeverMayUndoMayDo();
};

namespace {

constexpr Place server;
constexpr Place mainRoom{PlaceKind::Main};
constexpr Place open{PlaceKind::Open};
constexpr Place closed{PlaceKind::Closed};
constexpr Place readOnly{PlaceKind::Open, true};
constexpr Place withKey{PlaceKind::Open, false, true};
constexpr Place conversation{PlaceKind::Conversation};

} // namespace

void TestRights::eachVerbHasOneRow()
{
    QSet<QString> verbs;
    for (const Right &right : allRights()) {
        const QString verb = QString::fromLatin1(right.verb);
        QVERIFY2(!verbs.contains(verb), right.verb);
        verbs.insert(verb);
        QCOMPARE(rightOf(verb), &right);
    }
    QCOMPARE(rightOf(u"dance"), nullptr);
    QVERIFY(rightOf(deleteOthers));
}

void TestRights::nobodyIsAboveAll()
{
    QVERIFY(!isAllowed(u"kick", conversation, Rank::Admin));
    QVERIFY(!isAllowed(u"kick", conversation, Rank::Nobody));
    QVERIFY(isAllowed(u"dance", conversation, Rank::Outsider));
}

void TestRights::whoMay_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("isReadOnly");
    QTest::addColumn<bool>("hasKey");
    QTest::addColumn<int>("rank"); // the least that may
    const auto row = [](const char *tag, const QString &verb, const Place &place, Rank rank) {
        QTest::newRow(tag) << verb << static_cast<int>(place.kind) << place.isReadOnly
                           << place.hasKey << static_cast<int>(rank);
    };
    row("say in main", u"say"_s, mainRoom, Rank::Anonymous);
    row("say in an invite-only room", u"say"_s, closed, Rank::Guest);
    row("say in a read-only room", u"say"_s, readOnly, Rank::Moderator);
    row("say in a read-only main", u"say"_s, {PlaceKind::Main, true}, Rank::Moderator);
    row("say in private", u"say"_s, conversation, Rank::Guest);
    row("delete in a read-only room", u"delete"_s, readOnly, Rank::Guest);
    row("delete another's", deleteOthers, open, Rank::Moderator);
    row("topic in a read-only room", u"topic"_s, readOnly, Rank::Guest);
    row("set a topic in a read-only room", setTopic, readOnly, Rank::Moderator);
    row("enter an open room", u"join"_s, open, Rank::Outsider);
    row("search everywhere", u"search"_s, server, Rank::Guest);
    row("invite into an open room", u"invite"_s, open, Rank::Guest);
    row("invite into an invite-only room", u"invite"_s, closed, Rank::Moderator);
    row("invite into a room with a password", u"invite"_s, withKey, Rank::Moderator);
    row("say in a room with a password", u"say"_s, withKey, Rank::Anonymous);
    row("ban from a room", u"ban"_s, open, Rank::Moderator);
    row("ban from main", u"ban"_s, mainRoom, Rank::Moderator);
    row("ban from the server", u"ban"_s, server, Rank::Admin);
    row("give a role", u"role"_s, open, Rank::Owner);
    row("see a room's audit log", u"audit"_s, open, Rank::Owner);
    row("see the audit log", u"audit"_s, server, Rank::Admin);
    row("change one's password", u"passwd"_s, server, Rank::Account);
    row("list accounts", u"accounts"_s, server, Rank::Admin);
}

void TestRights::whoMay()
{
    QFETCH(const QString, verb);
    QFETCH(const int, kind);
    QFETCH(const bool, isReadOnly);
    QFETCH(const bool, hasKey);
    QFETCH(const int, rank);
    for (int each = 0; each < static_cast<int>(Rank::Nobody); ++each)
        QCOMPARE(isAllowed(verb, {static_cast<PlaceKind>(kind), isReadOnly, hasKey},
                           static_cast<Rank>(each)),
                 each >= rank);
}

void TestRights::whoeverMayUndoMayDo()
{
    for (const auto &[verb, undo] : {std::pair(u"ban"_s, u"unban"_s), {u"mute"_s, u"unmute"_s}})
        QCOMPARE(rightOf(verb)->places, rightOf(undo)->places);
}

} // namespace teahouse

QTEST_GUILESS_MAIN(teahouse::TestRights)
#include "tst_rights.moc"
