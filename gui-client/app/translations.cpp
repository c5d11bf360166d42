#include "gui-client/app/translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace teahouse::client {

using namespace Qt::StringLiterals;

namespace {

void install(QCoreApplication &app, const QLocale &locale, const QString &name,
             const QString &folder)
{
    auto *translator = new QTranslator(&app);
    if (translator->load(locale, name, u"_"_s, folder))
        app.installTranslator(translator);
    else
        delete translator;
}

} // namespace

void installTranslations(QCoreApplication &app)
{
    const QLocale locale;
    install(app, locale, u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    // English comes first, for its plural forms; another language found later wins.
    install(app, QLocale(QLocale::English), u"teahouse"_s, u":/i18n"_s);
    install(app, locale, u"teahouse"_s, u":/i18n"_s);
}

} // namespace teahouse::client
