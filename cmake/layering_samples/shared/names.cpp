#include "shared/names.h"
#include "names.h" // bad

#include <QObject> // bad
#include <QString>
#include <QtCore/QHash> // bad
#include <QTcpSocket> // bad

#include <unicode/uchar.h>

QString f() { return QObject::tr("x"); } // bad
