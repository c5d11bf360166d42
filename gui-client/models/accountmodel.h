#pragma once

#include "gui-client/models/pagedtable.h"

namespace teahouse::client {

/// The accounts of the server, by name, for its administrators.
class AccountModel : public PagedRows<AccountList::Account>
{
    Q_OBJECT

public:
    enum Column { Name, Role, Online, Created, Seen };

    explicit AccountModel(Errands &errands, QObject *parent = nullptr);

    /// What was done and need not be asked for.
    void setAdmin(const QString &name, bool admin);
    void remove(const QString &name);

protected:
    /// Name: QString; Role, Online: bool; Created, Seen: QDateTime, invalid for never.
    QVariant cell(int index, int column) const override;
    QString keyOf(const AccountList::Account &row) const override;
    std::optional<Rest> take(const Answer &answer) override;
};

} // namespace teahouse::client
