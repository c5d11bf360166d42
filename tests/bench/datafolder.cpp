#include "tests/bench/datafolder.h"

#include <linux/magic.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>

namespace teahouse::bench {

namespace fs = std::filesystem;

namespace {

const std::string prefix = "bench-data-";

bool isRunning(pid_t process)
{
    return ::kill(process, 0) == 0 || errno != ESRCH;
}

/// Folders are called by the process that uses them.
void removeLeftovers(const fs::path &parent)
{
    std::error_code ignored;
    for (const auto &entry : fs::directory_iterator(parent, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.starts_with(prefix) && !isRunning(std::atoi(name.c_str() + prefix.size())))
            fs::remove_all(entry.path(), ignored);
    }
}

} // namespace

fs::path makeDataFolder(const fs::path &programs)
{
    const fs::path parent = programs.parent_path();
    removeLeftovers(parent);
    std::string path = (parent / (prefix + std::to_string(::getpid()) + "-XXXXXX")).string();
    return ::mkdtemp(path.data()) ? fs::path(path) : fs::path();
}

bool isOnDisk(const fs::path &folder)
{
    struct statfs system = {};
    return ::statfs(folder.c_str(), &system) == 0 && system.f_type != TMPFS_MAGIC
            && system.f_type != RAMFS_MAGIC;
}

} // namespace teahouse::bench
