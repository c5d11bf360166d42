#include "gui-client/link/trust.h"

#include <QTest>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;
using By = ServerTrust::By;
using Verdict = Judgement::Verdict;

namespace {

Fingerprint keyOf(char fill)
{
    return *Fingerprint::fromSha256(QByteArray(Fingerprint::size, fill));
}

/// What is known: a stored trust as `k` (its key is 1) or `a` (likewise, by an authority), the key
/// that a link names as a digit, and a key known from elsewhere as a digit; `-` for none of each.
Acquaintance known(const char *state)
{
    Acquaintance known;
    if (state[0] != '-')
        known.trust = ServerTrust{state[0] == 'a' ? By::Authority : By::Key, keyOf('1')};
    if (state[1] != '-')
        known.pinned = keyOf(state[1]);
    if (state[2] != '-')
        known.elsewhere = {{keyOf('9'), u"Other"_s, u"10.0.0.9"_s},
                           {keyOf(state[2]), u"Office"_s, u"10.0.0.5"_s}};
    return known;
}

} // namespace

class TestTrust : public QObject
{
    Q_OBJECT

private slots:
    void judges_data();
    void judges();
    void keepsToWhatWasAnnounced();
    void tellsWhatWas();
    void tellsWhereElse();
};

void TestTrust::judges_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<char>("key");
    QTest::addColumn<bool>("vouched");
    QTest::addColumn<Verdict>("verdict");
    QTest::addColumn<By>("by");
    const auto row = [](const char *name, const char *state, char key, bool vouched,
                        Verdict verdict, By by = By::Key) {
        QTest::newRow(name) << QByteArray(state) << key << vouched << verdict << by;
    };
    row("never met", "---", '1', false, Verdict::AskFirst);
    row("never met, vouched for", "---", '1', true, Verdict::Accept, By::Authority);
    row("known elsewhere", "--1", '1', false, Verdict::SameKeyElsewhere);
    row("known elsewhere, vouched for", "--1", '1', true, Verdict::Accept, By::Authority);
    row("another one is known elsewhere", "--2", '1', false, Verdict::AskFirst);
    row("known", "k--", '1', false, Verdict::Accept);
    row("known, and vouched for by now", "k--", '1', true, Verdict::Accept);
    row("changed", "k--", '2', false, Verdict::Changed);
    row("changed, known elsewhere", "k-2", '2', false, Verdict::Changed);
    row("changed, vouched for", "k--", '2', true, Verdict::Changed, By::Authority);
    row("by an authority", "a--", '1', true, Verdict::Accept, By::Authority);
    row("by an authority, a new key", "a--", '2', true, Verdict::Accept, By::Authority);
    row("by an authority, the same key without it", "a--", '1', false, Verdict::Accept,
        By::Authority);
    row("by an authority, another key without it", "a--", '2', false, Verdict::Changed);
    row("by a link", "-1-", '1', false, Verdict::Accept);
    row("by a link, vouched for", "-1-", '1', true, Verdict::Accept);
    row("by a link, and known elsewhere", "-11", '1', false, Verdict::Accept);
    row("not by this link", "-2-", '1', false, Verdict::LinkDiffers);
    row("not by this link, vouched for", "-2-", '1', true, Verdict::LinkDiffers);
    row("known, the link says otherwise", "k2-", '1', false, Verdict::LinkDiffers);
    row("known, the link agrees", "k1-", '1', false, Verdict::Accept);
    row("changed, and the link knows it", "k2-", '2', false, Verdict::Changed);
    row("changed, the link does not know it", "k1-", '2', false, Verdict::LinkDiffers);
    row("by an authority, the link says otherwise", "a2-", '1', true, Verdict::LinkDiffers);
}

void TestTrust::judges()
{
    QFETCH(QByteArray, state);
    QFETCH(char, key);
    QFETCH(bool, vouched);
    QFETCH(Verdict, verdict);
    QFETCH(By, by);
    const PresentedKey presented{keyOf(key), vouched};
    const Judgement judgement = judge(known(state.constData()), presented);
    QCOMPARE(judgement.verdict, verdict);
    QCOMPARE(judgement.by, by);
    QCOMPARE(judgement.now, presented);
}

/// Which is a claim: a key that fits is asked about like any other.
void TestTrust::keepsToWhatWasAnnounced()
{
    Acquaintance fits = known("---");
    fits.announced = keyOf('1').shortText();
    QCOMPARE(judge(fits, {keyOf('1'), false}).verdict, Verdict::AskFirst);
    QCOMPARE(judge(fits, {keyOf('2'), false}).verdict, Verdict::AnnouncedDiffers);
    QCOMPARE(judge(fits, {keyOf('2'), true}).verdict, Verdict::AnnouncedDiffers);
    fits.trust = ServerTrust{By::Key, keyOf('2')};
    QCOMPARE(judge(fits, {keyOf('1'), false}).verdict, Verdict::Changed);
    QCOMPARE(judge(fits, {keyOf('2'), false}).verdict, Verdict::AnnouncedDiffers);
}

void TestTrust::tellsWhatWas()
{
    QCOMPARE(judge(known("k--"), {keyOf('2')}).before, keyOf('1'));
    QCOMPARE(judge(known("k3-"), {keyOf('2')}).before, keyOf('3')); // the link's
    QVERIFY(!judge(known("---"), {keyOf('2')}).before);
}

void TestTrust::tellsWhereElse()
{
    const Judgement judgement = judge(known("--1"), {keyOf('1')});
    QVERIFY(judgement.elsewhere);
    QCOMPARE(judgement.elsewhere->name, u"Office"_s);
    QCOMPARE(judgement.elsewhere->address, u"10.0.0.5"_s);
}

QTEST_APPLESS_MAIN(TestTrust)
#include "tst_trust.moc"
