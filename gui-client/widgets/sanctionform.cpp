#include "gui-client/widgets/sanctionform.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/rowtext.h"

#include <QComboBox>
#include <QLineEdit>

#include <utility>

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
    setWindowTitle(title());
    if (m_order.name.isEmpty()) {
        m_name = new QLineEdit(this);
        m_name->setPlaceholderText(tr("A name, an address or a network"));
        addRow(tr("&Whom:"), m_name);
    } else {
        //: a name, and the room where somebody is
        addText(m_order.room.isEmpty() ? rowtext::isolated(m_order.name)
                                       : tr("%1, in %2")
                                                 .arg(rowtext::isolated(m_order.name),
                                                      rowtext::isolated(m_order.room)));
    }
    if (m_order.name.contains(u'~') && m_order.kind != Kind::Kick)
        addText(tr("This is somebody without a name of their own: it will hold for the address "
                   "from which they came."));
    if (m_order.reach == Reach::RoomOrServer) {
        m_reach = new QComboBox(this);
        m_reach->addItems({tr("In this room"), tr("On the whole server")});
        addRow(tr("W&here:"), m_reach);
    }
    if (m_order.kind != Kind::Kick) {
        m_duration = new QComboBox(this);
        const QList<std::pair<QString, qint64>> choices{
                {tr("10 minutes"), 10 * minute}, {tr("1 hour"), hour},      {tr("1 day"), day},
                {tr("1 week"), 7 * day},         {tr("30 days"), 30 * day}, {tr("For ever"), 0}};
        for (const auto &[text, length] : choices)
            m_duration->addItem(text, length);
        m_duration->setCurrentIndex(m_order.kind == Kind::Mute ? 1 : 2);
        addRow(tr("&For how long:"), m_duration);
    }
    m_reason->setPlaceholderText(tr("They are told this"));
    m_reason->setMaxLength(200);
    addRow(tr("&Reason:"), m_reason);
    const QList<QString> words{tr("&Kick"), tr("&Mute"), tr("&Ban")};
    setSubmitText(words.at(static_cast<qsizetype>(m_order.kind)));
    (m_name ? m_name : m_reason)->setFocus();
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
        showError(tr("Please enter a name or an address."));
        return;
    }
    QJsonObject fields{{u"name"_s, subject()}};
    if (!isForServer())
        fields[u"room"_s] = m_order.room;
    if (const qint64 length = m_duration ? m_duration->currentData().toLongLong() : 0; length > 0)
        fields[u"until"_s] = m_model.now() + length;
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
        emit carriedOut(tr("%1 was muted.").arg(name));
        break;
    case Kind::Ban:
        emit carriedOut(tr("%1 was banned.").arg(name));
        break;
    }
    ErrandForm::succeeded(answer);
}

} // namespace teahouse::client
