#include "gui-client/link/trust.h"

#include <algorithm>

namespace teahouse::client {

namespace {

using By = ServerTrust::By;
using Verdict = Judgement::Verdict;

Judgement ofKnown(const ServerTrust &trust, const PresentedKey &presented)
{
    const bool isNamed = trust.by == By::Authority && presented.isVouched;
    if (trust.key == presented.key || isNamed)
        return {.verdict = Verdict::Accept, .now = presented, .by = trust.by};
    return {.verdict = Verdict::Changed,
            .now = presented,
            .by = presented.isVouched ? By::Authority : By::Key,
            .before = trust.key};
}

Judgement ofStranger(const Acquaintance &known, const PresentedKey &presented)
{
    if (known.pinned)
        return {.verdict = Verdict::Accept, .now = presented};
    if (presented.isVouched)
        return {.verdict = Verdict::Accept, .now = presented, .by = By::Authority};
    const auto same = std::find_if(
            known.elsewhere.cbegin(), known.elsewhere.cend(),
            [&](const KnownElsewhere &other) { return other.key == presented.key; });
    if (same == known.elsewhere.cend())
        return {.verdict = Verdict::AskFirst, .now = presented};
    return {.verdict = Verdict::SameKeyElsewhere, .now = presented, .elsewhere = *same};
}

} // namespace

Judgement judge(const Acquaintance &known, const PresentedKey &presented)
{
    if (known.pinned && known.pinned != presented.key)
        return {.verdict = Verdict::LinkDiffers, .now = presented, .before = known.pinned};
    if (!known.announced.isEmpty() && known.announced != presented.key.shortText())
        return {.verdict = Verdict::AnnouncedDiffers, .now = presented};
    return known.trust ? ofKnown(*known.trust, presented) : ofStranger(known, presented);
}

} // namespace teahouse::client
