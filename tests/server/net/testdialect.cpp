#include "tests/server/net/testdialect.h"

#include "shared/error.h"

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

class Encoder final : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override
    {
        if (const auto *added = std::get_if<ItemAdded>(&event)) {
            return (added->item.from + u": "_s + added->item.text + u'\n').toUtf8();
        }
        if (const auto *entered = std::get_if<Entered>(&event))
            return side == Side::Own ? QByteArray() : (u'+' + entered->name + u'\n').toUtf8();
        if (const auto *left = std::get_if<Left>(&event))
            return (u'-' + left->name + u' ' + left->reason).trimmed().toUtf8() + '\n';
        return std::holds_alternative<Ping>(event) ? "ping?\n" : QByteArray();
    }
};

const Encoder &encoderOf(Form form)
{
    static const Encoder line;
    static const Encoder object;
    return form == Form::Line ? line : object;
}

} // namespace

std::optional<AnonymousEntry> TestDialect::entry() const
{
    if (m_manners.room.isEmpty())
        return std::nullopt;
    return AnonymousEntry{.room = m_manners.room};
}

Output TestDialect::greeting() const
{
    return {"hello\n"};
}

void TestDialect::feed(QByteArrayView bytes)
{
    m_buffer.append(bytes);
}

Decoded TestDialect::next()
{
    const qsizetype end = m_buffer.indexOf('\n');
    if (end < 0)
        return NeedMore();
    const QByteArray line = m_buffer.first(end);
    m_buffer.remove(0, end + 1);
    return decode(line);
}

Decoded TestDialect::decode(const QByteArray &line)
{
    if (line.startsWith('!'))
        return Refused{"go away\n", u"made up"_s};
    if (line.startsWith('#'))
        return Skipped();
    if (line.startsWith('?'))
        return Answered{"yes\n"};
    if (line.startsWith('{'))
        m_form = Form::Object;
    const QString text = QString::fromUtf8(line).remove(u'{');
    Request request;
    request.form = m_form;
    request.verb = text.section(u' ', 0, 0);
    request.line = text.section(u' ', 1);
    request.fields.add("name", request.line);
    return request;
}

Output TestDialect::reply(const Request &request, const Reply &reply)
{
    if (!reply)
        return {"error " + QByteArray(errorName(reply.error().code).data()) + '\n'};
    if (std::holds_alternative<Welcome>(*reply))
        return {"welcome\n", m_manners.alone, m_manners.pause};
    if (std::holds_alternative<Goodbye>(*reply))
        return {"bye\n"};
    if (std::holds_alternative<Pong>(*reply))
        return {"pong\n"};
    return {request.verb.toUtf8() + " done\n"};
}

QByteArray TestDialect::farewell(const Closing &closing) const
{
    return "closing " + QByteArray(closingName(closing.code).data()) + '\n';
}

const EventEncoder &TestDialect::encoder() const
{
    return encoderOf(m_form);
}

QString TestDialect::name() const
{
    return m_form == Form::Line ? u"test"_s : u"object"_s;
}

} // namespace teahouse::server
