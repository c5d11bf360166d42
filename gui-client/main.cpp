#include "gui-client/app/clientapp.h"
#include "gui-client/app/commandline.h"
#include "gui-client/app/signalwatcher.h"
#include "gui-client/app/translations.h"
#include "gui-client/link/linktools.h"
#include "gui-client/widgets/appicon.h"

#include <QApplication>

#include <cstdio>
#include <vector>

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
    client.watchNeighbours();
    client.start(options);
    return QApplication::exec();
}

/// `--name X` as one argument: written as two, Qt's part for X11 takes them for its own `-name`.
class JoinedArguments
{
public:
    JoinedArguments(int argc, char *argv[])
    {
        for (int i = 0; i < argc; ++i) {
            const bool isName = qstrcmp(argv[i], "--name") == 0 && i + 1 < argc;
            m_texts.push_back(isName ? QByteArray("--name=") + argv[i + 1] : QByteArray(argv[i]));
            i += isName ? 1 : 0;
        }
        for (QByteArray &text : m_texts)
            m_pointers.push_back(text.data());
        count = static_cast<int>(m_pointers.size());
        m_pointers.push_back(nullptr);
    }

    int count = 0; ///< kept by reference in QCoreApplication
    char **pointers() { return m_pointers.data(); }

private:
    std::vector<QByteArray> m_texts;
    std::vector<char *> m_pointers;
};

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
    JoinedArguments arguments(argc, argv);
    QApplication app(arguments.count, arguments.pointers());
    describe(app);
    const auto parsed = parseCommandLine(QCoreApplication::arguments());
    if (const auto *text = std::get_if<PrintAndExit>(&parsed))
        return print(*text);
    return run(app, std::get<Options>(parsed));
}
