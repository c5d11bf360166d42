#pragma once

#include "gui-client/link/linktools.h"
#include "gui-client/link/originals/originalcodec.h"
#include "gui-client/link/originals/ownwords.h"
#include "gui-client/link/outcome.h"
#include "shared/event.h"
#include "shared/request.h"

#include <QObject>
#include <QPointer>

#include <map>

namespace teahouse::client {

/// Speaks with an original server in the place of our own: takes the same requests and tells the
/// same events, so that nothing above needs to know. There is one room, named after the server;
/// what is said gets numbers of its own, which go on over reconnects. Owned by ServerLink for one
/// session; knows no socket.
class OriginalPeer : public QObject
{
    Q_OBJECT

public:
    OriginalPeer(ChatProtocol protocol, LinkTools tools, QObject *parent = nullptr);
    ~OriginalPeer() override;

    /// Who one is, and where.
    struct Identity
    {
        QString name;  ///< where names are asked for
        QString place; ///< the server's address, for want of another name
        QString local; ///< the own end's address
    };

    /// A connection stands.
    void begin(const Identity &identity);
    void take(const QByteArray &bytes);
    /// Everything that was to be sent is on its way.
    void drained();
    /// The connection has ended: what was not confirmed counts as refused, since sending it again
    /// might say it twice.
    void end();

    /// As ServerLink::request().
    void request(const Request &request, OutcomeHandler handler, QObject *context);

    /// What to send before leaving.
    QByteArray farewell() const;

signals:
    void toSend(const QByteArray &bytes);
    void accepted(const teahouse::Greeting &greeting, const teahouse::Welcome &welcome);
    void refused(const teahouse::Error &error, const QString &text);
    void eventReceived(const teahouse::Event &event);
    /// The server has sent a line without an end.
    void endless();

private:
    struct Asked
    {
        OutcomeHandler handler;
        QPointer<QObject> context;
    };
    static void answer(const Asked &asked, const Outcome &outcome);
    static Outcome refusal(ErrorCode code);

    void say(const Request &request, const Asked &asked);
    void ask(QList<Asked> &waiting, const Asked &asked, QByteArray (OriginalCodec::*words)());
    void confirm(quint64 message);
    void giveUp(quint64 message);
    void hear(const HeardList &list);
    void waitForQuiet();
    void enter();
    QString roomName(const QString &server) const;
    bool isOwnEcho(const heard::Spoken &spoken);

    void handle(const heard::Ready &ready);
    void handle(const heard::Accepted &) { enter(); }
    void handle(const heard::Refused &refused);
    void handle(const heard::Spoken &spoken);
    void handle(const heard::Came &came);
    void handle(const heard::Went &went);
    void handle(const heard::Listed &listed);
    void handle(const heard::Remark &remark);
    void handle(const heard::Endless &) { emit endless(); }

    ChatProtocol m_protocol;
    LinkTools m_tools;
    std::unique_ptr<OriginalCodec> m_codec; ///< null without a connection
    std::unique_ptr<Alarm> m_quiet;
    OwnWords m_own;
    std::map<quint64, Asked> m_messages; ///< sent and not confirmed
    QList<Asked> m_looks;
    QList<Asked> m_whos;
    Identity m_identity;
    QString m_ownName;
    QString m_room;
    quint64 m_lastMessage = 0;
    quint64 m_seq = 0;
    bool m_knownAddress = false; ///< the server calls us by the address that we know
};

} // namespace teahouse::client
