#include "gui-client/widgets/failuretext.h"

#include <QDateTime>
#include <QLocale>
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
    void tellsUntilWhenAndWhy();
    void tellsTheEndOfABanThatClosedTheSession();
    void tellsHowLongToWait();
    void explainsRefusedLogins();
    void explainsRefusedRegistrations();
    void tellsInvitationsFromInviteCodes();
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

void TestFailureText::tellsUntilWhenAndWhy()
{
    const QDateTime end(QDate(2030, 2, 3), QTime(14, 5)); // local time
    const QString shown = QLocale().toString(end, QLocale::ShortFormat);
    QSet<QString> texts;
    for (const ErrorCode code : {ErrorCode::Banned, ErrorCode::Muted}) {
        for (const QString &room : {u""_s, u"garden"_s}) {
            Error error{.code = code, .subject = room, .other = u"spam\n spam"_s};
            QVERIFY(errorText(error).endsWith(u"spam  spam"_s));
            QVERIFY(errorText(error).contains(room));
            error.number = end.toMSecsSinceEpoch();
            QVERIFY2(errorText(error).contains(shown), qPrintable(errorText(error)));
            error.other.clear();
            QVERIFY(errorText(error).contains(shown));
            texts.insert(errorText(error));
        }
    }
    QCOMPARE(texts.size(), 4);
}

void TestFailureText::tellsTheEndOfABanThatClosedTheSession()
{
    const QDateTime end(QDate(2030, 2, 3), QTime(14, 5)); // local time
    const QString shown = QLocale().toString(end, QLocale::ShortFormat);
    Closing ban{ClosingCode::Banned, u"You are banned here, says the server."_s};
    ban.until = end.toMSecsSinceEpoch();
    QVERIFY(closingText(ban).contains(shown));
    QVERIFY(!closingText(ban).contains(u"says the server"_s));
    ban.reason = u"spam:\nmuch of it"_s;
    QVERIFY(closingText(ban).endsWith(u"spam: much of it"_s));
    ban.by = u"ann"_s;
    QVERIFY(closingText(ban).contains(u"ann"_s));
    QVERIFY(closingText(ban).contains(shown));
    ban.until = 0;
    QVERIFY(closingText(ban).contains(u"ann"_s));
    QVERIFY(!closingText(ban).contains(shown));
    const Closing kick{ClosingCode::Kicked, u"x"_s, u"too loud"_s, 0, u"ann"_s};
    QVERIFY(closingText(kick).contains(u"ann"_s) && closingText(kick).endsWith(u"too loud"_s));
    // Of a server that says it in words only.
    QVERIFY(closingText({ClosingCode::Banned, u"Not today."_s}).contains(u"(Not today.)"_s));
}

void TestFailureText::tellsHowLongToWait()
{
    const Error error{.code = ErrorCode::SlowDown, .retryMs = 2100};
    QVERIFY(errorText(error).contains(u'3'));
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.error = error;
    QVERIFY(failureText(failure).contains(u'3'));
    QVERIFY(failureText(failure) != errorText(error));
}

void TestFailureText::explainsRefusedLogins()
{
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.name = u"zoë"_s;
    failure.error.code = ErrorCode::PasswordRequired;
    QVERIFY(failureText(failure).contains(u"zoë"_s));
    failure.guests = false;
    const QString noGuests = failureText(failure);
    QVERIFY(noGuests.contains(u"no guests"_s));
    failure.error.code = ErrorCode::NotAllowed;
    QCOMPARE(failureText(failure), noGuests);
    failure.error.code = ErrorCode::Banned;
    QVERIFY(!failureText(failure).contains(u"zoë"_s)); // it is not the name of a room
    failure.guests = true;
    failure.error = {ErrorCode::InviteRequired};
    QCOMPARE(failureText(failure), errorText({ErrorCode::InviteRequired}));
}

void TestFailureText::explainsRefusedRegistrations()
{
    LoginFailure failure;
    failure.cause = LoginFailure::Cause::Server;
    failure.name = u"ann"_s;
    QSet<QString> texts;
    for (const ErrorCode code : {ErrorCode::NameTaken, ErrorCode::InviteRequired,
                                 ErrorCode::NotAllowed, ErrorCode::UnknownVerb}) {
        failure.error.code = code;
        failure.registering = false;
        texts.insert(failureText(failure));
        failure.registering = true;
        texts.insert(failureText(failure));
    }
    QCOMPARE(texts.size(), 8);
    failure.error = {ErrorCode::NameTaken, u"аnn"_s};
    failure.text = sentence({ErrorCode::NameTaken, u"аnn"_s, u"ann"_s});
    QVERIFY(failureText(failure).contains(u"too much like"_s));
}

void TestFailureText::tellsInvitationsFromInviteCodes()
{
    const QString room = errorText({ErrorCode::InviteRequired, u"garden"_s},
                                   sentence({ErrorCode::InviteRequired, u"garden"_s}));
    QVERIFY(room.contains(u"garden"_s) && room.contains(u"invitation"_s));
    const QString code = errorText({ErrorCode::InviteRequired});
    QVERIFY(code.contains(u"invite code"_s));
}

QTEST_GUILESS_MAIN(TestFailureText)
#include "tst_failuretext.moc"
