#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QtGlobal>

namespace teahouse::server {

/// Which machine on the local network an IPv6 address belongs to, as far as the kernel knows: one
/// neighbour can take as many addresses as it likes, but has one network card. Asks the kernel's
/// tables by rtnetlink(7), two short questions an address, without waiting. On other systems it
/// knows nobody.
class Neighbours
{
public:
    Neighbours();
    ~Neighbours();
    Q_DISABLE_COPY_MOVE(Neighbours)

    /// Bytes that are the same for all addresses of a neighbour: interface and link-layer address,
    /// or the interface alone for this machine's own. Empty: not known, or behind a router.
    QByteArray identityOf(const QHostAddress &address);

private:
    /// How packets for an address leave this machine.
    struct Way
    {
        quint32 interface = 0; ///< 0: not known
        bool isOwn = false;    ///< they do not: the address is this machine's
        bool isRouted = false; ///< by a router
    };

    Way wayTo(const QHostAddress &address);
    QByteArray linkAddress(const QHostAddress &address, quint32 interface);

    int m_socket = -1;
    quint32 m_sequence = 0;
};

} // namespace teahouse::server
