#pragma once

#include "shared/event.h"

#include <QByteArray>

/// Events at the doors where nobody has a name: speakers are called by their addresses, those who
/// have a name by it, with the port 0. The forms are the originals'; docs/protocol.md.
namespace teahouse::server {

/// `('HOST', PORT)`, as Python prints an address.
QString addressTuple(const QString &name, const Origin &origin);
/// `HOST:PORT`
QString addressPair(const QString &name, const Origin &origin);

/// line: what is said, to everybody, without a name.
class LineDoorEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override;
    bool sidesDiffer(const Event &) const override { return false; }
};

/// nul: what is said with the speaker's address, to everybody.
class NulEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override;
    bool sidesDiffer(const Event &) const override { return false; }
};

/// relay: what is said and who comes and goes, to the others.
class RelayEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override;
};

/// guest: the same in other words.
class GuestEncoder : public EventEncoder
{
public:
    QByteArray encode(const Event &event, Side side) const override;
};

} // namespace teahouse::server
