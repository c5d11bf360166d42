#pragma once

#include "tests/chaos/client.h"
#include "tests/chaos/report.h"

#include <QHash>
#include <QMap>

#include <memory>
#include <vector>

namespace teahouse::chaos {

/// Some guests who talk, one who listens and one who pings, and the books of all of it: what was
/// sent, answered, heard. Everybody comes back with the resume secret, as the client does.
class Party
{
public:
    explicit Party(int speakers);

    /// Connects everybody and logs in, or back in. A text: what went wrong.
    QString enter(quint16 port);
    /// All connections are gone.
    void drop();

    /// Talks at this rate for a while, and hears and pings meanwhile.
    void talk(int perSecond, int ms);
    /// Hears and pings only, until everything sent is answered, at most `ms`.
    bool settle(int ms);
    /// Sends everything that is not acknowledged once more, under the same cid.
    void sendAgain();
    /// Sends again until everything is acknowledged, at most `ms`.
    bool sendUntilAcknowledged(int ms);

    /// A stranger comes, reads, and goes; a text: what of that did not work. For another thread.
    QString visit(quint16 port) const;

    /// Compares the books with what the server has; each sentence is a promise broken.
    QStringList audit(quint16 port);

    struct Counts
    {
        int said = 0;
        int acknowledged = 0;
        QMap<QString, int> refusals; ///< by their code
    };
    Counts counts() const;
    /// Forgets the times and refusals so far.
    void clearTimes();
    const Times &answers() const { return m_answers; }
    const Times &pings() const { return m_pings; }
    /// Answers that have not come, and for how long already.
    Times overdue() const;

private:
    struct Message
    {
        QString text;
        qint64 sentAt = 0;
        quint64 seq = 0;     ///< 0: not acknowledged
        bool isOpen = false; ///< an answer is awaited
    };
    struct Speaker
    {
        Client client;
        QString name;
        QString resume;
        int open = 0;
        std::vector<size_t> messages;
    };

    QString enter(Speaker &speaker, quint16 port);
    QString catchUp();
    void sayOne();
    void send(Speaker &speaker, size_t message);
    void ping();
    void pump(int ms);
    void answered(Speaker &speaker, const QJsonObject &line);
    void hear(const QJsonObject &item);

    std::vector<std::unique_ptr<Speaker>> m_speakers;
    Speaker m_listener;
    Client m_pinger;
    QString m_epoch;
    std::vector<Message> m_messages;
    size_t m_next = 0;
    QMap<quint64, QString> m_heard; ///< by the listener: the texts by their numbers
    QStringList m_misheard;
    QMap<QString, int> m_refusals;
    Times m_answers;
    Times m_pings;
    qint64 m_pingedAt = 0; ///< 0: no ping is under way
    qint64 m_nextPing = 0;
};

} // namespace teahouse::chaos
