#include "server/net/neighbours.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

/// What a kernel says that has no neighbours; with some it is tried by hand, in namespaces.
class TestNeighbours : public QObject
{
    Q_OBJECT

private slots:
    void whoIsNotKnown()
    {
        Neighbours neighbours;
        QCOMPARE(neighbours.identityOf(QHostAddress(u"2001:db8:dead:beef::1"_s)), QByteArray());
        QCOMPARE(neighbours.identityOf(QHostAddress(u"fe80::1%nowhere"_s)), QByteArray());
        QCOMPARE(neighbours.identityOf(QHostAddress()), QByteArray());
    }

    /// The same question has the same answer, also when earlier ones got none.
    void askedOften()
    {
        Neighbours neighbours;
        const QByteArray own = neighbours.identityOf(QHostAddress(QHostAddress::LocalHostIPv6));
        for (int i = 0; i < 1000; ++i) {
            QCOMPARE(neighbours.identityOf(QHostAddress(u"2001:db8::%1"_s.arg(i))), QByteArray());
            QCOMPARE(neighbours.identityOf(QHostAddress(QHostAddress::LocalHostIPv6)), own);
        }
    }
};

QTEST_GUILESS_MAIN(TestNeighbours)
#include "tst_neighbours.moc"
