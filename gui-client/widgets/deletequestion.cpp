#include "gui-client/widgets/deletequestion.h"

#include "gui-client/widgets/rowtext.h"

#include <QCoreApplication>
#include <QMessageBox>
#include <QPushButton>

namespace teahouse::client {

namespace {

constexpr qsizetype shown = 200; ///< characters, enough to know the message by

class DeleteQuestion
{
    Q_DECLARE_TR_FUNCTIONS(teahouse::client::DeleteQuestion)
};

} // namespace

void askToDelete(QWidget *parent, const TranscriptRow &row, const std::function<void()> &confirmed)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Question);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(DeleteQuestion::tr("Delete Message"));
    QString excerpt = row.text.left(shown).simplified();
    if (row.text.size() > shown)
        excerpt += QChar(0x2026);
    // All in the one text whose format can be set: the informative one guesses rich text.
    box->setText(DeleteQuestion::tr("Delete this message for everybody? It cannot be brought "
                                    "back.")
                 + QStringLiteral("\n\n") + rowtext::isolated(rowtext::displayed(excerpt)));
    QPushButton *remove = box->addButton(DeleteQuestion::tr("&Delete"),
                                         QMessageBox::DestructiveRole);
    QPushButton *keep = box->addButton(DeleteQuestion::tr("&Keep"), QMessageBox::RejectRole);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    QObject::connect(remove, &QPushButton::clicked, parent, confirmed);
    box->open();
}

} // namespace teahouse::client
