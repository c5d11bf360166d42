#pragma once

#include <QString>

#include <optional>

namespace teahouse::server {

/// Makes this process fit to begin, before anything is opened and before Qt is there: standard
/// input, output and error are open, so that no file of the server takes their numbers; a file
/// that may not grow is an error and no death; want of memory or of threads ends the process with
/// a sentence and nothing half done; all descriptors that may be had are there. Nothing when that
/// went well, else a sentence that names the cause and the remedy.
[[nodiscard]] std::optional<const char *> prepareProcess();

/// Why a server with so many doors could let nobody in, with the remedy; nothing: it can.
std::optional<QString> descriptorProblem(int descriptors, int doors);
/// The same of this process, after its limit was raised to all that it may ask for.
std::optional<QString> descriptorProblem(int doors);

} // namespace teahouse::server
