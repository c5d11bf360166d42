#include "server/commands/command.h"

#include <QFile>
#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

QString typeName(Parameter::Kind kind)
{
    switch (kind) {
    case Parameter::Kind::Word:
    case Parameter::Kind::Rest:
        return u"string"_s;
    case Parameter::Kind::Number:
    case Parameter::Kind::Integer:
        return u"number"_s;
    case Parameter::Kind::Flag:
        return u"boolean"_s;
    case Parameter::Kind::Numbers:
        return u"numbers[]"_s;
    }
    return {};
}

QString stageName(Command::Stage stage)
{
    switch (stage) {
    case Command::Stage::Anytime:
        return u"at any time"_s;
    case Command::Stage::LoggedOut:
        return u"before login"_s;
    case Command::Stage::LoggedIn:
        return u"after login"_s;
    }
    return {};
}

QString arguments(const Command &command)
{
    QStringList list;
    for (const Parameter &parameter : command.parameters) {
        if (!parameter.standsIn(Form::Object))
            continue;
        const bool optional = parameter.need == Parameter::Need::Optional;
        list += QLatin1StringView(parameter.name) + (optional ? u"? "_s : u" "_s)
                + typeName(parameter.kind);
    }
    return list.join(u", "_s);
}

QString errors(const Command &command)
{
    QStringList list;
    for (const ErrorCode code : command.errors)
        list += errorName(code);
    return list.join(u", "_s);
}

QString commandRows()
{
    QString rows = u"| verb | when | arguments | reply | refusals | lines |\n"
                   "|---|---|---|---|---|---|\n"_s;
    for (const Command &command : allCommands()) {
        const bool native = command.isKnownTo(Form::Object);
        const bool lines = command.isKnownTo(Form::Line);
        rows += u"| `%1` | %2 | %3 | %4 | %5 | %6 |\n"_s.arg(
                QString::fromLatin1(command.verb), stageName(command.stage),
                native ? arguments(command) : u"(lines only)"_s, QString::fromLatin1(command.reply),
                errors(command), lines ? u'`' + command.usage() + u'`' : QString());
    }
    return rows;
}

QString errorRows()
{
    QString rows = u"| code | retry | sentence |\n|---|---|---|\n"_s;
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        const bool isSanction = code == ErrorCode::Banned || code == ErrorCode::Muted;
        const Error example{.code = code,
                            .subject = u"X"_s,
                            .other = u"..."_s,
                            .number = isSanction ? 1'800'000'000'000 : 100};
        rows += u"| `%1` | %2 | %3 |\n"_s.arg(errorName(code), isPassing(code) ? u"yes"_s : u"no"_s,
                                              sentence(example));
    }
    return rows;
}

QString rightRows()
{
    QString rows = u"| verb | server | `main` | open | invite-only | conversation | read-only "
                   "| with a password | |\n|---|---|---|---|---|---|---|---|---|\n"_s;
    const auto name = [](Rank rank) {
        if (rank == Rank::Nobody)
            return u"–"_s;
        return rank == Rank::Outsider ? u"all"_s : QString(rankName(rank));
    };
    for (const Right &right : allRights()) {
        rows += u"| `%1` |"_s.arg(QString::fromLatin1(right.verb));
        for (const Rank rank : right.places)
            rows += u" %1 |"_s.arg(name(rank));
        for (const Rank rank : {right.readOnly, right.withKey})
            rows += u" %1 |"_s.arg(rank == Rank::Outsider ? QString() : name(rank));
        rows += u" %1 |\n"_s.arg(QString::fromLatin1(right.note));
    }
    return rows;
}

/// What stands between the two marks, and the text with something else there.
struct Section
{
    QString begin;
    QString end;

    QString in(const QString &text) const
    {
        const qsizetype from = text.indexOf(u'\n', text.indexOf(begin)) + 1;
        return text.mid(from, text.indexOf(end) - from);
    }
    void replace(QString &text, const QString &rows) const
    {
        const qsizetype from = text.indexOf(u'\n', text.indexOf(begin)) + 1;
        text.replace(from, text.indexOf(end) - from, rows);
    }
};

const Section commandSection{u"<!-- commands:"_s, u"<!-- end of commands"_s};
const Section rightSection{u"<!-- rights:"_s, u"<!-- end of rights"_s};
const Section errorSection{u"<!-- errors:"_s, u"<!-- end of errors"_s};

} // namespace

/// docs/protocol.md says what the tables of commands, rights and errors say. With
/// TEAHOUSE_UPDATE_DOCS in the environment the page is written anew.
class TestProtocolPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        QFile file(QStringLiteral(PROTOCOL_PAGE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        page = QString::fromUtf8(file.readAll());
        file.close();
        if (!qEnvironmentVariableIsSet("TEAHOUSE_UPDATE_DOCS"))
            return;
        commandSection.replace(page, commandRows());
        rightSection.replace(page, rightRows());
        errorSection.replace(page, errorRows());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(page.toUtf8());
    }

    void theVerbsAreThoseOfTheTable() { QCOMPARE(commandSection.in(page), commandRows()); }

    void theRightsAreThoseOfTheTable() { QCOMPARE(rightSection.in(page), rightRows()); }

    void theErrorsAreThoseOfTheList() { QCOMPARE(errorSection.in(page), errorRows()); }

private:
    QString page;
};

QTEST_GUILESS_MAIN(TestProtocolPage)
#include "tst_protocolpage.moc"
