#include "tests/chaos/faultydisk.h"

#include <QFile>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace teahouse::chaos {

DiskSwitch::DiskSwitch(const QString &path) : m_path(path)
{
    const int file = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CREAT | O_CLOEXEC,
                            0600);
    if (file < 0 || ::ftruncate(file, sizeof(int)) != 0)
        qFatal("cannot make %s", qPrintable(path));
    void *memory = ::mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (memory == MAP_FAILED)
        qFatal("cannot map %s", qPrintable(path));
    m_fault = static_cast<std::atomic<int> *>(memory);
    ::close(file);
}

DiskSwitch::~DiskSwitch()
{
    ::munmap(m_fault, sizeof(int));
}

} // namespace teahouse::chaos
