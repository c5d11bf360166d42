#pragma once

#include "gui-client/models/pagedtable.h"

namespace teahouse::client {

/// All rooms of the server, as far as one may know of them.
class RoomDirectoryModel : public PagedRows<RoomState>
{
    Q_OBJECT

public:
    enum Column { Name, Members, Marks, Topic };

    explicit RoomDirectoryModel(Errands &errands, QObject *parent = nullptr);

    enum Mark { Closed = 1, Locked = 2, ReadOnly = 4 };
    static int marksOf(const RoomState &room);

protected:
    /// Name, Topic: QString; Members: int, or nothing where the server does not tell; Marks: int,
    /// one of the Mark flags each.
    QVariant cell(int index, int column) const override;
    QString keyOf(const RoomState &row) const override;
    std::optional<Rest> take(const Answer &answer) override;
};

} // namespace teahouse::client
