#include "server/app/process.h"
#include "server/net/descriptorlimit.h"

#include <QTest>

using namespace teahouse::server;
using namespace Qt::StringLiterals;

class TestProcess : public QObject
{
    Q_OBJECT

private slots:
    void descriptors_data()
    {
        QTest::addColumn<int>("more");
        QTest::addColumn<bool>("enough");
        QTest::newRow("limit - 1") << -1 << false;
        QTest::newRow("limit") << 0 << true;
        QTest::newRow("limit + 1") << 1 << true;
    }

    void descriptors()
    {
        QFETCH(int, more);
        QFETCH(bool, enough);
        for (const int doors : {1, 2, 500}) {
            const auto problem = descriptorProblem(neededDescriptors(doors) + more, doors);
            QCOMPARE(!problem.has_value(), enough);
            if (problem)
                QVERIFY(problem->contains(QString::number(neededDescriptors(doors)))
                        && problem->contains(u"ulimit -n"_s));
        }
    }
};

QTEST_GUILESS_MAIN(TestProcess)
#include "tst_process.moc"
