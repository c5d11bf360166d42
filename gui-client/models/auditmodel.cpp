#include "gui-client/models/auditmodel.h"

#include "shared/limits.h"
#include "shared/text.h"

#include <QDateTime>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

QJsonObject placed(const QString &room)
{
    QJsonObject fields{{u"limit"_s, limits::page}};
    if (!room.isEmpty())
        fields[u"room"_s] = room;
    return fields;
}

} // namespace

AuditModel::AuditModel(Errands &errands, const QString &room, QObject *parent)
    : PagedRows(errands, {u"audit"_s, placed(room), u"before"_s}, parent)
{
}

int AuditModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : Text + 1;
}

QVariant AuditModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)
        || (role != Qt::DisplayRole && role != Qt::UserRole))
        return {};
    const AuditPage::Entry &entry = row(index.row());
    switch (index.column()) {
    case Time:
        return QDateTime::fromMSecsSinceEpoch(entry.time);
    case By:
        return entry.by;
    case Verb:
        return entry.verb;
    case Target:
        return entry.target;
    case Room:
        return entry.room;
    case Text:
        return entry.text;
    default:
        return {};
    }
}

QString AuditModel::keyOf(const AuditPage::Entry &row) const
{
    return QString::number(row.id);
}

std::optional<PagedTable::Rest> AuditModel::take(const Answer &answer)
{
    const auto *page = std::get_if<AuditPage>(&answer);
    if (!page)
        return std::nullopt;
    QList<AuditPage::Entry> entries = page->entries;
    for (AuditPage::Entry &entry : entries) {
        for (QString *text : {&entry.by, &entry.verb, &entry.room, &entry.target, &entry.text})
            *text = cleanLine(*text);
    }
    merge(entries);
    return Rest{page->more, static_cast<qint64>(page->next)};
}

} // namespace teahouse::client
