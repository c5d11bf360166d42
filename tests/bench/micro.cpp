/// Micro-benchmarks of what every message goes through: cutting lines, decoding, encoding, looking
/// up names, dispatching. For comparing two versions of a function on one machine; the budgets are
/// the load generator's.

#include "tests/support/testserver.h"

#include "server/dialects/lineencoder.h"
#include "server/dialects/nativedialect.h"

#include "shared/framereader.h"
#include "shared/names.h"
#include "shared/wire/eventcodec.h"
#include "shared/wire/requestcodec.h"

#include <benchmark/benchmark.h>

using namespace teahouse;
using namespace teahouse::server;
using namespace Qt::StringLiterals;

namespace {

const QString text = u"Somebody brings a kettle, and sixty-three letters are one text."_s;

QByteArray teaLine()
{
    return "say " + text.toUtf8() + '\n';
}

QByteArray nativeLine(const QByteArray &cid)
{
    return R"({"do":"say","id":"s","room":"main","cid":")" + cid + R"(","text":")" + text.toUtf8()
            + "\"}\n";
}

ItemAdded message()
{
    ItemAdded event;
    event.item.room = u"main"_s;
    event.item.seq = 1234;
    event.item.from = u"ann"_s;
    event.item.time = 1700000000000;
    event.item.text = text;
    event.cid = u"1234"_s;
    return event;
}

/// `state.range(0)` lines arrive at once.
void frames(benchmark::State &state)
{
    QByteArray bytes;
    for (int i = 0; i < state.range(0); ++i)
        bytes += teaLine();
    FrameReader reader('\n', limits::textLine, limits::textGiveUp);
    QByteArray line;
    for (auto _ : state) {
        reader.append(bytes);
        while (reader.next(line) == FrameReader::Status::Frame)
            benchmark::DoNotOptimize(line.constData());
    }
    state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(frames)->Arg(1)->Arg(32);

void decodeTea(benchmark::State &state)
{
    const TeaEncoders encoders;
    const DialectContext context{u"bench"_s, [] { return qint64(0); }};
    TeaDialect dialect(context, encoders);
    const QByteArray line = teaLine();
    for (auto _ : state) {
        dialect.feed(line);
        Decoded decoded = dialect.next();
        benchmark::DoNotOptimize(decoded);
        dialect.next();
    }
}
BENCHMARK(decodeTea);

void decodeNative(benchmark::State &state)
{
    const NativeEncoder encoder;
    NativeDialect dialect(encoder);
    const QByteArray line = nativeLine("1234");
    for (auto _ : state) {
        dialect.feed(line);
        Decoded decoded = dialect.next();
        benchmark::DoNotOptimize(decoded);
        dialect.next();
    }
}
BENCHMARK(decodeNative);

template <typename Encoder>
void encode(benchmark::State &state, const Encoder &encoder, const Event &event)
{
    for (auto _ : state) {
        QByteArray bytes = encoder.encode(event, Side::Other);
        benchmark::DoNotOptimize(bytes);
    }
}

void encodeTea(benchmark::State &state)
{
    encode(state, LineEncoder("\r\n", Charset::Utf8), message());
}
BENCHMARK(encodeTea);

void encodeNative(benchmark::State &state)
{
    encode(state, NativeEncoder(), message());
}
BENCHMARK(encodeNative);

void answerNative(benchmark::State &state)
{
    const NativeEncoder encoder;
    NativeDialect dialect(encoder);
    Request request;
    request.verb = u"say"_s;
    request.form = Form::Object;
    request.id = u"s"_s;
    const Reply reply = Answer(Said{{}, 1234, 1700000000000});
    for (auto _ : state) {
        Output output = dialect.reply(request, reply);
        benchmark::DoNotOptimize(output);
    }
}
BENCHMARK(answerNative);

void foldName(benchmark::State &state, const char *name)
{
    const QString given = QString::fromUtf8(name);
    for (auto _ : state) {
        QString folded = foldedName(given);
        benchmark::DoNotOptimize(folded);
    }
}
BENCHMARK_CAPTURE(foldName, ascii, "Annabel");
BENCHMARK_CAPTURE(foldName, wide, "Ännchen-张");

void makeSkeleton(benchmark::State &state, const char *name)
{
    const QString given = QString::fromUtf8(name);
    for (auto _ : state) {
        Skeleton keys = skeleton(given);
        benchmark::DoNotOptimize(keys);
    }
}
BENCHMARK_CAPTURE(makeSkeleton, ascii, "Annabel");
BENCHMARK_CAPTURE(makeSkeleton, wide, "Ännchen-张");

/// Counts what it is written and forgets it.
class CountingSink : public EventSink
{
public:
    void write(const QByteArray &bytes) override { m_count += bytes.size(); }
    void close(const Closing &) override { }
    qsizetype count() const { return m_count; }

private:
    qsizetype m_count = 0;
};

/// One say from the decoded request to its bytes at every member's sink and its answer, in a
/// server without sockets; `state.range(0)` members.
class Dispatching
{
public:
    Dispatching(const EventEncoder &encoder, Form form, int members)
        : m_dispatcher(m_server.house, {{u"bench"_s, u"0"_s}, false}),
          m_sinks(static_cast<size_t>(members))
    {
        for (CountingSink &sink : m_sinks) {
            const SessionId session = m_server.house.open(
                    {.sink = &sink, .encoder = &encoder, .via = u"bench"_s, .form = form});
            const QString name = u"u%1"_s.arg(m_sessions.size());
            const auto welcome = m_server.house.login(session, name, {}, m_server.now);
            Q_ASSERT(welcome.ok());
            Q_UNUSED(welcome);
            m_sessions.push_back(session);
        }
    }

    void say(const Request &request)
    {
        m_dispatcher.dispatch(m_sessions.front(), request, m_server.moment(),
                              [](const Reply &reply) { benchmark::DoNotOptimize(reply.ok()); });
        m_server.executor.run();
    }

private:
    TestServer m_server;
    Dispatcher m_dispatcher;
    std::vector<CountingSink> m_sinks;
    std::vector<SessionId> m_sessions;
};

void dispatchTea(benchmark::State &state)
{
    const LineEncoder encoder("\r\n", Charset::Utf8);
    Dispatching server(encoder, Form::Line, static_cast<int>(state.range(0)));
    Request request;
    request.verb = u"say"_s;
    request.line = text;
    for (auto _ : state)
        server.say(request);
}
BENCHMARK(dispatchTea)->Arg(1)->Arg(100);

void dispatchNative(benchmark::State &state)
{
    const NativeEncoder encoder;
    Dispatching server(encoder, Form::Object, static_cast<int>(state.range(0)));
    Request request;
    request.verb = u"say"_s;
    request.form = Form::Object;
    int number = 0;
    for (auto _ : state) {
        request.fields = {
                {"room"_L1, u"main"_s}, {"text"_L1, text}, {"cid"_L1, QString::number(++number)}};
        server.say(request);
    }
}
BENCHMARK(dispatchNative)->Arg(1)->Arg(100);

} // namespace

BENCHMARK_MAIN();
