// A library to be loaded before a program (LD_PRELOAD): it stands between the program and its
// files, and fails as a disk does that has become read-only, or waits as one does that hangs.

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>

namespace {

enum Fault { None, ReadOnly, Stalled };

const std::atomic<int> *findSwitch()
{
    static const std::atomic<int> nothing = None;
    const char *path = std::getenv("TEAHOUSE_CHAOS_SWITCH");
    const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return &nothing;
    void *memory = ::mmap(nullptr, sizeof(int), PROT_READ, MAP_SHARED, file, 0);
    ::close(file);
    return memory == MAP_FAILED ? &nothing : static_cast<const std::atomic<int> *>(memory);
}

int fault()
{
    static const std::atomic<int> *const position = findSwitch();
    return *position;
}

template <typename Function>
Function *next(const char *name)
{
    return reinterpret_cast<Function *>(::dlsym(RTLD_NEXT, name));
}

/// Whether a call fails; it may take a while to say so.
bool fails()
{
    while (fault() == Stalled)
        ::usleep(1000);
    if (fault() != ReadOnly)
        return false;
    errno = EROFS;
    return true;
}

} // namespace

extern "C" {
#define STANDS_BETWEEN __attribute__((visibility("default")))

STANDS_BETWEEN int fsync(int file)
{
    static const auto real = next<int(int)>("fsync");
    return fails() ? -1 : real(file);
}

STANDS_BETWEEN int fdatasync(int file)
{
    static const auto real = next<int(int)>("fdatasync");
    return fails() ? -1 : real(file);
}

STANDS_BETWEEN ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t place)
{
    static const auto real = next<ssize_t(int, const void *, size_t, off64_t)>("pwrite64");
    return fault() == ReadOnly && fails() ? -1 : real(file, bytes, count, place);
}

STANDS_BETWEEN ssize_t pwrite(int file, const void *bytes, size_t count, off_t place)
{
    static const auto real = next<ssize_t(int, const void *, size_t, off_t)>("pwrite");
    return fault() == ReadOnly && fails() ? -1 : real(file, bytes, count, place);
}

STANDS_BETWEEN int ftruncate64(int file, off64_t size)
{
    static const auto real = next<int(int, off64_t)>("ftruncate64");
    return fault() == ReadOnly && fails() ? -1 : real(file, size);
}

STANDS_BETWEEN int ftruncate(int file, off_t size)
{
    static const auto real = next<int(int, off_t)>("ftruncate");
    return fault() == ReadOnly && fails() ? -1 : real(file, size);
}

} // extern "C"
