#include "server/commands/dispatcher.h"
#include "tests/support/recordingsink.h"
#include "tests/support/testserver.h"

#include <QJsonArray>
#include <QSet>
#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// Walks the whole command table: every verb in every state and form, with no argument, the right
/// ones, and ones of the wrong type.
class TestDispatcher : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        server = std::make_unique<TestServer>();
        session = server->house.open({&sink, &encoder, u"test"_s, Form::Object});
    }

    void everyRow_data()
    {
        QTest::addColumn<QString>("verb");
        for (const Command &command : allCommands())
            QTest::newRow(command.verb) << QString::fromLatin1(command.verb);
    }

    void everyRow()
    {
        QFETCH(QString, verb);
        const Command &command = row(verb);
        for (const Form form : {Form::Line, Form::Object}) {
            Request asked;
            asked.verb = verb;
            asked.form = form;
            if (!command.isKnownTo(form)) {
                QCOMPARE(errorOf(asked), std::optional(ErrorCode::UnknownVerb));
                continue;
            }
            if (command.stage == Command::Stage::LoggedIn) {
                QCOMPARE(errorOf(asked), std::optional(ErrorCode::LoginRequired));
                QVERIFY(server->house.login(session, u"ann"_s, {}, 0).ok());
            }
            if (needs(command, form))
                QCOMPARE(errorOf(asked), std::optional(ErrorCode::BadRequest));
            if (command.stage == Command::Stage::LoggedOut) {
                QVERIFY(server->house.login(session, u"ann"_s, {}, 0).ok());
                QCOMPARE(errorOf(asked), std::optional(ErrorCode::AlreadyLoggedIn));
            }
            init();
        }
    }

    void wrongTypesAreRefused_data()
    {
        QTest::addColumn<QString>("verb");
        for (const Command &command : allCommands()) {
            if (command.isKnownTo(Form::Object))
                QTest::newRow(command.verb) << QString::fromLatin1(command.verb);
        }
    }

    void wrongTypesAreRefused()
    {
        QFETCH(QString, verb);
        const Command &command = row(verb);
        if (command.stage == Command::Stage::LoggedIn)
            QVERIFY(server->house.login(session, u"ann"_s, {}, 0).ok());
        for (const Parameter &parameter : command.parameters) {
            if (!parameter.standsIn(Form::Object))
                continue;
            Request asked;
            asked.verb = verb;
            asked.form = Form::Object;
            asked.fields.add(parameter.name, Unusable{});
            QCOMPARE(errorOf(asked), std::optional(ErrorCode::BadRequest));
        }
    }

    void aRefusalIsPassedOn()
    {
        Request asked;
        asked.verb = u"ping"_s;
        asked.refusal = Error{.code = ErrorCode::TooLong};
        QCOMPARE(errorOf(asked), std::optional(ErrorCode::TooLong));
    }

    void verbsAreUniqueAndExplained()
    {
        QSet<QString> seen;
        for (const Command &command : allCommands()) {
            const QString verb = QString::fromLatin1(command.verb);
            QVERIFY2(!seen.contains(verb), command.verb);
            seen.insert(verb);
            QVERIFY2(!QString::fromLatin1(command.help).isEmpty(), command.verb);
            QVERIFY2(command.usage().startsWith(verb), command.verb);
        }
    }

    void helloNegotiatesTheVersion()
    {
        Request asked;
        asked.verb = u"hello"_s;
        asked.form = Form::Object;
        QVERIFY(!errorOf(asked));
        asked.fields.add("protocol", QList<qint64>{1, 2});
        QVERIFY(!errorOf(asked));
        asked.fields.add("protocol", QList<qint64>{2});
        QCOMPARE(errorOf(asked), std::optional(ErrorCode::ProtocolMismatch));
    }

private:
    static const Command &row(const QString &verb)
    {
        static const std::vector<Command> table = allCommands();
        return *std::find_if(table.begin(), table.end(), [&](const Command &command) {
            return verb == QLatin1StringView(command.verb);
        });
    }

    static bool needs(const Command &command, Form form)
    {
        return std::any_of(command.parameters.begin(), command.parameters.end(),
                           [&](const Parameter &parameter) {
                               return parameter.standsIn(form)
                                       && parameter.need == Parameter::Need::Required;
                           });
    }

    std::optional<ErrorCode> errorOf(const Request &asked)
    {
        std::optional<ErrorCode> code;
        int answers = 0;
        server->dispatcher.dispatch(session, asked, server->moment(), [&](const Reply &reply) {
            ++answers;
            if (!reply)
                code = reply.error().code;
        });
        server->executor.run();
        if (answers != 1)
            qFatal("%s was answered %d times", qPrintable(asked.verb), answers);
        return code;
    }

    WordEncoder encoder;
    RecordingSink sink;
    std::unique_ptr<TestServer> server;
    SessionId session = 0;
};

QTEST_GUILESS_MAIN(TestDispatcher)
#include "tst_dispatcher.moc"
