#include "gui-client/models/chatmodel.h"
#include "gui-client/widgets/chatwindow.h"
#include "gui-client/widgets/failuretext.h"
#include "gui-client/widgets/loginwindow.h"
#include "gui-client/widgets/roomview.h"
#include "gui-client/widgets/transcriptview.h"

#include <QPushButton>
#include <QTest>
#include <QTranslator>

using namespace teahouse;
using namespace teahouse::client;
using namespace Qt::StringLiterals;

class TestTranslations : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void windowsChangeLive();
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
