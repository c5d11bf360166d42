#include "gui-client/widgets/roomsettings.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/models/permissions.h"
#include "gui-client/widgets/question.h"
#include "gui-client/widgets/retentionedit.h"
#include "gui-client/widgets/roomtables.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/sanctionform.h"
#include "gui-client/widgets/screenkeeper.h"
#include "shared/limits.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeView>
#include <QVBoxLayout>

#include <utility>

namespace teahouse::client {

using namespace Qt::StringLiterals;

RoomSettings::RoomSettings(ChatModel &model, const RoomState &room, QWidget *parent)
    : ErrandForm(*model.errands(), parent), m_model(model), m_room(room),
      m_tabs(new QTabWidget(this)), m_topic(new QLineEdit(this)), m_closed(new QCheckBox(this)),
      m_locked(new QCheckBox(this)), m_key(new QLineEdit(this)), m_readOnly(new QCheckBox(this)),
      m_retention(new RetentionEdit(this)), m_owner(new QComboBox(this)),
      m_handOver(new QPushButton(this)), m_sanctions(*model.errands(), room.room),
      m_audit(*model.errands(), room.room)
{
    build();
    const Standing own{model.user(), room};
    const bool mayChange = barrierTo(Deed::ChangeRoom, own) == Barrier::None;
    setChangeable(mayChange, barrierTo(Deed::ChangeTopic, own) == Barrier::None);
    buildTables();
    fill();
}

void RoomSettings::build()
{
    setTitle([this] { return tr("Settings of %1").arg(rowtext::isolated(m_room.room)); });
    column()->insertWidget(0, m_tabs, 1);
    auto *page = new QWidget(this);
    auto *pageColumn = new QVBoxLayout(page);
    pageColumn->addWidget(body());
    pageColumn->addStretch(1);
    addTab(page, [] { return tr("General"); });
    setLimit(m_topic, limits::topic);
    setLimit(m_key, limits::roomKey);
    m_key->setEchoMode(QLineEdit::Password);
    worded(page, [this] {
        m_closed->setText(tr("One enters by &invitation only"));
        m_locked->setText(tr("One enters with a &password"));
        m_readOnly->setText(tr("Only &moderators speak"));
        m_key->setPlaceholderText(m_room.hasKey ? tr("Empty: as it was") : QString());
    });
    addRow([] { return tr("&Topic:"); }, m_topic);
    addRow(m_closed);
    addRow(m_locked);
    addRow([] { return tr("Ne&w password:"); }, m_key);
    addRow(m_readOnly);
    addRow([] { return tr("What was &said:"); }, m_retention);
    m_warning = addText([this] { return warning(); });
    buildOwner();
    setSubmitText([] { return tr("&Save"); });
    connect(m_locked, &QCheckBox::toggled, m_key, &QWidget::setEnabled);
    connect(m_retention, &RetentionEdit::changed, this, &RoomSettings::updateWarning);
    resize(characterWidth(*this) * 92, fontMetrics().height() * 26);
}

void RoomSettings::addTab(QWidget *page, const LiveText &caption)
{
    const int index = m_tabs->addTab(page, {});
    worded(page, [this, index, caption] { m_tabs->setTabText(index, caption()); });
}

void RoomSettings::buildOwner()
{
    m_handOver->setAutoDefault(false);
    m_owner->setEditable(true);
    m_owner->setInsertPolicy(QComboBox::NoInsert);
    m_owner->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_owner->setMinimumContentsLength(8);
    auto *owner = new QWidget(this);
    auto *row = new QHBoxLayout(owner);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_owner, 1);
    row->addWidget(m_handOver);
    owner->setFocusProxy(m_owner);
    addRow([] { return tr("New &owner:"); }, owner);
    worded(m_handOver, [this] {
        m_handOver->setText(tr("&Hand Over\u2026"));
        m_owner->view()->setAccessibleName(tr("New owner"));
    });
    connect(m_handOver, &QPushButton::clicked, this, &RoomSettings::handOver);
    if (const PeopleModel *people = m_model.people(m_room.room)) {
        for (const QString &name : people->names()) {
            const auto person = people->find(name);
            if (person && person->registered && person->role != RoomRole::Owner)
                m_owner->addItem(name);
        }
    }
    m_owner->setEditText({});
}

void RoomSettings::buildTables()
{
    const Standing own{m_model.user(), m_room};
    if (barrierTo(Deed::SeeSanctions, own) == Barrier::None) {
        TablePane *sanctions = roomtables::sanctions(m_sanctions, this);
        const auto add = [this](SanctionForm::Kind kind) {
            auto *form = new SanctionForm(m_model,
                                          {kind, SanctionForm::Reach::Room, m_room.room, {}}, this);
            connect(form, &SanctionForm::carriedOut, &m_sanctions, &PagedTable::reload);
            form->open();
        };
        connect(sanctions->addButton([] { return tr("&Ban\u2026"); }, TablePane::Needs::Nothing),
                &QPushButton::clicked, this, [add] { add(SanctionForm::Kind::Ban); });
        connect(sanctions->addButton([] { return tr("&Mute\u2026"); }, TablePane::Needs::Nothing),
                &QPushButton::clicked, this, [add] { add(SanctionForm::Kind::Mute); });
        addTab(sanctions, [] { return tr("Bans and Mutes"); });
        m_sanctions.reload();
    }
    if (barrierTo(Deed::ChangeRoom, own) == Barrier::None) {
        TablePane *log = roomtables::audit(m_audit, this);
        log->table()->hideColumn(AuditModel::Room); // it is this one
        addTab(log, [] { return tr("Log"); });
        m_audit.reload();
    }
}

