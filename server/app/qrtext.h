#pragma once

#include <QString>

namespace teahouse::server {

/// A QR code (ISO/IEC 18004) of the text in half blocks, two rows of it a line, with its quiet zone
/// of four modules, black on white whatever the terminal's colours are. Empty where the text is too
/// long for one.
QString qrText(const QString &text);

} // namespace teahouse::server
