#include "server/store/searchindex.h"
#include "server/store/vocabulary.h"

#include <QTemporaryDir>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestVocabulary : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_database = std::make_unique<Database>(m_folder.filePath(u"words.db"_s),
                                                Database::Mode::Write);
        m_database->run("DROP TABLE IF EXISTS words;"
                        "CREATE VIRTUAL TABLE words USING fts5 (text, content = '', detail = none,"
                        " columnsize = 0, tokenize = 'ascii')");
    }

    void namesWhatBeginsSo()
    {
        add({u"tea"_s, u"the teapot is green"_s, u"tea teapots"_s, u"ta te"_s, u"茶馆 teéz"_s});
        Vocabulary words(*m_database);
        QCOMPARE(words.wordsWith(u"tea"_s), (QStringList{u"tea"_s, u"teapot"_s, u"teapots"_s}));
        QCOMPARE(words.wordsWith(u"teapots"_s), QStringList{u"teapots"_s});
        QCOMPARE(words.wordsWith(u"teapotss"_s), QStringList());
        QCOMPARE(words.wordsWith(u"茶"_s), (QStringList{u"茶"_s, u"茶馆"_s}));
        QCOMPARE(words.wordsWith(u"zzz"_s), QStringList());
    }

    void namesNoMoreThanTheLimit_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("named");
        QTest::newRow("limit - 1") << Vocabulary::mostWords - 1 << Vocabulary::mostWords - 1;
        QTest::newRow("limit") << Vocabulary::mostWords << Vocabulary::mostWords;
        QTest::newRow("limit + 1") << Vocabulary::mostWords + 1 << 0;
    }

    void namesNoMoreThanTheLimit()
    {
        QFETCH(int, count);
        QFETCH(int, named);
        QStringList texts;
        for (int i = 0; i < count; ++i)
            texts += u"tea%1"_s.arg(i);
        add(texts);
        QCOMPARE(Vocabulary(*m_database).wordsWith(u"tea"_s).size(), named);
    }

    void isForConnectionsThatOnlyRead()
    {
        add({u"teapot"_s});
        Database reading(m_folder.filePath(u"words.db"_s), Database::Mode::Read);
        Vocabulary words(reading);
        QCOMPARE(words.wordsWith(u"tea"_s), QStringList{u"teapot"_s});
        add({u"teabag"_s});
        QCOMPARE(words.wordsWith(u"tea"_s), (QStringList{u"teabag"_s, u"teapot"_s}));
    }

private:
    void add(const QStringList &texts)
    {
        m_database->run("BEGIN");
        SearchIndex index(*m_database);
        for (const QString &text : texts)
            index.add({++m_last, 1, u"ann"_s, text});
        m_database->run("COMMIT");
    }

    QTemporaryDir m_folder;
    std::unique_ptr<Database> m_database;
    quint64 m_last = 0;
};

} // namespace teahouse::server

QTEST_GUILESS_MAIN(teahouse::server::TestVocabulary)
#include "tst_vocabulary.moc"
