#include "shared/mentions.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <QHash>
#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

/// Whom texts mean, when those at the end are known.
class TestMentions : public QObject
{
    Q_OBJECT

private slots:
    void meant_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char *tag, const QString &text, const QStringList &names) {
            QTest::newRow(tag) << text << names;
        };
        row("nobody", u"good morning"_s, {});
        row("a name alone", u"bob"_s, {u"bob"_s});
        row("in a sentence", u"I think, bob, that ann knows"_s, {u"bob"_s, u"ann"_s});
        row("any case", u"BOB and @Ann"_s, {u"bob"_s, u"ann"_s});
        row("full stop", u"ask bob."_s, {u"bob"_s});
        row("the longest name", u"ask bob.smith."_s, {u"bob.smith"_s});
        row("another end", u"ask bob.jones"_s, {u"bob"_s});
        row("apostrophe", u"bob's tea"_s, {u"bob"_s});
        row("part of a word", u"bobby annoys 2bob bob2"_s, {});
        row("addressed", u"@bobby"_s, {u"bob"_s});
        row("mail address", u"x@bob.smith.example"_s, {u"bob.smith"_s});
        row("each once", u"bob bob @bob"_s, {u"bob"_s});
        row("other scripts", u"J\u00D6RG, jo\u0308rg"_s, {u"J\u00F6rg"_s});
        row("Chinese, addressed", u"@老王你好"_s, {u"老王"_s});
        row("Chinese, the longest", u"@老王八你好"_s, {u"老王八"_s});
        row("Chinese between signs", u"是，老王。"_s, {u"老王"_s});
        row("Chinese within a sentence", u"是老王吗"_s, {u"老王"_s});
        row("Chinese at the beginning", u"小明你好"_s, {u"小明"_s});
        row("Chinese at the end", u"谢谢小明"_s, {u"小明"_s});
        row("Chinese, the longest within", u"是老王八吗"_s, {u"老王八"_s});
        row("Chinese, two of them", u"请小明和老王来"_s, {u"小明"_s, u"老王"_s});
        row("Chinese, one is another's end", u"请王小明来"_s, {u"王小明"_s});
        row("Chinese, part of a word", u"明天见，他明白，光明"_s, {});
        row("Chinese, a word of one letter", u"这是明吗"_s, {u"明"_s});
        row("Chinese, rare letters", u"请\U00020BB7田看"_s, {u"\U00020BB7田"_s});
        row("Chinese, behind one addressed", u"@老王请小明看"_s, {u"老王"_s, u"小明"_s});
        row("Chinese, emoji beside", u"\U0001F375小明你好\U0001F375"_s, {u"小明"_s});
        row("Chinese, a digit in the name", u"请小明2号看"_s, {u"小明2"_s});
        row("Chinese, a digit behind", u"小明3点来"_s, {u"小明"_s});
        row("Chinese, a sign in the name", u"请小明-a看"_s, {u"小明-a"_s});
        row("Chinese, a sign behind", u"请小明-b看"_s, {u"小明"_s});
        row("Latin in Chinese", u"请ann看一下"_s, {u"ann"_s});
        row("Latin in Chinese, any case", u"请ANN看一下，问Bob吧"_s, {u"ann"_s, u"bob"_s});
        row("Latin in Chinese, accents", u"请jo\u0308rg看"_s, {u"J\u00F6rg"_s});
        row("Latin in Chinese, part of a word", u"请planning看，annie说，bob2来"_s, {});
        row("Latin in Chinese, signs", u"请bob.smith看，问bob.吧"_s, {u"bob.smith"_s, u"bob"_s});
        row("Latin at both ends", u"ann看bob"_s, {u"ann"_s, u"bob"_s});
        row("full-width signs", u"（ann）「小明」"_s, {u"ann"_s, u"小明"_s});
        row("Japanese", u"田中さん、こんにちは"_s, {u"田中"_s});
        row("Japanese in a sentence", u"昨日は田中さんとbobがいた"_s, {u"田中"_s, u"bob"_s});
        row("Japanese, part of a word", u"アンナは来ない"_s, {});
        row("Japanese, Kana", u"アンは来ない"_s, {u"アン"_s});
        row("Korean, a particle", u"민수는 어디에 있나"_s, {u"민수"_s});
        row("Korean, title and particle", u"민수씨가 왔다, 민수님 안녕"_s, {u"민수"_s});
        row("Korean, part of a word", u"민수기 김민수는"_s, {});
        row("Korean, one syllable", u"나는 간다"_s, {});
        row("Korean behind Latin", u"ann은 어디에, bob님"_s, {u"ann"_s, u"bob"_s});
        row("Thai", u"สวัสดีสมชายครับ"_s, {u"สมชาย"_s});
        row("Thai, part of a word", u"มานะ"_s, {});
        row("other alphabets have blanks", u"annя яann bob\u0301"_s, {});
        row("emoji beside", u"\U0001F375bob\U0001F375"_s, {u"bob"_s});
        row("lone surrogate", u"bob"_s + QChar(0xD83C), {u"bob"_s});
        row("at the end", u"@"_s, {});
    }
    void meant()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, names);
        QStringList found;
        const auto users = mentionedIn(text, named());
        for (const quint64 user : users)
            found += m_names.at(qsizetype(user) - 1);
        QCOMPARE(found, names);
    }

    void oneMessageMeansAtMostSoMany_data()
    {
        QTest::addColumn<int>("people");
        for (const int people : {limits::mentions - 1, limits::mentions, limits::mentions + 1})
            QTest::addRow("%d", people) << people;
    }
    void oneMessageMeansAtMostSoMany()
    {
        QFETCH(int, people);
        QString text;
        for (int i = 1; i <= people; ++i)
            text += u"n%1 "_s.arg(i);
        const auto users = mentionedIn(
                text, [](QStringView name) { return quint64(name.sliced(1).toULongLong()); });
        QCOMPARE(users.size(), std::min(people, limits::mentions));
    }

    void foldingIsBounded_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("dots") << u"\u00E9."_s;
        QTest::newRow("signs") << u"@\u00E9"_s;
        QTest::newRow("long words") << u'@' + QString(64, QChar(0xE9));
    }
    void foldingIsBounded()
    {
        QFETCH(QString, part);
        int lookUps = 0;
        const QString text = part.repeated(limits::messageText / part.size());
        mentionedIn(text, [&](QStringView) {
            ++lookUps;
            return quint64(0);
        });
        QVERIFY2(lookUps <= 300, qPrintable(QString::number(lookUps)));
    }

    /// However a text is made, the look-ups stay within what its length allows.
    void aHostileTextIsNotCostly_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("dots") << u"a."_s;
        QTest::newRow("signs") << u"@a"_s;
        QTest::newRow("long words") << u'@' + QString(64, u'a');
        QTest::newRow("marks") << u"a\u0301\u0323"_s;
    }
    void aHostileTextIsNotCostly()
    {
        QFETCH(QString, part);
        int lookUps = 0;
        const QString text = part.repeated(limits::messageText / part.size());
        mentionedIn(text, [&](QStringView) {
            ++lookUps;
            return quint64(0);
        });
        QVERIFY2(lookUps <= 5 * limits::messageText, qPrintable(QString::number(lookUps)));
    }

    /// In what is written without blanks a name may begin and end at every letter.
    void aTextWithoutBlanksIsNotCostly_data()
    {
        QTest::addColumn<QString>("part");
        QTest::newRow("Chinese") << u"老"_s;
        QTest::newRow("mixed") << u"老a"_s;
        QTest::newRow("Thai") << u"ม"_s;
        QTest::newRow("Korean") << u"민"_s;
    }
    void aTextWithoutBlanksIsNotCostly()
    {
        QFETCH(QString, part);
        int lookUps = 0;
        const QString text = part.repeated(limits::messageText / part.size());
        mentionedIn(text, [&](QStringView) {
            ++lookUps;
            return quint64(0);
        });
        QVERIFY2(lookUps <= 2 * limits::name * limits::messageText,
                 qPrintable(QString::number(lookUps)));
    }

    void foldingWithinDoesNotTakeFromTheRest()
    {
        const QString text = u"Ж老"_s.repeated(1000) + u" @J\u00F6rg"_s;
        QCOMPARE(mentionedIn(text, named()).size(), 1);
    }

private:
    Named named() const
    {
        return [this](QStringView folded) {
            for (qsizetype i = 0; i < m_names.size(); ++i) {
                if (foldedName(m_names.at(i)) == folded)
                    return quint64(i) + 1;
            }
            return quint64(0);
        };
    }

    const QStringList m_names{
            u"ann"_s,  u"bob"_s,    u"bob.smith"_s, u"J\u00F6rg"_s, u"老王"_s,  u"老王八"_s,
            u"小明"_s, u"王小明"_s, u"小明2"_s,     u"小明-a"_s,    u"明"_s,    u"\U00020BB7田"_s,
            u"田中"_s, u"アン"_s,   u"민수"_s,      u"나"_s,        u"สมชาย"_s, u"มา"_s};
};

QTEST_GUILESS_MAIN(TestMentions)
#include "tst_mentions.moc"
