#pragma once

#include "tests/bench/load.h"

#include <string>
#include <vector>

namespace teahouse::bench {

/// One line of the table.
struct Row
{
    std::string figure;
    std::string candidate;
    std::string unit;
    double value = 0;
    std::optional<double> ratio = {};
    Budget budget = {};
    std::optional<double> p50 = {};
    std::optional<double> p99 = {};
    std::string problem = {};
    std::vector<double> values = {}; ///< of each run
    std::vector<double> ratios = {};

    bool isOver() const;
    bool isBad() const { return !problem.empty() || isOver(); }
};

/// The table, as it grows on standard output and as JSON at the end.
class Report
{
public:
    explicit Report(std::string note) : m_note(std::move(note)) { }

    void printHead() const;
    void add(Row row);
    /// False: the file could not be written.
    bool writeJson(const std::string &path) const;
    /// The last words: how many rows are past their budgets. True when none is.
    bool conclude() const;

private:
    std::string m_note;
    std::vector<Row> m_rows;
};

/// CPU model, cores, kernel and load of this machine.
std::string machine();

double median(std::vector<double> values);

} // namespace teahouse::bench
