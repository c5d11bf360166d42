#pragma once

#include "tests/chaos/report.h"

namespace teahouse::chaos {

// One function each, in a file of its own; what they do stands in docs/contributing.md.

void rigKill(Report &report);
void rigFull(Report &report);
void rigLocked(Report &report);
void rigReadOnly(Report &report);
void rigStalled(Report &report);
void rigStopped(Report &report);
void rigCorrupt(Report &report);
void rigNearby(Report &report);
void rigOpeners(Report &report);
void rigAborts(Report &report);
void rigReaders(Report &report);

} // namespace teahouse::chaos
