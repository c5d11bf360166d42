#pragma once

#include "server/core/limitshare.h"

#include <QByteArray>
#include <QString>

namespace teahouse::server {

/// What a sanction on somebody from there means: the address, or of IPv6 where it counts as that,
/// the /64 it is in.
Network networkOf(const Source &source);

/// Shows addresses to those who may tell them apart and not know them: where they are roughly, and
/// four characters that nobody else's address has by chance, `203.0.113.x~k3f9` for instance. No
/// name can be this. The key is the server's, for one run.
class AddressMask
{
public:
    explicit AddressMask(QByteArray key) : m_key(std::move(key)) { }

    QString token(const Network &network) const;

    /// Whether a text might be a token.
    static bool isToken(QStringView text);

private:
    QByteArray m_key;
};

} // namespace teahouse::server
