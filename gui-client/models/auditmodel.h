#pragma once

#include "gui-client/models/pagedtable.h"

namespace teahouse::client {

/// What those with a role have done in a room, or on the whole server, newest first.
class AuditModel : public PagedRows<AuditPage::Entry>
{
    Q_OBJECT

public:
    enum Column { Time, By, Verb, Target, Room, Text };

    /// `room`: empty for the whole server.
    AuditModel(Errands &errands, const QString &room, QObject *parent = nullptr);

protected:
    /// Time: QDateTime; the others QString, Verb as it stands on the wire.
    QVariant cell(int index, int column) const override;
    QString keyOf(const AuditPage::Entry &row) const override;
    std::optional<Rest> take(const Answer &answer) override;
};

} // namespace teahouse::client
