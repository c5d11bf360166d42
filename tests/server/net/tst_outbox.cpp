#include "server/net/outbox.h"
#include "server/net/plaintransport.h"
#include "tests/server/net/socketpair.h"

#include <QTest>

using namespace teahouse::server;

namespace {

/// Takes as many bytes a call as it is told, and keeps them.
class CountingTransport final : public Transport
{
public:
    int descriptor() const override { return -1; }
    Moved read(std::span<char>) override { return {}; }
    Status endWriting() override { return Status::Fine; }
    Moved write(std::span<const QByteArrayView> chunks) override
    {
        ++calls;
        mostChunks = std::max(mostChunks, chunks.size());
        qsizetype offered = 0;
        qsizetype taken = 0;
        for (const QByteArrayView chunk : chunks) {
            const QByteArrayView part = chunk.first(std::min(chunk.size(), atOnce - taken));
            written += part.toByteArray();
            taken += part.size();
            offered += chunk.size();
        }
        return {taken, taken < offered ? Status::Refused : Status::Fine};
    }

    qsizetype atOnce = 1 << 30;
    int calls = 0;
    size_t mostChunks = 0;
    QByteArray written;
};

QByteArray numbered(int i)
{
    return "line " + QByteArray::number(i) + '\n';
}

} // namespace

class TestOutbox : public QObject
{
    Q_OBJECT

private slots:
    void oneCallForAll()
    {
        Outbox outbox(m_total);
        CountingTransport transport;
        QByteArray expected;
        for (int i = 0; i < 32; ++i) {
            outbox.append(numbered(i));
            expected += numbered(i);
        }
        QCOMPARE(outbox.size(), expected.size());
        QCOMPARE(m_total, expected.size());
        QCOMPARE(outbox.writeTo(transport), Transport::Status::Fine);
        QCOMPARE(transport.calls, 1);
        QCOMPARE(transport.written, expected);
        QVERIFY(outbox.isEmpty());
        QCOMPARE(m_total, 0);
    }

