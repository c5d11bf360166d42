#include "gui-client/widgets/roomtables.h"

#include "gui-client/models/accountmodel.h"
#include "gui-client/models/auditmodel.h"
#include "gui-client/models/roomdirectorymodel.h"
#include "gui-client/models/sanctionmodel.h"
#include "gui-client/widgets/roomwords.h"

#include <QCoreApplication>
#include <QHeaderView>
#include <QPushButton>
#include <QTreeView>

namespace teahouse::client::roomtables {

namespace {

class RoomTables
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::RoomTables)

public:
    static QString room(const QModelIndex &cell);
    static QString account(const QModelIndex &cell);
    static QString sanction(const QModelIndex &cell);
    static QString audit(const QModelIndex &cell);
};

QString RoomTables::room(const QModelIndex &cell)
{
    const QVariant value = cell.data(Qt::UserRole);
    return cell.column() == RoomDirectoryModel::Marks ? roomwords::marks(value.toInt())
                                                      : value.toString();
}

QString RoomTables::account(const QModelIndex &cell)
{
    const QVariant value = cell.data(Qt::UserRole);
    switch (cell.column()) {
    case AccountModel::Role:
        return value.toBool() ? tr("administrator") : QString();
    case AccountModel::Online:
        return value.toBool() ? tr("online") : tr("absent");
    case AccountModel::Created:
        return roomwords::moment(value.toDateTime());
    case AccountModel::Seen:
        return value.toDateTime().isValid() ? roomwords::moment(value.toDateTime()) : tr("never");
    default:
        return value.toString();
    }
}

QString RoomTables::sanction(const QModelIndex &cell)
{
    const QVariant value = cell.data(Qt::UserRole);
    switch (cell.column()) {
    case SanctionModel::Kind:
        return value.toInt() == static_cast<int>(SanctionKind::Ban) ? tr("banned") : tr("muted");
    case SanctionModel::Until:
        return value.toDateTime().isValid() ? roomwords::moment(value.toDateTime())
                                            : tr("for ever");
    case SanctionModel::Time:
        return roomwords::moment(value.toDateTime());
    default:
        return value.toString();
    }
}

QString RoomTables::audit(const QModelIndex &cell)
{
    const QVariant value = cell.data(Qt::UserRole);
    switch (cell.column()) {
    case AuditModel::Time:
        return roomwords::moment(value.toDateTime());
    case AuditModel::By:
        return value.toString().isEmpty() ? tr("the server's shell") : value.toString();
    case AuditModel::Verb:
        return roomwords::deed(value.toString());
    default:
        return value.toString();
    }
}

/// Widths in characters.
void setWidths(const TablePane &pane, const QList<int> &widths)
{
    const int em = pane.fontMetrics().averageCharWidth();
    for (int column = 0; column < widths.size(); ++column)
        pane.table()->header()->resizeSection(column, em * widths.at(column));
}

} // namespace

TablePane *rooms(RoomDirectoryModel &model, QWidget *parent)
{
    const auto face = [] {
        return TablePane::Face{RoomTables::tr("Rooms"),
                               {RoomTables::tr("Room"), RoomTables::tr("Members"),
                                RoomTables::tr("Kind"), RoomTables::tr("Topic")},
                               RoomTables::tr("Filter rooms"),
                               RoomTables::tr("There are no rooms that you could enter.")};
    };
    auto *pane = new TablePane(model, face, &RoomTables::room, parent);
    setWidths(*pane, {22, 11, 32});
    return pane;
}

TablePane *accounts(AccountModel &model, QWidget *parent)
{
    const auto face = [] {
        return TablePane::Face{RoomTables::tr("Accounts"),
                               {RoomTables::tr("Name"), RoomTables::tr("Role"),
                                RoomTables::tr("Now"), RoomTables::tr("Registered"),
                                RoomTables::tr("Last Seen")},
                               RoomTables::tr("Filter people"),
                               RoomTables::tr("Nobody has an account.")};
    };
    auto *pane = new TablePane(model, face, &RoomTables::account, parent);
    setWidths(*pane, {26, 18, 12, 22});
    return pane;
}

TablePane *sanctions(SanctionModel &model, QWidget *parent)
{
    const auto face = [] {
        return TablePane::Face{RoomTables::tr("Bans and mutes"),
                               {RoomTables::tr("Whom"), RoomTables::tr("What"),
                                RoomTables::tr("Until"), RoomTables::tr("Reason"),
                                RoomTables::tr("By"), RoomTables::tr("Since")},
                               RoomTables::tr("Filter bans"),
                               RoomTables::tr("Nobody is banned or muted.")};
    };
    auto *pane = new TablePane(model, face, &RoomTables::sanction, parent);
    setWidths(*pane, {18, 10, 20, 18, 12});
    QPushButton *lift = pane->addButton([] { return RoomTables::tr("&Lift"); },
                                        TablePane::Needs::Selection);
    QObject::connect(lift, &QPushButton::clicked, &model, [pane, &model] {
        pane->showError({});
        if (const auto row = pane->current())
            model.lift(*row);
    });
    QObject::connect(&model, &SanctionModel::liftFailed, pane,
                     [pane](const Error &error, const QString &text) {
                         pane->showError(roomwords::refusal({}, error, text));
                     });
    return pane;
}

TablePane *audit(AuditModel &model, QWidget *parent)
{
    const auto face = [] {
        return TablePane::Face{RoomTables::tr("Audit log"),
                               {RoomTables::tr("When"), RoomTables::tr("Who"),
                                RoomTables::tr("Did"), RoomTables::tr("Whom"),
                                RoomTables::tr("Room"), RoomTables::tr("Particulars")},
                               RoomTables::tr("Filter the log"),
                               RoomTables::tr("Nothing has been done yet.")};
    };
    auto *pane = new TablePane(model, face, &RoomTables::audit, parent);
    setWidths(*pane, {18, 15, 25, 14, 12});
    return pane;
}

} // namespace teahouse::client::roomtables
