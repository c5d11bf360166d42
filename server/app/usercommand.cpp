#include "server/app/usercommand.h"

#include "server/app/controldoor.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30; ///< seconds for an answer, which may wait for hashes of others

/// While this lives, what is typed is not shown.
class Unseen
{
public:
    Unseen()
    {
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (!m_isTerminal)
            return;
        termios unseen = m_before;
        unseen.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &unseen);
    }
    ~Unseen()
    {
        if (m_isTerminal)
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(Unseen)

    bool isTerminal() const { return m_isTerminal; }

private:
    termios m_before = {};
    bool m_isTerminal = false;
};

/// One line of standard input.
std::optional<QString> readPassword()
{
    const Unseen unseen;
    if (unseen.isTerminal())
        std::fputs("Password: ", stderr);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return std::nullopt;
    QByteArray line = input.readLine(ControlDoor::mostBytes);
    if (unseen.isTerminal())
        std::fputs("\n", stderr);
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.isEmpty())
        return std::nullopt;
    return QString::fromUtf8(line);
}

/// A connection to the socket, or -1.
int connectTo(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (size_t(name.size()) >= sizeof address.sun_path)
        return -1;
    std::copy(name.begin(), name.end(), address.sun_path);
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (server < 0)
        return -1;
    const timeval wait{patience, 0};
    ::setsockopt(server, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    if (::connect(server, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
        return server;
    ::close(server);
    return -1;
}

QByteArray ask(int server, const QByteArray &line)
{
    for (qsizetype sent = 0; sent < line.size();) {
        const ssize_t more = ::send(server, line.constData() + sent, size_t(line.size() - sent),
                                    MSG_NOSIGNAL);
        if (more <= 0)
            return {};
        sent += more;
    }
    QByteArray answer;
    std::array<char, 4096> bytes;
    while (!answer.contains('\n')) {
        const ssize_t more = ::recv(server, bytes.data(), bytes.size(), 0);
        if (more <= 0)
            break;
        answer.append(bytes.data(), more);
    }
    return answer;
}

} // namespace

std::variant<QJsonObject, QString> userRequest(const CommandLine &line)
{
    const QString verb = line.words.value(0);
    QJsonObject request{{u"do"_s, verb}, {u"name"_s, line.words.value(1)}};
    if (verb == "role"_L1)
        request.insert(u"role"_s, line.words.value(2));
    if (verb == "remove"_L1)
        request.insert(u"erase"_s, line.erase);
    if (verb == "add"_L1 || verb == "passwd"_L1) {
        const auto password = readPassword();
        if (!password)
            return u"There is no password. Type one, or give it as a line on standard input."_s;
        request.insert(u"password"_s, *password);
    }
    return request;
}

std::optional<Outcome> askRunningServer(const QString &folder, const QJsonObject &request)
{
    const int server = connectTo(ControlDoor::path(folder));
    if (server < 0)
        return std::nullopt;
    const QByteArray answer = ask(server,
                                  QJsonDocument(request).toJson(QJsonDocument::Compact) + '\n');
    ::close(server);
    const QJsonDocument document = QJsonDocument::fromJson(answer);
    if (!document.isObject())
        return Outcome{
                ExitCode::Failure,
                {u"The running server gave no answer. See in its log whether it was done."_s}};
    return outcomeOf(document.object());
}

Outcome outcomeOf(const QJsonObject &answer)
{
    Outcome outcome;
    outcome.code = answer.value("ok"_L1).toBool() ? ExitCode::Done : ExitCode::Failure;
    for (const QJsonValue line : answer.value("lines"_L1).toArray())
        outcome.lines.append(line.toString());
    outcome.qr = answer.value("qr"_L1).toString();
    return outcome;
}

} // namespace teahouse::server
