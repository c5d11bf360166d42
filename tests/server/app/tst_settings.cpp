#include "server/app/settings.h"

#include <QRegularExpression>
#include <QSet>
#include <QTest>

namespace teahouse::server {

using namespace Qt::StringLiterals;

class TestSettings : public QObject
{
    Q_OBJECT

private slots:
    void everyRowIsWhole_data() { rows(); }
    void everyRowIsWhole();
    void defaultsAreWithinTheBounds_data() { rows(); }
    void defaultsAreWithinTheBounds();
    void bounds_data();
    void bounds();
    void notANumber_data();
    void notANumber();
    void switches_data();
    void switches();
    void retention_data();
    void retention();
    void networks_data();
    void networks();
    void controlCharactersInAText();
    void unknownKey_data();
    void unknownKey();
    void noAssignment_data();
    void noAssignment();
    void valueMayContainTheSign();
    void blanksAround();
    void helpNamesEveryKey();

private:
    static void rows();
};

namespace {

const Setting &row(const QString &key)
{
    const auto table = settingsTable();
    return *std::find_if(table.begin(), table.end(), [&](const Setting &setting) {
        return key == QLatin1StringView(setting.key);
    });
}

} // namespace

void TestSettings::rows()
{
    QTest::addColumn<QString>("key");
    for (const Setting &setting : settingsTable())
        QTest::newRow(setting.key) << QString::fromLatin1(setting.key);
}

void TestSettings::everyRowIsWhole()
{
    QFETCH(const QString, key);
    static const QRegularExpression form(u"^[a-z]+\\.[a-z_]+$"_s);
    QVERIFY(form.match(key).hasMatch());
    QVERIFY(row(key).least <= row(key).most);
    QVERIFY(qstrlen(row(key).help) > 5);
    qsizetype same = 0;
    for (const Setting &setting : settingsTable())
        same += key == QLatin1StringView(setting.key) ? 1 : 0;
    QCOMPARE(same, 1);
}

void TestSettings::defaultsAreWithinTheBounds()
{
    QFETCH(const QString, key);
    Settings settings;
    const QString value = valueText(Settings(), row(key));
    QCOMPARE(assign(settings, key, value), std::nullopt);
    QCOMPARE(valueText(settings, row(key)), value);
}

void TestSettings::bounds_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("accepted");
    for (const Setting &setting : settingsTable()) {
        const bool isText = std::holds_alternative<QString Settings::*>(setting.field);
        if (!isText && !std::holds_alternative<int Settings::*>(setting.field))
            continue;
        const auto add = [&](const char *which, int size, bool accepted) {
            const QString value = isText ? QString(std::max(0, size), u'x') : QString::number(size);
            QTest::addRow("%s, %s", setting.key, which)
                    << QString::fromLatin1(setting.key) << value << accepted;
        };
        if (!isText || setting.least > 0)
            add("least - 1", setting.least - 1, false);
        add("least", setting.least, true);
        add("least + 1", setting.least + 1, true);
        add("most - 1", setting.most - 1, true);
        add("most", setting.most, true);
        add("most + 1", setting.most + 1, false);
    }
}

void TestSettings::bounds()
{
    QFETCH(const QString, key);
    QFETCH(const QString, value);
    QFETCH(const bool, accepted);
    Settings settings;
    const auto problem = assign(settings, key + u'=' + value);
    QCOMPARE(!problem, accepted);
    QCOMPARE(valueText(settings, row(key)), accepted ? value : valueText({}, row(key)));
    if (problem) {
        const QString range = u"%1 to %2"_s.arg(row(key).least).arg(row(key).most);
        QVERIFY2(problem->contains(key) && problem->contains(range), qPrintable(*problem));
    }
}

void TestSettings::notANumber_data()
{
    QTest::addColumn<QString>("value");
    for (const char *value : {"", "x", "1x", "1.5", "99999999999", "on", "0x10"})
        QTest::newRow(value) << QString::fromLatin1(value);
}

void TestSettings::notANumber()
{
    QFETCH(const QString, value);
    Settings settings;
    const auto problem = assign(settings, u"limits.sessions"_s, value);
    QVERIFY(problem && problem->contains(u"number"));
    QCOMPARE(settings.sessions, Settings().sessions);
}

void TestSettings::switches_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("expected"); // -1: refused
    QTest::newRow("on") << u"on"_s << 1;
    QTest::newRow("off") << u"off"_s << 0;
    QTest::newRow("true") << u"true"_s << 1;
    QTest::newRow("false") << u"false"_s << 0;
    QTest::newRow("empty") << u""_s << -1;
    QTest::newRow("number") << u"1"_s << -1;
    QTest::newRow("capital") << u"ON"_s << -1;
}

