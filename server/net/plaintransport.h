#pragma once

#include "server/net/transport.h"

namespace teahouse::server {

/// Bytes as they are, over a stream socket.
class PlainTransport final : public Transport
{
public:
    /// Takes the descriptor over, makes it non-blocking and, for TCP, switches Nagle's delay off
    /// and keep-alive on.
    explicit PlainTransport(int descriptor);
    ~PlainTransport() override;

    int descriptor() const override { return m_descriptor; }
    Moved read(std::span<char> buffer) override;
    Moved write(std::span<const QByteArrayView> chunks) override;
    Status endWriting() override;

private:
    int m_descriptor;
};

} // namespace teahouse::server
