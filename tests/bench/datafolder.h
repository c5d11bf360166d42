#pragma once

#include <filesystem>

namespace teahouse::bench {

/// Makes an empty folder for a server's data beside the folder of our programs, which are on a real
/// disk as a rule. Whoever asks for it removes it; what earlier runs that were ended have left goes
/// here, too. Empty: it could not be made.
std::filesystem::path makeDataFolder(const std::filesystem::path &programs);

/// Whether a folder is on a disk, and not in memory where syncing costs nothing.
bool isOnDisk(const std::filesystem::path &folder);

} // namespace teahouse::bench
