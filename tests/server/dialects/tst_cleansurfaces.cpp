#include "server/app/exportwriter.h"
#include "server/app/log.h"
#include "server/dialects/addressencoders.h"
#include "server/dialects/dialectregistry.h"
#include "server/dialects/gb18030.h"
#include "server/dialects/lineencoder.h"
#include "server/dialects/nativedialect.h"

#include "shared/text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

/// Texts that have between them every character that may not be shown, and some that may.
QStringList everything()
{
    QString forbidden = u"x"_s;
    QString halves = u"x"_s;
    for (char32_t c = 0; c <= 0x10FFFF; ++c) {
        const bool hidesOthers = c == 0x1B || c == 0x90 || c == 0x98 || (c >= 0x9B && c < 0xA0);
        if (QChar::isSurrogate(c))
            halves += QString(QChar(char16_t(c))) + u'x';
        else if (!hidesOthers && (!mayBeShown(c) || c % 4099 == 0))
            forbidden += QString::fromUcs4(&c, 1) + u'x';
    }
    return {forbidden,
            halves,
            QString(QChar(0xFEFF)) + u'x',
            u"a\x1b[31mred\x1b]0;t\x07"_s,
            u"a\u009B31m\u0090q\u009C\u0098\u009D\u009E\u009F"_s,
            u"a\r\nb\rc\nd\u2028e\u2029f"_s};
}

Item itemOf(ItemKind kind, const QString &text)
{
    Item item;
    item.room = u"@"_s + text;
    item.seq = 1;
    item.kind = kind;
    item.from = item.name = item.role = item.text = text;
    return item;
}

RoomState roomOf(const QString &text)
{
    RoomState room;
    room.room = room.topic = room.mutedReason = text;
    room.isMuted = true;
    return room;
}

QList<Event> eventsOf(const QString &text)
{
    QList<Event> events;
    for (const ItemKind kind :
         {ItemKind::Message, ItemKind::Edited, ItemKind::Topic, ItemKind::Role}) {
        Item item = itemOf(kind, text);
        events += ItemAdded{item, text};
        item.room = u"main"_s;
        events += ItemAdded{item, text};
        item.action = true;
        events += ItemAdded{item, text};
    }
    events += Entered{.room = text, .name = text, .via = text};
    events += Left{text, text, text};
    events += CountChanged{text, 3};
    events += UserChanged{text, text};
    events += RoomChanged{roomOf(text)};
    events += ReadMoved{text, 3};
    events += Notice{text, text, text, text, text, text, 1};
    events += Closing{ClosingCode::Banned, text, text, 1, text};
    return events;
}

QList<Reply> repliesOf(const QString &text)
{
    const Person person{.name = text, .away = text, .via = text};
    const UserInfo user{.name = text, .role = text};
    QList<Reply> replies{
            Answer(Greeting{text, text, 1, text, {text}}),
            Answer(Welcome{user, text, {roomOf(text)}, {text}}),
            Answer(RoomJoined{roomOf(text)}),
            Answer(RoomList{{roomOf(text)}, true, text}),
            Answer(PersonList{{}, {person}, true, text}),
            Answer(PersonList{text, {person}, true, text}),
            Answer(Said{text, 1, 1}),
            Answer(HistoryPage{text, {itemOf(ItemKind::Message, text)}}),
            Answer(SearchPage{{{itemOf(ItemKind::Message, text), 1}}}),
            Answer(TopicShown{text, text}),
            Answer(HelpShown{{{text, text}}}),
            Answer(CharsetChosen{text}),
            Answer(UserShown{user}),
            Answer(InviteCode{text, 1}),
            Answer(IgnoreList{{text}}),
            Answer(AccountList{{{text}}, true, text}),
            Answer(SanctionList{{{SanctionKind::Ban, text, text, 1, text, text, 1}}, true, text}),
            Answer(AuditPage{{{1, 1, text, text, text, text, text}}}),
    };
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code)
        replies += Error{.code = static_cast<ErrorCode>(code), .subject = text, .other = text};
    return replies;
}

/// The first character that no door may send; 0: there is none.
char32_t forbiddenIn(const QString &text, const QString &frames)
{
    const QList<uint> points = text.toUcs4();
    for (const char32_t c : points) {
        const bool isFrame = c < 0x80 && frames.contains(QChar(char16_t(c)));
        if (!isFrame && !mayBeShown(c))
            return c == 0 ? 0x110000 : c;
    }
    return 0;
}

char32_t forbiddenIn(const QJsonValue &value)
{
    if (value.isString())
        return forbiddenIn(value.toString(), u"\n"_s);
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (const QJsonValue entry : array)
            if (const char32_t c = forbiddenIn(entry))
                return c;
    }
    const QJsonObject object = value.toObject();
    for (const QJsonValue entry : object)
        if (const char32_t c = forbiddenIn(entry))
            return c;
    return 0;
}

} // namespace

