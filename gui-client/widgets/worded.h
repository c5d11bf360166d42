#pragma once

#include <QString>
#include <QStringList>

#include <functional>

class QComboBox;
class QWidget;

namespace teahouse::client {

/// A text in the language of the moment.
using LiveText = std::function<QString()>;

/// Has `set` give a widget its words: at once, and again whenever the language changes, as long as
/// the widget lives.
void worded(QWidget *widget, const std::function<void()> &set);

/// Names the choices in their order, and adds those that are not there yet.
void setChoices(QComboBox &box, const QStringList &texts);

/// A label, or a button's text, as it is read aloud: without what marks its key, and its colon.
QString spokenLabel(QString text);

} // namespace teahouse::client
