#include "server/store/backup.h"
#include "server/store/roomexport.h"
#include "server/store/storeaccess.h"
#include "server/store/storedtables.h"
#include "server/store/storefile.h"
#include "tests/server/store/storemaker.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <array>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 start = 1'700'000'000'000;
constexpr RoomId room = 1;
constexpr UserId ann = 1;
constexpr UserId bob = 2;

/// Of numbers and of texts; what a column may hold is left out.
constexpr std::array numbers = {"-1", "9223372036854775807", "1099511627776", "7777", "'x'"};
constexpr std::array texts = {"x'ff00'", "CAST(x'ff41' AS TEXT) || char(0) || char(27)",
                              "replace(hex(zeroblob(20000)), '0', 'n')", "''"};

/// Where a disk keeps nobody waiting: there are hundreds of stores.
QString inMemory()
{
    const QString name = u"/teahouse-XXXXXX"_s;
    return (QDir(u"/dev/shm"_s).exists() ? u"/dev/shm"_s : QDir::tempPath()) + name;
}

QByteArray keysOf(const StoredTable &table)
{
    QByteArrayList names;
    for (int i = 0; i < table.keys; ++i)
        names.append(table.columns[static_cast<size_t>(i)].name);
    return names.join(", ");
}

/// Changes one row.
QByteArray damage(const StoredTable &table, const Column &column, const char *value)
{
    QByteArray sql = QByteArray("UPDATE OR IGNORE ") + table.name + " SET " + column.name + " = "
            + value;
    const QByteArray keys = keysOf(table);
    if (!keys.isEmpty())
        sql += " WHERE (" + keys + ") = (SELECT " + keys + " FROM " + table.name + " LIMIT 1)";
    return sql;
}

Item item(ItemKind kind, const QString &text, quint64 target = 0)
{
    Item item = StoreMaker::message(u"ann"_s, text);
    item.kind = kind;
    item.target = target;
    return item;
}

/// A store with something in every table.
void fill(const QString &folder)
{
    {
        StoreMaker maker(folder);
        maker.put({.id = room, .name = u"main"_s, .topic = u"tea"_s, .retention = 30});
        maker.put({.id = 2, .pair = {Partner{ann, u"ann"_s}, Partner{bob, u"bob"_s}}});
        for (int i = 0; i < 6; ++i)
            maker.say(room, u"ann"_s, u"tea %1"_s.arg(i));
        maker.add(room, ann, item(ItemKind::Edited, u"coffee"_s, 2));
        maker.say(2, u"ann"_s, u"a secret"_s);
        maker.store().put(
                {AccountRecord{ann, u"ann"_s, "$hash", true, start, start},
                 MembershipRecord{room, ann, RoomRole::Owner, true, NotifyLevel::All},
                 SanctionRecord{SanctionKind::Ban, room, u"eve"_s, u"Eve"_s, start + 5, u"spam"_s,
                                u"ann"_s, start},
                 IgnoreRecord{ann, bob, u"bob"_s},
                 InviteRecord{QByteArray(32, 'i'), u"ann"_s, start + 9},
                 TrustRecord{ann, QByteArray(16, 't'), start},
                 AuditRecord{start, u"ann"_s, u"ban"_s, room, u"main"_s, u"eve"_s, u"spam"_s}},
                {});
        maker.store().putGuest({bob, u"bob"_s, QByteArray(32, 's'), start});
        maker.store().putRead(ann, room, 3);
        maker.tick();
    }
    Database(storePath(folder), Database::Mode::Write)
            .run("INSERT INTO cids VALUES (1, 1, 'early', 1, 0);"
                 "INSERT INTO mentions VALUES (2, 1, 3);"
                 "INSERT INTO forgotten VALUES (77); INSERT INTO leftovers VALUES (77, 5);"
                 "INSERT INTO new_cids VALUES (900, 1, 1, 'late', 3, 0)");
}

