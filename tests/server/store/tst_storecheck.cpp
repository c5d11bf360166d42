#include "server/store/migrations.h"
#include "server/store/storeaccess.h"
#include "server/store/storecheck.h"
#include "server/store/storefile.h"
#include "tests/server/store/storemaker.h"

#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// Databases that are whole, and what is found in others.
class TestStoreCheck : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void aNewOneIsFine();
    void aFullOneIsFine();
    void isFineAfterEditsAndDeletions();
    void isFineWhileRoomsAreCleared();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void findsAnIndexThatDisagrees_data();
    void findsAnIndexThatDisagrees();
    void anIndexOfOtherRulesIsOld();
    void damagedPagesAreFound();
    void readsWhileSomebodyWrites();
    void anOlderSchemaIsLookedAtInPart();
    void saysWhatItHolds();

private:
    StoreFindings look() const;
    void change(const QByteArray &sql) const;
    void fill() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestStoreCheck::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

StoreFindings TestStoreCheck::look() const
{
    auto opened = openForReading(storePath(m_folder->path()));
    if (const auto *problem = std::get_if<QString>(&opened)) {
        QTest::qFail(qPrintable(*problem), __FILE__, __LINE__);
        return {};
    }
    return checkStore(*std::get<std::unique_ptr<Database>>(opened));
}

void TestStoreCheck::change(const QByteArray &sql) const
{
    Database(storePath(m_folder->path()), Database::Mode::Write).run(sql);
}

/// Two rooms, a private conversation, a room without history, and words of all kinds.
void TestStoreCheck::fill() const
{
    StoreMaker maker(m_folder->path());
    maker.put({.id = 1, .name = u"main"_s});
    maker.put({.id = 2, .name = u"Küche"_s});
    maker.put({.id = 3, .pair = {Partner{1, u"ann"_s}, Partner{2, u"bob"_s}}});
    maker.put({.id = 4, .name = u"fleeting"_s, .retention = 0});
    for (const char16_t *text :
         {u"Tea, tea and TEA!", u"茶館の茶 안녕하세요 สวัสดี", u"½ ² ﬁne Ⅷ ß ſ İ ŉ",
          u"😀 a_b-c d.e 007", u"", u"   ", u"x\u0301y\u0300 e\u0301", u"𠀀𠀁 \U0001F3F4 ﷺ",
          u"don't http://x.example/?a=1&b"}) {
        for (const RoomId room : {1, 2, 3, 4})
            maker.say(room, u"Ann-Änn_1"_s, QString::fromUtf16(text));
    }
    maker.say(1, u"bob"_s, QString(3000, u'w'));
    maker.tick();
    maker.say(1, u"bob"_s, u"not yet in the index"_s);
}

void TestStoreCheck::aNewOneIsFine()
{
    QVERIFY(std::holds_alternative<std::unique_ptr<StoreFile>>(StoreFile::open(m_folder->path())));
    const StoreFindings findings = look();
    QVERIFY2(findings.isFine(), qPrintable(findings.wrong.join(u'\n')));
    QCOMPARE(findings.holds.items, 0);
    QVERIFY(contentsText(findings.holds).contains(u"nothing said yet"_s));
}

void TestStoreCheck::aFullOneIsFine()
{
    fill();
    const StoreFindings findings = look();
    QCOMPARE(findings.wrong, QStringList());
    QCOMPARE(findings.index, IndexState::Fine);
}

void TestStoreCheck::isFineAfterEditsAndDeletions()
{
    fill();
    StoreMaker maker(m_folder->path());
    Item item;
    item.from = u"bob"_s;
    for (const quint64 target : {1, 2, 3, 10, 11}) {
        item.kind = ItemKind::Edited;
        item.target = target;
        item.text = u"Tea and other words %1"_s.arg(target);
        QVERIFY(maker.add(1, 1, item) > 0);
    }
    item.text.clear();
    for (const quint64 target : {2, 4, 11}) {
        item.kind = ItemKind::Deleted;
        item.target = target;
        QVERIFY(maker.add(1, 1, item) > 0);
    }
    StoreFindings findings = look();
    QCOMPARE(findings.wrong, QStringList());
    QCOMPARE(findings.index, IndexState::Fine);
    for (int i = 0; i < 3; ++i)
        maker.tick();
    findings = look();
    QCOMPARE(findings.wrong, QStringList());
    QCOMPARE(findings.index, IndexState::Fine);
}

