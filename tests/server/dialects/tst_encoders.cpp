#include "server/dialects/addressencoders.h"
#include "server/dialects/lineencoder.h"
#include "server/dialects/nativedialect.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

Event message(const QString &room, const QString &text, const QString &cid = {})
{
    Item item;
    item.room = room;
    item.seq = 7;
    item.from = u"ann"_s;
    item.time = 1700000000000;
    item.text = text;
    return ItemAdded{item, cid};
}

Event other(ItemKind kind)
{
    Item item;
    item.room = u"main"_s;
    item.seq = 8;
    item.kind = kind;
    item.from = u"ann"_s;
    item.text = u"x"_s;
    return ItemAdded{item, u"c"_s};
}

} // namespace

/// What each dialect says of the two sides of an event is true.
class TestEncoders : public QObject
{
    Q_OBJECT

private slots:
    void sides_data()
    {
        QTest::addColumn<int>("which");
        const char *names[] = {"tea", "gbk", "line", "nul", "relay", "guest", "native"};
        for (int i = 0; i < 7; ++i)
            QTest::newRow(names[i]) << i;
    }

    void sides()
    {
        QFETCH(int, which);
        const LineEncoder tea("\r\n", Charset::Utf8);
        const LineEncoder gbk("\r\n", Charset::Gb18030);
        const LineDoorEncoder line;
        const NulEncoder nul;
        const RelayEncoder relay;
        const GuestEncoder guest;
        const NativeEncoder native;
        const EventEncoder *encoders[] = {&tea, &gbk, &line, &nul, &relay, &guest, &native};
        const EventEncoder &encoder = *encoders[which];
        const Event events[] = {message(u"main"_s, u"hi"_s),
                                message(u"main"_s, u"hi\n there"_s, u"a \"cid\" 张"_s),
                                message(u"@bob"_s, u"hi"_s, u"1"_s),
                                other(ItemKind::Topic),
                                other(ItemKind::Edited),
                                Entered{u"main"_s, u"ann"_s, u"tea"_s},
                                Left{u"main"_s, u"ann"_s, {}},
                                CountChanged{u"main"_s, 600},
                                UserChanged{u"ann"_s, u"out"_s},
                                RoomChanged{},
                                ReadMoved{u"main"_s, 3},
                                Notice{u"x"_s, u"info"_s},
                                Ping{},
                                Closing{}};
        for (const Event &event : events) {
            const QByteArray others = encoder.encode(event, Side::Other);
            const QByteArray own = encoder.encode(event, Side::Own);
            QCOMPARE(encoder.encodeOwn(event, others), own);
            if (!encoder.sidesDiffer(event))
                QCOMPARE(own, others);
        }
    }

    /// Else a speaker would cost everybody in the room a second encoding.
    void whatIsSaidSoundsAlikeToAll()
    {
        const Event said = message(u"main"_s, u"hi"_s, u"1"_s);
        QVERIFY(!LineEncoder("\r\n", Charset::Utf8).sidesDiffer(said));
        QVERIFY(!LineDoorEncoder().sidesDiffer(said));
        QVERIFY(!NulEncoder().sidesDiffer(said));
        QVERIFY(!NativeEncoder().sidesDiffer(message(u"main"_s, u"hi"_s)));
    }
};

QTEST_GUILESS_MAIN(TestEncoders)
#include "tst_encoders.moc"
