#include "tests/chaos/report.h"

#include <algorithm>
#include <cstdio>

namespace teahouse::chaos {

using namespace Qt::StringLiterals;

namespace {

void print(const QString &text)
{
    std::fputs((text + u'\n').toUtf8().constData(), stdout);
    std::fflush(stdout);
}

} // namespace

Report::Report(const QString &rig, Form form) : m_rig(rig), m_form(form) { }

void Report::say(const QString &text) const
{
    print(u"%1  %2"_s.arg(m_rig, -9).arg(text));
}

void Report::promise(bool kept, const QString &text)
{
    if (!kept)
        ++m_broken;
    say((kept ? u"kept    "_s : u"BROKEN  "_s) + text);
}

void Report::promiseInTime(bool kept, const QString &text)
{
    if (m_form == Form::Full)
        promise(kept, text);
    else
        say((kept ? u"        "_s : u"(slow)  "_s) + text);
}

void Report::skip(const QString &why)
{
    m_isSkipped = true;
    say(u"skipped: "_s + why);
}

double Times::ms(double share) const
{
    if (m_all.isEmpty())
        return 0;
    QList<qint64> sorted = m_all;
    std::sort(sorted.begin(), sorted.end());
    const auto place = static_cast<qsizetype>(share * static_cast<double>(sorted.size()));
    return static_cast<double>(sorted.at(std::min(place, sorted.size() - 1))) / 1e6;
}

QString Times::text() const
{
    return u"p50 %1, p99 %2, max %3 ms"_s.arg(ms(0.5), 0, 'f', 1)
            .arg(ms(0.99), 0, 'f', 1)
            .arg(maxMs(), 0, 'f', 1);
}

} // namespace teahouse::chaos