void RoomSettings::showSanctions()
{
    if (m_tabs->count() > 1)
        m_tabs->setCurrentIndex(1);
}

void RoomSettings::fill()
{
    m_topic->setText(m_room.topic);
    m_closed->setChecked(m_room.isClosed);
    m_locked->setChecked(m_room.hasKey);
    m_key->setEnabled(m_room.hasKey && m_locked->isEnabled());
    m_readOnly->setChecked(m_room.isReadOnly);
    m_retention->setRetention(m_room.retention);
    updateWarning();
}

void RoomSettings::setChangeable(bool settings, bool topic)
{
    for (QWidget *field : QList<QWidget *>{m_closed, m_locked, m_key, m_readOnly, m_retention})
        field->setEnabled(settings);
    const Barrier owner = barrierTo(Deed::HandOver, {m_model.user(), m_room});
    for (QWidget *field : QList<QWidget *>{m_owner, m_handOver}) {
        field->setEnabled(owner == Barrier::None);
        worded(field, [field, owner] { field->setToolTip(roomwords::barrier(owner)); });
    }
    m_topic->setReadOnly(!topic);
    submitButton()->setEnabled(settings || topic);
    if (!settings)
        addText([] {
            return tr("Only the room's owner and administrators change these settings.");
        });
}

/// Whether saving takes away what was said.
bool RoomSettings::erases() const
{
    const int days = m_retention->retention();
    if (days == keepForever || days == m_room.retention)
        return false;
    return m_room.retention == keepForever || days < m_room.retention;
}

QString RoomSettings::warning() const
{
    if (!erases())
        return {};
    return m_retention->retention() == 0
            ? tr("Everything that was said in this room will be erased for everybody, and nothing "
                 "will be kept from then on.")
            : tr("What is older will be erased for everybody.");
}

void RoomSettings::updateWarning()
{
    m_warning->setText(warning());
    m_warning->setVisible(erases());
}

void RoomSettings::submit()
{
    if (m_locked->isEnabled() && m_locked->isChecked() && !m_room.hasKey
        && m_key->text().isEmpty()) {
        complain(tr("Please enter a password, or let everybody enter without."), m_key);
        return;
    }
    if (!m_retention->isEnabled() || !erases()) {
        save();
        return;
    }
    const auto question = [this] {
        return Question{tr("Erase What Was Said"),
                        warning() + u"\n\n"_s + tr("It cannot be brought back."), tr("&Erase"),
                        tr("&Keep")};
    };
    teahouse::client::ask(this, question, [this] { save(); });
}

/// The topic is a request of its own, and comes first.
void RoomSettings::save()
{
    const QString topic = m_topic->text().trimmed();
    if (topic != m_room.topic) {
        ask(u"topic"_s, {{u"room"_s, m_room.room}, {u"text"_s, topic}});
        return;
    }
    const QJsonObject changed = changes();
    if (changed.size() > 1)
        ask(u"room-set"_s, changed);
    else
        ErrandForm::succeeded({});
}

QJsonObject RoomSettings::changes() const
{
    QJsonObject fields{{u"room"_s, m_room.room}};
    if (m_closed->isChecked() != m_room.isClosed)
        fields[u"private"_s] = m_closed->isChecked();
    if (!m_locked->isChecked() && m_room.hasKey)
        fields[u"key"_s] = QString();
    else if (m_locked->isChecked() && !m_key->text().isEmpty())
        fields[u"key"_s] = m_key->text();
    if (m_readOnly->isChecked() != m_room.isReadOnly)
        fields[u"read_only"_s] = m_readOnly->isChecked();
    if (m_retention->retention() != m_room.retention)
        fields[u"retention"_s] = m_retention->retention();
    return fields;
}

void RoomSettings::succeeded(const Answer &answer)
{
    const QString topic = m_topic->text().trimmed();
    if (topic == m_room.topic) {
        ErrandForm::succeeded(answer);
        return;
    }
    m_room.topic = topic; // the rest follows
    save();
}

void RoomSettings::handOver()
{
    const QString name = m_owner->currentText().trimmed();
    if (name.isEmpty()) {
        complain(tr("Please choose who is to be the owner."), m_owner);
        return;
    }
    const auto question = [name] {
        return Question{tr("Hand Over the Room"),
                        tr("%1 will own the room, and you will not any more. Only they can give it "
                           "back.")
                                .arg(rowtext::isolated(name)),
                        tr("&Hand Over"), tr("&Keep")};
    };
    teahouse::client::ask(this, question, [this, name] {
        m_topic->setText(m_room.topic);
        ask(u"room-set"_s, {{u"room"_s, m_room.room}, {u"owner"_s, name}});
    });
}

} // namespace teahouse::client
