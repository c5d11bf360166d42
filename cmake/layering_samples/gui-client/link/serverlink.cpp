#include "gui-client/models/people.h" // bad

#include <QTcpSocket>
#include <QLabel> // bad
