#include "gui-client/widgets/serverquestion.h"

#include "gui-client/widgets/screenkeeper.h"
#include "gui-client/widgets/scrollbody.h"
#include "gui-client/widgets/worded.h"
#include "gui-client/widgets/wrappedlabel.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QPushButton>
#include <QVBoxLayout>

namespace teahouse::client {

using Kind = ServerQuestion::Subject::Kind;

ServerQuestion::ServerQuestion(const Subject &subject, QWidget *parent)
    : QDialog(parent), m_subject(subject), m_text(new WrappedLabel(this)),
      m_reasons(new WrappedLabel(this)), m_compared(new QCheckBox(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_yes = buttons->addButton(QString(), QDialogButtonBox::AcceptRole);
    m_cancel = buttons->button(QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *body = new QWidget(this);
    build(new QVBoxLayout(body));
    auto *column = new QVBoxLayout(this);
    column->addWidget(new ScrollBody(body, this));
    column->addWidget(buttons);
    const bool isChanged = subject.kind == Kind::ChangedKey;
    m_compared->setVisible(isChanged);
    m_yes->setDisabled(isChanged);
    connect(m_compared, &QCheckBox::toggled, m_yes, &QPushButton::setEnabled);
    worded(this, [this] { retranslate(); });
    m_yes->setAutoDefault(false);
    m_cancel->setDefault(true);
    m_cancel->setFocus();
    keepOnScreen(*this);
    resize(characterWidth(*this) * 62, 1); // grows when it is shown
}

void ServerQuestion::build(QVBoxLayout *column)
{
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_text);
    if (m_subject.before) {
        m_beforeLabel = new WrappedLabel(this);
        column->addWidget(m_beforeLabel);
        m_before = addFingerprint(column, *m_subject.before);
    }
    if (m_subject.key) {
        m_keyLabel = new WrappedLabel(this);
        column->addWidget(m_keyLabel);
        m_key = addFingerprint(column, *m_subject.key);
    }
    column->addWidget(m_reasons);
    column->addWidget(m_compared);
}

/// In groups, to be compared by eye, read out or copied.
QLabel *ServerQuestion::addFingerprint(QVBoxLayout *column, const Fingerprint &fingerprint)
{
    auto *label = new QLabel(fingerprint.grouped(), this);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(font().pointSizeF());
    label->setFont(fixed);
    label->setContentsMargins(12, 0, 0, 6);
    column->addWidget(label);
    return label;
}

QString ServerQuestion::introduction() const
{
    switch (m_subject.kind) {
    case Kind::NewServer:
        return tr("You have not met the server at \u201c%1\u201d before. The connection is encrypted. "
                  "If you can, compare this fingerprint with the one its owner sees.")
                .arg(m_subject.address);
    case Kind::KnownElsewhere:
        if (m_subject.name.isEmpty())
            return tr("The server at \u201c%1\u201d is the one that you know from %2. Connect to it here, "
                      "too?")
                    .arg(m_subject.address, m_subject.elsewhere);
        return tr("The server at \u201c%1\u201d is \u201c%2\u201d, which you know from %3. Connect to it here, too?")
                .arg(m_subject.address, m_subject.name, m_subject.elsewhere);
    case Kind::ChangedKey:
        return tr("The key of the server at \u201c%1\u201d has changed. The connection was ended before "
                  "anything was sent.")
                .arg(m_subject.address);
    case Kind::PlainText:
        return tr("The server at \u201c%1\u201d does not encrypt. Others on the network can read what you "
                  "write there and what you receive. Connect all the same?")
                .arg(m_subject.address);
    }
    return {};
}

QString ServerQuestion::reasons() const
{
    if (m_subject.kind != Kind::ChangedKey)
        return {};
    const QString vouched = m_subject.isVouched
            ? tr("A certificate authority vouches for the new key.")
            : tr("No certificate authority vouches for the new key.");
    return tr("It is harmless if the server was set up again, or moved to another computer. It is "
              "not if someone between you and the server pretends to be it, to read along. Ask the "
              "server\u2019s owner for its fingerprint in another way than over this connection.")
            + QChar(u'\n') + vouched;
}

void ServerQuestion::retranslate()
{
    const bool isChanged = m_subject.kind == Kind::ChangedKey;
    m_text->setText(introduction());
    m_reasons->setText(reasons());
    m_reasons->setVisible(isChanged);
    m_compared->setText(tr("I have compared the new &fingerprint"));
    if (m_beforeLabel) {
        m_beforeLabel->setText(tr("Until now:"));
        m_before->setAccessibleName(tr("Fingerprint until now: %1").arg(m_before->text()));
    }
    if (m_keyLabel) {
        m_keyLabel->setText(isChanged ? tr("New:") : tr("Fingerprint:"));
        m_key->setAccessibleName(
                (isChanged ? tr("New fingerprint: %1") : tr("Fingerprint: %1")).arg(m_key->text()));
    }
    m_cancel->setText(tr("&Cancel"));
    switch (m_subject.kind) {
    case Kind::NewServer:
        setWindowTitle(tr("New Server"));
        m_yes->setText(tr("&Trust and Connect"));
        break;
    case Kind::KnownElsewhere:
        setWindowTitle(tr("New Address"));
        m_yes->setText(tr("C&onnect"));
        break;
    case Kind::ChangedKey:
        setWindowTitle(tr("Changed Key"));
        m_yes->setText(tr("&Trust the New Key"));
        break;
    case Kind::PlainText:
        setWindowTitle(tr("Not Encrypted"));
        m_yes->setText(tr("C&onnect Without Encryption"));
        break;
    }
}

void ServerQuestion::showEvent(QShowEvent *event)
{
    growToContents(*this);
    QDialog::showEvent(event); // puts it over its parent, by its size
}

} // namespace teahouse::client
