#pragma once

#include "shared/fields.h"

#include <QByteArrayView>

#include <optional>

namespace teahouse::wire {

/// Why a line is not what it should be.
struct Fault
{
    const char *what;
    qsizetype offset; ///< in bytes
};

/// Reads a line that is one JSON object, straight into fields: what comes with every message is
/// read without making a document of it first. As strict as RFC 8259, but that half a surrogate
/// pair may be written as `\uDXXX`; nested at most limits::jsonDepth deep. `json` is valid UTF-8.
/// After a fault `fields` holds what came before it.
std::optional<Fault> readObject(QByteArrayView json, Fields &fields);

} // namespace teahouse::wire