void TestStoreCheck::isFineWhileRoomsAreCleared()
{
    fill();
    StoreMaker maker(m_folder->path());
    maker.store().forget(2);
    maker.put({.id = 1, .name = u"main"_s, .retention = 0});
    maker.settle();
    for (int i = 0; i < 3; ++i) {
        const StoreFindings findings = look();
        QCOMPARE(findings.wrong, QStringList());
        QCOMPARE(findings.index, IndexState::Fine);
        maker.tick();
    }
}

void TestStoreCheck::findsWhatIsWrong_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *sql, const char *said) {
        QTest::newRow(said) << QByteArray(sql) << QString::fromLatin1(said);
    };
    row("DELETE FROM items WHERE room = 1 AND seq = 5", "In main number 5 is missing.");
    row("DELETE FROM items WHERE room = 2 AND seq = 1", "number 1 is missing.");
    row("DELETE FROM items WHERE room = 1 AND seq > 10", "In main number 11 is missing.");
    row("UPDATE items SET seq = 4 WHERE room = 1 AND seq = 5", "In main number 4 is there twice.");
    row("UPDATE rooms SET last = 7 WHERE id = 1", "In main number 8 is behind the last, 7.");
    row("UPDATE rooms SET first = 3 WHERE id = 1", "In main number 1 is before the first kept, 3.");
    row("UPDATE rooms SET retention = 0 WHERE id = 3", "In @ann,bob number 1 is kept, but");
    row("DELETE FROM rooms WHERE id = 2", "An item belongs to room #2, which does not exist.");
    row("INSERT INTO positions VALUES (1, 1, 99), (2, 1, 99)",
        "a position is behind its room's last number (2 times).");
    row("INSERT INTO positions VALUES (1, 9, 1)", "a position is in a room that does not exist.");
    row("INSERT INTO mentions VALUES (1, 1, 99)", "a mention is behind its room's last number.");
    row("INSERT INTO new_cids VALUES (900, 1, 1, 'c', 99, 0)",
        "a retry would get a number behind its room's last one.");
    row("INSERT INTO cids VALUES (1, 1, 'c', 99, 0), (1, 1, 'd', 98, 0)",
        "a retry would get a number behind its room's last one (2 times).");
    row("UPDATE store SET last_room = 1", "the ids given do not reach those of the rooms");
    row("UPDATE store SET last_user = 0", "the ids given do not reach those of the speakers");
    row("UPDATE store SET last_item = 2", "the ids given do not reach those of the items");
    row("UPDATE rooms SET name = 'main' WHERE id = 2", "two rooms have one name.");
    row("INSERT INTO accounts VALUES (99, 'zoe', '$', 0, 0, 0, 0)",
        "the ids given do not reach those of the accounts.");
    row("INSERT INTO accounts VALUES (1, 'ann', '$', 0, 0, 0, 0); INSERT INTO guests VALUES (1, 'ann', 'x', 0)",
        "somebody is an account and a guest.");
    row("UPDATE store SET last_user = 9; INSERT INTO accounts VALUES (8, 'zoe', '$', 0, 0, 0, 0), (9, 'zoe', '', 0, 0, 0, 0)",
        "two accounts have one name.");
    row("INSERT INTO accounts VALUES (1, 'ann', '$', 0, 0, 0, 0); INSERT INTO memberships VALUES (1, 99, 3, 1, 0)",
        "a role is in a room that does not exist.");
    row("INSERT INTO memberships VALUES (1, 1, 3, 1, 0)", "a role belongs to no account.");
    row("INSERT INTO sanctions VALUES (99, 0, 'bob', 'bob', 0, '', 'ann', 0, '')",
        "a ban is in a room that does not exist.");
    row("INSERT INTO invites VALUES (zeroblob(32), 'ann', 9, 1, 99)",
        "an invite code opens a room that does not exist.");
    row("DELETE FROM store", "the table \"store\" has not one row.");
}

