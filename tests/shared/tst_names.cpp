#include "shared/limits.h"
#include "shared/names.h"

#include <QTest>

namespace teahouse {

using namespace Qt::StringLiterals;

class TestNames : public QObject
{
    Q_OBJECT

private slots:
    void checking_data();
    void checking();
    void everyFaultHasWords();
    void normalizing();
    void folding_data();
    void folding();
    void lookingAlike_data();
    void lookingAlike();
    void imitating_data();
    void imitating();
};

void TestNames::checking_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<NameFault>("fault");
    const auto row = [](const char *tag, const QString &name, NameFault fault = NameFault::None) {
        QTest::newRow(tag) << name << fault;
    };
    row("one letter", u"a"_s);
    row("one digit", u"7"_s);
    row("all signs", u"a-b_c.d"_s);
    row("Chinese", u"茶馆"_s);
    row("plane 2", u"𠮷野家"_s);
    row("Cyrillic", u"Анна"_s);
    row("Arabic digits", u"٣٤"_s);
    row("Devanagari with marks", u"हिन्दी"_s);
    row("two marks", u"x\u0301\u0302"_s);
    row("reserved with more", u"admin2"_s);
    row("limit - 1", QString(limits::name - 1, u'a'));
    row("limit", QString(limits::name, u'a'));
    row("limit of plane 2", u"𠮷"_s.repeated(limits::name));

    row("empty", u""_s, NameFault::Empty);
    row("limit + 1", QString(limits::name + 1, u'a'), NameFault::TooLong);
    row("limit + 1 of plane 2", u"𠮷"_s.repeated(limits::name + 1), NameFault::TooLong);
    row("dash first", u"-a"_s, NameFault::BadStart);
    row("dot first", u".a"_s, NameFault::BadStart);
    row("mark first", u"\u0301a"_s, NameFault::BadStart);
    row("emoji first", u"🫖"_s, NameFault::BadStart);
    row("blank first", u" a"_s, NameFault::BadStart);
    row("emoji", u"tea🫖"_s, NameFault::BadCharacter);
    row("blank", u"a b"_s, NameFault::BadCharacter);
    row("no-break space", u"a\u00A0b"_s, NameFault::BadCharacter);
    row("anonymous sign", u"guest~ab12"_s, NameFault::BadCharacter);
    row("conversation sign", u"a@b"_s, NameFault::BadCharacter);
    row("line end", u"a\n"_s, NameFault::BadCharacter);
    row("escape", u"a\x1b"_s, NameFault::BadCharacter);
    row("markup", u"a<b>"_s, NameFault::BadCharacter);
    row("Roman numeral", u"a\u2167"_s, NameFault::BadCharacter);
    row("enclosing mark", u"a\u20DD"_s, NameFault::BadCharacter);
    row("private use", u"a\uE000"_s, NameFault::BadCharacter);
    row("Hangul filler", u"a\u3164"_s, NameFault::Invisible);
    row("zero width joiner", u"a\u200Db"_s, NameFault::Invisible);
    row("soft hyphen", u"a\u00ADb"_s, NameFault::Invisible);
    row("right-to-left override", u"a\u202Eb"_s, NameFault::Invisible);
    row("variation selector", u"a\uFE0F"_s, NameFault::Invisible);
    row("three marks", u"x\u0301\u0302\u0303"_s, NameFault::TooManyMarks);
    row("server", u"server"_s, NameFault::Reserved);
    row("System", u"System"_s, NameFault::Reserved);
    row("ADMIN", u"ADMIN"_s, NameFault::Reserved);
    row("everyone", u"everyone"_s, NameFault::Reserved);
    row("guest", u"guest"_s, NameFault::Reserved);
    for (const QString &name : {u"аdmin"_s,        u"АDМIN"_s,
                                u"ａｄｍｉｎ"_s,   u"ＡＤＭＩＮ"_s,
                                u"adrnin"_s,       u"adm1n"_s,
                                u"admln"_s,        u"AdmІn"_s,
                                u"αdmin"_s,        u"ɑdmin"_s,
                                u"𝐚𝐝𝐦𝐢𝐧"_s,        u"admın"_s,
                                u"admín"_s,        u"ádmin"_s,
                                u"a\u0323dmin"_s,  u"ѕystem"_s,
                                u"ＳＹＳＴＥＭ"_s, u"sуstеm"_s,
                                u"sеrver"_s,       u"ѕеrvеr"_s,
                                u"еveryone"_s,     u"ev\u0435ry\u043Ene"_s,
                                u"everу0ne"_s,     u"guеst"_s,
                                u"ｇuest"_s,       u"gueѕt"_s})
        row(qPrintable(name), name, NameFault::Reserved);
    for (const QString &name :
         {u"администратор"_s, u"админ"_s,    u"сервер"_s,   u"система"_s, u"гость"_s,
          u"все"_s,           u"мама"_s,     u"管理员"_s,   u"服务器"_s,  u"访客"_s,
          u"ゲスト"_s,        u"システム"_s, u"ｱﾄﾞﾐﾝ"_s,    u"さくら"_s,  u"관리자"_s,
          u"διαχειριστής"_s,  u"مدير"_s,     u"observer"_s, u"servers"_s, u"guestbook"_s,
          u"ecosystem"_s,     u"everyday"_s, u"Aimin"_s,    u"damin"_s})
        row(qPrintable(name), name);
}

