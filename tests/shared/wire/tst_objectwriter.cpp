#include "shared/wire/eventcodec.h"
#include "shared/wire/json.h"
#include "shared/wire/objectwriter.h"
#include "shared/wire/replycodec.h"
#include "shared/wire/valuecodec.h"

#include <QRandomGenerator>
#include <QTest>

namespace teahouse::wire {

using namespace Qt::StringLiterals;

namespace {

/// What JSON or UTF-8 treats in a way of its own, and neighbours of it.
constexpr char16_t special[] = {
        0,      1,      8,      9,      0xA,    0xB,    0xC,    0xD,    0x1F,   u' ',
        u'"',   u'/',   u'\\',  0x7E,   0x7F,   0x80,   0x85,   0x9F,   0xE9,   0x7FF,
        0x800,  0x2028, 0x2029, 0x5F20, 0xD7FF, 0xD800, 0xD83D, 0xDBFF, 0xDC00, 0xDE00,
        0xDFFF, 0xE000, 0xFDD0, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF,
};

class Strings
{
public:
    QString next()
    {
        const int kind = m_random.bounded(4);
        QString text;
        const int size = kind == 0 ? m_random.bounded(4) : m_random.bounded(200);
        for (int i = 0; i < size; ++i)
            text += unit(kind);
        return text;
    }
    QRandomGenerator &random() { return m_random; }

private:
    QChar unit(int kind)
    {
        if (kind == 1 || m_random.bounded(8) == 0)
            return QChar(special[m_random.bounded(int(std::size(special)))]);
        if (kind == 2)
            return QChar(char16_t(m_random.bounded(0x10000)));
        return QChar(char16_t(m_random.bounded(0x20, 0x7F)));
    }

    QRandomGenerator m_random{20231114};
};

QByteArray written(const QString &text)
{
    ObjectWriter line;
    line.text("k"_L1, text);
    return line.line();
}

Item randomItem(Strings &strings)
{
    QRandomGenerator &random = strings.random();
    Item item;
    item.room = strings.next();
    item.seq = random.bounded(1u << 30);
    item.kind = static_cast<ItemKind>(random.bounded(static_cast<int>(ItemKind::Gone) + 1));
    item.from = strings.next();
    item.time = qint64(random.generate64() % 4'000'000'000'000);
    item.text = strings.next();
    item.action = random.bounded(2) == 0;
    item.edited = random.bounded(2) == 0;
    item.replyTo = random.bounded(3u);
    item.target = random.bounded(3u);
    item.to = random.bounded(3u);
    item.name = strings.next();
    item.role = strings.next();
    return item;
}

} // namespace

/// Two writers must not be told apart: every line is compared with what Qt writes.
class TestObjectWriter : public QObject
{
    Q_OBJECT

private slots:
    void strings()
    {
        Strings strings;
        for (int i = 0; i < 20'000; ++i) {
            const QString text = strings.next();
            QCOMPARE(written(text), toLine({{"k"_L1, text}}));
        }
    }

    void everyUnit()
    {
        for (int unit = 0; unit < 0x10000; ++unit) {
            const QString text = u"a%1b"_s.arg(QChar(char16_t(unit)));
            QCOMPARE(written(text), toLine({{"k"_L1, text}}));
        }
    }

    void everyPlane()
    {
        for (char32_t c = 0x10000; c < 0x110000; c += 0xFFF) {
            const QString text = QString::fromUcs4(&c, 1);
            QCOMPARE(written(text), toLine({{"k"_L1, text}}));
        }
    }

    void longText()
    {
        const QString text = QString(5000, u'x') + QString(5000, u'\u0001') + QString(5000, u'张');
        QCOMPARE(written(text), toLine({{"k"_L1, text}}));
    }

    void otherValues()
    {
        ObjectWriter line;
        line.boolean("a"_L1, true);
        line.boolean("b"_L1, false);
        line.null("c"_L1);
        line.number("d"_L1, std::numeric_limits<qint64>::max());
        line.number("e"_L1, std::numeric_limits<qint64>::min());
        line.number("f"_L1, 0);
        line.word("g"_L1, "word");
        QCOMPARE(line.line(),
                 toLine({{"a"_L1, true},
                         {"b"_L1, false},
                         {"c"_L1, QJsonValue::Null},
                         {"d"_L1, std::numeric_limits<qint64>::max()},
                         {"e"_L1, std::numeric_limits<qint64>::min()},
                         {"f"_L1, 0},
                         {"g"_L1, "word"_L1}}));
        QCOMPARE(ObjectWriter().line(), toLine({}));
    }

    void items()
    {
        Strings strings;
        for (int i = 0; i < 2000; ++i) {
            const ItemAdded added{randomItem(strings), strings.next()};
            QJsonObject object = toJson(added.item);
            object["ev"_L1] = "item"_L1;
            const QByteArray other = encodeEvent(added, Side::Other);
            QCOMPARE(other, toCleanLine(object));
            if (!added.cid.isEmpty())
                object["cid"_L1] = added.cid;
            QCOMPARE(encodeEvent(added, Side::Own), toCleanLine(object));
            QCOMPARE(encodeOwnEvent(added, other), toCleanLine(object));
        }
    }

    void comingsAndGoings()
    {
        Strings strings;
        for (int i = 0; i < 500; ++i) {
            const QString a = strings.next();
            const QString b = strings.next();
            const QString c = strings.next();
            QCOMPARE(encodeEvent(Entered{a, b, c}, Side::Other),
                     toCleanLine({{"ev"_L1, "entered"_L1},
                                  {"room"_L1, a},
                                  {"name"_L1, b},
                                  {"via"_L1, c}}));
            QCOMPARE(encodeEvent(Left{a, b, c}, Side::Other),
                     toCleanLine({{"ev"_L1, "left"_L1},
                                  {"room"_L1, a},
                                  {"name"_L1, b},
                                  {"reason"_L1, c}}));
            QCOMPARE(encodeEvent(CountChanged{a, i}, Side::Other),
                     toCleanLine({{"ev"_L1, "count"_L1}, {"room"_L1, a}, {"members"_L1, i}}));
        }
    }

    void answersToMessages()
    {
        Strings strings;
        for (int i = 0; i < 500; ++i) {
            Request request;
            QJsonObject object{{"ok"_L1, true}, {"re"_L1, QJsonValue::Null}};
            if (i % 3 > 0) {
                request.id = strings.next();
                object["re"_L1] = *request.id;
            }
            Said said{{}, quint64(i), 1'700'000'000'000 + i};
            if (i % 2 > 0)
                said.room = u'@' + strings.next();
            if (!said.room.isEmpty())
                object["room"_L1] = said.room;
            object["seq"_L1] = i;
            object["time"_L1] = toTime(said.time);
            QCOMPARE(encodeReply(request, Answer(said)), toCleanLine(object));
        }
    }
};

} // namespace teahouse::wire

QTEST_APPLESS_MAIN(teahouse::wire::TestObjectWriter)
#include "tst_objectwriter.moc"
