#include "gui-client/widgets/rowtext.h"

#include <QDateTime>
#include <QTest>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

QString plain(QString text)
{
    return text.remove(QChar(0x2068)).remove(QChar(0x2069));
}

TranscriptRow row(RowKind kind, const QString &text = u"hi"_s)
{
    TranscriptRow row;
    row.kind = kind;
    row.author = u"ann"_s;
    row.text = text;
    row.seq = row.to = 1;
    row.time = QDateTime({2024, 5, 6}, {7, 8}).toMSecsSinceEpoch();
    return row;
}

} // namespace

class TestRowText : public QObject
{
    Q_OBJECT

private slots:
    void tellsWhatHappened();
    void foldsPresence();
    void isolatesNames();
    void boundsWhatIsShown();
    void copies();
    void readsAloud();
};

void TestRowText::tellsWhatHappened()
{
    QCOMPARE(rowtext::body(row(RowKind::Message, u"<b>x</b>"_s)), u"<b>x</b>"_s);
    QCOMPARE(plain(rowtext::body(row(RowKind::Action, u"waves"_s))), u"* ann waves"_s);
    QCOMPARE(plain(rowtext::body(row(RowKind::Topic))), u"ann changed the topic to: hi"_s);
    QCOMPARE(plain(rowtext::body(row(RowKind::Gone, {}))), u"ann deleted a message"_s);
}

void TestRowText::foldsPresence()
{
    using enum Presence;
    QCOMPARE(plain(rowtext::presence({{u"ann"_s, Entered, Entered}, {u"bob"_s, Entered, Entered}})),
             u"ann, bob entered"_s);
    QCOMPARE(plain(rowtext::presence({{u"ann"_s, Entered, Left},
                                      {u"bob"_s, Left, Left},
                                      {u"carl"_s, Left, Entered}})),
             u"bob left; ann entered and left; carl left and came back"_s);
    QCOMPARE(plain(rowtext::presence({{u"ann"_s, Left, LoggedOut},
                                      {u"bob"_s, Lost, Lost},
                                      {u"carl"_s, Entered, Kicked},
                                      {u"dora"_s, Banned, Banned},
                                      {u"eve"_s, Entered, LoggedOut}})),
             u"ann logged out; bob lost the connection; carl was kicked; dora was banned; eve "
             u"entered and left"_s);
    QList<PresenceChange> many;
    for (int i = 0; i < 20; ++i)
        many.append({QString::number(i), Entered, Entered});
    QVERIFY(plain(rowtext::presence(many)).startsWith(u"0, 1, 2, 3, 4 and 15 "_s));
}

void TestRowText::isolatesNames()
{
    TranscriptRow hostile = row(RowKind::Action, u"\u202eevil\u2069"_s);
    const QString body = rowtext::body(hostile);
    QVERIFY(!body.contains(QChar(0x202E)));
    QCOMPARE(body.count(QChar(0x2068)), body.count(QChar(0x2069)));
}

void TestRowText::boundsWhatIsShown()
{
    QVERIFY(rowtext::displayed(QString(100000, u'a')).size() < 13000);
    QVERIFY(rowtext::displayed(u"e"_s + QString(500, QChar(0x301))).size() < 10);
    QCOMPARE(rowtext::displayed(u"a\nb"_s), u"a\u2028b"_s);
}

void TestRowText::copies()
{
    QCOMPARE(rowtext::copied(row(RowKind::Message), u"hi"_s), u"[2024-05-06 07:08] ann: hi"_s);
}

void TestRowText::readsAloud()
{
    TranscriptRow failed = row(RowKind::Message);
    failed.state = RowState::Failed;
    failed.error = u"too fast"_s;
    QVERIFY(rowtext::accessible(failed).endsWith(u"ann, hi, not sent: too fast"_s));
}

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
