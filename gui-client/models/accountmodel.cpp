#include "gui-client/models/accountmodel.h"

#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

AccountModel::AccountModel(Errands &errands, QObject *parent)
    : PagedRows(errands, {u"accounts"_s}, Seen + 1, parent)
{
}

QVariant AccountModel::cell(int index, int column) const
{
    const AccountList::Account &account = row(index);
    switch (column) {
    case Name:
        return account.name;
    case Role:
        return account.admin;
    case Online:
        return account.online;
    case Created:
        return moment(account.created);
    case Seen:
        return moment(account.seen);
    default:
        return {};
    }
}

void AccountModel::setAdmin(const QString &name, bool admin)
{
    const auto found = find(foldedName(name));
    if (!found)
        return;
    AccountList::Account account = row(*found);
    account.admin = admin;
    change(*found, account);
}

void AccountModel::remove(const QString &name)
{
    if (const auto found = find(foldedName(name)))
        removeAt(*found);
}

QString AccountModel::keyOf(const AccountList::Account &row) const
{
    return foldedName(row.name);
}

std::optional<PagedTable::Rest> AccountModel::take(const Answer &answer)
{
    const auto *list = std::get_if<AccountList>(&answer);
    if (!list)
        return std::nullopt;
    QList<AccountList::Account> accounts = list->accounts;
    for (AccountList::Account &account : accounts)
        account.name = cleanLine(account.name);
    merge(accounts);
    return Rest{list->more, list->next};
}

} // namespace teahouse::client
