#include "server/app/exportwriter.h"

#include "server/dialects/lineencoder.h"
#include "shared/text.h"
#include "shared/wire/json.h"
#include "shared/wire/valuecodec.h"

#include <QDateTime>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

/// What is not a message, in words; empty: it shows in the messages' present state.
QString happened(const Item &item)
{
    const QString from = cleanLine(item.from);
    switch (item.kind) {
    case ItemKind::Topic:
        return item.text.isEmpty() ? u"%1 has removed the topic"_s.arg(from)
                                   : u"%1 has set the topic: "_s.arg(from) + cleanLine(item.text);
    case ItemKind::Role:
        return u"%1 is now %2"_s.arg(cleanLine(item.name), cleanLine(item.role));
    case ItemKind::Message:
    case ItemKind::Edited:
    case ItemKind::Deleted:
    case ItemKind::Gone:
        break;
    }
    return {};
}

/// The lines of `last`, each with its full time.
class TextWriter : public ExportWriter
{
public:
    QByteArray item(const Item &item) override
    {
        const QString time = QDateTime::fromMSecsSinceEpoch(item.time).toString(
                u"[yyyy-MM-dd HH:mm:ss] "_s);
        QString text;
        for (const QString &line : lines(item))
            text += time + line + u'\n';
        return text.toUtf8();
    }

private:
    static QStringList lines(const Item &item)
    {
        if (item.kind == ItemKind::Message) {
            Item clean = item;
            clean.room.clear(); // a private conversation needs no mark here
            clean.from = cleanLine(item.from);
            clean.text = cleanText(item.text);
            return spokenLines(clean, "\n"_L1).split(u'\n', Qt::SkipEmptyParts);
        }
        const QString text = happened(item);
        return text.isEmpty() ? QStringList() : QStringList{u"-- "_s + text};
    }
};

/// JSON Lines: items as they stand in an answer to `history`.
class JsonWriter : public ExportWriter
{
public:
    explicit JsonWriter(QString room) : m_room(std::move(room)) { }

    QByteArray item(const Item &item) override
    {
        Item named = item;
        named.room = m_room;
        return wire::toCleanLine(wire::toJson(named));
    }

private:
    QString m_room;
};

/// One page that needs nothing besides itself.
class HtmlWriter : public ExportWriter
{
public:
    explicit HtmlWriter(QString room) : m_room(std::move(room)) { }

    QByteArray begin(const RoomRecord &room) override
    {
        const QString name = escaped(m_room);
        QString text = u"<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                       "style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n"
                       "<title>%1</title>\n<style>\n"
                       ":root { color-scheme: light dark; }\n"
                       "body { max-width: 50em; margin: 2em auto; padding: 0 1em; "
                       "font-family: sans-serif; line-height: 1.4; }\n"
                       "h2 { font-size: 1em; border-bottom: 1px solid; margin: 2em 0 1em; }\n"
                       "p { margin: 0.3em 0; white-space: pre-wrap; overflow-wrap: anywhere; }\n"
                       "time, .happened, .more { opacity: 0.65; }\n"
                       ":target { outline: 2px solid; }\n"
                       "</style>\n</head>\n<body>\n<h1>%1</h1>\n"_s.arg(name);
        if (!room.topic.isEmpty())
            text += u"<p>%1</p>\n"_s.arg(escaped(room.topic));
        return text.toUtf8();
    }

    QByteArray item(const Item &item) override
    {
        const QString body = item.kind == ItemKind::Message ? message(item) : other(item);
        if (body.isEmpty())
            return {};
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(item.time);
        QString text = heading(time.date());
        text += u"<p id=\"n%1\"><time datetime=\"%2\">%3</time> "_s.arg(
                QString::number(item.seq), time.toUTC().toString(Qt::ISODateWithMs),
                time.toString(u"HH:mm:ss"_s));
        return (text + body + u"</p>\n"_s).toUtf8();
    }

    QByteArray end() override { return "</body>\n</html>\n"; }

private:
    static QString escaped(const QString &text) { return cleanText(text).toHtmlEscaped(); }

    static QString message(const Item &item)
    {
        QString text = item.action ? u"* <bdi>"_s : u"<b><bdi>"_s;
        text += escaped(item.from) + (item.action ? u"</bdi> "_s : u"</bdi></b>: "_s);
        if (item.replyTo != 0)
            text += u"<a class=\"more\" href=\"#n%1\">(to this)</a> "_s.arg(item.replyTo);
        text += u"<bdi>"_s + escaped(item.text) + u"</bdi>"_s;
        if (item.edited)
            text += u" <span class=\"more\">(edited)</span>"_s;
        return text;
    }

    static QString other(const Item &item)
    {
        const QString text = happened(item);
        return text.isEmpty()
                ? QString()
                : u"<span class=\"happened\"><bdi>"_s + escaped(text) + u"</bdi></span>"_s;
    }

    QString heading(QDate day)
    {
        if (std::exchange(m_day, day) == day)
            return {};
        return u"<h2>%1</h2>\n"_s.arg(day.toString(Qt::ISODate));
    }

    QString m_room;
    QDate m_day;
};

} // namespace

std::unique_ptr<ExportWriter> exportWriter(ExportFormat format, const QString &room)
{
    switch (format) {
    case ExportFormat::Html:
        return std::make_unique<HtmlWriter>(room);
    case ExportFormat::Json:
        return std::make_unique<JsonWriter>(room);
    case ExportFormat::Text:
        break;
    }
    return std::make_unique<TextWriter>();
}

} // namespace teahouse::server
