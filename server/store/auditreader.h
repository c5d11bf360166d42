#pragma once

#include "server/core/store.h"
#include "server/store/database.h"

namespace teahouse::server {

/// Pages of the audit log, on the reader's connection. Functions throw DatabaseError.
class AuditReader
{
public:
    explicit AuditReader(Database &database);

    AuditPage page(const AuditRequest &request);

private:
    Statement m_ofAll;
    Statement m_ofRoom;
};

} // namespace teahouse::server
