#pragma once

#include "shared/chatprotocol.h"

#include <QByteArray>
#include <QMap>
#include <QSettings>
#include <QString>

namespace teahouse::client {

/// What is kept from one start to the next, in one file.
class Settings
{
public:
    explicit Settings(const QString &file);

    /// The file in the user's configuration folder; a profile has one of its own.
    static QString defaultFile(const QString &profile);

    QString lastAddress() const;
    QString lastName() const;
    void setLastLogin(const QString &address, const QString &name);

    /// What was chosen for the last server; Automatic for what is not known.
    ChatProtocol lastProtocol() const;
    void setLastProtocol(ChatProtocol protocol);

    QByteArray windowGeometry() const;
    QByteArray splitterState() const;
    void setWindow(const QByteArray &geometry, const QByteArray &splitter);

    /// Texts that were typed and not sent, by room.
    QMap<QString, QString> drafts(const QString &address, const QString &name) const;
    void setDrafts(const QString &address, const QString &name,
                   const QMap<QString, QString> &drafts);

private:
    QSettings m_settings;
};

} // namespace teahouse::client
