#include "gui-client/widgets/chatactions.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/linkform.h"
#include "gui-client/widgets/qrcode.h"
#include "gui-client/widgets/roomdesk.h"
#include "tests/gui-client/widgets/errandfixture.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>

#include <algorithm>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

/// The invitation link, its picture and its code.
class TestLinkForm : public QObject
{
    Q_OBJECT

private slots:
    void init();

    void paintsBlackOnWhite();
    void leavesTheQuietZone();
    void isCrispAtAnySize_data();
    void isCrispAtAnySize();
    void paintsNothingOfTooMuch();
    void showsTheLink();
    void copiesTheLink();
    void copiesThePicture();
    void warnsOfThisComputer_data();
    void warnsOfThisComputer();
    void offersCodesToThoseWhoMay();
    void putsTheCodeIntoTheLink();
    void asksForACodeToTheServer();
    void showsWhyThereIsNoCode();
    void opensForTheCurrentRoom();
    void isHiddenWithoutAServer();

private:
    static QPushButton *button(QWidget &window, const QString &text);
    static QAction *action(const ChatWindow &window);
    static bool says(const QWidget &window, const QString &text);

    JoinLink m_link;
};

void TestLinkForm::init()
{
    m_link = {.host = u"10.0.0.5"_s, .room = u"tea"_s};
}

QPushButton *TestLinkForm::button(QWidget &window, const QString &text)
{
    for (auto *button : window.findChildren<QPushButton *>()) {
        if (button->text() == text)
            return button;
    }
    return nullptr;
}

bool TestLinkForm::says(const QWidget &window, const QString &text)
{
    const auto labels = window.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel *label) {
        return !label->isHidden() && label->text().contains(text);
    });
}

namespace {

QImage painted(QrCode &code, const QSize &size)
{
    code.resize(size);
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::green);
    code.render(&image);
    return image;
}

} // namespace

/// Whatever the palette is.
void TestLinkForm::paintsBlackOnWhite()
{
    QrCode code;
    QPalette dark(Qt::white, Qt::black);
    code.setPalette(dark);
    code.setText(u"teahouse://10.0.0.5"_s);
    const QImage image = painted(code, {code.modules(), code.modules()});
    int black = 0;
    int white = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            black += image.pixel(x, y) == qRgb(0, 0, 0) ? 1 : 0;
            white += image.pixel(x, y) == qRgb(255, 255, 255) ? 1 : 0;
        }
    }
    QCOMPARE(black + white, image.width() * image.height());
    QVERIFY(black > image.width() * image.height() / 5);
    QVERIFY(white > black);
}

void TestLinkForm::leavesTheQuietZone()
{
    QrCode code;
    code.setText(u"teahouse://10.0.0.5"_s);
    const QImage image = code.picture(1);
    const int last = image.width() - 1;
    for (int i = 0; i <= last; ++i) {
        for (int zone = 0; zone < 4; ++zone) {
            QCOMPARE(image.pixel(i, zone), qRgb(255, 255, 255));
            QCOMPARE(image.pixel(zone, i), qRgb(255, 255, 255));
            QCOMPARE(image.pixel(i, last - zone), qRgb(255, 255, 255));
            QCOMPARE(image.pixel(last - zone, i), qRgb(255, 255, 255));
        }
    }
    QCOMPARE(image.pixel(4, 4), qRgb(0, 0, 0)); // the finder pattern begins behind it
    QCOMPARE(image.pixel(10, 10), qRgb(0, 0, 0));
    QCOMPARE(image.pixel(11, 11), qRgb(255, 255, 255));
}

void TestLinkForm::isCrispAtAnySize_data()
{
    QTest::addColumn<int>("more");
    for (const int more : {0, 1, 17, 100})
        QTest::addRow("%d pixels more", more) << more;
}

void TestLinkForm::isCrispAtAnySize()
{
    QFETCH(int, more);
    QrCode code;
    code.setText(u"teahouse://10.0.0.5"_s);
    const int side = 3 * code.modules() + more;
    const QImage image = painted(code, {side + 40, side});
    const int scale = side / code.modules();
    const QPoint corner((side + 40 - scale * code.modules()) / 2,
                        (side - scale * code.modules()) / 2);
    QCOMPARE(image.copy(QRect(corner, code.picture(scale).size())), code.picture(scale));
}

void TestLinkForm::paintsNothingOfTooMuch()
{
    QrCode code;
    code.setText(QString(2300, u'x'));
    QVERIFY(code.modules() > 0);
    code.setText(QString(2301, u'x'));
    QCOMPARE(code.modules(), 0);
    QCOMPARE(painted(code, {10, 10}).pixel(5, 5), painted(code, {10, 10}).pixel(0, 0));
}

void TestLinkForm::showsTheLink()
{
    ChatModel model;
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Hidden, nullptr);
    QCOMPARE(form.link(), u"teahouse://10.0.0.5/tea"_s);
    const auto *line = form.findChild<QLineEdit *>();
    QCOMPARE(line->text(), form.link());
    QVERIFY(line->isReadOnly());
    auto *picture = form.findChild<QrCode *>();
    QCOMPARE(picture->text(), form.link());
    const QAccessibleInterface *face = QAccessible::queryAccessibleInterface(picture);
    QCOMPARE(face->text(QAccessible::Name), form.link());
}

