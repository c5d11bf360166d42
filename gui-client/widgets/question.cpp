#include "gui-client/widgets/question.h"

#include "gui-client/widgets/rowtext.h"
#include "gui-client/widgets/worded.h"

#include <QMessageBox>
#include <QPushButton>

namespace teahouse::client {

QMessageBox *ask(QWidget *parent, const std::function<Question()> &question,
                 const std::function<void()> &confirmed)
{
    auto *box = new QMessageBox(parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setTextFormat(Qt::PlainText);
    QPushButton *yes = box->addButton(QString(), QMessageBox::DestructiveRole);
    QPushButton *no = box->addButton(QString(), QMessageBox::RejectRole);
    worded(box, [box, yes, no, question] {
        const Question words = question();
        box->setWindowTitle(words.title);
        box->setText(rowtext::breakable(words.text));
        yes->setText(words.yes);
        no->setText(words.no);
    });
    box->setDefaultButton(no);
    box->setEscapeButton(no);
    QObject::connect(yes, &QPushButton::clicked, parent, confirmed);
    box->open();
    return box;
}

} // namespace teahouse::client
