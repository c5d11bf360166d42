#include "gui-client/widgets/linkform.h"

#include "gui-client/widgets/qrcode.h"
#include "gui-client/widgets/rowtext.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostUses = 100;
constexpr int mostDays = 30;
constexpr int usualDays = 7;
constexpr int copiedScale = 8; // pixels for a module

bool isThisComputer(const QString &host)
{
    return host == "localhost"_L1 || host == "::1"_L1 || host.startsWith("127."_L1);
}

QSpinBox *spinBox(int most, int value)
{
    auto *box = new QSpinBox;
    box->setRange(1, most);
    box->setValue(value);
    return box;
}

} // namespace

LinkForm::LinkForm(Errands &errands, const JoinLink &link, Codes codes, QWidget *parent)
    : ErrandForm(errands, parent), m_link(link), m_text(new QLineEdit(this)),
      m_picture(new QrCode(this)), m_note(nullptr)
{
    setTitle([] { return tr("Invitation Link"); });
    addText([room = link.room] {
        return room.isEmpty() ? tr("With this link others find this server.")
                              : tr("With this link others find this server and the room %1.")
                                        .arg(rowtext::isolated(room));
    });
    if (isThisComputer(link.host))
        addText([] {
            return tr("It works on this computer only. Log in by the computer\u2019s address on "
                      "the network for one that others can use.");
        });
    m_text->setReadOnly(true);
    addRow([] { return tr("&Link:"); }, m_text);
    addRow(m_picture);
    auto *copy = new QPushButton(this);
    worded(copy, [copy] { copy->setText(tr("Copy &Picture")); });
    connect(copy, &QPushButton::clicked, this, &LinkForm::copyPicture);
    addRow(copy);
    if (codes == Codes::Offered)
        addCode();
    setSubmitText([] { return tr("C&opy Link"); });
    showLink();
    submitButton()->setFocus();
}

void LinkForm::addCode()
{
    addText([] {
        return tr("A code in the link lets people in where guests are not, and into rooms that "
                  "are invitation only.");
    });
    m_uses = spinBox(mostUses, 1);
    m_days = spinBox(mostDays, usualDays);
    addRow([] { return tr("P&eople it lets in:"); }, m_uses);
    addRow([] { return tr("&Days it is valid:"); }, m_days);
    auto *make = new QPushButton(this);
    worded(make, [make] { make->setText(tr("&Add Code")); });
    connect(make, &QPushButton::clicked, this, &LinkForm::makeCode);
    addRow(make);
    m_note = addText([] { return QString(); });
    m_note->hide();
}

QString LinkForm::link() const
{
    return linkText(m_link);
}

void LinkForm::showLink()
{
    m_text->setText(link());
    m_text->setCursorPosition(0);
    m_picture->setText(link());
}

void LinkForm::submit()
{
    QApplication::clipboard()->setText(link());
    emit carriedOut(tr("The invitation link was copied."));
    done(Accepted);
}

void LinkForm::copyPicture()
{
    QApplication::clipboard()->setImage(m_picture->picture(copiedScale));
}

void LinkForm::makeCode()
{
    showError({});
    QJsonObject fields{{u"uses"_s, m_uses->value()}, {u"days"_s, m_days->value()}};
    if (!m_link.room.isEmpty())
        fields[u"room"_s] = m_link.room;
    ask(u"invite-code"_s, fields);
}

void LinkForm::succeeded(const Answer &answer)
{
    const auto *code = std::get_if<InviteCode>(&answer);
    if (!code || !isInviteCode(code->code)) {
        showError(tr("The server\u2019s answer has no code. Try again later."));
        return;
    }
    m_link.code = code->code;
    showLink();
    worded(m_note, [note = m_note, uses = m_uses->value(), until = code->until] {
        note->setText(tr("Its code lets %n people in, until %1.", nullptr, uses)
                              .arg(QLocale().toString(QDateTime::fromMSecsSinceEpoch(until),
                                                      QLocale::ShortFormat)));
    });
    m_note->show();
}

} // namespace teahouse::client
