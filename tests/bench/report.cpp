#include "tests/bench/report.h"

#include "tests/bench/process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <sys/utsname.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>

namespace teahouse::bench {

using namespace Qt::StringLiterals;

namespace {

QString toQString(const std::string &text)
{
    return QString::fromStdString(text);
}

std::string formatted(const char *format, double value)
{
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// Three figures that count, whatever the size.
std::string number(double value)
{
    return formatted(value < 10 ? "%.3f" : value < 100 ? "%.1f" : "%.0f", value);
}

std::string budgetText(const Budget &budget)
{
    if (budget.of == Budget::Of::Nothing)
        return "-";
    const bool isRatio = budget.of == Budget::Of::Ratio;
    const bool isLeast = budget.of == Budget::Of::AtLeast;
    return formatted(isRatio ? "%.2f x" : isLeast ? ">%.0f" : "%.1f", budget.bound);
}

std::string verdict(const Row &row)
{
    if (!row.problem.empty())
        return "WRONG: " + row.problem;
    if (row.budget.of == Budget::Of::Nothing)
        return "-";
    return row.isOver() ? "OVER" : "ok";
}

QJsonArray toJson(const std::vector<double> &values)
{
    QJsonArray array;
    for (const double value : values)
        array.append(value);
    return array;
}

QJsonObject toJson(const Row &row)
{
    QJsonObject object{
            {"figure"_L1, toQString(row.figure)}, {"candidate"_L1, toQString(row.candidate)},
            {"unit"_L1, toQString(row.unit)},     {"value"_L1, row.value},
            {"values"_L1, toJson(row.values)},    {"verdict"_L1, toQString(verdict(row))}};
    if (row.ratio) {
        object["ratio"_L1] = *row.ratio;
        object["ratios"_L1] = toJson(row.ratios);
    }
    if (row.p50)
        object["p50_us"_L1] = *row.p50;
    if (row.p99)
        object["p99_us"_L1] = *row.p99;
    if (row.budget.of != Budget::Of::Nothing)
        object["budget"_L1] = toQString(budgetText(row.budget));
    return object;
}

} // namespace

bool Row::isOver() const
{
    switch (budget.of) {
    case Budget::Of::Nothing:
        break;
    case Budget::Of::Ratio:
        return !ratio || *ratio > budget.bound;
    case Budget::Of::Value:
        return value > budget.bound;
    case Budget::Of::AtLeast:
        return value < budget.bound;
    }
    return false;
}

void Report::printHead() const
{
    std::printf("%s\n%s\n\n%-36s %-12s %8s %-20s %6s %8s %9s %9s  %s\n", machine().c_str(),
                m_note.c_str(), "figure", "server", "value", "unit", "ratio", "budget", "p50 us",
                "p99 us", "verdict");
    std::fflush(stdout);
}

void Report::add(Row row)
{
    const auto optional = [](const std::optional<double> &value, const char *format) {
        return value ? formatted(format, *value) : std::string("-");
    };
    std::printf("%-36s %-12s %8s %-20s %6s %8s %9s %9s  %s\n", row.figure.c_str(),
                row.candidate.c_str(), number(row.value).c_str(), row.unit.c_str(),
                optional(row.ratio, "%.2f").c_str(), budgetText(row.budget).c_str(),
                optional(row.p50, "%.0f").c_str(), optional(row.p99, "%.0f").c_str(),
                verdict(row).c_str());
    std::fflush(stdout);
    m_rows.push_back(std::move(row));
}

bool Report::writeJson(const std::string &path) const
{
    QJsonArray rows;
    for (const Row &row : m_rows)
        rows.append(toJson(row));
    const QJsonObject all{{"machine"_L1, toQString(machine())},
                          {"note"_L1, toQString(m_note)},
                          {"rows"_L1, rows}};
    QFile file(toQString(path));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(all).toJson()) > 0;
}

bool Report::conclude() const
{
    const auto bad = std::count_if(m_rows.begin(), m_rows.end(),
                                   [](const Row &row) { return row.isBad(); });
    if (m_rows.empty())
        std::printf("\nnothing was measured: no figure has that name\n");
    else if (bad == 0)
        std::printf("\nall within their budgets\n");
    else
        std::printf("\n%td of %zu rows past their budgets or wrong\n", bad, m_rows.size());
    return bad == 0 && !m_rows.empty();
}

std::string machine()
{
    std::string model = "unknown CPU";
    std::ifstream cpus("/proc/cpuinfo");
    for (std::string line; std::getline(cpus, line);) {
        if (!line.starts_with("model name"))
            continue;
        model = line.substr(line.find(':') + 2);
        break;
    }
    utsname kernel = {};
    ::uname(&kernel);
    const std::string loads = firstLine("/proc/loadavg");
    return model + ", " + std::to_string(::sysconf(_SC_NPROCESSORS_ONLN)) + " cores, "
            + kernel.sysname + ' ' + kernel.release + ", load " + loads.substr(0, loads.find(' '));
}

double median(std::vector<double> values)
{
    if (values.empty())
        return 0;
    std::sort(values.begin(), values.end());
    const size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

} // namespace teahouse::bench
