#include "gui-client/widgets/roomdirectory.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/roomtables.h"
#include "gui-client/widgets/screenkeeper.h"
#include "shared/limits.h"
#include "shared/names.h"

#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

using namespace Qt::StringLiterals;

RoomDirectory::RoomDirectory(ChatModel &model, QWidget *parent)
    : ErrandForm(*model.errands(), parent), m_model(model), m_rooms(*model.errands()),
      m_pane(roomtables::rooms(m_rooms, this)), m_key(new QLineEdit(this))
{
    setTitle([] { return tr("Join a Room"); });
    column()->insertWidget(0, m_pane, 1);
    m_pane->layout()->setContentsMargins({}); // in line with the fields below
    worded(m_pane->filter(), [this] {
        m_pane->filter()->setPlaceholderText(
                tr("Filter, or the name of a room that is not listed"));
        m_pane->filter()->setAccessibleName(m_pane->filter()->placeholderText());
    });
    setLimit(m_pane->filter(), limits::name);
    setLimit(m_key, limits::roomKey);
    m_key->setEchoMode(QLineEdit::Password);
    addRow([] { return tr("&Password of the room:"); }, m_key);
    QPushButton *create = m_pane->addButton([] { return tr("Create a &New Room\u2026"); },
                                            TablePane::Needs::Nothing);
    setSubmitText([] { return tr("&Join"); });
    resize(characterWidth(*this) * 96, fontMetrics().height() * 26);
    connect(m_pane->filter(), &QLineEdit::textChanged, this, &RoomDirectory::followTarget);
    connect(m_pane, &TablePane::currentChanged, this, &RoomDirectory::followTarget);
    connect(m_pane, &TablePane::activated, this, &QDialog::accept);
    connect(create, &QPushButton::clicked, this, [this] {
        emit createWanted(m_pane->filter()->text().trimmed());
        reject();
    });
    connect(&m_rooms, &RoomDirectoryModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    m_model.noteRoom(m_rooms.row(row).room);
            });
    followTarget();
    m_pane->filter()->setFocus();
    m_rooms.reload();
}

std::optional<int> RoomDirectory::exactMatch() const
{
    const QString typed = foldedName(m_pane->filter()->text().trimmed());
    for (int row = 0; row < m_rooms.rowCount(); ++row) {
        if (foldedName(m_rooms.row(row).room) == typed)
            return row;
    }
    return std::nullopt;
}

/// What was typed, when that is a room's name; then what is selected; then what was typed all the
/// same, since not every room is listed.
QString RoomDirectory::target() const
{
    if (const auto row = exactMatch())
        return m_rooms.row(*row).room;
    if (const auto row = m_pane->current())
        return m_rooms.row(*row).room;
    return m_pane->filter()->text().trimmed();
}

void RoomDirectory::followTarget()
{
    const QString room = target();
    submitButton()->setEnabled(!room.isEmpty());
    showError({});
    auto row = exactMatch();
    if (!row)
        row = m_pane->current();
    showKey(row && m_rooms.row(*row).hasKey && !m_model.hasRoom(room));
}

void RoomDirectory::showKey(bool shown)
{
    body()->setVisible(shown);
    if (!shown)
        m_key->clear();
}

void RoomDirectory::submit()
{
    const QString room = target();
    if (m_model.hasRoom(room)) {
        m_model.setCurrentRoom(room);
        ErrandForm::succeeded({});
        return;
    }
    if (body()->isVisible() && m_key->text().isEmpty()) {
        complain(tr("Please enter the room's password."), m_key);
        return;
    }
    QJsonObject fields{{u"room"_s, room}};
    if (!m_key->text().isEmpty())
        fields[u"key"_s] = m_key->text();
    ask(u"join"_s, fields);
}

void RoomDirectory::succeeded(const Answer &answer)
{
    if (const auto *joined = std::get_if<RoomJoined>(&answer))
        m_model.setCurrentRoom(joined->room.room);
    ErrandForm::succeeded(answer);
}

void RoomDirectory::refused(const QString &verb, const Error &error, const QString &text)
{
    if (error.code != ErrorCode::RoomKey) {
        Error named = error;
        named.subject = target();
        ErrandForm::refused(verb, named, text);
        return;
    }
    const bool tried = !m_key->text().isEmpty();
    showKey(true);
    complain(tried ? tr("That is not the room's password.")
                   : tr("Please enter the room's password."),
             m_key);
}

} // namespace teahouse::client