void TestNames::checking()
{
    QFETCH(const QString, name);
    QTEST(checkName(name), "fault");
}

void TestNames::everyFaultHasWords()
{
    QVERIFY(faultText(NameFault::None).isEmpty());
    for (int i = static_cast<int>(NameFault::Empty); i <= static_cast<int>(NameFault::Reserved);
         ++i)
        QVERIFY(!faultText(static_cast<NameFault>(i)).isEmpty());
}

void TestNames::normalizing()
{
    QCOMPARE(normalizedName(u"e\u0301"), u"é"_s);
    QCOMPARE(normalizedName(u"é"), u"é"_s);
    QCOMPARE(normalizedName(u"\u212B"), u"Å"_s); // the Angstrom sign
    QCOMPARE(normalizedName(u""), u""_s);
}

void TestNames::folding_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("case") << u"Ann"_s << u"aNN"_s << true;
    QTest::newRow("Cyrillic case") << u"АННА"_s << u"анна"_s << true;
    QTest::newRow("sharp s") << u"Strauß"_s << u"STRAUSS"_s << true;
    QTest::newRow("final sigma") << u"ΟΔΟΣ"_s << u"οδος"_s << true;
    QTest::newRow("decomposed") << u"Rene\u0301"_s << u"RENÉ"_s << true;
    QTest::newRow("accent") << u"rene"_s << u"rené"_s << false;
    QTest::newRow("look-alikes are other names") << u"раураl"_s << u"paypal"_s << false;
    QTest::newRow("full width") << u"ａ"_s << u"a"_s << false;
}

void TestNames::folding()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QTEST(foldedName(one) == foldedName(other), "same");
    QCOMPARE(foldedName(foldedName(one)), foldedName(one));
}

void TestNames::lookingAlike_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("alike");
    QTest::newRow("itself") << u"ann"_s << u"ann"_s << true;
    QTest::newRow("Cyrillic paypal") << u"paypal"_s << u"раураl"_s << true;
    QTest::newRow("o and 0") << u"bob"_s << u"b0b"_s << true;
    QTest::newRow("O and 0") << u"BOB"_s << u"b0b"_s << true;
    QTest::newRow("l and 1") << u"al"_s << u"a1"_s << true;
    QTest::newRow("rn and m") << u"modern"_s << u"modem"_s << true;
    QTest::newRow("I and l") << u"Ilse"_s << u"llse"_s << true;
    QTest::newRow("Greek o") << u"tom"_s << u"tοm"_s << true;
    QTest::newRow("full width") << u"ann"_s << u"ａｎｎ"_s << true;
    QTest::newRow("full width capitals") << u"ann"_s << u"ＡＮＮ"_s << true;
    QTest::newRow("ligature") << u"finn"_s << u"ﬁnn"_s << true;
    QTest::newRow("Cyrillic capitals") << u"tom"_s << u"ТОМ"_s << true;
    QTest::newRow("Cyrillic capitals in full width") << u"ｔｏｍ"_s << u"ТОМ"_s << true;
    QTest::newRow("half width kana") << u"サクラ"_s << u"ｻｸﾗ"_s << true;
    QTest::newRow("accent") << u"rene"_s << u"rené"_s << false;
    QTest::newRow("Russian words") << u"мама"_s << u"mama"_s << false;
    QTest::newRow("Japanese") << u"さくら"_s << u"サクラ"_s << false;
    QTest::newRow("others") << u"ann"_s << u"bob"_s << false;
    QTest::newRow("longer") << u"ann"_s << u"anna"_s << false;
    QTest::newRow("Chinese") << u"茶"_s << u"荼"_s << false;
}

void TestNames::lookingAlike()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    const Skeleton a = skeleton(one);
    const Skeleton b = skeleton(other);
    QTEST(a.ofFolded == b.ofFolded || a.folded == b.folded, "alike");
}

void TestNames::imitating_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("imitates");
    for (const QString &name : {u"main"_s, u"Main"_s, u"mаin"_s, u"ｍａｉｎ"_s, u"rnain"_s,
                                u"ma1n"_s, u"maln"_s, u"maín"_s, u"МАIN"_s})
        QTest::newRow(qPrintable(name)) << name << true;
    for (const QString &name : {u"maine"_s, u"men"_s, u"mann"_s, u"domain"_s, u"майн"_s, u"主"_s})
        QTest::newRow(qPrintable(name)) << name << false;
}

void TestNames::imitating()
{
    QFETCH(const QString, name);
    QTEST(imitates(name, u"main"), "imitates");
}

} // namespace teahouse

QTEST_APPLESS_MAIN(teahouse::TestNames)
#include "tst_names.moc"