/// Does whatever reads or writes a table. Every call has to end with an answer.
void live(const QString &folder)
{
    StoreMaker maker(folder);
    Store &store = maker.store();
    int answers = 0;
    const auto answered = [&answers](const auto &) { ++answers; };
    for (const RoomId id : {room, RoomId(2)}) {
        store.page({.room = id, .limit = 200}, [&](const Result<LogPage> &page) {
            ++answers;
            if (!page)
                return;
            for (const Item &each : page->items) {
                QVERIFY(each.kind >= ItemKind::Message && each.kind <= ItemKind::Gone);
                QVERIFY(each.text.size() <= 4000 && !each.text.contains(QChar(27)));
            }
        });
        store.page({.room = id, .after = 2, .forwards = true, .limit = 3}, answered);
    }
    store.unread({.user = ann}, {{room, 7}, {2, 1}}, answered);
    store.search({.rooms = {room, 2}, .text = u"tea"_s, .limit = 20}, answered);
    store.search({.rooms = {room}, .from = u"ann"_s, .limit = 20}, answered);
    store.audit({.limit = 20}, answered);
    store.append({room, ann, u"early"_s, item(ItemKind::Message, u"once more"_s)}, answered);
    store.append({room, ann, u"late"_s, item(ItemKind::Message, u"once more"_s)}, answered);
    store.append({room, ann, u"new"_s, item(ItemKind::Message, u"new"_s)}, answered);
    store.append({room, ann, {}, item(ItemKind::Edited, u"other"_s, 1)}, answered);
    store.append({room, ann, {}, item(ItemKind::Deleted, {}, 2)}, answered);
    maker.settle();
    QCOMPARE(answers, 13);
    for (int i = 0; i < 5; ++i)
        maker.tick();
    // The room is not wedged by what it holds.
    QVERIFY(maker.say(room, u"ann"_s, u"still here"_s) > 0);
}

QString textOf(const std::variant<StoreFindings, QString> &result)
{
    const auto *text = std::get_if<QString>(&result);
    return text ? *text : QString();
}

} // namespace

/// One value changed in the file, at every column: nobody crashes, waits or loses anything else.
class TestBadRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everyColumnHasARule();
    void whatWasWrittenIsSound();
    void oneValueChanged_data();
    void oneValueChanged();
    void aHoleIsToldAsGone();
    void damagedItemIsToldAsGone();
    void longTextIsCut();
    void changedItemIsFound_data();
    void changedItemIsFound();
    void contradictingIndexIsMadeAnew();
    void keptItemsStayWhateverIsLeftOver();
    void auditLogStaysWithAnId();
    void farIdIsNoNewCid();

private:
    QString copy(const QByteArray &sql);
    QStringList pageOf(const QString &folder) const;

    QTemporaryDir m_original{inMemory()};
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBadRows::initTestCase()
{
    fill(m_original.path());
}

/// A copy of the filled store in which something was changed.
QString TestBadRows::copy(const QByteArray &sql)
{
    m_folder = std::make_unique<QTemporaryDir>(inMemory());
    QFile::copy(storePath(m_original.path()), storePath(m_folder->path()));
    Database(storePath(m_folder->path()), Database::Mode::Write).run(sql);
    return m_folder->path();
}

QStringList TestBadRows::pageOf(const QString &folder) const
{
    StoreMaker maker(folder);
    QStringList list;
    maker.store().page({.room = room, .limit = 200}, [&](const Result<LogPage> &page) {
        for (const Item &each : page->items)
            list.append(each.kind == ItemKind::Gone ? u"%1 gone"_s.arg(each.seq)
                                                    : u"%1 %2"_s.arg(each.seq).arg(each.text));
    });
    maker.settle();
    return list;
}

