#pragma once

#include "shared/chatprotocol.h"

#include <QString>

namespace teahouse::client {

/// What the login window asks for.
struct LoginRequest
{
    QString address;
    QString name; ///< empty where none is asked for; may be with Automatic
    ChatProtocol protocol = ChatProtocol::Automatic;
    QString password = {};      ///< empty: as a guest
    QString invite = {};        ///< with isNew, where the server asks for one
    bool isNew = false;         ///< an account is to be created
    bool overPlainText = false; ///< the password may go where others may listen
    QString keyBegins = {};     ///< Fingerprint::shortText() of the server; empty: any

    bool operator==(const LoginRequest &) const = default;
};

} // namespace teahouse::client
