#pragma once

class QCoreApplication;

namespace teahouse::client {

/// Loads Qt's texts and our own in the system's language; English where there is none.
void installTranslations(QCoreApplication &app);

} // namespace teahouse::client
