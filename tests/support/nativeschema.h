#pragma once

#include <QByteArray>
#include <QString>

namespace teahouse {

/// Holds a native line of a server against docs/native.schema.json; the faults, or nothing.
QString schemaFaults(const QByteArray &line);

} // namespace teahouse
