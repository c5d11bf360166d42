#include "gui-client/widgets/failuretext.h"

#include <QSet>
#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestFailureText : public QObject
{
    Q_OBJECT

private slots:
    void everyCauseHasItsOwnText();
    void everyCodeHasItsOwnText();
    void everyEndHasItsOwnText();
    void namesTheNextStep();
    void tellsWhatANameLooksLike();
    void tellsWhatIsWrongWithAName();
    void keepsTheServersWordsForUnknownCodes();
    void showsTheReasonOfAnEnd();
};

void TestFailureText::everyCauseHasItsOwnText()
{
    QSet<QString> texts;
    for (int i = 0; i <= static_cast<int>(LoginFailure::Cause::Other); ++i) {
        LoginFailure failure;
        failure.cause = static_cast<LoginFailure::Cause>(i);
        failure.host = u"host"_s;
        failure.port = 5005;
        failure.error.code = ErrorCode::NameTaken;
        const QString text = failureText(failure);
        QVERIFY2(!text.isEmpty(), qPrintable(QString::number(i)));
        QVERIFY2(!texts.contains(text), qPrintable(text));
        texts.insert(text);
    }
}

void TestFailureText::everyCodeHasItsOwnText()
{
    QSet<QString> texts;
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const QString text = errorText({static_cast<ErrorCode>(i)});
        QVERIFY2(!text.isEmpty(), qPrintable(QString::number(i)));
        QVERIFY2(!texts.contains(text), qPrintable(text));
        texts.insert(text);
    }
}

void TestFailureText::everyEndHasItsOwnText()
{
    QSet<QString> texts;
    for (int i = 0; i <= static_cast<int>(ClosingCode::ProtocolMismatch); ++i)
        texts.insert(closingText({static_cast<ClosingCode>(i), {}}));
    QCOMPARE(texts.size(), static_cast<int>(ClosingCode::ProtocolMismatch) + 1);
}

void TestFailureText::namesTheNextStep()
{
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Refused;
    failure.host = u"box"_s;
    failure.port = 5005;
    QVERIFY(failureText(failure).contains(u"Is the server running on port 5005?"_s));
}

void TestFailureText::tellsWhatANameLooksLike()
{
    Error refused{ErrorCode::NameTaken, u"аnn"_s};
    const QString taken = errorText(refused, sentence(refused));
    Error alike = refused;
    alike.other = u"ann"_s;
    const QString looks = errorText(refused, sentence(alike)); // only the sentence travels
    QVERIFY(taken != looks);
    QVERIFY(looks.contains(u"\u201cann\u201d"_s));
    QCOMPARE(errorText(alike), looks);
}

void TestFailureText::tellsWhatIsWrongWithAName()
{
    QSet<QString> texts;
    for (const QString &name : {u"a b"_s, u"-ann"_s, u"admin"_s, QString(40, u'a')})
        texts.insert(errorText({ErrorCode::NameInvalid, name}).remove(name));
    QCOMPARE(texts.size(), 4);
    QCOMPARE(errorText({ErrorCode::NameInvalid, u"fine"_s}, u"Not today."_s), u"Not today."_s);
}

void TestFailureText::keepsTheServersWordsForUnknownCodes()
{
    QCOMPARE(errorText({ErrorCode::Internal}, u"The moon\nis full."_s), u"The moon is full."_s);
}

void TestFailureText::showsTheReasonOfAnEnd()
{
    QVERIFY(closingText({ClosingCode::Kicked, u"spam"_s}).contains(u"(spam)"_s));
    QVERIFY(!closingText({ClosingCode::Kicked, closingSentence(ClosingCode::Kicked)})
                     .contains(u'('));
}

QTEST_GUILESS_MAIN(TestFailureText)
#include "tst_failuretext.moc"
