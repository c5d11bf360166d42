#include "gui-client/widgets/adminwindow.h"

#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/appicon.h"
#include "gui-client/widgets/question.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/roomtables.h"
#include "gui-client/widgets/roomwords.h"
#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace teahouse::client {

using namespace Qt::StringLiterals;

AdminWindow::AdminWindow(ChatModel &model, QWidget *parent)
    : QWidget(parent, Qt::Window), m_model(model), m_accounts(*model.errands()),
      m_rooms(*model.errands()), m_sanctions(*model.errands(), {}), m_audit(*model.errands(), {}),
      m_tabs(new QTabWidget(this)), m_people(roomtables::accounts(m_accounts, this))
{
    worded(this, [this] { setWindowTitle(tr("Administration")); });
    setWindowIcon(appIcon());
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_tabs);
    buildPeople();
    buildRooms();
    buildSanctions();
    buildAudit();
    keepOnScreen(*this);
    resize(characterWidth(*this) * 110, fontMetrics().height() * 28);
}

void AdminWindow::open()
{
    m_accounts.reload();
    m_rooms.reload();
    m_sanctions.reload();
    m_audit.reload();
    show();
    raise();
    activateWindow();
}

void AdminWindow::addTab(QWidget *page, const LiveText &caption)
{
    const int index = m_tabs->addTab(page, {});
    worded(page, [this, index, caption] { m_tabs->setTabText(index, caption()); });
}

void AdminWindow::buildPeople()
{
    using Needs = TablePane::Needs;
    using Kind = SanctionForm::Kind;
    m_admin = m_people->addButton([this] { return adminText(); }, Needs::Selection);
    connect(m_admin, &QPushButton::clicked, this, &AdminWindow::toggleAdmin);
    connect(m_people->addButton([] { return tr("&Kick\u2026"); }, Needs::Selection),
            &QPushButton::clicked, this, [this] { sanction(Kind::Kick); });
    connect(m_people->addButton([] { return tr("&Ban\u2026"); }, Needs::Selection),
            &QPushButton::clicked, this, [this] { sanction(Kind::Ban); });
    connect(m_people->addButton([] { return tr("&Remove Account\u2026"); }, Needs::Selection),
            &QPushButton::clicked, this, &AdminWindow::removeAccount);
    connect(m_people->addButton([] { return tr("New &Invite Code\u2026"); }, Needs::Nothing),
            &QPushButton::clicked, this, &AdminWindow::makeInviteCode);
    connect(m_people, &TablePane::currentChanged, this, &AdminWindow::updatePeople);
    connect(&m_accounts, &QAbstractItemModel::dataChanged, this, &AdminWindow::updatePeople);
    addTab(m_people, [] { return tr("&People"); });
    updatePeople();
}

void AdminWindow::buildRooms()
{
    TablePane *pane = roomtables::rooms(m_rooms, this);
    QPushButton *settings = pane->addButton([] { return tr("&Settings\u2026"); },
                                            TablePane::Needs::Selection);
    const auto show = [this, pane] {
        const auto row = pane->current();
        if (!row)
            return;
        // Of the rooms that one is in more is known.
        const RoomState listed = m_rooms.row(*row);
        auto *form = new RoomSettings(m_model, m_model.rooms()->find(listed.room).value_or(listed),
                                      this);
        connect(form, &QDialog::accepted, &m_rooms, &PagedTable::reload);
        form->open();
    };
    connect(settings, &QPushButton::clicked, this, show);
    connect(pane, &TablePane::activated, this, show);
    addTab(pane, [] { return tr("&Rooms"); });
}

void AdminWindow::buildSanctions()
{
    TablePane *pane = roomtables::sanctions(m_sanctions, this);
    QPushButton *add = pane->addButton([] { return tr("&Ban\u2026"); }, TablePane::Needs::Nothing);
    connect(add, &QPushButton::clicked, this, [this] {
        auto *form = new SanctionForm(
                m_model, {SanctionForm::Kind::Ban, SanctionForm::Reach::Server, {}, {}}, this);
        connect(form, &SanctionForm::carriedOut, &m_sanctions, &PagedTable::reload);
        form->open();
    });
    addTab(pane, [] { return tr("&Bans"); });
}

void AdminWindow::buildAudit()
{
    addTab(roomtables::audit(m_audit, this), [] { return tr("&Log"); });
}

