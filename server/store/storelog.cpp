#include "server/store/storelog.h"

#include <csignal>

#include <pthread.h>

namespace teahouse::server {

Q_LOGGING_CATEGORY(storeLog, "teahouse.store")

void blockSignals()
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

} // namespace teahouse::server
