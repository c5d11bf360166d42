#include "server/app/announcer.h"

#include "server/app/log.h"
#include "shared/announcement.h"

#include <QDBusObjectPath>

#include <utility>

namespace teahouse::server {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype longestServiceName = 63; // bytes, RFC 6763, 4.1.1
constexpr int mostNames = 100;               // that are tried in a row

// AvahiEntryGroupState
constexpr int groupEstablished = 2;
constexpr int groupCollision = 3;
constexpr int groupFailure = 4;

constexpr uint noFlags = 0;

QString problemOf(AvahiDaemon::State state, const QString &busProblem)
{
    switch (state) {
    case AvahiDaemon::State::NoBus:
        return u"the system bus cannot be reached (%1). Install dbus and avahi-daemon, or set "
               "server.announce=off"_s.arg(busProblem.isEmpty() ? u"it has gone"_s : busProblem);
    case AvahiDaemon::State::Absent:
        return u"avahi-daemon does not run. Install or start it, or set server.announce=off"_s;
    case AvahiDaemon::State::Waiting:
        return u"avahi-daemon has no host name on the network yet"_s;
    case AvahiDaemon::State::Closed:
    case AvahiDaemon::State::Running:
        break;
    }
    return {};
}

bool isError(const QDBusMessage &reply)
{
    return reply.type() != QDBusMessage::ReplyMessage;
}

} // namespace

Announcer::Announcer(const Clock &clock, Door door, const QString &busAddress)
    : m_clock(clock), m_door(std::move(door)), m_daemon(busAddress),
      m_name(cutToUtf8(m_door.serverName, longestServiceName))
{
    connect(&m_daemon, &AvahiDaemon::stateChanged, this, &Announcer::follow);
    connect(&m_daemon, &AvahiDaemon::told, this,
            [this](const QString &path, const QString &, const QString &member,
                   const QVariantList &arguments) { heard(path, member, arguments); });
    tryAgain();
}

void Announcer::tick(int people)
{
    m_people = people;
    const qint64 now = m_clock.steady();
    if (now >= m_nextTry && !m_isEstablished)
        tryAgain();
    else if (m_isEstablished && now >= m_nextUpdate && txt() != m_txt)
        update();
}

/// Whatever is missing for an announcement.
void Announcer::tryAgain()
{
    m_nextTry = m_clock.steady() + pause;
    m_daemon.open();
    if (m_daemon.state() == AvahiDaemon::State::Running && m_group.isEmpty())
        makeGroup();
}

void Announcer::follow(AvahiDaemon::State state)
{
    forget();
    if (state == AvahiDaemon::State::Running)
        makeGroup();
    else if (const QString problem = problemOf(state, m_daemon.problem()); !problem.isEmpty())
        warn(problem);
}

void Announcer::makeGroup()
{
    if (std::exchange(m_isMaking, true))
        return;
    m_daemon.call(u"/"_s, u"Server"_s, u"EntryGroupNew"_s, {}, this,
                  [this](const QDBusMessage &reply) {
                      m_isMaking = false;
                      if (isError(reply))
                          return fail(reply.errorMessage());
                      m_group = reply.arguments().value(0).value<QDBusObjectPath>().path();
                      m_renamed = 0;
                      addService();
                  });
}

/// The call's answer counts as long as the group does.
void Announcer::callGroup(const QString &method, const QVariantList &arguments,
                          AvahiDaemon::Ended ended)
{
    m_daemon.call(m_group, u"EntryGroup"_s, method, arguments, this,
                  [this, group = m_group, ended = std::move(ended)](const QDBusMessage &reply) {
                      if (group == m_group)
                          ended(reply);
                  });
}

void Announcer::addService()
{
    m_txt = txt();
    const QVariantList service{AvahiDaemon::anyInterface,
                               AvahiDaemon::anyProtocol,
                               noFlags,
                               m_name,
                               QString(Announcement::serviceType),
                               QString(), // the usual domain
                               QString(), // this host
                               QVariant::fromValue(m_door.port),
                               QVariant::fromValue(m_txt)};
    callGroup(u"AddService"_s, service, [this](const QDBusMessage &reply) { added(reply); });
}

void Announcer::added(const QDBusMessage &reply)
{
    if (reply.errorName() == "org.freedesktop.Avahi.CollisionError"_L1)
        return rename();
    if (isError(reply))
        return fail(reply.errorMessage());
    callGroup(u"Commit"_s, {}, [this](const QDBusMessage &committed) {
        if (isError(committed))
            fail(committed.errorMessage());
    });
}

/// To the name that Avahi makes of one that is taken: "Office" becomes "Office #2".
void Announcer::rename()
{
    m_isEstablished = false;
    if (++m_renamed > mostNames)
        return fail(u"no name like \"%1\" is free on the network"_s.arg(m_name));
    m_daemon.call(u"/"_s, u"Server"_s, u"GetAlternativeServiceName"_s, {m_name}, this,
                  [this, group = m_group](const QDBusMessage &reply) {
                      if (group != m_group)
                          return;
                      if (isError(reply))
                          return fail(reply.errorMessage());
                      m_name = reply.arguments().value(0).toString();
                      callGroup(u"Reset"_s, {}, [this](const QDBusMessage &) { addService(); });
                  });
}

void Announcer::update()
{
    m_txt = txt();
    m_nextUpdate = m_clock.steady() + pause;
    const QVariantList service{AvahiDaemon::anyInterface,
                               AvahiDaemon::anyProtocol,
                               noFlags,
                               m_name,
                               QString(Announcement::serviceType),
                               QString(),
                               QVariant::fromValue(m_txt)};
    callGroup(u"UpdateServiceTxt"_s, service, [this](const QDBusMessage &reply) {
        if (isError(reply))
            fail(reply.errorMessage());
    });
}

void Announcer::heard(const QString &path, const QString &member, const QVariantList &arguments)
{
    if (path == m_group && member == "StateChanged"_L1)
        takeGroupState(arguments.value(0).toInt(), arguments.value(1).toString());
}

void Announcer::takeGroupState(int state, const QString &error)
{
    switch (state) {
    case groupEstablished:
        return established();
    case groupCollision:
        return rename();
    case groupFailure:
        return fail(error);
    default: // on its way
        return;
    }
}

void Announcer::established()
{
    if (std::exchange(m_isEstablished, true))
        return;
    m_nextUpdate = m_clock.steady() + pause;
    m_warned.clear();
    qCInfo(lcApp, "announced on the local network as \"%ls\", port %d", qUtf16Printable(m_name),
           int(m_door.port));
}

/// The daemon has refused; tryAgain() begins anew.
void Announcer::fail(const QString &why)
{
    if (!m_group.isEmpty())
        m_daemon.call(m_group, u"EntryGroup"_s, u"Free"_s, {}, this);
    forget();
    m_nextTry = m_clock.steady() + pause;
    warn(u"avahi-daemon refuses it (%1)"_s.arg(why));
}

void Announcer::forget()
{
    m_group.clear();
    m_isMaking = false;
    m_isEstablished = false;
}

void Announcer::warn(const QString &problem)
{
    if (std::exchange(m_warned, problem) != problem)
        qCWarning(lcApp, "nothing is announced on the local network: %ls; it begins by itself",
                  qUtf16Printable(problem));
}

QByteArrayList Announcer::txt() const
{
    return announcementTxt(
            {m_door.serverName, m_door.key ? m_door.key->shortText() : QString(), m_people});
}

} // namespace teahouse::server
