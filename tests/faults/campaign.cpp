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
constexpr std::uint64_t kReadsUsual = 30;
constexpr std::uint64_t kFlipsUsual = 40;
constexpr std::uint64_t kAllocationsUsual = 30;

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

std::string commandOf(const Injection& injection) {
    return "hezhang-disk-faults --operation " + injection.operation->name + " --fault " +
           injection.family->name + " --at " + std::to_string(injection.at) + " --seed " +
           std::to_string(injection.seed);
}

// And what repeats it.
std::string textOf(const Injection& injection) {
    return injection.operation->name + " with " + injection.family->name + " " +
           std::to_string(injection.at) + "\n    again: " + commandOf(injection) + "\n    ";
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
        {"read", only(DiskCall::read), DiskFault::ioError, false, false, kReadsUsual},
        {"flip", only(DiskCall::read), DiskFault::flip, false, false, kFlipsUsual},
        {"memory", only(DiskCall::allocate), DiskFault::ioError, false, false, kAllocationsUsual},
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
    disk.plan({injection.family->calls, injection.at, injection.family->how, injection.family->isLasting,
               false, injection.seed});
    if (m_witness) {
        m_witness(commandOf(injection));
    }
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
    m_wasFound = false;
    if (broken.empty() && !result && injection.family->how != DiskFault::powerOff &&
        injection.family->how != DiskFault::flip &&
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
        const bool isFlip = injection.family->how == DiskFault::flip;
        if (isFlip && !sight.findings.empty()) {
            m_wasFound = true;
            return {};
        }
        // A round that read wrongly that there is nothing to do has done nothing; the next one does it.
        const bool isPassedOver =
            isFlip && !m_operation.isWhole && result.has_value() && sight.text != m_clean.text;
        std::string broken = judgeSight(injection, result.has_value() && !isPassedOver, sight);
        if (broken.empty() && (isPassedOver || isWorthRepeating(injection, sight))) {
            broken = repeat(injection, sight);
        }
        if (broken.empty()) {
            m_judged.insert(print);
        }
        return broken;
    } catch (const std::exception& error) {
        // Whoever reads it is told.
        m_wasFound = injection.family->how == DiskFault::flip &&
                     std::string_view(error.what()).starts_with(name(ErrorCode::storageCorrupt));
        return m_wasFound ? std::string() : std::string("looking at it afterwards: ") + error.what();
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

bool Campaign::addOne(const Injection& injection, OperationCounts& counts) {
    const auto broken = inject(injection);
    if (!broken) {
        return false;
    }
    ++counts.injections;
    ++counts.byFamily[injection.family->name];
    counts.survived += m_wasDone ? 1 : 0;
    counts.found += m_wasFound ? 1 : 0;
    if (!broken->empty()) {
        counts.failures.push_back(textOf(injection) + *broken);
    }
    return true;
}

void Campaign::addAll(const Family& family, std::uint64_t powerSeeds, OperationCounts& counts) {
    const bool isPower = family.how == DiskFault::powerOff;
    bool isReached = !(isPower && m_operation.isReading);
    const std::uint64_t stride = m_isThorough ? 1 : m_operation.stride;
    for (std::uint64_t at = 1; isReached && counts.failures.size() < kFailuresMax; at += stride) {
        const std::uint64_t fewer =
            at <= kFirstCalls ? powerSeeds : std::max<std::uint64_t>(powerSeeds / kFewer, 1);
        const std::size_t failures = counts.failures.size();
        for (std::uint64_t seed = 1;
             isReached && counts.failures.size() == failures && seed <= (isPower ? fewer : 1); ++seed) {
            isReached = addOne({&m_operation, &family, at, seed}, counts);
        }
    }
}

std::uint64_t Campaign::callsOf(const Family& family) {
    FaultDisk& disk = m_bench.disk();
    disk.reset();
    m_bench.begin(kSeed);
    disk.plan({family.calls, UINT64_MAX, family.how, false, false});
    static_cast<void>(m_operation.run(m_bench));
    return disk.counted();
}

// One of each of as many stretches of equal length as are wanted, all where there are no more.
void Campaign::addSample(const Family& family, std::uint64_t seeds, OperationCounts& counts) {
    const std::uint64_t calls = callsOf(family);
    const std::uint64_t most = m_isThorough ? calls : family.sampleUsual;
    const bool isFlip = family.how == DiskFault::flip;
    if (isFlip && m_operation.isRecovering) {
        return;
    }
    // Where there are fewer reads than that, several bits of each.
    const std::uint64_t count = isFlip ? (m_isThorough ? calls * seeds : most) : std::min(calls, most);
    SeededRandom random(kSeed);
    for (std::uint64_t i = 0; i < count && counts.failures.size() < kFailuresMax; ++i) {
        const std::uint64_t first = i * calls / count;
        const std::uint64_t length = std::max<std::uint64_t>((i + 1) * calls / count - first, 1);
        static_cast<void>(addOne({&m_operation, &family, first + 1 + random.below(length), i + 1}, counts));
    }
}

OperationCounts Campaign::only(const Family& family, std::uint64_t powerSeeds) {
    OperationCounts counts;
    family.sampleUsual > 0 ? addSample(family, powerSeeds, counts) : addAll(family, powerSeeds, counts);
    return counts;
}

OperationCounts Campaign::all(std::uint64_t powerSeeds) {
    OperationCounts counts;
    for (const Family& family : families()) {
        family.sampleUsual > 0 ? addSample(family, powerSeeds, counts) : addAll(family, powerSeeds, counts);
    }
    return counts;
}

}  // namespace hezhang::test
