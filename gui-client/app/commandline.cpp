#include "gui-client/app/commandline.h"

#include "gui-client/link/serveraddress.h"
#include "gui-client/widgets/linkwords.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <string_view>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

/// In the context that lupdate gives to a function outside of classes.
QString tr(const char *text)
{
    return QCoreApplication::translate("teahouse::client", text);
}

bool isProfileName(const QString &name)
{
    return !name.isEmpty() && name.size() <= 64
            && std::all_of(name.cbegin(), name.cend(),
                           [](QChar c) { return c.isLetterOrNumber() || c == u'-' || c == u'_'; });
}

PrintAndExit usageError(const QString &text)
{
    return {QCoreApplication::applicationName() + u": "_s + text + u'\n'
                    + tr("Try \"teahouse --help\".") + u'\n',
            2};
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(tr("A chat for people who share a network."));
    parser.addPositionalArgument(u"link"_s, tr("A link to a server, teahouse://..., to fill in."),
                                 u"[LINK]"_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({
            {u"server"_s, tr("The server to log in to."), u"HOST[:PORT]"_s},
            {u"name"_s, tr("The user name. With --server too, logs in at once."), u"NAME"_s},
            {u"room"_s, tr("A room to enter after the login."), u"ROOM"_s},
            {u"profile"_s, tr("Settings of their own, kept under this name."), u"NAME"_s},
    });
}

/// What is wrong with the arguments that are no options; empty: nothing.
QString takeLink(const QStringList &arguments, Options &options)
{
    if (arguments.isEmpty())
        return {};
    if (arguments.size() > 1 || !isJoinLink(arguments.constFirst()))
        return tr("Unexpected argument \"%1\".").arg(arguments.constLast());
    const auto parsed = parseJoinLink(arguments.constFirst());
    if (const auto *fault = std::get_if<LinkFault>(&parsed))
        return linkFaultText(*fault);
    options.link = std::get<JoinLink>(parsed);
    return {};
}

} // namespace

std::variant<Options, PrintAndExit> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    addOptions(parser);
    if (!parser.parse(arguments))
        return usageError(parser.errorText());
    if (parser.isSet(u"help"_s))
        return PrintAndExit{parser.helpText()};
    if (parser.isSet(u"version"_s))
        return PrintAndExit{QCoreApplication::applicationName() + u' '
                            + QCoreApplication::applicationVersion() + u'\n'};
    Options options{parser.value(u"server"_s), parser.value(u"name"_s), parser.value(u"room"_s),
                    parser.value(u"profile"_s)};
    if (const QString fault = takeLink(parser.positionalArguments(), options); !fault.isEmpty())
        return usageError(fault);
    if (options.link && parser.isSet(u"server"_s))
        return usageError(tr("A link names its server: leave out --server."));
    if (parser.isSet(u"server"_s)
        && std::holds_alternative<AddressFault>(parseServerAddress(options.server)))
        return usageError(tr("\"%1\" is not a server address: HOST or HOST:PORT is wanted.")
                                  .arg(options.server));
    if (parser.isSet(u"profile"_s) && !isProfileName(options.profile))
        return usageError(tr("A profile's name has letters, digits, \"-\" and \"_\" only."));
    return options;
}

bool wantsTextOnly(int argc, const char *const *argv)
{
    static constexpr std::array<std::string_view, 5> texts = {"--help", "-h", "--help-all",
                                                              "--version", "-v"};
    return std::any_of(argv, argv + argc, [](const char *argument) {
        return std::find(texts.begin(), texts.end(), argument) != texts.end();
    });
}

} // namespace teahouse::client
