#include "gui-client/models/sanctionmodel.h"

#include "gui-client/models/errands.h"
#include "shared/names.h"
#include "shared/text.h"

namespace teahouse::client {

using namespace Qt::StringLiterals;

SanctionModel::SanctionModel(Errands &errands, const QString &room, QObject *parent)
    : PagedRows(errands, {u"bans"_s, room}, Time + 1, parent), m_room(room)
{
}

QVariant SanctionModel::cell(int index, int column) const
{
    const SanctionList::Sanction &sanction = row(index);
    switch (column) {
    case Subject:
        return sanction.address.isEmpty() ? sanction.subject
                                          : u"%1 (%2)"_s.arg(sanction.subject, sanction.address);
    case Kind:
        return static_cast<int>(sanction.kind);
    case Until:
        return moment(sanction.until);
    case Reason:
        return sanction.reason;
    case By:
        return sanction.by;
    case Time:
        return moment(sanction.time);
    default:
        return {};
    }
}

void SanctionModel::lift(int index)
{
    if (index < 0 || index >= rowCount())
        return;
    const SanctionList::Sanction &sanction = row(index);
    QJsonObject fields{{u"name"_s, sanction.subject}};
    if (!m_room.isEmpty())
        fields[u"room"_s] = m_room;
    const auto ended = [this, key = keyOf(sanction)](const Reply &reply, const QString &text) {
        if (!reply)
            emit liftFailed(reply.error(), text);
        else if (const auto found = find(key))
            removeAt(*found);
    };
    errands().ask(sanction.kind == SanctionKind::Ban ? u"unban"_s : u"unmute"_s, fields, this,
                  ended);
}

QString SanctionModel::keyOf(const SanctionList::Sanction &row) const
{
    return QString::number(static_cast<int>(row.kind)) + foldedName(row.subject);
}

std::optional<PagedTable::Rest> SanctionModel::take(const Answer &answer)
{
    const auto *list = std::get_if<SanctionList>(&answer);
    if (!list)
        return std::nullopt;
    QList<SanctionList::Sanction> sanctions = list->sanctions;
    for (SanctionList::Sanction &sanction : sanctions) {
        sanction.subject = cleanLine(sanction.subject);
        sanction.reason = cleanLine(sanction.reason);
        sanction.by = cleanLine(sanction.by);
        sanction.address = cleanLine(sanction.address);
    }
    merge(sanctions);
    return Rest{list->more, list->next};
}

} // namespace teahouse::client
