#include "gui-client/app/clientapp.h"
#include "gui-client/app/commandline.h"
#include "gui-client/app/signalwatcher.h"
#include "gui-client/app/translations.h"
#include "gui-client/link/linktools.h"
#include "gui-client/widgets/appicon.h"

#include <QApplication>

#include <cstdio>

using namespace teahouse::client;

namespace {

void describe(QCoreApplication &app)
{
    QCoreApplication::setApplicationName(QStringLiteral("teahouse"));
    QCoreApplication::setApplicationVersion(QStringLiteral(TEAHOUSE_VERSION));
    installTranslations(app);
}

int print(const PrintAndExit &what)
{
    std::fputs(qPrintable(what.text), what.exitCode == 0 ? stdout : stderr);
    return what.exitCode;
}

int run(QApplication &app, const Options &options)
{
    QApplication::setApplicationDisplayName(QStringLiteral("Teahouse"));
    QApplication::setDesktopFileName(QStringLiteral("teahouse"));
    QApplication::setWindowIcon(appIcon());
    // The session is ended in good order first; the client says when it has.
    QApplication::setQuitOnLastWindowClosed(false);

    SignalWatcher signalWatcher;
    ClientApp client(systemTools(), Settings::defaultFile(options.profile));
    QObject::connect(&signalWatcher, &SignalWatcher::terminationRequested, &client,
                     &ClientApp::quit);
    QObject::connect(&client, &ClientApp::finished, &app, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    QObject::connect(&app, &QGuiApplication::lastWindowClosed, &client, &ClientApp::quit);
    client.watchNetwork();
    client.start(options);
    return QApplication::exec();
}

} // namespace

int main(int argc, char *argv[])
{
    if (wantsTextOnly(argc, argv)) {
        QCoreApplication app(argc, argv);
        describe(app);
        const auto parsed = parseCommandLine(QCoreApplication::arguments());
        if (const auto *text = std::get_if<PrintAndExit>(&parsed))
            return print(*text);
    }
    QApplication app(argc, argv);
    describe(app);
    const auto parsed = parseCommandLine(QCoreApplication::arguments());
    if (const auto *text = std::get_if<PrintAndExit>(&parsed))
        return print(*text);
    return run(app, std::get<Options>(parsed));
}
