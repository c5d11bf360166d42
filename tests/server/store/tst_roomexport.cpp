#include "server/store/roomexport.h"
#include "server/store/storeaccess.h"
#include "tests/server/store/storemaker.h"

#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// Rooms as an export reads them.
class TestRoomExport : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsRooms_data();
    void findsRooms();
    void readsPageByPage();
    void endsWhenToldTo();
    void seesWhatIsSaidMeanwhile();
    void readsWhatIsKept();
    void refusesWhatIsNotThere();

private:
    std::unique_ptr<RoomExport> source() const;
    QList<Item> itemsOf(RoomId room) const;

    QTemporaryDir m_folder;
};

void TestRoomExport::initTestCase()
{
    StoreMaker maker(m_folder.path());
    maker.put({.id = 1, .name = u"main"_s});
    maker.put({.id = 2, .name = u"Küche"_s});
    maker.put({.id = 3, .pair = {Partner{1, u"ann"_s}, Partner{2, u"Bob"_s}}});
    maker.put({.id = 4, .pair = {Partner{5, u"Bob"_s}, Partner{6, u"ann"_s}}});
    maker.put({.id = 5, .pair = {Partner{1, u"ann"_s}, Partner{7, u"eve"_s}}});
    maker.put({.id = 6, .name = u"fleeting"_s, .retention = 0});
    for (int i = 1; i <= 450; ++i)
        maker.store().append({.room = 1,
                              .sender = 1,
                              .cid = {},
                              .item = StoreMaker::message(u"ann"_s, QString::number(i))},
                             [](const Result<Appended> &result) { QVERIFY(result.ok()); });
    maker.settle();
    maker.say(6, u"ann"_s, u"not kept"_s);
}

std::unique_ptr<RoomExport> TestRoomExport::source() const
{
    auto opened = RoomExport::open(storePath(m_folder.path()));
    if (const auto *problem = std::get_if<QString>(&opened))
        qFatal("%s", qPrintable(*problem));
    return std::get<std::unique_ptr<RoomExport>>(std::move(opened));
}

QList<Item> TestRoomExport::itemsOf(RoomId room) const
{
    QList<Item> items;
    const QString problem = source()->forEach(room, [&items](const Item &item) {
        items.append(item);
        return true;
    });
    if (!problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    return items;
}

void TestRoomExport::findsRooms_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QString>("found");
    QTest::newRow("by name") << u"main"_s << u"main"_s;
    QTest::newRow("in any case") << u"KÜCHE"_s << u"Küche"_s;
    QTest::newRow("decomposed") << u"ku\u0308che"_s << u"Küche"_s;
    QTest::newRow("unknown") << u"cellar"_s << QString();
    QTest::newRow("none") << QString() << QString();
    QTest::newRow("private") << u"@ann,eve"_s << u"@ann,eve#5"_s;
    QTest::newRow("the other way round") << u"@EVE,Ann"_s << u"@ann,eve#5"_s;
    QTest::newRow("several") << u"@ann,bob"_s << u"@ann,Bob#3 @Bob,ann#4"_s;
    QTest::newRow("one of several") << u"@ann,bob#4"_s << u"@Bob,ann#4"_s;
    QTest::newRow("not theirs") << u"@ann,bob#5"_s << QString();
    QTest::newRow("one alone") << u"@ann"_s << QString();
    QTest::newRow("a mark alone") << u"@"_s << QString();
    QTest::newRow("a comma alone") << u"@,"_s << QString();
    QTest::newRow("not a room") << u"ann,eve"_s << QString();
}

void TestRoomExport::findsRooms()
{
    QFETCH(const QString, wanted);
    const auto found = source()->find(wanted);
    QStringList names;
    for (const RoomRecord &room : std::get<QList<RoomRecord>>(found))
        names.append(exportName(room));
    QTEST(names.join(u' '), "found");
}

void TestRoomExport::readsPageByPage()
{
    const QList<Item> items = itemsOf(1);
    QCOMPARE(items.size(), 450);
    for (int i = 0; i < 450; ++i) {
        QCOMPARE(items.at(i).seq, quint64(i + 1));
        QCOMPARE(items.at(i).text, QString::number(i + 1));
    }
}

void TestRoomExport::endsWhenToldTo()
{
    int count = 0;
    QVERIFY(source()->forEach(1, [&count](const Item &) { return ++count < 3; }).isEmpty());
    QCOMPARE(count, 3);
}

void TestRoomExport::seesWhatIsSaidMeanwhile()
{
    StoreMaker maker(m_folder.path());
    int count = 0;
    QVERIFY(source()->forEach(5, [&](const Item &) { return ++count > 0; }).isEmpty());
    QCOMPARE(count, 0);
    maker.say(5, u"eve"_s, u"hello"_s);
    QCOMPARE(itemsOf(5).size(), 1);
}

void TestRoomExport::readsWhatIsKept()
{
    QVERIFY(itemsOf(6).isEmpty());
    QVERIFY(itemsOf(99).isEmpty());
}

void TestRoomExport::refusesWhatIsNotThere()
{
    const auto opened = RoomExport::open(m_folder.filePath(u"nothing"_s));
    QVERIFY(std::get<QString>(opened).contains(u"--data DIR"_s));
}

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestRoomExport)
#include "tst_roomexport.moc"
