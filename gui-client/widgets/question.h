#pragma once

#include <QString>

#include <functional>

class QMessageBox;
class QWidget;

namespace teahouse::client {

/// A question that has to be answered before something is done that cannot be undone. Plain text.
struct Question
{
    QString title;
    QString text;
    QString yes; ///< the button that does it
    QString no;
};

/// Asks without stopping the program; gives the box, which deletes itself.
QMessageBox *ask(QWidget *parent, const std::function<Question()> &question,
                 const std::function<void()> &confirmed);

} // namespace teahouse::client
