#pragma once

#include "tests/bench/candidate.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace teahouse::bench {

/// What a figure may be at most, or has to be at least.
struct Budget
{
    enum class Of { Nothing, Ratio, Value, AtLeast };

    Of of = Of::Nothing;
    double bound = 0;
};

/// One number that a load yields.
struct Figure
{
    std::string name;
    std::string unit;
    Budget budget = {};
    std::optional<Budget> durable = {};   ///< with the durable store; nothing: not measured with it
    std::optional<Budget> encrypted = {}; ///< the same through TLS
};

/// One figure of one run.
struct Sample
{
    double value = 0;
    std::optional<double> reference = {}; ///< the ratio is to this; without it, to the floor
    std::optional<double> p50 = {};       ///< microseconds
    std::optional<double> p99 = {};
    std::string problem = {}; ///< why the value does not count
};

/// One run of a load on one server, in as many steps as the load has.
class Trial
{
public:
    virtual ~Trial() = default;

    virtual void step() = 0;
    /// After all steps: a sample for each figure of the load.
    virtual std::vector<Sample> result() = 0;
};

/// What is asked of a server, once a run, on a server of its own.
class Load
{
public:
    virtual ~Load() = default;

    /// What every run yields, in order.
    virtual std::vector<Figure> figures() const = 0;
    virtual std::unique_ptr<Trial> start(const Candidate &candidate) const = 0;
    /// Candidates take turns step by step, so that what else happens on the machine meets all.
    virtual int steps() const { return 1; }
    /// Connections that a trial holds between its steps.
    virtual int held() const { return 0; }
    virtual bool suits(const Candidate &candidate) const = 0;
    /// What the table calls the candidate.
    virtual std::string who(const Candidate &candidate) const { return candidate.name(); }
    /// Long ones are run less often.
    virtual int mostRounds() const { return 5; }
    /// Whether other people's servers set a bound, too.
    virtual bool isContest() const { return false; }
};

/// A load that is over in one step.
class OneStepLoad : public Load
{
public:
    std::unique_ptr<Trial> start(const Candidate &candidate) const override;

protected:
    virtual std::vector<Sample> run(const Candidate &candidate) const = 0;

private:
    class Step;
};

using Loads = std::vector<std::unique_ptr<Load>>;

enum class Size { Smoke, Quick, Full };

/// All loads; `descriptors` is how many a process may have, and a load that wants more is cut.
Loads allLoads(Size size, int descriptors);

} // namespace teahouse::bench