    void anyPartialWrite_data()
    {
        QTest::addColumn<int>("atOnce");
        for (const int size : {1, 2, 3, 7, 8, 9, 100, 1000, 100'000})
            QTest::addRow("%d", size) << size;
    }

    /// What is appended between writes comes behind, and nothing is lost or doubled.
    void anyPartialWrite()
    {
        QFETCH(int, atOnce);
        Outbox outbox(m_total);
        CountingTransport transport;
        transport.atOnce = atOnce;
        QByteArray expected;
        for (int i = 0; i < 1000; ++i) {
            outbox.append(numbered(i));
            expected += numbered(i);
            if (i % 3 == 0)
                outbox.writeTo(transport);
            QCOMPARE(outbox.size(), expected.size() - transport.written.size());
        }
        while (outbox.writeTo(transport) == Transport::Status::Refused) {
        }
        QCOMPARE(transport.written, expected);
        QCOMPARE(m_total, 0);
    }

    void throughTheKernel()
    {
        SocketPair pair;
        pair.shrink();
        PlainTransport transport(pair.takeNear());
        Outbox outbox(m_total);
        QByteArray expected;
        QByteArray heard;
        for (int i = 0; i < 20'000; ++i) {
            outbox.append(numbered(i));
            expected += numbered(i);
        }
        QCOMPARE(outbox.writeTo(transport), Transport::Status::Refused);
        while (!outbox.isEmpty()) {
            heard += pair.hear(1000);
            QVERIFY(outbox.writeTo(transport) != Transport::Status::Broken);
        }
        heard += pair.hear();
        QCOMPARE(heard, expected);
    }

    void brokenPeer()
    {
        SocketPair pair;
        PlainTransport transport(pair.takeNear());
        pair.closeFar();
        Outbox outbox(m_total);
        outbox.append("x");
        QCOMPARE(outbox.writeTo(transport), Transport::Status::Broken);
    }

    void dropsOnlyWhatIsNotBegun()
    {
        Outbox outbox(m_total);
        CountingTransport transport;
        transport.atOnce = 3;
        const QByteArray first(1000, '1');
        outbox.append(first);
        outbox.append(QByteArray(1000, '2'));
        outbox.append("small");
        outbox.writeTo(transport);
        outbox.dropUnbegun();
        QCOMPARE(outbox.size(), first.size() - 3);
        QCOMPARE(m_total, first.size() - 3);
        outbox.append("last");
        transport.atOnce = 10'000;
        outbox.writeTo(transport);
        QCOMPARE(transport.written, first + "last");
        outbox.append("never");
        outbox.dropUnbegun();
        QVERIFY(outbox.isEmpty());
    }

    /// What is on its way stays, and with it the chunks that it is of.
    void keepsWhatHasBegun_data()
    {
        QTest::addColumn<qsizetype>("begun");
        QTest::addColumn<qsizetype>("kept");
        QTest::newRow("nothing") << qsizetype(0) << qsizetype(997); // a part is out
        QTest::newRow("a byte") << qsizetype(1) << qsizetype(997);
        QTest::newRow("the first") << qsizetype(997) << qsizetype(997);
        QTest::newRow("one more") << qsizetype(998) << qsizetype(1997);
        QTest::newRow("two") << qsizetype(1997) << qsizetype(1997);
        QTest::newRow("all but one") << qsizetype(2996) << qsizetype(2997);
        QTest::newRow("all") << qsizetype(2997) << qsizetype(2997);
    }

    void keepsWhatHasBegun()
    {
        QFETCH(const qsizetype, begun);
        QFETCH(const qsizetype, kept);
        Outbox outbox(m_total);
        CountingTransport transport;
        transport.atOnce = 3;
        QByteArray all;
        for (const char digit : {'1', '2', '3'}) {
            outbox.append(QByteArray(1000, digit));
            all += QByteArray(1000, digit);
        }
        outbox.writeTo(transport);
        outbox.dropUnbegun(begun);
        QCOMPARE(outbox.size(), kept);
        QCOMPARE(m_total, kept);
        outbox.append("last");
        transport.atOnce = 10'000;
        outbox.writeTo(transport);
        QCOMPARE(transport.written, all.first(3 + kept) + "last");
    }

    void totals()
    {
        {
            Outbox one(m_total);
            Outbox other(m_total);
            one.append("12345");
            other.append("678");
            QCOMPARE(m_total, 8);
            const Outbox moved(std::move(one));
            QCOMPARE(m_total, 8);
            QCOMPARE(moved.size(), 5);
        }
        QCOMPARE(m_total, 0);
    }

    void largeChunksAreShared()
    {
        Outbox outbox(m_total);
        const QByteArray first(1000, 'x');
        const QByteArray second(1000, 'y');
        outbox.append(first);
        outbox.append(second);
        QVERIFY(!first.isDetached());
        QVERIFY(!second.isDetached());
    }

    /// The kernel is given a few long pieces and not a list of small ones.
    void smallChunksArePutTogether()
    {
        Outbox outbox(m_total);
        CountingTransport transport;
        const QByteArray shared(2000, 'x');
        QByteArray expected;
        const auto append = [&](const QByteArray &bytes) {
            outbox.append(bytes);
            expected += bytes;
        };
        for (int i = 0; i < 100; ++i)
            append(numbered(i));
        append(shared);
        for (int i = 0; i < 1000; ++i)
            append(numbered(i));
        QVERIFY(!shared.isDetached());
        outbox.writeTo(transport);
        QCOMPARE(transport.written, expected);
        QCOMPARE(transport.calls, 1);
        QVERIFY(transport.mostChunks < 10);
    }

    /// What others hold, too, must not be changed by what comes behind it.
    void sharedBytesStayAsTheyAre()
    {
        Outbox one(m_total);
        Outbox other(m_total);
        const QByteArray bytes = numbered(1);
        for (Outbox *outbox : {&one, &other})
            outbox->append(bytes);
        one.append("mine\n");
        CountingTransport transport;
        other.writeTo(transport);
        QCOMPARE(transport.written, numbered(1));
        one.writeTo(transport);
        QCOMPARE(transport.written, numbered(1) + numbered(1) + "mine\n");
    }

private:
    qsizetype m_total = 0;
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
