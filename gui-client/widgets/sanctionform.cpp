#include "gui-client/widgets/sanctionform.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/rowtext.h"
#include "shared/limits.h"

#include <QComboBox>
#include <QLineEdit>

#include <array>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60'000;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

} // namespace

SanctionForm::SanctionForm(ChatModel &model, const Order &order, QWidget *parent)
    : ErrandForm(*model.errands(), parent), m_model(model), m_order(order),
      m_reason(new QLineEdit(this))
{
    build();
}

void SanctionForm::build()
{
    setTitle([this] { return title(); });
    if (m_order.name.isEmpty()) {
        m_name = new QLineEdit(this);
        worded(m_name,
               [this] { m_name->setPlaceholderText(tr("A name, an address or a network")); });
        addRow([] { return tr("&Whom:"); }, m_name);
    } else {
        addText([this] { return whom(); });
    }
    if (m_order.name.contains(u'~') && m_order.kind != Kind::Kick)
        addText([] {
            return tr("This is somebody without a name of their own: it will hold for the address "
                      "from which they came.");
        });
    if (m_order.reach == Reach::RoomOrServer) {
        m_reach = new QComboBox(this);
        worded(m_reach, [this] {
            setChoices(*m_reach, {tr("In this room"), tr("On the whole server")});
        });
        addRow([] { return tr("W&here:"); }, m_reach);
    }
    if (m_order.kind != Kind::Kick)
        buildDuration();
    worded(m_reason, [this] { m_reason->setPlaceholderText(tr("They are told this")); });
    setLimit(m_reason, limits::reason);
    addRow([] { return tr("&Reason:"); }, m_reason);
    setSubmitText([kind = m_order.kind] {
        return QStringList{tr("&Kick"), tr("&Mute"), tr("&Ban")}.at(static_cast<qsizetype>(kind));
    });
    (m_name ? m_name : m_reason)->setFocus();
}

void SanctionForm::buildDuration()
{
    m_duration = new QComboBox(this);
    worded(m_duration, [this] {
        setChoices(*m_duration,
                   {tr("10 minutes"), tr("1 hour"), tr("1 day"), tr("1 week"), tr("30 days"),
                    tr("For ever")});
    });
    m_duration->setCurrentIndex(m_order.kind == Kind::Mute ? 1 : 2);
    addRow([] { return tr("&For how long:"); }, m_duration);
}

QString SanctionForm::whom() const
{
    const QString name = rowtext::isolated(m_order.name);
    if (m_order.room.isEmpty())
        return name;
    //: a name, and the room where somebody is
    return tr("%1, in %2").arg(name, rowtext::isolated(m_order.room));
}

/// In milliseconds; 0: for ever.
qint64 SanctionForm::length() const
{
    constexpr std::array<qint64, 6> lengths{10 * minute, hour, day, 7 * day, 30 * day, 0};
    return m_duration ? lengths.at(static_cast<size_t>(m_duration->currentIndex())) : 0;
}

QString SanctionForm::title() const
{
    switch (m_order.kind) {
    case Kind::Kick:
        return tr("Kick");
    case Kind::Mute:
        return tr("Mute");
    case Kind::Ban:
        break;
    }
    return m_order.reach == Reach::Server ? tr("Ban from the Server") : tr("Ban");
}

QString SanctionForm::verb() const
{
    const QStringList verbs{u"kick"_s, u"mute"_s, u"ban"_s};
    return verbs.at(static_cast<qsizetype>(m_order.kind));
}

QString SanctionForm::subject() const
{
    return m_name ? m_name->text().trimmed() : m_order.name;
}

bool SanctionForm::isForServer() const
{
    return m_order.reach == Reach::Server || (m_reach && m_reach->currentIndex() == 1);
}

void SanctionForm::submit()
{
    if (subject().isEmpty()) {
        complain(tr("Please enter a name or an address."), m_name);
        return;
    }
    QJsonObject fields{{u"name"_s, subject()}};
    if (!isForServer())
        fields[u"room"_s] = m_order.room;
    if (const qint64 lasting = length(); lasting > 0)
        fields[u"until"_s] = m_model.now() + lasting;
    if (const QString reason = m_reason->text().trimmed(); !reason.isEmpty())
        fields[u"reason"_s] = reason;
    ask(verb(), fields);
}

void SanctionForm::succeeded(const Answer &answer)
{
    const QString name = rowtext::isolated(subject());
    switch (m_order.kind) {
    case Kind::Kick:
        emit carriedOut(tr("%1 was kicked.").arg(name));
        break;
    case Kind::Mute:
        emit carriedOut(roomwords::withAddress(tr("%1 was muted.").arg(name), answer));
        break;
    case Kind::Ban:
        emit carriedOut(roomwords::withAddress(tr("%1 was banned.").arg(name), answer));
        break;
    }
    ErrandForm::succeeded(answer);
}

} // namespace teahouse::client
