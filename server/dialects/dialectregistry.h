#pragma once

#include "server/dialects/addressencoders.h"
#include "server/dialects/anonymousdialect.h"
#include "server/dialects/joinpage.h"
#include "server/dialects/nativedialect.h"
#include "server/dialects/teadialect.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <vector>

namespace teahouse::server {

/// Whose addresses an anonymous door shows to others.
enum class ShowAddresses { None, Local, All };

/// What may be set of an anonymous door.
struct DoorSettings
{
    QString room = QStringLiteral("main"); ///< where those who come in here sit
    ShowAddresses addresses = ShowAddresses::Local;
};

/// What the doors are told at the start.
struct DoorsContext
{
    DialectContext server;
    QHash<QString, DoorSettings> doors = {}; ///< by the door's name; those not named are as usual
    QString guestGreeting = QStringLiteral("You're connected to the Python chatserver");
};

/// Somebody who connects.
struct PeerAddress
{
    Origin origin;        ///< IPv4-mapped addresses as IPv4
    bool isLocal = false; ///< loopback, or a private network
};

/// All doors by name, and what their sessions share. Owned by the app; outlives every dialect it
/// has made and every House that publishes to them.
class DialectRegistry
{
public:
    explicit DialectRegistry(DoorsContext context);
    Q_DISABLE_COPY_MOVE(DialectRegistry)

    /// The names a listener may be given.
    static QStringList names();
    /// Of them, those where nobody has a name and everybody sits in the room of the door's setting.
    static QStringList anonymousNames();
    static bool knows(const QString &name);

    /// The room of those who come in at a door without names; nothing for other doors.
    std::optional<QString> roomOf(const QString &name) const;

    /// What `http` serves from now on; to be told before somebody asks.
    void setSite(const HttpSite &site) { m_site = site; }

    /// How a connection at the door of that name speaks; null for a name it does not know. Besides
    /// names() it knows what is recognised at the door front: native, http, and irc, which is
    /// refused.
    std::unique_ptr<Dialect> make(const QString &name, const PeerAddress &peer) const;

private:
    std::unique_ptr<Dialect> makeAnonymous(const QString &name, const PeerAddress &peer) const;

    DoorsContext m_context;
    TeaEncoders m_tea;
    LineEncoder m_wx{"\n", Charset::Utf8};
    NativeEncoder m_native;
    LineDoorEncoder m_line;
    NulEncoder m_nul;
    RelayEncoder m_relay;
    GuestEncoder m_guest;
    std::vector<AnonymousDialect::Door> m_anonymous;
    HttpSite m_site;
};

} // namespace teahouse::server
