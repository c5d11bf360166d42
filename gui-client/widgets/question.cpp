#include "gui-client/widgets/question.h"

#include <QMessageBox>
#include <QPushButton>

namespace teahouse::client {

QMessageBox *ask(QWidget *parent, const Question &question, const std::function<void()> &confirmed)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(question.title);
    box->setText(question.text);
    QPushButton *yes = box->addButton(question.yes, QMessageBox::DestructiveRole);
    QPushButton *no = box->addButton(question.no, QMessageBox::RejectRole);
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(yes, &QPushButton::clicked, parent, confirmed);
    box->open();
    return box;
}

} // namespace teahouse::client
