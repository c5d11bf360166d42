#include "gui-client/app/settings.h"

#include <QStandardPaths>
#include <QUrl>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// Where the drafts of one login stand; any text in a part of a key.
QString draftsKey(const QString &address, const QString &name)
{
    const auto part = [](const QString &text) {
        return QString::fromLatin1(QUrl::toPercentEncoding(text));
    };
    // No name has a tilde.
    return u"drafts/"_s + part(address) + u'/' + (name.isEmpty() ? u"~"_s : part(name));
}

/// By the values of ChatProtocol.
QStringList protocolNames()
{
    return {u"automatic"_s, u"teahouse"_s, u"tea"_s,  u"wx"_s,
            u"guest"_s,     u"relay"_s,    u"line"_s, u"nul"_s};
}

} // namespace

Settings::Settings(const QString &file) : m_settings(file, QSettings::IniFormat) { }

QString Settings::defaultFile(const QString &profile)
{
    const QString name = profile.isEmpty() ? u"teahouse"_s : u"teahouse-"_s + profile;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/teahouse/"_s
            + name + u".ini"_s;
}

QString Settings::lastAddress() const
{
    return m_settings.value(u"login/address"_s).toString();
}

QString Settings::lastName() const
{
    return m_settings.value(u"login/name"_s).toString();
}

void Settings::setLastLogin(const QString &address, const QString &name)
{
    m_settings.setValue(u"login/address"_s, address);
    m_settings.setValue(u"login/name"_s, name);
}

ChatProtocol Settings::lastProtocol() const
{
    const QString name = m_settings.value(u"login/protocol"_s).toString();
    return static_cast<ChatProtocol>(std::max<qsizetype>(0, protocolNames().indexOf(name)));
}

void Settings::setLastProtocol(ChatProtocol protocol)
{
    m_settings.setValue(u"login/protocol"_s, protocolNames().at(static_cast<int>(protocol)));
}

QByteArray Settings::windowGeometry() const
{
    return m_settings.value(u"window/geometry"_s).toByteArray();
}

QByteArray Settings::splitterState() const
{
    return m_settings.value(u"window/splitter"_s).toByteArray();
}

void Settings::setWindow(const QByteArray &geometry, const QByteArray &splitter)
{
    m_settings.setValue(u"window/geometry"_s, geometry);
    m_settings.setValue(u"window/splitter"_s, splitter);
    m_settings.sync();
}

QMap<QString, QString> Settings::drafts(const QString &address, const QString &name) const
{
    QMap<QString, QString> drafts;
    const QVariantMap stored = m_settings.value(draftsKey(address, name)).toMap();
    for (auto it = stored.cbegin(); it != stored.cend(); ++it)
        drafts[it.key()] = it.value().toString();
    return drafts;
}

void Settings::setDrafts(const QString &address, const QString &name,
                         const QMap<QString, QString> &drafts)
{
    QVariantMap stored;
    for (auto it = drafts.cbegin(); it != drafts.cend(); ++it)
        stored[it.key()] = it.value();
    if (stored.isEmpty())
        m_settings.remove(draftsKey(address, name));
    else
        m_settings.setValue(draftsKey(address, name), stored);
    m_settings.sync();
}

} // namespace teahouse::client
