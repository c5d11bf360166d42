#pragma once

#include "gui-client/models/pagedtable.h"

namespace teahouse::client {

/// The bans and mutes that hold in a room, or on the whole server, newest first.
class SanctionModel : public PagedRows<SanctionList::Sanction>
{
    Q_OBJECT

public:
    enum Column { Subject, Kind, Until, Reason, By, Time };

    /// `room`: empty for the whole server.
    SanctionModel(Errands &errands, const QString &room, QObject *parent = nullptr);

    const QString &room() const { return m_room; }

    /// Asks the server to lift one, which goes from the list when it has.
    void lift(int index);

signals:
    void liftFailed(const teahouse::Error &error, const QString &text);

protected:
    /// Kind: SanctionKind as int; Until, Time: QDateTime, Until invalid for ever.
    QVariant cell(int index, int column) const override;
    QString keyOf(const SanctionList::Sanction &row) const override;
    std::optional<Rest> take(const Answer &answer) override;

private:
    QString m_room;
};

} // namespace teahouse::client
