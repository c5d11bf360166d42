#include "tests/chaos/client.h"
#include "tests/chaos/rigs.h"
#include "tests/chaos/serverprocess.h"

#include <QDir>

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <functional>
#include <memory>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mostGrowthKiB = 4096;

/// The first flight of a TLS client.
std::string clientHello()
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
            SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(context.get()), &SSL_free);
    BIO *const out = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), out); // both belong to it
    SSL_connect(ssl.get());
    char *bytes = nullptr;
    const long size = BIO_get_mem_data(out, &bytes);
    return {bytes, static_cast<size_t>(size)};
}

/// How far somebody gets before leaving.
struct Stage
{
    QString name;
    std::string sent = {};
    bool waits = false;       ///< for the server's first bytes
    bool isEncrypted = false; ///< the handshake is done, then `sent` goes through it
};

QList<Stage> stages()
{
    const std::string hello = clientHello();
    return {
            {u"nothing"_s},
            {u"a byte of a hello"_s, hello.substr(0, 1)},
            {u"half a hello"_s, hello.substr(0, hello.size() / 2)},
            {u"a hello"_s, hello},
            {u"a hello, and its answer"_s, hello, true},
            {u"a handshake"_s, {}, false, true},
            {u"a handshake and half a login"_s, "{\"do\":\"login\"", false, true},
            {u"an opening brace"_s, "{"},
            {u"half a verb of HTTP"_s, "GE"},
            {u"half a head of HTTP"_s, "GET / HTTP/1.1\r\nHost: tea"},
            {u"a verb of IRC"_s, "NICK ann\r\n"},
            {u"a line of tea"_s, "look\r\n", true},
    };
}

/// False: nobody could connect.
bool leaveAt(const Stage &stage, quint16 port, int number)
{
    const int socket = connectFrom((127U << 24) + (3U << 16) + quint32(number % 60'000) + 1, port);
    if (socket < 0)
        return false;
    {
        std::unique_ptr<bench::TlsWire> tls;
        if (stage.isEncrypted) {
            tls = std::make_unique<bench::TlsWire>(socket);
            tls->shakeHands();
            tls->write(stage.sent.data(), stage.sent.size());
        } else {
            ::send(socket, stage.sent.data(), stage.sent.size(), MSG_NOSIGNAL);
        }
        std::array<char, 4096> bytes;
        if (stage.waits)
            ::recv(socket, bytes.data(), bytes.size(), 0);
    }
    // One in two leaves without a goodbye.
    const linger atOnce = {1, 0};
    if (number % 2 == 0)
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &atOnce, sizeof atOnce);
    ::close(socket);
    return true;
}

qsizetype descriptors(qint64 pid)
{
    return QDir(u"/proc/%1/fd"_s.arg(pid))
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot)
            .size();
}

/// Waits until those who have left are forgotten.
qsizetype settledDescriptors(qint64 pid, qsizetype expected)
{
    qsizetype count = descriptors(pid);
    for (int i = 0; i < 200 && count > expected; ++i) {
        ::usleep(100'000);
        count = descriptors(pid);
    }
    return count;
}

} // namespace

/// Very many leave at each stage of recognition and handshake.
void rigAborts(Report &report)
{
    ServerProcess server(u"none"_s);
    server.setArguments({u"--log-level"_s, u"warning"_s, u"--listen"_s, u"front:127.0.0.1:0"_s,
                         u"--set"_s, u"limits.per_address=off"_s, u"--set"_s,
                         u"front.patience=50"_s});
    if (!server.start()) {
        report.promise(false, u"it starts: "_s + server.errors());
        return;
    }
    const int count = report.form() == Form::Full ? 100'000 : 300;
    const int warming = count / 20;
    const qsizetype before = descriptors(server.pid());
    for (const Stage &stage : stages()) {
        const int all = stage.waits && stage.sent.starts_with('l') ? count / 10 : count;
        for (int i = 0; i < warming; ++i)
            leaveAt(stage, server.port(), i);
        settledDescriptors(server.pid(), before);
        const qint64 memory = server.residentKiB();
        int came = 0;
        for (int i = 0; i < all; ++i)
            came += leaveAt(stage, server.port(), i) ? 1 : 0;
        const qsizetype left = settledDescriptors(server.pid(), before);
        const qint64 grown = server.residentKiB() - memory;
        report.promise(came == all && left == before && grown <= mostGrowthKiB,
                       u"%1 leave after %2: %3 KiB more, %4 descriptors more"_s.arg(all)
                               .arg(stage.name)
                               .arg(grown)
                               .arg(left - before));
    }
    Client client;
    report.promise(client.openEncrypted(server.port()) && client.logIn(u"ann"_s)["ok"_L1].toBool(),
                   u"somebody else gets in afterwards"_s);
    client.close();
    report.promise(server.stop() == 0, u"it stops when asked to"_s);
}

} // namespace teahouse::chaos
