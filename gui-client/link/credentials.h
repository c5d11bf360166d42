#pragma once

#include <QString>

#include <utility>

namespace teahouse::client {

/// As whom to log in. Secrets stay in memory, for as long as the session may have to come back.
struct Credentials
{
    Credentials() = default;
    /// A guest's: a name is all it takes.
    Credentials(QString as) : name(std::move(as)) { }

    QString name = {};
    QString password = {};      ///< empty: a guest's
    QString invite = {};        ///< what lets one register, or in as a guest, where that needs it
    bool isNew = false;         ///< the name is to be registered with the password
    bool overPlainText = false; ///< the person agrees to send secrets where others may listen

    void forgetSecrets()
    {
        password.clear();
        invite.clear();
    }
};

} // namespace teahouse::client
