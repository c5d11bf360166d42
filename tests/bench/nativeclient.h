#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace teahouse::bench {

/// One native session that asks and waits, in a thread of its own if need be. After a failure
/// every answer is empty.
class NativeClient
{
public:
    /// Connects to 127.0.0.1 and logs in.
    NativeClient(uint16_t port, const std::string &name);
    ~NativeClient();
    NativeClient(const NativeClient &) = delete;
    NativeClient &operator=(const NativeClient &) = delete;

    bool isIn() const { return m_isIn; }

    /// Sends a request, without waiting: `fields` are its members, from `"do"` on.
    void send(const std::string &fields, std::string_view id);

    /// Sends one and passes over events until its reply is here. Empty: it was refused, or none
    /// came within 10 s.
    std::string_view ask(const std::string &fields);

    /// The next line, which is good until the next call; empty when none comes within `ms`.
    std::string_view readLine(int ms);

private:
    int m_socket;
    bool m_isIn = false;
    std::string m_read;
    size_t m_at = 0; ///< m_read is used up to here
};

/// How often a part occurs.
int occurrences(std::string_view line, std::string_view part);

} // namespace teahouse::bench
