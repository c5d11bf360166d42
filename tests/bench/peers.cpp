#include "tests/bench/peers.h"

#include "tests/bench/clock.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>

namespace teahouse::bench {

namespace {

namespace fs = std::filesystem;

sockaddr_in loopback(uint16_t port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
}

uint16_t freePort()
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    ::bind(socket, reinterpret_cast<sockaddr *>(&address), size);
    ::getsockname(socket, reinterpret_cast<sockaddr *>(&address), &size);
    ::close(socket);
    return ntohs(address.sin_port);
}

bool takesConnections(uint16_t port)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = loopback(port);
    const int result = ::connect(socket, reinterpret_cast<const sockaddr *>(&address),
                                 sizeof address);
    ::close(socket);
    return result == 0;
}

fs::path temporaryFolder()
{
    std::string path = (fs::temp_directory_path() / "teahouse-bench-XXXXXX").string();
    if (!::mkdtemp(path.data()))
        return {};
    fs::permissions(path, fs::perms(0755)); // the server may give up its rights
    return path;
}

/// A server that is told everything by a file and says nothing when it is ready.
class IrcServer : public Candidate
{
public:
    Part part() const override { return Part::Peer; }
    const Protocol &protocol() const override { return m_protocol; }
    int mostMembers() const override { return 1000; } // JOIN tells everybody of everybody
    RunningServer start(int) const override
    {
        RunningServer server;
        server.folder = temporaryFolder();
        const uint16_t port = freePort();
        const fs::path file = server.folder / "server.conf";
        if (!prepare(server.folder))
            return server;
        std::ofstream(file) << configuration(port, server.folder);
        server.process = Process(command(file), {}, Process::Output::Dropped);
        for (int i = 0; i < 200 && server.process.isRunning(); ++i) {
            if (takesConnections(port)) {
                server.port = port;
                break;
            }
            ::usleep(50'000);
        }
        return server;
    }

protected:
    /// Puts what the configuration names into the folder. False: that is not possible here.
    virtual bool prepare(const fs::path &) const { return true; }
    virtual std::string configuration(uint16_t port, const fs::path &folder) const = 0;
    virtual std::vector<std::string> command(const fs::path &file) const = 0;

private:
    IrcProtocol m_protocol;
};

class InspIrcd : public IrcServer
{
public:
    static constexpr const char *program = "/usr/sbin/inspircd";

    std::string name() const override { return "InspIRCd"; }

protected:
    virtual std::string bindOptions() const { return {}; }
    virtual std::string modules(const fs::path &) const { return {}; }

    std::string configuration(uint16_t port, const fs::path &folder) const override
    {
        return "<server name=\"irc.bench.example\" description=\"bench\" network=\"Bench\">\n"
               "<admin name=\"bench\" nick=\"bench\" email=\"bench@bench.example\">\n"
               "<bind address=\"127.0.0.1\" port=\""
                + std::to_string(port) + "\" type=\"clients\"" + bindOptions() + ">\n"
                + modules(folder)
                + "<connect name=\"main\" allow=\"*\" timeout=\"60\" pingfreq=\"10m\" "
                  "hardsendq=\"100M\" softsendq=\"100M\" recvq=\"1M\" threshold=\"1000000\" "
                  "commandrate=\"1000000000\" fakelag=\"no\" localmax=\"100000\" "
                  "globalmax=\"100000\" maxchans=\"100\" resolvehostnames=\"no\" useident=\"no\" "
                  "limit=\"100000\" maxconnwarn=\"no\">\n"
                  "<performance netbuffersize=\"65536\" somaxconn=\"4096\" softlimit=\"100000\" "
                  "clonesonconnect=\"no\">\n"
                  "<options defaultmodes=\"n\">\n"
                  "<path configdir=\"/etc/inspircd\" datadir=\""
                + folder.string() + "\" logdir=\"" + folder.string() + "\" runtimedir=\""
                + folder.string()
                + "\">\n"
                  "<log method=\"file\" type=\"* -USERINPUT -USEROUTPUT\" level=\"none\" "
                  "target=\"/dev/null\">\n";
    }
    std::vector<std::string> command(const fs::path &file) const override
    {
        std::vector<std::string> words = {program, "--config", file, "--nofork", "--nopid"};
        if (::geteuid() == 0)
            words.emplace_back("--runasroot");
        return words;
    }
};

/// With the TLS module that Debian builds it with, and a key like ours.
class EncryptedInspIrcd : public InspIrcd
{
public:
    std::string name() const override { return "InspIRCd, TLS"; }
    bool isEncrypted() const override { return true; }

protected:
    bool prepare(const fs::path &folder) const override
    {
        Process make({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                      "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=bench",
                      "-keyout", folder / "key.pem", "-out", folder / "cert.pem"},
                     {}, Process::Output::Dropped);
        return make.exitCode(10'000) == 0;
    }
    std::string bindOptions() const override { return " sslprofile=\"bench\""; }
    std::string modules(const fs::path &folder) const override
    {
        return "<module name=\"ssl_gnutls\">\n"
               "<sslprofile name=\"bench\" provider=\"gnutls\" certfile=\""
                + (folder / "cert.pem").string() + "\" keyfile=\"" + (folder / "key.pem").string()
                + "\" requestclientcert=\"no\">\n";
    }
};

class NgIrcd : public IrcServer
{
public:
    static constexpr const char *program = "/usr/sbin/ngircd";

    std::string name() const override { return "ngIRCd"; }
    int comingAtOnce() const override { return 8; } // it listens with a backlog of 10

protected:
    std::string configuration(uint16_t port, const fs::path &) const override
    {
        return "[Global]\nName = irc.bench.example\nInfo = bench\nListen = 127.0.0.1\nPorts = "
                + std::to_string(port)
                + "\nMotdPhrase = bench\n"
                  "[Limits]\nMaxConnections = 0\nMaxConnectionsIP = 0\nMaxJoins = 0\n"
                  "MaxNickLength = 12\nMaxPenaltyTime = 0\nPingTimeout = 600\n"
                  "[Options]\nDNS = no\nIdent = no\nPAM = no\nSyslogFacility = local1\n";
    }
    std::vector<std::string> command(const fs::path &file) const override
    {
        return {program, "--nodaemon", "--config", file};
    }
};

template <typename Server>
void addInstalled(Candidates &candidates)
{
    if (::access(Server::program, X_OK) == 0)
        candidates.push_back(std::make_unique<Server>());
}

} // namespace

void addPeers(Candidates &candidates)
{
    addInstalled<InspIrcd>(candidates);
    addInstalled<EncryptedInspIrcd>(candidates);
    addInstalled<NgIrcd>(candidates);
}

} // namespace teahouse::bench
