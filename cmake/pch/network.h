// Precompiled for targets that use Qt Network.
#pragma once

#include "cmake/pch/core.h"

#include <QHostAddress>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
