#pragma once

#include "gui-client/models/transcriptrow.h"

#include <functional>

class QMessageBox;
class QWidget;

namespace teahouse::client {

/// Asks, without stopping the program, whether a message is to be deleted for everybody.
/// The box is deleted when it closes.
QMessageBox *askToDelete(QWidget *parent, const TranscriptRow &row,
                         const std::function<void()> &confirmed);

} // namespace teahouse::client
