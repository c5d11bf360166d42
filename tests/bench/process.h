#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace teahouse::bench {

/// A program that we have started and that ends with this object, and with us. Its standard
/// output can be read here, or is thrown away as its standard error is.
class Process
{
public:
    enum class Output { Read, Dropped };

    Process() = default;
    explicit Process(const std::vector<std::string> &command,
                     const std::vector<std::string> &environment = {},
                     Output output = Output::Read);
    ~Process();
    Process(Process &&other) noexcept;
    Process &operator=(Process &&other) noexcept;

    bool isRunning();
    pid_t id() const { return m_id; }

    /// The next line of its standard output; empty when none has come within `ms`.
    std::string readLine(int ms);

    /// Waits for its end; -1 when that has not come within `ms`.
    int exitCode(int ms);

    /// CPU time of all its threads so far, in nanoseconds.
    int64_t cpuNs() const;
    /// Resident memory in KiB.
    int64_t residentKiB() const;
    /// Keeps its first thread on one core.
    void pin(int core) const;

private:
    void end();

    pid_t m_id = -1;
    int m_output = -1;
    int m_status = -1;
    std::string m_read;
};

/// Keeps this program on one core.
void pinSelf(int core);

/// The first line of a file, empty when there is none.
std::string firstLine(const std::string &path);

} // namespace teahouse::bench
