#include "tests/support/nativeschema.h"
#include "tests/support/transcript.h"

#include <QDir>
#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// Every conversation in tests/transcripts, whole and byte by byte.
class TestTranscripts : public QObject
{
    Q_OBJECT

private slots:
    void play_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<Transcript::Pace>("pace");
        const QDir folder(QStringLiteral(TRANSCRIPTS));
        const QStringList files = folder.entryList({u"*.txt"_s}, QDir::Files, QDir::Name);
        QVERIFY(!files.isEmpty());
        for (const QString &file : files) {
            const QString path = folder.filePath(file);
            QTest::addRow("%s, whole", qPrintable(file)) << path << Transcript::Pace::Whole;
            QTest::addRow("%s, byte by byte", qPrintable(file))
                    << path << Transcript::Pace::ByteByByte;
        }
    }

    void play()
    {
        QFETCH(QString, path);
        QFETCH(Transcript::Pace, pace);
        QCOMPARE(Transcript(pace).play(path), QString());
    }

    void theSchemaRefusesWhatItDoesNotKnow()
    {
        QCOMPARE(teahouse::schemaFaults(R"({"ev":"ping"})"), QString());
        QVERIFY(!teahouse::schemaFaults(R"({"ev":"pong"})").isEmpty());
        QVERIFY(!teahouse::schemaFaults(R"({"ok":true})").isEmpty());
        QVERIFY(!teahouse::schemaFaults(R"({"re":"1","ok":true,"more":true})").isEmpty());
        QVERIFY(!teahouse::schemaFaults(R"({"ev":"entered","room":"main","name":"ann"})")
                         .isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestTranscripts)
#include "tst_transcripts.moc"
