#include "gui-client/app/settings.h"

#include <QTemporaryDir>
#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void beginsEmpty();
    void keeps();
    void keepsDraftsOfEachLogin();
    void namesFiles();

private:
    QString file() const
    {
        return m_folder.filePath(QString::fromLatin1(QTest::currentTestFunction()) + u".ini"_s);
    }

    QTemporaryDir m_folder;
};

void TestSettings::beginsEmpty()
{
    const Settings settings(file());
    QVERIFY(settings.lastAddress().isEmpty());
    QVERIFY(settings.lastName().isEmpty());
    QVERIFY(settings.windowGeometry().isEmpty());
    QVERIFY(settings.drafts(u"a"_s, u"b"_s).isEmpty());
}

void TestSettings::keeps()
{
    {
        Settings settings(file());
        settings.setLastLogin(u"[::1]:6000"_s, u"老王"_s);
        settings.setWindow("geometry", "state");
    }
    const Settings settings(file());
    QCOMPARE(settings.lastAddress(), u"[::1]:6000"_s);
    QCOMPARE(settings.lastName(), u"老王"_s);
    QCOMPARE(settings.windowGeometry(), "geometry");
    QCOMPARE(settings.splitterState(), "state");
}

void TestSettings::keepsDraftsOfEachLogin()
{
    const QMap<QString, QString> ann{{u"main"_s, u"half a\nsentence 茶"_s}, {u"@bob"_s, u"psst"_s}};
    const QMap<QString, QString> slash{{u"main"_s, u"other"_s}};
    {
        Settings settings(file());
        settings.setDrafts(u"a:1"_s, u"ann"_s, ann);
        settings.setDrafts(u"a:1"_s, u"ann/x"_s, slash);
    }
    Settings settings(file());
    QCOMPARE(settings.drafts(u"a:1"_s, u"ann"_s), ann);
    QCOMPARE(settings.drafts(u"a:1"_s, u"ann/x"_s), slash);
    QVERIFY(settings.drafts(u"a:2"_s, u"ann"_s).isEmpty());
    settings.setDrafts(u"a:1"_s, u"ann"_s, {});
    QVERIFY(settings.drafts(u"a:1"_s, u"ann"_s).isEmpty());
    QCOMPARE(settings.drafts(u"a:1"_s, u"ann/x"_s), slash);
}

void TestSettings::namesFiles()
{
    QVERIFY(Settings::defaultFile({}).endsWith(u"/teahouse/teahouse.ini"_s));
    QVERIFY(Settings::defaultFile(u"work"_s).endsWith(u"/teahouse/teahouse-work.ini"_s));
}

QTEST_GUILESS_MAIN(TestSettings)
#include "tst_settings.moc"