void TestLinkForm::copiesTheLink()
{
    ChatModel model;
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Hidden, nullptr);
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    form.show();
    QSignalSpy told(&form, &LinkForm::carriedOut);
    button(form, u"C&opy Link"_s)->click();
    QCOMPARE(QApplication::clipboard()->text(), u"teahouse://10.0.0.5/tea"_s);
    QCOMPARE(told.size(), 1);
    QVERIFY(!form.isVisible());
}

void TestLinkForm::copiesThePicture()
{
    ChatModel model;
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Hidden, nullptr);
    button(form, u"Copy &Picture"_s)->click();
    const QImage copied = QApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32);
    QCOMPARE(copied, form.findChild<QrCode *>()->picture(8));
}

void TestLinkForm::warnsOfThisComputer_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("warns");
    QTest::newRow("localhost") << u"localhost"_s << true;
    QTest::newRow("IPv4") << u"127.0.0.1"_s << true;
    QTest::newRow("IPv6") << u"::1"_s << true;
    QTest::newRow("another") << u"10.0.0.5"_s << false;
}

void TestLinkForm::warnsOfThisComputer()
{
    QFETCH(QString, host);
    QFETCH(bool, warns);
    ChatModel model;
    m_link.host = host;
    const LinkForm form(*model.errands(), m_link, LinkForm::Codes::Hidden, nullptr);
    QCOMPARE(says(form, u"works on this computer only"_s), warns);
}

void TestLinkForm::offersCodesToThoseWhoMay()
{
    ChatModel model;
    LinkForm without(*model.errands(), m_link, LinkForm::Codes::Hidden, nullptr);
    QVERIFY(!button(without, u"&Add Code"_s));
    QVERIFY(without.findChildren<QSpinBox *>().isEmpty());
    LinkForm with(*model.errands(), m_link, LinkForm::Codes::Offered, nullptr);
    QVERIFY(button(with, u"&Add Code"_s));
    QCOMPARE(with.findChildren<QSpinBox *>().size(), 2);
}

void TestLinkForm::putsTheCodeIntoTheLink()
{
    ChatModel model;
    test::AskedErrands asked(model);
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Offered, nullptr);
    const auto boxes = form.findChildren<QSpinBox *>();
    boxes.at(0)->setValue(3);
    boxes.at(1)->setValue(2);
    button(form, u"&Add Code"_s)->click();
    const auto one = asked.take();
    QCOMPARE(one.verb, u"invite-code"_s);
    QCOMPARE(one.fields, QJsonObject({{u"room"_s, u"tea"_s}, {u"uses"_s, 3}, {u"days"_s, 2}}));
    asked.answer(one, InviteCode{u"oolong-7"_s, 1'700'000'000'000});
    QCOMPARE(form.link(), u"teahouse://10.0.0.5/tea?code=oolong-7"_s);
    QCOMPARE(form.findChild<QLineEdit *>()->text(), form.link());
    QCOMPARE(form.findChild<QrCode *>()->text(), form.link());
    QVERIFY(says(form, u"2023"_s) || says(form, u"/23"_s)); // until when
    QVERIFY(form.result() != QDialog::Accepted);            // it stays
}

void TestLinkForm::asksForACodeToTheServer()
{
    ChatModel model;
    test::AskedErrands asked(model);
    m_link.room.clear();
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Offered, nullptr);
    button(form, u"&Add Code"_s)->click();
    QVERIFY(!asked.take().fields.contains(u"room"_s));
}

void TestLinkForm::showsWhyThereIsNoCode()
{
    ChatModel model;
    test::AskedErrands asked(model);
    LinkForm form(*model.errands(), m_link, LinkForm::Codes::Offered, nullptr);
    button(form, u"&Add Code"_s)->click();
    asked.refuse(asked.take(), ErrorCode::TooMany);
    QVERIFY(!form.error().isEmpty());
    QCOMPARE(form.link(), u"teahouse://10.0.0.5/tea"_s);
    button(form, u"&Add Code"_s)->click();
    QVERIFY(form.error().isEmpty());
    asked.answer(asked.take(), InviteCode{u"no code/at all"_s, 0});
    QVERIFY(!form.error().isEmpty());
    QCOMPARE(form.link(), u"teahouse://10.0.0.5/tea"_s);
}

QAction *TestLinkForm::action(const ChatWindow &window)
{
    return window.findChild<ChatActions *>()->inviteLink;
}

void TestLinkForm::opensForTheCurrentRoom()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    ChatWindow window(model);
    window.roomDesk()->setServer({.host = u"10.0.0.5"_s});
    const auto linkIn = [&](const QString &room) {
        model.setCurrentRoom(room);
        action(window)->trigger();
        const auto forms = window.findChildren<LinkForm *>();
        const QString link = forms.isEmpty() ? QString() : forms.constLast()->link();
        qDeleteAll(forms);
        return link;
    };
    QCOMPARE(linkIn(u"tea"_s), u"teahouse://10.0.0.5/tea"_s);
    QCOMPARE(linkIn(u"main"_s), u"teahouse://10.0.0.5"_s);
    model.openPrivate(u"bob"_s);
    QCOMPARE(linkIn(u"@bob"_s), u"teahouse://10.0.0.5"_s);
}

void TestLinkForm::isHiddenWithoutAServer()
{
    ChatModel model;
    test::logIn(model, RoomRole::Owner);
    ChatWindow window(model);
    QVERIFY(!action(window)->isVisible());
    window.roomDesk()->setServer({.host = u"10.0.0.5"_s});
    QVERIFY(action(window)->isVisible());
}

QTEST_MAIN(TestLinkForm)
#include "tst_linkform.moc"