void TestBadRows::everyColumnHasARule()
{
    Database database(storePath(m_original.path()), Database::Mode::Read);
    QStringList found;
    Statement columns(
            database,
            "SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c"
            " WHERE m.type = 'table' AND m.name NOT LIKE 'words%'");
    while (columns.next())
        found.append(columns.text(0));
    QStringList known;
    for (const StoredTable &table : storedTables()) {
        for (const Column &column : table.columns)
            known.append(QLatin1StringView(table.name) + u'.' + QLatin1StringView(column.name));
    }
    found.sort();
    known.sort();
    QCOMPARE(known, found);
}

void TestBadRows::whatWasWrittenIsSound()
{
    Database database(storePath(m_original.path()), Database::Mode::Read);
    const StoreFindings findings = checkStore(database);
    QCOMPARE(findings.wrong + findings.damaged, QStringList());
    for (const StoredTable &table : storedTables())
        QVERIFY2(database.number(QByteArray("SELECT count(*) FROM ") + table.name) > 0, table.name);
}

void TestBadRows::oneValueChanged_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const StoredTable &table : storedTables()) {
        for (const Column &column : table.columns) {
            const bool isNumber = column.kind == ColumnKind::Number;
            const auto add = [&](const char *value) {
                QTest::addRow("%s.%s = %s", table.name, column.name, value)
                        << damage(table, column, value);
            };
            if (isNumber)
                std::for_each(numbers.begin(), numbers.end(), add);
            else
                std::for_each(texts.begin(), texts.end(), add);
        }
    }
}

void TestBadRows::oneValueChanged()
{
    QFETCH(const QByteArray, sql);
    QString folder;
    try {
        folder = copy(sql);
    } catch (const DatabaseError &) {
        return; // SQLite lets no such value into an INTEGER PRIMARY KEY
    }
    const QString path = storePath(folder);
    bool isFine = false;
    {
        auto opened = openForReading(path);
        QVERIFY(std::holds_alternative<std::unique_ptr<Database>>(opened));
        isFine = checkStore(*std::get<std::unique_ptr<Database>>(opened)).isFine();
    }
    const QString backedUp = textOf(backUpStore(path, folder + u"/copy"_s));
    QVERIFY(backedUp.isEmpty() || backedUp.contains(u"damaged"_s));
    QString kept;
    const QString restored = textOf(restoreStore(path, folder + u"/restored"_s, &kept));
    QVERIFY2(restored.isEmpty() || restored.contains(u"damaged"_s), qPrintable(restored));
    const auto exported = RoomExport::open(path);
    if (const auto *opened = std::get_if<std::unique_ptr<RoomExport>>(&exported)) {
        int items = 0;
        (*opened)->forEach(room, [&items](const Item &) { return ++items < 1000; });
        QVERIFY(items < 1000);
    }
    const QString refused = [&] {
        const auto opened = StoreFile::open(folder);
        const auto *text = std::get_if<QString>(&opened);
        return text ? *text : QString();
    }();
    if (refused.isEmpty())
        return live(folder);
    QVERIFY2(refused.contains(path) && refused.contains(u"teahoused check"_s)
                     && refused.contains(u"teahoused restore FILE"_s),
             qPrintable(refused));
    QVERIFY(!isFine); // what does not start is found
    QVERIFY(!backedUp.isEmpty());
}

void TestBadRows::aHoleIsToldAsGone()
{
    const QStringList page = pageOf(copy("DELETE FROM items WHERE room = 1 AND seq IN (3, 4)"));
    QCOMPARE(page.size(), 7);
    QCOMPARE(page.mid(1, 4), QStringList({u"2 coffee"_s, u"3 gone"_s, u"4 gone"_s, u"5 tea 4"_s}));
}

void TestBadRows::damagedItemIsToldAsGone()
{
    const QStringList page = pageOf(
            copy("UPDATE items SET kind = 67 WHERE room = 1 AND seq = 3;"
                 "UPDATE items SET reply_to = 'x' WHERE room = 1 AND seq = 5"));
    QCOMPARE(page.size(), 7);
    QCOMPARE(page.mid(2, 3), QStringList({u"3 gone"_s, u"4 tea 3"_s, u"5 gone"_s}));
}