QString AdminWindow::person() const
{
    const auto row = m_people->current();
    return row ? m_accounts.row(*row).name : QString();
}

QString AdminWindow::adminText() const
{
    const auto row = m_people->current();
    return row && m_accounts.row(*row).admin ? tr("Take &Administration Away")
                                             : tr("Make &Administrator");
}

void AdminWindow::updatePeople()
{
    m_admin->setText(adminText());
}

void AdminWindow::toggleAdmin()
{
    const auto row = m_people->current();
    if (!row)
        return;
    const QString name = m_accounts.row(*row).name;
    const bool admin = !m_accounts.row(*row).admin;
    const QJsonObject fields{{u"name"_s, name}, {u"role"_s, admin ? u"admin"_s : QString()}};
    askAboutPeople(u"user-role"_s, fields,
                   [this, name, admin](const Answer &) { m_accounts.setAdmin(name, admin); });
}

void AdminWindow::removeAccount()
{
    const QString name = person();
    if (name.isEmpty())
        return;
    const auto question = [name] {
        return Question{tr("Remove Account"),
                        tr("Remove the account of %1? They are logged out, and nobody will ever "
                           "have this name again.")
                                .arg(rowtext::isolated(name)),
                        tr("&Remove"), tr("&Keep")};
    };
    auto *erase = new QCheckBox;
    worded(erase,
           [erase] { erase->setText(tr("&Erase everything they have said, for everybody")); });
    QMessageBox *box = ask(this, question, [this, name, erase] {
        QJsonObject fields{{u"name"_s, name}};
        if (erase->isChecked())
            fields[u"erase"_s] = true;
        askAboutPeople(u"user-remove"_s, fields,
                       [this, name](const Answer &) { m_accounts.remove(name); });
    });
    box->setCheckBox(erase);
}

void AdminWindow::sanction(SanctionForm::Kind kind)
{
    using Reach = SanctionForm::Reach;
    if (person().isEmpty())
        return;
    // Out of the main room is out of the server.
    const bool kick = kind == SanctionForm::Kind::Kick;
    auto *form = new SanctionForm(
            m_model,
            {kind, kick ? Reach::Room : Reach::Server, kick ? u"main"_s : QString(), person()},
            this);
    connect(form, &SanctionForm::carriedOut, &m_sanctions, &PagedTable::reload);
    form->open();
}

void AdminWindow::makeInviteCode()
{
    askAboutPeople(u"invite-code"_s, {}, [this](const Answer &answer) {
        if (const auto *code = std::get_if<InviteCode>(&answer))
            showInviteCode(*code);
    });
}

void AdminWindow::showInviteCode(const InviteCode &code)
{
    auto *dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    auto *text = new WrappedLabel(dialog);
    auto *line = new QLineEdit(code.code, dialog);
    line->setReadOnly(true);
    line->selectAll();
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QPushButton *copy = buttons->addButton(QString(), QDialogButtonBox::ActionRole);
    worded(copy, [dialog, text, line, copy, until = code.until] {
        dialog->setWindowTitle(tr("Invite Code"));
        text->setText(tr("One person can register with this code, until %1.")
                              .arg(roomwords::moment(QDateTime::fromMSecsSinceEpoch(until))));
        line->setAccessibleName(tr("Invite code"));
        copy->setText(tr("&Copy"));
    });
    connect(copy, &QPushButton::clicked, dialog,
            [code] { QApplication::clipboard()->setText(code.code); });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
    auto *column = new QVBoxLayout(dialog);
    column->addWidget(text);
    column->addWidget(line);
    column->addWidget(buttons);
    keepOnScreen(*dialog);
    dialog->resize(characterWidth(*dialog) * 50, dialog->sizeHint().height());
    dialog->open();
}

void AdminWindow::askAboutPeople(const QString &verb, const QJsonObject &fields,
                                 const std::function<void(const Answer &)> &done)
{
    m_people->showError({});
    const auto ended = [this, verb, fields, done](const Reply &reply, const QString &text) {
        if (reply) {
            done(*reply);
            return;
        }
        Error error = reply.error();
        error.subject = fields[u"name"_s].toString();
        m_people->showError(roomwords::refusal(verb, error, text));
    };
    m_model.errands()->ask(verb, fields, this, ended);
}

void AdminWindow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace teahouse::client
