#include "gui-client/models/people.h"
#include "gui-client/link/serverlink.h" // bad

#include <QColor>
#include <QWidget>

QString title() { return QWidget::tr("Chat"); }
