// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/campaign.h"

#include <algorithm>
#include <stdexcept>

namespace hezhang::test {
namespace {

constexpr std::size_t kFailuresMax = 3;
constexpr std::uint64_t kSeed = 4711;
constexpr std::uint64_t kRepeatUsual = 4;
constexpr std::uint64_t kRepeatOther = 2;
// Of operations with many calls the later ones get fewer power cuts each.
constexpr std::uint64_t kFirstCalls = 80;
constexpr std::uint64_t kFewer = 5;

bool namesTheDisk(ErrorCode code, DiskFault how) {
    if (how == DiskFault::full) {
        return code == ErrorCode::storageFull;
    }
    return code == ErrorCode::storageFailed || code == ErrorCode::fileUnwritable ||
           code == ErrorCode::fileUnreadable;
}

std::string errorText(const Error& error) {
    return std::string(name(error.code)) + ": " + error.text;
}

// And what repeats it.
std::string textOf(const Injection& injection) {
    const std::string at = std::to_string(injection.at);
    return injection.operation->name + " with " + injection.family->name + " " + at +
           "\n    again: hezhang-disk-faults --operation " + injection.operation->name + " --fault " +
           injection.family->name + " --at " + at + " --seed " + std::to_string(injection.seed) + "\n    ";
}

// The first line that differs.
std::string difference(const std::string& is, const std::string& wanted) {
    const auto [a, b] = std::mismatch(is.begin(), is.end(), wanted.begin(), wanted.end());
    const auto lineAt = [](const std::string& text, std::string::const_iterator at) {
        const auto start =
            text.rfind('\n', static_cast<std::size_t>(at - text.begin()) - (at == text.begin() ? 0 : 1));
        const std::size_t from = start == std::string::npos ? 0 : start + 1;
        return text.substr(from, text.find('\n', from) - from);
    };
    return "is `" + lineAt(is, a) + "`, should be `" + lineAt(wanted, b) + "`";
}

}  // namespace

const std::vector<Family>& families() {
    constexpr DiskCalls kFiles = only(DiskCall::fileOpen) | only(DiskCall::fileWrite) |
                                 only(DiskCall::fileSync) | only(DiskCall::fileMove) |
                                 only(DiskCall::fileRemove);
    constexpr DiskCalls kOthers =
        only(DiskCall::truncate) | only(DiskCall::open) | only(DiskCall::remove) | only(DiskCall::map);
    constexpr DiskCalls kChanges = kAllCalls & ~only(DiskCall::open) & ~only(DiskCall::map);
    static const std::vector<Family> all{
        {"write", only(DiskCall::write), DiskFault::ioError, false, false},
        {"sync", only(DiskCall::sync), DiskFault::ioError, false, false},
        {"other", kOthers, DiskFault::ioError, false, false},
        {"file", kFiles, DiskFault::ioError, false, true},
        {"full", kSpaceCalls, DiskFault::full, true, false},
        {"dead", kAllCalls, DiskFault::ioError, true, true},
        {"power", kChanges, DiskFault::powerOff, true, true},
    };
    return all;
}

Campaign::Campaign(Bench& bench, const Operation& operation, bool isThorough)
    : m_bench(bench), m_operation(operation), m_isThorough(isThorough) {
    bench.use(operation.state, operation.side);
    m_before = bench.look(operation.side);
    bench.disk().reset();
    bench.begin(kSeed);
    const auto done = operation.run(bench);
    if (!done) {
        throw std::runtime_error(operation.name + " fails on a sound disk: " + errorText(done.error()));
    }
    m_clean = bench.look(operation.side);
    if (!m_clean.findings.empty()) {
        throw std::runtime_error(operation.name + " on a sound disk: " + m_clean.findings.front());
    }
}

std::string Campaign::attempt(Result<void>& result) {
    try {
        result = m_operation.run(m_bench);
        return {};
    } catch (const std::exception& error) {
        return std::string("threw ") + error.what();
    }
}

std::optional<std::string> Campaign::inject(const Injection& injection) {
    FaultDisk& disk = m_bench.disk();
    disk.reset();
    m_bench.begin(kSeed);
    disk.plan(
        {injection.family->calls, injection.at, injection.family->how, injection.family->isLasting, false});
    Result<void> result;
    std::string broken = attempt(result);
    if (!disk.isReached()) {
        disk.mend();
        if (broken.empty() && !result) {
            broken = "failed without a fault: " + errorText(result.error());
        }
        return broken.empty() ? std::nullopt : std::optional(broken);
    }
    if (injection.family->how == DiskFault::powerOff) {
        disk.cutPower(injection.seed);
    }
    disk.mend();
    m_wasDone = result.has_value();
    if (broken.empty() && !result && injection.family->how != DiskFault::powerOff &&
        !namesTheDisk(result.error().code, injection.family->how)) {
        broken = "does not name the disk: " + errorText(result.error());
    }
    if (broken.empty()) {
        broken = judge(injection, result);
    }
    return broken;
}

std::string Campaign::judge(const Injection& injection, const Result<void>& result) {
    // Equal bytes after an equal answer are judged once.
    const std::uint64_t print = m_bench.disk().fingerprint() * 8 + (result ? 1 : 0) +
                                (injection.family->isDoubtful ? 2 : 0) + (m_bench.promised().empty() ? 4 : 0);
    if (m_judged.contains(print)) {
        return {};
    }
    try {
        const Sight sight = m_bench.look(m_operation.side);
        std::string broken = judgeSight(injection, result.has_value(), sight);
        if (broken.empty() && isWorthRepeating(injection, sight)) {
            broken = repeat(injection, sight);
        }
        if (broken.empty()) {
            m_judged.insert(print);
        }
        return broken;
    } catch (const std::exception& error) {
        return std::string("looking at it afterwards: ") + error.what();
    }
}

std::string Campaign::judgeSight(const Injection& injection, bool isDone, const Sight& sight) {
    if (!sight.findings.empty()) {
        return "afterwards: " + sight.findings.front();
    }
    for (const std::string& fact : m_bench.promised()) {
        if (!sight.facts.contains(fact)) {
            return "was answered as durable and is gone: " + fact;
        }
    }
    const bool isReplaced = m_operation.isReplacing && sight.text == m_clean.text;
    for (const std::string& fact : m_before.facts) {
        if (!isReplaced && !sight.facts.contains(fact)) {
            return "was there before and is gone: " + fact;
        }
    }
    if (isDone && sight.text != m_clean.text) {
        return "said done, but " + difference(sight.text, m_clean.text);
    }
    if (!isDone && m_operation.isWhole && sight.text != m_before.text &&
        !(injection.family->isDoubtful && sight.text == m_clean.text)) {
        return "failed and left something: " + difference(sight.text, m_before.text);
    }
    return {};
}

bool Campaign::isWorthRepeating(const Injection& injection, const Sight& sight) const {
    const bool isUsual = sight.text == m_before.text || sight.text == m_clean.text;
    return m_isThorough || (injection.at + injection.seed) % (isUsual ? kRepeatUsual : kRepeatOther) == 0;
}

std::string Campaign::repeat(const Injection& injection, const Sight& sight) {
    const bool wasDone = !m_operation.isIdempotent && sight.text == m_clean.text;
    m_bench.goOn(kSeed + injection.at + 1);
    Result<void> again;
    std::string broken = attempt(again);
    if (!broken.empty()) {
        return "again: " + broken;
    }
    const bool saidDone = !again && sight.isThere && m_operation.saysDone == again.error().code;
    if (!again && !saidDone) {
        return "cannot be done again: " + errorText(again.error());
    }
    // Closely now and then: what it began with has been looked at closely.
    const Sight after = m_bench.look(m_operation.side, injection.at % 8 == 0);
    if (!after.findings.empty()) {
        return "after doing it again: " + after.findings.front();
    }
    if (!wasDone && after.text != m_clean.text) {
        return "done again, but " + difference(after.text, m_clean.text);
    }
    return {};
}

void Campaign::addAll(const Family& family, std::uint64_t powerSeeds, OperationCounts& counts) {
    const bool isPower = family.how == DiskFault::powerOff;
    bool isReached = !(isPower && m_operation.isReading);
    for (std::uint64_t at = 1; isReached && counts.failures.size() < kFailuresMax; ++at) {
        const std::uint64_t fewer =
            at <= kFirstCalls ? powerSeeds : std::max<std::uint64_t>(powerSeeds / kFewer, 1);
        for (std::uint64_t seed = 1; isReached && seed <= (isPower ? fewer : 1); ++seed) {
            const Injection injection{&m_operation, &family, at, seed};
            const auto broken = inject(injection);
            isReached = broken.has_value();
            if (isReached) {
                ++counts.injections;
                ++counts.byFamily[family.name];
                counts.survived += m_wasDone ? 1 : 0;
            }
            if (broken && !broken->empty()) {
                counts.failures.push_back(textOf(injection) + *broken);
                break;
            }
        }
    }
}

OperationCounts Campaign::only(const Family& family, std::uint64_t powerSeeds) {
    OperationCounts counts;
    addAll(family, powerSeeds, counts);
    return counts;
}

OperationCounts Campaign::all(std::uint64_t powerSeeds) {
    OperationCounts counts;
    for (const Family& family : families()) {
        addAll(family, powerSeeds, counts);
    }
    return counts;
}

}  // namespace hezhang::test