/// No character that may not be shown leaves the server, by whatever way.
class TestCleanSurfaces : public QObject
{
    Q_OBJECT

private slots:
    void events()
    {
        const LineEncoder tea("\r\n", Charset::Utf8);
        const LineEncoder gbk("\r\n", Charset::Gb18030);
        const LineEncoder wx("\n", Charset::Utf8);
        const LineDoorEncoder line;
        const NulEncoder nul;
        const RelayEncoder relay;
        const GuestEncoder guest;
        const NativeEncoder native;
        for (const QString &text : everything()) {
            const QList<Event> all = eventsOf(text);
            for (const Event &event : all) {
                for (const Side side : {Side::Own, Side::Other}) {
                    clean(tea.encode(event, side), u"\r\n"_s);
                    clean(*Gb18030().decode(gbk.encode(event, side)), u"\r\n"_s);
                    clean(wx.encode(event, side), u"\n"_s);
                    clean(line.encode(event, side), u"\r\n"_s);
                    clean(nul.encode(event, side), QString(QChar(0)));
                    clean(relay.encode(event, side), u"\r\n"_s);
                    clean(guest.encode(event, side), u"\r\n"_s);
                    cleanJson(native.encode(event, side));
                    if (side == Side::Own)
                        cleanJson(native.encodeOwn(event, native.encode(event, Side::Other)));
                }
            }
        }
    }

    void replies()
    {
        for (const QString &text : everything()) {
            const DialectRegistry doors(
                    {.server = {text, [] { return qint64(1); }}, .guestGreeting = text});
            const QList<Reply> all = repliesOf(text);
            const QStringList names = DialectRegistry::names();
            for (const QString &name : names) {
                const auto door = doors.make(name, {});
                clean(door->greeting().bytes, u"\r\n"_s);
                clean(door->farewell({ClosingCode::Kicked, text}), u"\r\n"_s);
                for (const Reply &reply : all) {
                    Request request;
                    request.verb = request.typedVerb = request.line = text;
                    clean(door->reply(request, reply).bytes, u"\r\n"_s + QChar(0));
                }
            }
            const auto native = doors.make(u"tea"_s, {});
            native->feed("{");
            for (const Reply &reply : all) {
                Request request;
                request.verb = request.id.emplace(text);
                cleanJson(native->reply(request, reply).bytes);
            }
        }
    }

    /// One speaker must not speak as several, nor add lines to a list.
    void textsThatAreOneLineStayOne()
    {
        const QString text = u"a\r\nb\u2028c\nd"_s;
        const DialectRegistry doors(
                {.server = {text, [] { return qint64(1); }}, .guestGreeting = text});
        const auto door = doors.make(u"tea"_s, {});
        QCOMPARE(door->greeting().bytes.count('\n'), 1);
        const auto lines = [&](const Answer &answer) {
            return door->reply({}, answer).bytes.count('\n');
        };
        QCOMPARE(lines(TopicShown{text, text}), 1);
        QCOMPARE(lines(PersonList{text, {{.name = text}}, false, {}}), 2);
        QCOMPARE(lines(RoomJoined{roomOf(text)}), 2);
        QCOMPARE(lines(IgnoreList{{text}}), 2);
        QCOMPARE(door->farewell({ClosingCode::Kicked, text}).count('\n'), 1);
    }

    void logsAndExports()
    {
        for (const QString &text : everything()) {
            clean(printable(text).toUtf8(), {});
            for (const ItemKind kind : {ItemKind::Message, ItemKind::Topic, ItemKind::Role}) {
                const Item item = itemOf(kind, text);
                clean(exportWriter(ExportFormat::Text, text)->item(item), u"\n"_s);
                clean(exportWriter(ExportFormat::Html, text)->item(item), u"\n"_s);
                cleanJson(exportWriter(ExportFormat::Json, text)->item(item));
            }
        }
    }

    void whatIsNeededSurvives()
    {
        const LineEncoder tea("\r\n", Charset::Utf8);
        for (const QString &text :
             {u"👩‍👩‍👧"_s, u"❤️ 🏳️‍🌈"_s, u"می‌خواهم"_s,
              u"葛󠄀"_s, u"क्‍ष"_s, u"茶 馆"_s}) {
            Item item;
            item.room = u"main"_s;
            item.from = u"ann"_s;
            item.text = text;
            QCOMPARE(tea.encode(ItemAdded{item, {}}, Side::Other),
                     (u"ann: "_s + text + u"\r\n"_s).toUtf8());
            QVERIFY(NativeEncoder()
                            .encode(ItemAdded{item, {}}, Side::Other)
                            .contains(text.toUtf8()));
        }
    }

private:
    static void clean(const QByteArray &bytes, const QString &frames)
    {
        const auto text = fromUtf8(bytes);
        QVERIFY(text.has_value());
        clean(*text, frames);
    }
    static void clean(const QString &text, const QString &frames)
    {
        const char32_t c = forbiddenIn(text, frames);
        QVERIFY2(c == 0, qPrintable(QString::number(c, 16)));
    }
    static void cleanJson(const QByteArray &line)
    {
        if (line.isEmpty())
            return;
        const QJsonDocument document = QJsonDocument::fromJson(line);
        QVERIFY(document.isObject());
        QVERIFY(!line.contains('\r') && line.count('\n') == 1);
        const char32_t c = forbiddenIn(document.object());
        QVERIFY2(c == 0, qPrintable(QString::number(c, 16)));
    }
};

QTEST_GUILESS_MAIN(TestCleanSurfaces)
#include "tst_cleansurfaces.moc"
