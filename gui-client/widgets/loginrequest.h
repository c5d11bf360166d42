#pragma once

#include "shared/chatprotocol.h"
#include "shared/fingerprint.h"

#include <QString>

#include <optional>

namespace teahouse::client {

/// What the login window asks for.
struct LoginRequest
{
    QString address;
    QString name; ///< empty where none is asked for; may be with Automatic
    ChatProtocol protocol = ChatProtocol::Automatic;
    QString password = {};      ///< empty: as a guest
    QString invite = {};        ///< of a new account or of a guest
    bool isNew = false;         ///< an account is to be created
    bool overPlainText = false; ///< the password may go where others may listen
    bool tryEncrypted = false;  ///< the server says nothing, and may want to be met encrypted
    QString room = {};          ///< to be entered after the login
    std::optional<Fingerprint> key = {}; ///< that the server must have, by a link
    QString keyBegins = {};              ///< Fingerprint::shortText() of the server; empty: any

    bool operator==(const LoginRequest &) const = default;
};

} // namespace teahouse::client
