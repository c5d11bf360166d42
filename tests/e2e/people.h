#pragma once

#include "gui-client/app/clientapp.h"
#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/messageedit.h"
#include "gui-client/widgets/roomview.h"
#include "tests/support/fakealarms.h"

#include <QPushButton>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace teahouse::test {

/// Somebody at a plain line, as telnet is.
class LinePerson
{
public:
    explicit LinePerson(quint16 port) { m_socket.connectToHost(QStringLiteral("127.0.0.1"), port); }

    void type(const QString &line) { m_socket.write(line.toUtf8() + "\r\n"); }

    /// Everything that was heard, a line an entry.
    QStringList heard()
    {
        m_heard += m_socket.readAll();
        QStringList lines = QString::fromUtf8(m_heard).split(QStringLiteral("\r\n"));
        lines.removeLast();
        return lines;
    }

private:
    QTcpSocket m_socket;
    QByteArray m_heard;
};

/// Somebody at the desktop client, whose time stands still until it is moved.
struct Client
{
    QTemporaryDir folder;
    FakeAlarms alarms;
    std::unique_ptr<client::ClientApp> app;

    client::RoomView *view() const { return app->chatWindow()->roomView(); }
    const client::TranscriptModel *transcript() const
    {
        return app->model()->transcript(QStringLiteral("main"));
    }
};

inline std::unique_ptr<Client> startClient(const QString &name, quint16 port)
{
    auto made = std::make_unique<Client>();
    client::LinkTools tools = client::systemTools();
    tools.alarms = made->alarms.factory();
    made->app = std::make_unique<client::ClientApp>(
            tools, made->folder.filePath(QStringLiteral("settings.ini")));
    made->app->start({QStringLiteral("127.0.0.1:%1").arg(port), name, {}, {}});
    return made;
}

inline bool isOnline(const Client &client)
{
    return client.app->chatWindow()
            && client.app->session().link().state() == client::ServerLink::State::Online;
}

inline void say(const Client &client, const QString &text)
{
    client.view()->edit()->setPlainText(text);
    QTest::mouseClick(client.view()->sendButton(), Qt::LeftButton);
}

/// What was said, as `NAME: TEXT`; comings, goings and notices left out.
inline QStringList lines(const Client &client)
{
    QStringList said;
    const client::TranscriptModel *transcript = client.transcript();
    for (int i = 0; transcript && i < transcript->rowCount(); ++i) {
        const client::TranscriptRow &row = transcript->row(i);
        if (row.seq > 0 && client::isSpeech(row))
            said.append(row.author + QStringLiteral(": ") + row.text);
    }
    return said;
}

} // namespace teahouse::test
