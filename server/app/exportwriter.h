#pragma once

#include "server/app/commandline.h"
#include "server/core/store.h"

#include <QString>

#include <memory>

namespace teahouse::server {

/// Makes one form of an export, piece by piece. The items' texts are of strangers: no form lets
/// them act.
class ExportWriter
{
public:
    virtual ~ExportWriter() = default;

    virtual QByteArray begin(const RoomRecord &) { return {}; }
    virtual QByteArray item(const Item &item) = 0;
    virtual QByteArray end() { return {}; }
};

/// `room` is what the items' room is called.
std::unique_ptr<ExportWriter> exportWriter(ExportFormat format, const QString &room);

} // namespace teahouse::server
