#include "gui-client/input/completer.h"

#include "gui-client/input/slashcommand.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

KnownNames known()
{
    KnownNames names;
    names.people = {u"bob"_s, u"Bea"_s, u"王小明"_s, u"carl.2"_s, u"Zoë"_s};
    names.ignored = {u"mallory"_s};
    names.rooms = {u"main"_s, u"garden"_s};
    return names;
}

/// What a text becomes; `|` is the cursor in both.
QString completed(Completer &completer, QString text)
{
    const qsizetype cursor = text.indexOf(u'|');
    text.remove(cursor, 1);
    const auto edit = completer.next(text, cursor);
    if (!edit)
        return {};
    return text.left(edit->start) + edit->text + u'|' + text.mid(cursor);
}

} // namespace

class TestCompleter : public QObject
{
    Q_OBJECT

private slots:
    void completes_data();
    void completes();
    void declines_data();
    void declines();
    void goesRound();
    void beginsAnewWhenTheTextHasChanged();
    void isWantedBehindAWord();
    void offersEveryCommand();
    void offersWhatTheServerCan();
};

void TestCompleter::completes_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &typed, const QString &expected) {
        QTest::newRow(qPrintable(typed)) << typed << expected;
    };
    row(u"b|"_s, u"bob: |"_s);
    row(u"BO|"_s, u"bob: |"_s);
    row(u"zoe\u0308|"_s, u"Zoë: |"_s);
    row(u"be|"_s, u"Bea: |"_s);
    row(u"hi b|"_s, u"hi bob |"_s);
    row(u"hi b|, how are you"_s, u"hi bob |, how are you"_s);
    row(u"hi b| there"_s, u"hi bob| there"_s);
    row(u"one\nb|"_s, u"one\nbob: |"_s);
    row(u"@b|"_s, u"@bob |"_s);
    row(u"(ca|"_s, u"(carl.2 |"_s);
    row(u"carl.|"_s, u"carl.2: |"_s);
    row(u"你好王|"_s, u"你好王小明 |"_s);
    row(u"你好bo|"_s, u"你好bob |"_s);
    row(u"王|"_s, u"王小明: |"_s);
    row(u"|"_s, u"bob: |"_s);
    row(u"hi |"_s, u"hi bob |"_s);

    row(u"/ki|"_s, u"/kick |"_s);
    row(u"/KI|"_s, u"/kick |"_s);
    row(u"／ki|"_s, u"／kick |"_s);
    row(u"  /ki|"_s, u"  /kick |"_s);
    row(u"/who|"_s, u"/who|"_s);
    row(u"/|"_s, u"/me |"_s);
    row(u"/kick b|"_s, u"/kick bob |"_s);
    row(u"/kick |"_s, u"/kick bob |"_s);
    row(u"/KICK  b|"_s, u"/KICK  bob |"_s);
    row(u"/kick bob b|"_s, u"/kick bob bob |"_s);
    row(u"/unmute be|"_s, u"/unmute Bea|"_s);
    row(u"/msg 王|"_s, u"/msg 王小明 |"_s);
    row(u"/me greets b|"_s, u"/me greets bob |"_s);
    row(u"/me b|"_s, u"/me bob |"_s);
    row(u"/unignore |"_s, u"/unignore mallory|"_s);
    row(u"/join ga|"_s, u"/join garden |"_s);
    row(u"/role bob mo|"_s, u"/role bob moderator|"_s);
    row(u"/role bob |"_s, u"/role bob member|"_s);
    row(u"/level me|"_s, u"/level mentions|"_s);
    row(u"//b|"_s, u"//bob |"_s);
}

void TestCompleter::completes()
{
    QFETCH(const QString, typed);
    Completer completer;
    completer.setSource(&known);
    QTEST(completed(completer, typed), "expected");
}

void TestCompleter::declines_data()
{
    QTest::addColumn<QString>("typed");
    for (const QString &typed :
         {u"x|"_s, u"abob|"_s, u"a-|"_s, u"hi ma|"_s, u"/x|"_s, u"/nope b|"_s, u"/join b|"_s,
          u"/join garden b|"_s, u"/role bob x|"_s, u"/role bob owner b|"_s, u"/level b|"_s,
          u"/level all m|"_s, u"/unmute bob b|"_s, u"/passwd b|"_s, u"/create ma|"_s, u"/ kick|"_s})
        QTest::newRow(qPrintable(typed)) << typed;
}

void TestCompleter::declines()
{
    QFETCH(const QString, typed);
    Completer completer;
    completer.setSource(&known);
    QCOMPARE(completed(completer, typed), QString());
}

void TestCompleter::goesRound()
{
    Completer completer;
    completer.setSource(&known);
    const QStringList expected{u"hey bob |!"_s, u"hey Bea |!"_s, u"hey b|!"_s, u"hey bob |!"_s};
    QString text = u"hey b|!"_s;
    for (const QString &next : expected) {
        text = completed(completer, text);
        QCOMPARE(text, next);
    }
}

void TestCompleter::beginsAnewWhenTheTextHasChanged()
{
    int asked = 0;
    Completer completer;
    completer.setSource([&asked] {
        ++asked;
        return known();
    });
    QCOMPARE(completed(completer, u"b|"_s), u"bob: |"_s);
    QCOMPARE(completed(completer, u"bob: |"_s), u"Bea: |"_s);
    QCOMPARE(asked, 1);
    QCOMPARE(completed(completer, u"Bea: ca|"_s), u"Bea: carl.2 |"_s);
    QCOMPARE(asked, 2);
    // One that was alone leads to no other.
    QCOMPARE(completed(completer, u"Bea: carl.2 |"_s), u"Bea: carl.2 bob |"_s);
}

void TestCompleter::isWantedBehindAWord()
{
    Completer completer;
    QVERIFY(!completer.isWanted(u"b"_s, 1)); // there is nothing to complete it from
    completer.setSource(&known);
    QVERIFY(completer.isWanted(u"b"_s, 1));
    QVERIFY(completer.isWanted(u"x"_s, 1)); // though nothing is found: the focus stays
    QVERIFY(!completer.isWanted(u""_s, 0));
    QVERIFY(!completer.isWanted(u"b"_s, 0));
    QVERIFY(!completer.isWanted(u"b "_s, 2));
    QCOMPARE(completed(completer, u"b|"_s), u"bob: |"_s);
    QVERIFY(completer.isWanted(u"bob: "_s, 5)); // there is another one
    QCOMPARE(completed(completer, u"car|"_s), u"carl.2: |"_s);
    QVERIFY(!completer.isWanted(u"carl.2: "_s, 8));
}

void TestCompleter::offersEveryCommand()
{
    Completer completer;
    completer.setSource(&known);
    QString text = u"/|"_s;
    for (const SlashRow &row : slashCommands()) {
        text = completed(completer, text);
        QCOMPARE(text.trimmed().remove(u'|').trimmed(), u'/' + QLatin1StringView(row.name));
    }
    QCOMPARE(completed(completer, text), u"/|"_s);
}

void TestCompleter::offersWhatTheServerCan()
{
    Completer completer;
    completer.setSource([] {
        KnownNames names = known();
        names.server = capabilitiesOf(ChatProtocol::Tea);
        return names;
    });
    QCOMPARE(completed(completer, u"/|"_s), u"/who|"_s);
    QCOMPARE(completed(completer, u"/who|"_s), u"/help|"_s);
    QCOMPARE(completed(completer, u"/kick b|"_s), QString());
}

QTEST_GUILESS_MAIN(TestCompleter)
#include "tst_completer.moc"