void TestStoreCheck::findsWhatIsWrong()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QString, said);
    fill();
    change(sql);
    const StoreFindings findings = look();
    QVERIFY(!findings.isFine());
    QVERIFY2(findings.wrong.join(u'\n').contains(said), qPrintable(findings.wrong.join(u'\n')));
}

void TestStoreCheck::findsAnIndexThatDisagrees_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("text changed") << QByteArray("UPDATE items SET text = 'coffee' WHERE id = 1");
    QTest::newRow("speaker changed") << QByteArray("UPDATE items SET speaker = 'x' WHERE id = 2");
    QTest::newRow("a word too many")
            << QByteArray("INSERT INTO words (rowid, text) VALUES (1, 'coffee')");
    QTest::newRow("empty") << QByteArray("INSERT INTO words (words) VALUES ('delete-all')");
}

void TestStoreCheck::findsAnIndexThatDisagrees()
{
    QFETCH(const QByteArray, sql);
    fill();
    change(sql);
    const StoreFindings findings = look();
    QCOMPARE(findings.wrong, QStringList());
    QCOMPARE(findings.index, IndexState::Wrong);
    QVERIFY(!findings.isFine());
}

void TestStoreCheck::anIndexOfOtherRulesIsOld()
{
    fill();
    change("UPDATE store SET index_rules = 'of yesterday'");
    const StoreFindings findings = look();
    QCOMPARE(findings.index, IndexState::Old);
    QVERIFY(findings.isFine());
}

void TestStoreCheck::damagedPagesAreFound()
{
    fill();
    QFile file(storePath(m_folder->path()));
    QVERIFY(file.open(QIODevice::ReadWrite));
    for (qint64 page = 2; page * 4096 < file.size(); ++page) {
        QVERIFY(file.seek(page * 4096));
        file.write(QByteArray(200, '\xA5'));
    }
    file.close();
    QVERIFY(!look().wrong.isEmpty());
}

void TestStoreCheck::readsWhileSomebodyWrites()
{
    fill();
    StoreMaker maker(m_folder->path());
    maker.say(1, u"ann"_s, u"still in the log beside the file"_s);
    Database writer(storePath(m_folder->path()), Database::Mode::Write);
    writer.run("BEGIN IMMEDIATE; UPDATE rooms SET last = last + 1");
    const StoreFindings findings = look();
    QCOMPARE(findings.wrong, QStringList());
    QCOMPARE(findings.index, IndexState::Fine);
    writer.rollBack();
}

void TestStoreCheck::anOlderSchemaIsLookedAtInPart()
{
    {
        Database old(storePath(m_folder->path()), Database::Mode::Write);
        migrate(old, schemaMigrations().first(2));
        old.run("PRAGMA application_id = 1415930216");
    }
    const StoreFindings findings = look();
    QVERIFY(findings.isFine());
    QCOMPARE(contentsText(findings.holds), u"schema 2"_s);
    change("CREATE VIEW v AS SELECT 1");
    QVERIFY(look().wrong.join(u'\n').contains(u"view \"v\""_s));
}

void TestStoreCheck::saysWhatItHolds()
{
    fill();
    const QString text = contentsText(look().holds);
    for (const char16_t *part : {u"rooms: 3", u"private conversations: 1", u"items: 29",
                                 u"2023-11-1", u"accounts: 0", u"schema 7"})
        QVERIFY2(text.contains(QStringView(part)), qPrintable(text));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestStoreCheck)
#include "tst_storecheck.moc"
