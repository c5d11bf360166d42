#include "gui-client/models/auditmodel.h"

#include "shared/text.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

AuditModel::AuditModel(Errands &errands, const QString &room, QObject *parent)
    : PagedRows(errands, {u"audit"_s, room, u"before"_s}, Text + 1, parent)
{
}

QVariant AuditModel::cell(int index, int column) const
{
    const AuditPage::Entry &entry = row(index);
    switch (column) {
    case Time:
        return moment(entry.time);
    case By:
        return entry.by;
    case Verb:
        return entry.verb;
    case Target:
        return entry.address.isEmpty() ? entry.target
                                       : u"%1 (%2)"_s.arg(entry.target, entry.address);
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
        for (QString *text :
             {&entry.by, &entry.verb, &entry.room, &entry.target, &entry.text, &entry.address})
            *text = cleanLine(*text);
    }
    merge(entries);
    return Rest{page->more, static_cast<qint64>(page->next)};
}

} // namespace teahouse::client
