#include "gui-client/widgets/passwordedit.h"

#include <QLineEdit>
#include <QTest>
#include <QToolButton>

using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestPasswordEdit : public QObject
{
    Q_OBJECT

private slots:
    void shows();
    void hintsAtCapsLock();
};

void TestPasswordEdit::shows()
{
    PasswordEdit edit;
    edit.setText(u"jasmine"_s);
    QVERIFY(edit.field()->displayText() != u"jasmine"_s);
    const QString name = edit.eye()->accessibleName();
    QVERIFY(!name.isEmpty());
    QVERIFY(edit.eye()->focusPolicy() & Qt::TabFocus); // by the keyboard, too
    edit.eye()->click();
    QCOMPARE(edit.field()->displayText(), u"jasmine"_s);
    QVERIFY(edit.eye()->accessibleName() != name);
    edit.eye()->click();
    QVERIFY(edit.field()->displayText() != u"jasmine"_s);
}

void TestPasswordEdit::hintsAtCapsLock()
{
    PasswordEdit edit;
    const auto type = [&](int key, Qt::KeyboardModifiers modifiers, const QString &text) {
        QKeyEvent event(QEvent::KeyPress, key, modifiers, text);
        QCoreApplication::sendEvent(edit.field(), &event);
        return edit.isCapsLockShown();
    };
    QVERIFY(!type(Qt::Key_A, Qt::NoModifier, u"a"_s));
    QVERIFY(!type(Qt::Key_A, Qt::ShiftModifier, u"A"_s));
    QVERIFY(type(Qt::Key_A, Qt::NoModifier, u"A"_s));
    QVERIFY(type(Qt::Key_1, Qt::NoModifier, u"1"_s)); // which says nothing about it
    QVERIFY(!type(Qt::Key_B, Qt::NoModifier, u"b"_s));
    QVERIFY(type(Qt::Key_B, Qt::ShiftModifier, u"b"_s));
    QVERIFY(!type(Qt::Key_CapsLock, Qt::NoModifier, {}));
    QVERIFY(!type(Qt::Key_unknown, Qt::NoModifier, u"茶"_s)); // neither large nor small
    QCOMPARE(edit.text(), u"aAA1bb茶"_s);
}

QTEST_MAIN(TestPasswordEdit)
#include "tst_passwordedit.moc"
