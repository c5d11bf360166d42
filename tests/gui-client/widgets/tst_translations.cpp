#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/accountforms.h"
#include "gui-client/widgets/adminwindow.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/createroom.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/ignoredpeople.h"
#include "gui-client/widgets/inviteform.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/question.h"
#include "gui-client/widgets/roomdirectory.h"
#include "gui-client/widgets/roomkeyform.h"
#include "gui-client/widgets/roomsettings.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/sanctionform.h"
#include "gui-client/widgets/transcriptview.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QTranslator>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

namespace {

class DeleteWords
{
public:
    static QString tr(const char *text)
    {
        return QCoreApplication::translate("teahouse::client::DeleteQuestion", text);
    }
};

/// Everything that a widget says of itself.
QStringList wordsOf(QWidget *widget)
{
    if (qobject_cast<QTabBar *>(widget->parentWidget()))
        return {}; // Qt's own buttons
    QStringList words{widget->accessibleName(), widget->toolTip()};
    if (widget->isWindow())
        words.append(widget->windowTitle());
    if (const auto *label = qobject_cast<QLabel *>(widget))
        words.append(label->text());
    if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
        const auto *box = qobject_cast<QDialogButtonBox *>(widget->parentWidget());
        // Qt has its own words for these.
        auto *own = qobject_cast<QAbstractButton *>(widget);
        const auto which = box ? box->standardButton(own) : QDialogButtonBox::NoButton;
        if (which != QDialogButtonBox::Cancel && which != QDialogButtonBox::Close)
            words.append(button->text());
    }
    if (const auto *line = qobject_cast<QLineEdit *>(widget))
        words.append(line->placeholderText());
    if (const auto *days = qobject_cast<QSpinBox *>(widget))
        words.append(days->suffix());
    if (const auto *box = qobject_cast<QComboBox *>(widget)) {
        for (int i = 0; i < box->count(); ++i)
            words.append(box->itemText(i));
    }
    if (const auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        for (int i = 0; i < tabs->count(); ++i)
            words.append(tabs->tabText(i));
    }
    if (const auto *header = qobject_cast<QHeaderView *>(widget)) {
        for (int i = 0; i < header->count(); ++i)
            words.append(header->model()->headerData(i, Qt::Horizontal).toString());
    }
    return words;
}

/// What of a window's words is still English; names in it are not to have Latin letters.
QStringList english(QWidget &window)
{
    static const QRegularExpression mnemonic(u"\\(&\\w\\)"_s);
    static const QRegularExpression latin(u"[A-Za-z]{3,}"_s);
    QList<QWidget *> widgets = window.findChildren<QWidget *>();
    widgets.append(&window);
    QStringList found;
    for (QWidget *widget : std::as_const(widgets)) {
        for (QString word : wordsOf(widget)) {
            if (word.remove(mnemonic).contains(latin))
                found.append(word);
        }
    }
    return found;
}

} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void windowsChangeLive();
    void formsChangeLive();
    void everyFailureIsChinese();
    void englishHasPlurals();
};

void TestTranslations::initTestCase()
{
    Q_INIT_RESOURCE(teahouse_translations);
}

void TestTranslations::windowsChangeLive()
{
    LoginWindow login;
    ChatModel model;
    ChatWindow chat(model);
    QCOMPARE(chat.roomView()->sendButton()->text(), u"&Send"_s);
    QTranslator chinese;
    QVERIFY(chinese.load(u":/i18n/teahouse_zh_CN.qm"_s));
    QCoreApplication::installTranslator(&chinese);
    QCoreApplication::sendPostedEvents();
    QVERIFY(chat.roomView()->sendButton()->text().contains(u"发送"_s));
    QVERIFY(login.windowTitle().contains(u"登录"_s));
    QCoreApplication::removeTranslator(&chinese);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(chat.roomView()->sendButton()->text(), u"&Send"_s);
}

void TestTranslations::formsChangeLive()
{
    ChatModel model;
    Welcome welcome;
    welcome.user = {u"安"_s, true, u"admin"_s};
    RoomState room;
    room.room = u"茶"_s;
    room.retention = 7;
    room.hasKey = true;
    welcome.rooms = {room};
    model.welcome(welcome);
    QWidget parent;
    using Kind = SanctionForm::Kind;
    using Reach = SanctionForm::Reach;
    auto *people = new IgnoredPeople(&parent);
    people->setNames({u"王"_s});
    auto *admin = new AdminWindow(model, &parent);
    QList<QWidget *> windows{
            new RegisterForm(u"安"_s, &parent),
            new PasswordForm(&parent),
            new ClaimForm(&parent),
            people,
            new IgnoredPeople(&parent),
            new CreateRoom(model, {}, &parent),
            new InviteForm(*model.errands(), u"茶"_s, &parent),
            new RoomKeyForm(model, u"茶"_s, &parent),
            new RoomDirectory(model, &parent),
            new RoomSettings(model, room, &parent),
            new SanctionForm(model, {Kind::Kick, Reach::Room, u"茶"_s, u"王"_s}, &parent),
            new SanctionForm(model, {Kind::Mute, Reach::Room, u"茶"_s, u"王"_s}, &parent),
            new SanctionForm(model, {Kind::Ban, Reach::RoomOrServer, u"茶"_s, {}}, &parent),
            admin,
    };
    const auto question = [] {
        return Question{DeleteWords::tr("Delete Message"), DeleteWords::tr("&Keep"),
                        DeleteWords::tr("&Delete"), DeleteWords::tr("&Keep")};
    };
    windows.append(static_cast<QWidget *>(ask(&parent, question, [] {})));
    for (QWidget *window : std::as_const(windows))
        QVERIFY2(english(*window).size() > 1, window->metaObject()->className());
    QTranslator chinese;
    QVERIFY(chinese.load(u":/i18n/teahouse_zh_CN.qm"_s));
    QCoreApplication::installTranslator(&chinese);
    QCoreApplication::sendPostedEvents();
    for (QWidget *window : std::as_const(windows)) {
        const QString left = english(*window).join(u'|');
        QVERIFY2(left.isEmpty(),
                 qPrintable(QLatin1StringView(window->metaObject()->className()) + u": "_s + left));
    }
    QCoreApplication::removeTranslator(&chinese);
    QCoreApplication::sendPostedEvents();
}

void TestTranslations::everyFailureIsChinese()
{
    QTranslator chinese;
    QVERIFY(chinese.load(u":/i18n/teahouse_zh_CN.qm"_s));
    QCoreApplication::installTranslator(&chinese);
    for (int i = 0; i <= static_cast<int>(ErrorCode::Internal); ++i) {
        const QString text = errorText({static_cast<ErrorCode>(i)});
        QVERIFY2(text.at(0).script() == QChar::Script_Han, qPrintable(text));
    }
    QCoreApplication::removeTranslator(&chinese);
}

void TestTranslations::englishHasPlurals()
{
    QTranslator english;
    QVERIFY(english.load(u":/i18n/teahouse_en.qm"_s));
    QCoreApplication::installTranslator(&english);
    const auto count = [](int n) {
        return QCoreApplication::translate("teahouse::client::TranscriptView", "%n new messages",
                                           nullptr, n);
    };
    QCOMPARE(count(1), u"1 new message"_s);
    QCOMPARE(count(2), u"2 new messages"_s);
    QCoreApplication::removeTranslator(&english);
}

QTEST_MAIN(TestTranslations)
#include "tst_translations.moc"
