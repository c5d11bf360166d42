#include "server/core/guesslog.h"

#include <QStringList>
#include <QTest>

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

/// Lines that others can cause.
class TestGuessLog : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_lines.clear();
        m_log = GuessLog([this](const QString &line) { m_lines.append(line); });
    }

    void theFirstIsWrittenAndTheOthersCounted();
    void itGoesOnEachMinute();
    void whoIsQuietBeginsAnew();
    void keysAreCountedApart();
    void linesAreBoundedHoweverManyKeys();

private:
    QStringList take() { return std::exchange(m_lines, {}); }

    static constexpr qint64 start = 1'000'000;
    QStringList m_lines;
    GuessLog m_log{{}};
};

void TestGuessLog::theFirstIsWrittenAndTheOthersCounted()
{
    for (int i = 0; i < 100; ++i)
        m_log.note(u"a"_s, u"guess %1"_s.arg(i), start);
    QCOMPARE(take(), QStringList{u"guess 0"_s});
    m_log.tick(start + GuessLog::interval - 1);
    QVERIFY(take().isEmpty());
    m_log.tick(start + GuessLog::interval);
    QCOMPARE(take(), QStringList{u"guess 99 (repeated 99)"_s});
}

void TestGuessLog::itGoesOnEachMinute()
{
    m_log.note(u"a"_s, u"x"_s, start);
    m_log.note(u"a"_s, u"x"_s, start);
    m_log.tick(start + GuessLog::interval);
    take();
    m_log.note(u"a"_s, u"x"_s, start + GuessLog::interval + 1);
    QVERIFY(take().isEmpty());
    m_log.tick(start + 2 * GuessLog::interval);
    QCOMPARE(take(), QStringList{u"x (repeated 1)"_s});
}

void TestGuessLog::whoIsQuietBeginsAnew()
{
    m_log.note(u"a"_s, u"x"_s, start);
    m_log.tick(start + GuessLog::interval);
    take();
    m_log.note(u"a"_s, u"y"_s, start + GuessLog::interval);
    QCOMPARE(take(), QStringList{u"y"_s});
}

void TestGuessLog::keysAreCountedApart()
{
    m_log.note(u"a"_s, u"x"_s, start);
    m_log.note(u"b"_s, u"y"_s, start);
    QCOMPARE(take(), (QStringList{u"x"_s, u"y"_s}));
}

void TestGuessLog::linesAreBoundedHoweverManyKeys()
{
    for (int i = 0; i < 10'000; ++i)
        m_log.note(QString::number(i), u"from %1"_s.arg(i), start);
    QCOMPARE(take().size(), GuessLog::mostKeys + 1);
    m_log.tick(start + GuessLog::interval);
    QCOMPARE(take(),
             QStringList{u"from 9999 and by others (repeated %1)"_s.arg(10'000 - GuessLog::mostKeys
                                                                        - 1)});
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestGuessLog)
#include "tst_guesslog.moc"
