#pragma once

#include "tests/bench/candidate.h"

#include <filesystem>
#include <string>

namespace teahouse::bench {

/// A data folder with many messages, made when it is first asked for and removed at the end.
/// `main` has `messages` of them, and some rooms beside it a twentieth of that together. One server
/// at a time may use it; what it adds stays.
class BigStore
{
public:
    static constexpr int speakers = 200;
    static constexpr int otherRooms = 20;

    /// Our programs are in `programs`.
    BigStore(std::filesystem::path programs, int messages);
    ~BigStore();
    BigStore(const BigStore &) = delete;
    BigStore &operator=(const BigStore &) = delete;

    /// Makes it, unless it is there. What went wrong; empty when nothing did.
    std::string make();

    /// Starts teahoused on it; not up when there is none.
    RunningServer start() const;

    int messages() const { return m_messages; }
    static std::string speaker(int number) { return "speaker" + std::to_string(number); }
    static std::string otherRoom(int number) { return "room" + std::to_string(number); }

private:
    std::string fill() const;

    std::filesystem::path m_programs;
    int m_messages;
    std::filesystem::path m_folder;
};

} // namespace teahouse::bench
