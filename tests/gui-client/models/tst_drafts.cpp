#include "gui-client/models/drafts.h"

#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestDrafts : public QObject
{
    Q_OBJECT

private slots:
    void keepsOneARoom();
    void moves();
};

void TestDrafts::keepsOneARoom()
{
    Drafts drafts;
    drafts.set(u"Tea"_s, u"one"_s);
    drafts.set(u"tea"_s, u"two"_s);
    drafts.set(u"main"_s, u"three"_s);
    QCOMPARE(drafts.text(u"TEA"_s), u"two"_s);
    QCOMPARE(drafts.all(), (QMap<QString, QString>{{u"tea"_s, u"two"_s}, {u"main"_s, u"three"_s}}));
    drafts.set(u"main"_s, u" \n "_s);
    drafts.forget(u"tea"_s);
    QVERIFY(drafts.all().isEmpty());
}

void TestDrafts::moves()
{
    Drafts drafts;
    drafts.set(u"@bob"_s, u"one"_s);
    drafts.move(u"@Bob"_s, u"@bob (2)"_s);
    QCOMPARE(drafts.text(u"@bob"_s), QString());
    QCOMPARE(drafts.text(u"@bob (2)"_s), u"one"_s);
    drafts.move(u"nowhere"_s, u"@bob"_s);
    QCOMPARE(drafts.all().size(), 1);
}

QTEST_GUILESS_MAIN(TestDrafts)
#include "tst_drafts.moc"
