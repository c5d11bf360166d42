#include "gui-client/models/accountmodel.h"

#include "shared/limits.h"
#include "shared/names.h"
#include "shared/text.h"

#include <QDateTime>

namespace teahouse::client {

using namespace Qt::StringLiterals;

AccountModel::AccountModel(Errands &errands, QObject *parent)
    : PagedRows(errands, {u"accounts"_s, {{u"limit"_s, limits::page}}}, parent)
{
}

int AccountModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Seen + 1;
}

QVariant AccountModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || (role != Qt::DisplayRole && role != Qt::UserRole))
        return {};
    const AccountList::Account &account = row(index.row());
    const auto moment = [](qint64 time) {
        return time > 0 ? QDateTime::fromMSecsSinceEpoch(time) : QDateTime();
    };
    switch (index.column()) {
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