void TestSettings::switches()
{
    QFETCH(const QString, value);
    QFETCH(const int, expected);
    Settings settings;
    settings.flood = expected == 0;
    const auto problem = assign(settings, u"limits.flood"_s, value);
    QCOMPARE(problem.has_value(), expected < 0);
    if (problem)
        QVERIFY(problem->contains(u"\"on\" or \"off\""));
    else
        QCOMPARE(settings.flood, expected == 1);
}

void TestSettings::retention_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("accepted");
    QTest::addColumn<int>("days");
    QTest::newRow("forever") << u"forever"_s << true << keepForever;
    QTest::newRow("off") << u"off"_s << true << 0;
    QTest::newRow("a day") << u"1"_s << true << 1;
    QTest::newRow("the longest") << u"36500"_s << true << limits::retentionDays;
    for (const QString &value : {u"36501"_s, u"0"_s, u"-1"_s, u"7d"_s, u"on"_s, QString()})
        QTest::addRow("\"%s\"", qPrintable(value)) << value << false << keepForever;
}

void TestSettings::retention()
{
    QFETCH(const QString, value);
    QFETCH(const bool, accepted);
    QFETCH(const int, days);
    Settings settings;
    const auto problem = assign(settings, u"rooms.retention"_s, value);
    QCOMPARE(!problem, accepted);
    QCOMPARE(settings.retention.days, days);
    if (problem)
        QVERIFY2(problem->contains(u"forever") && problem->contains(u"36500"),
                 qPrintable(*problem));
}

void TestSettings::networks_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("count"); // -1: refused
    QTest::newRow("none") << u""_s << 0;
    QTest::newRow("one address") << u"10.0.0.1"_s << 1;
    QTest::newRow("network") << u"10.0.0.0/8"_s << 1;
    QTest::newRow("several") << u"10.0.0.0/8, ::1,fd00::/8"_s << 3;
    QTest::newRow("name") << u"localhost"_s << -1;
    QTest::newRow("mask too long") << u"10.0.0.0/33"_s << -1;
    QTest::newRow("second one broken") << u"10.0.0.0/8,x"_s << -1;
}

void TestSettings::networks()
{
    QFETCH(const QString, value);
    QFETCH(const int, count);
    Settings settings;
    const auto problem = assign(settings, u"limits.exempt"_s, value);
    QCOMPARE(problem.has_value(), count < 0);
    QCOMPARE(settings.exempt.list.size(), count < 0 ? 2 : count);
}

void TestSettings::controlCharactersInAText()
{
    Settings settings;
    for (const QString &name : {u"a\nb"_s, u"a\x1b[2J"_s, u"a\tb"_s})
        QVERIFY(assign(settings, u"server.name"_s, name));
    QCOMPARE(assign(settings, u"server.name"_s, u"茶馆 🫖"_s), std::nullopt);
}

void TestSettings::unknownKey_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("nearest");
    QTest::newRow("letter missing") << u"limits.flod"_s << u"limits.flood"_s;
    QTest::newRow("section missing") << u"announce_up_to"_s << u"rooms.announce_up_to"_s;
    QTest::newRow("other sign") << u"server-name"_s << u"server.name"_s;
    QTest::newRow("capital") << u"Server.Name"_s << u"server.name"_s;
    QTest::newRow("with more") << u"limits.session"_s << u"limits.sessions"_s;
}

void TestSettings::unknownKey()
{
    QFETCH(const QString, key);
    QFETCH(const QString, nearest);
    Settings settings;
    const auto problem = assign(settings, key + u"=1"_s);
    QVERIFY(problem);
    QVERIFY2(problem->contains(key) && problem->contains(u"\"%1\""_s.arg(nearest)),
             qPrintable(*problem));
}

void TestSettings::noAssignment_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "limits.flood", "limits.flood off"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestSettings::noAssignment()
{
    QFETCH(const QString, text);
    Settings settings;
    const auto problem = assign(settings, text);
    QVERIFY(problem && problem->contains(u"SECTION.KEY=VALUE"));
}

void TestSettings::valueMayContainTheSign()
{
    Settings settings;
    QCOMPARE(assign(settings, u"server.name=a=b"_s), std::nullopt);
    QCOMPARE(settings.serverName, u"a=b"_s);
}

void TestSettings::blanksAround()
{
    Settings settings;
    QCOMPARE(assign(settings, u" limits.flood = off "_s), std::nullopt);
    QVERIFY(!settings.flood);
}

void TestSettings::helpNamesEveryKey()
{
    for (const Setting &setting : settingsTable())
        QVERIFY(settingsHelp().contains(QLatin1StringView(setting.key)));
}

} // namespace teahouse::server

QTEST_APPLESS_MAIN(teahouse::server::TestSettings)
#include "tst_settings.moc"
