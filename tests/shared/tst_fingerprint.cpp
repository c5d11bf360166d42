#include "shared/fingerprint.h"

#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

class TestFingerprint : public QObject
{
    Q_OBJECT

private slots:
    void textIsBase32();
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
};

namespace {

/// SHA-256 of nothing, and its Base32 as `base32` of coreutils prints it.
const QByteArray ofNothing = QByteArray::fromHex(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
const QString textOfNothing = u"4OYMIQUY7QOBJGX36TEJS35ZEQT24QPEMSNZGTFESWMRW6CSXBKQ"_s;

} // namespace

void TestFingerprint::textIsBase32()
{
    const auto fingerprint = Fingerprint::fromSha256(ofNothing);
    QVERIFY(fingerprint);
    QCOMPARE(fingerprint->text(), textOfNothing);
    QCOMPARE(fingerprint->grouped(),
             u"4OYM IQUY 7QOB JGX3 6TEJ S35Z EQT2 4QPE MSNZ GTFE SWMR W6CS XBKQ"_s);
    QCOMPARE(fingerprint->shortText(), u"4OYMIQUY7QOBJGX36TEJS35ZEQ"_s);
    QVERIFY(!Fingerprint::fromSha256(ofNothing.chopped(1)));
}

void TestFingerprint::parses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << textOfNothing;
    QTest::newRow("small letters") << textOfNothing.toLower();
    QTest::newRow("named") << u"sha256:"_s + textOfNothing;
    QTest::newRow("grouped") << Fingerprint::fromSha256(ofNothing)->grouped();
    QTest::newRow("blanks around it") << u"  "_s + textOfNothing + u"\n"_s;
}

void TestFingerprint::parses()
{
    QFETCH(const QString, text);
    const auto fingerprint = Fingerprint::parse(text);
    QVERIFY(fingerprint);
    QCOMPARE(fingerprint->bytes(), ofNothing);
}

void TestFingerprint::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("too short") << textOfNothing.chopped(1);
    QTest::newRow("too long") << textOfNothing + u"A"_s;
    QTest::newRow("bits behind the last byte") << textOfNothing.chopped(1) + u"R"_s;
    QTest::newRow("not a digit of Base32") << textOfNothing.chopped(1) + u"1"_s;
    QTest::newRow("full width") << textOfNothing.chopped(1) + u"Ｑ"_s;
    QTest::newRow("long s, whose capital is S") << QString(textOfNothing).replace(u'S', u'ſ');
    QTest::newRow("padding") << textOfNothing + u"===="_s;
    QTest::newRow("hex") << QString::fromLatin1(ofNothing.toHex());
}

void TestFingerprint::refuses()
{
    QFETCH(const QString, text);
    QVERIFY(!Fingerprint::parse(text));
}

QTEST_GUILESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