void TestBadRows::longTextIsCut()
{
    const QString folder = copy(
            "UPDATE items SET text = replace(hex(zeroblob(20000)), '0', 'n') WHERE seq = 3;"
            "UPDATE items SET text = char(27) || 'tea' || char(0) WHERE seq = 4;"
            "UPDATE rooms SET topic = replace(hex(zeroblob(20000)), '0', 't') WHERE id = 1");
    QCOMPARE(pageOf(folder).at(2).size(), 4002);
    QCOMPARE(pageOf(folder).at(3), u"4 ea"_s);
    auto file = StoreFile::open(folder);
    QCOMPARE(std::get<std::unique_ptr<StoreFile>>(file)->takeState().rooms.at(0).topic.size(), 400);
}

void TestBadRows::changedItemIsFound_data()
{
    QTest::addColumn<QByteArray>("set");
    for (const char *set :
         {"text = 'taa 2'", "speaker = 'bob'", "sender = 0", "time = time + 1", "flags = 1",
          "reply_to = 1", "target = 1", "name = 'x'", "role = 'x'", "newest_edit = 1"})
        QTest::newRow(set) << QByteArray(set);
}

void TestBadRows::changedItemIsFound()
{
    QFETCH(const QByteArray, set);
    for (const char *seq : {"2", "3", "7"}) { // edited, as it was said, and the edit
        const QString folder = copy("UPDATE items SET " + set + " WHERE room = 1 AND seq = " + seq);
        Database database(storePath(folder), Database::Mode::Read);
        const QString found = checkStore(database).damaged.join(u'\n');
        QVERIFY2(
                found.contains(u"number %1 is not as it was written"_s.arg(QLatin1StringView(seq))),
                qPrintable(found));
    }
}

/// The only message gets a longer text, so that more words are taken out than there are.
void TestBadRows::contradictingIndexIsMadeAnew()
{
    const QTemporaryDir folder(inMemory());
    {
        StoreMaker maker(folder.path());
        maker.put({.id = room, .name = u"main"_s});
        maker.say(room, u"ann"_s, u"tea"_s);
        maker.tick();
    }
    Database(storePath(folder.path()), Database::Mode::Write)
            .run("UPDATE items SET text = 'a b c d e f g h i j k l m n o p q r s t'");
    {
        StoreMaker maker(folder.path());
        QVERIFY(maker.add(room, ann, item(ItemKind::Deleted, {}, 1)) > 0);
        maker.say(room, u"ann"_s, u"more tea"_s);
        for (int i = 0; i < 3; ++i)
            maker.tick();
    }
    Database database(storePath(folder.path()), Database::Mode::Read);
    QVERIFY(checkStore(database).isFine());
}

void TestBadRows::keptItemsStayWhateverIsLeftOver()
{
    const QString folder = copy("INSERT INTO leftovers VALUES (1, 9223372036854775807)");
    const QStringList before = pageOf(folder);
    {
        StoreMaker maker(folder);
        for (int i = 0; i < 3; ++i)
            maker.tick();
    }
    QCOMPARE(pageOf(folder), before);
}

void TestBadRows::auditLogStaysWithAnId()
{
    const QString folder = copy("INSERT INTO audit SELECT 9223372036854775806, time, doer, verb,"
                                " room, room_name, target, text, addresses FROM audit");
    {
        StoreMaker maker(folder);
        for (int i = 0; i < 3; ++i)
            maker.tick();
    }
    QCOMPARE(Database(storePath(folder), Database::Mode::Read).number("SELECT count(*) FROM audit"),
             2);
}

void TestBadRows::farIdIsNoNewCid()
{
    StoreMaker maker(copy("UPDATE new_cids SET id = 9223372036854775807 WHERE cid = 'late'"));
    QVERIFY(maker.say(room, u"ann"_s, u"with a cid"_s) > 0);
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestBadRows)
#include "tst_badrows.moc"
