#include "server/core/audience.h"

#include <QTest>

#include <vector>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// Keeps what is written, a piece a call.
class PieceSink final : public EventSink
{
public:
    void write(const QByteArray &bytes) override { m_pieces.append(bytes); }
    void close(const Closing &) override { }

    QByteArrayList take() { return std::exchange(m_pieces, {}); }

private:
    QByteArrayList m_pieces;
};

/// A line a notice. A warning sounds otherwise to the one who caused it, and one without a text
/// is not told to anybody else.
class NoticeEncoder final : public EventEncoder
{
public:
    explicit NoticeEncoder(char mark = ' ') : m_mark(mark) { }

    QByteArray encode(const Event &event, Side side) const override
    {
        ++encoded;
        const auto &notice = std::get<Notice>(event);
        if (notice.text.isEmpty() && side == Side::Other)
            return {};
        const bool own = side == Side::Own && sidesDiffer(event);
        return (own ? "own " : "") + notice.text.toUtf8() + m_mark;
    }
    bool sidesDiffer(const Event &event) const override
    {
        return std::get<Notice>(event).level == "warning"_L1;
    }

    mutable int encoded = 0;

private:
    char m_mark;
};

Told told(const QString &text, UserId actor)
{
    return {Notice{text, u"info"_s}, actor};
}

Told warned(const QString &text, UserId actor)
{
    return {Notice{text, u"warning"_s}, actor};
}

} // namespace

class TestAudience : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_audience = Audience();
        for (PieceSink &sink : m_sinks)
            sink.take();
        m_encoder.encoded = 0;
        for (UserId user = 1; user <= 3; ++user)
            m_audience.add(m_encoder, {user, user, &m_sinks[user]});
    }

    void aBatchIsOnePieceForEverybody()
    {
        m_audience.tell(std::vector{told(u"a"_s, 1), told(u"b"_s, 2), told(u"c"_s, 1)});
        for (UserId user = 1; user <= 3; ++user)
            QCOMPARE(m_sinks[user].take(), QByteArrayList{"a b c "});
        QCOMPARE(m_encoder.encoded, 3);
    }

    void anActorHearsOnlyHisOwnEventsOtherwise()
    {
        m_audience.tell(std::vector{warned(u"a"_s, 1), warned(u"b"_s, 2), told(u"c"_s, 1)});
        QCOMPARE(m_sinks[1].take(), QByteArrayList{"own a b c "});
        QCOMPARE(m_sinks[2].take(), QByteArrayList{"a own b c "});
        QCOMPARE(m_sinks[3].take(), QByteArrayList{"a b c "});
    }

    void allSessionsOfTheActorDo()
    {
        m_audience.add(m_encoder, {9, 1, &m_sinks[0]});
        m_audience.tell(Notice{u"a"_s, u"warning"_s}, 1);
        QCOMPARE(m_sinks[0].take(), QByteArrayList{"own a "});
        QCOMPARE(m_sinks[1].take(), QByteArrayList{"own a "});
        QCOMPARE(m_sinks[2].take(), QByteArrayList{"a "});
    }

    void whoIsToldNothingIsWrittenNothing()
    {
        m_audience.tell(Notice{{}, u"warning"_s}, 1);
        QCOMPARE(m_sinks[1].take(), QByteArrayList{"own  "});
        QVERIFY(m_sinks[2].take().isEmpty());
    }

    void eachDialectHearsItsOwn()
    {
        const NoticeEncoder other('!');
        m_audience.add(other, {9, 9, &m_sinks[0]});
        m_audience.tell(std::vector{told(u"a"_s, 1), told(u"b"_s, 2)});
        QCOMPARE(m_sinks[0].take(), QByteArrayList{"a!b!"});
        QCOMPARE(m_sinks[1].take(), QByteArrayList{"a b "});
        m_audience.remove(9);
        m_audience.tell(Notice{u"c"_s, {}}, 1);
        QVERIFY(m_sinks[0].take().isEmpty());
        QCOMPARE(m_sinks[1].take(), QByteArrayList{"c "});
    }

    void oneEventIsSharedByAll()
    {
        m_audience.tell(Notice{u"a"_s, {}}, 1);
        const QByteArrayList one = m_sinks[2].take();
        const QByteArrayList other = m_sinks[3].take();
        QCOMPARE(static_cast<const void *>(one.first().constData()),
                 static_cast<const void *>(other.first().constData()));
    }

    void aLongBatchComesInPieces()
    {
        std::vector<Told> events;
        QByteArray expected;
        for (int i = 0; i < 100; ++i) {
            const QString text(1000, QChar(u'a' + i % 26));
            events.push_back(i % 2 ? told(text, 1) : warned(text, 1));
            expected += text.toUtf8() + ' ';
        }
        m_audience.tell(events);
        const QByteArrayList pieces = m_sinks[2].take();
        QCOMPARE(pieces.join(), expected);
        QVERIFY(pieces.size() > 1);
        for (const QByteArray &piece : pieces)
            QVERIFY(piece.size() < 20'000);
        QCOMPARE(m_sinks[1].take().join().count("own "), 50);
    }

private:
    NoticeEncoder m_encoder;
    Audience m_audience;
    std::array<PieceSink, 4> m_sinks;
};

QTEST_GUILESS_MAIN(TestAudience)
#include "tst_audience.moc"
