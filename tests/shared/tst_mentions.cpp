#include "shared/mentions.h"

#include "shared/limits.h"
#include "shared/names.h"

#include <QHash>
#include <QTest>

using namespace teahouse;
using namespace Qt::StringLiterals;

/// Whom texts mean, when ann, bob, bob.smith, Jörg, 老王 and 老王八 are known.
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
        row("Chinese within a sentence", u"是老王吗"_s, {});
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
        QTest::newRow("Chinese") << u"老"_s;
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

    const QStringList m_names{u"ann"_s,       u"bob"_s,  u"bob.smith"_s,
                              u"J\u00F6rg"_s, u"老王"_s, u"老王八"_s};
};

QTEST_GUILESS_MAIN(TestMentions)
#include "tst_mentions.moc"
