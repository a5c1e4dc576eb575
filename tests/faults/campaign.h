// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every operation with every fault: the k-th call of a kind fails, for all k until the operation no longer
// gets that far; and the power goes before the k-th. What must hold after each:
//
//     the operation succeeded, or gave an error that names the disk; nothing else
//     the database opens, its pages are sound, a rebuild changes nothing, no op and no segment is there twice
//     what was answered as durable is there; what failed whole left nothing, or, where it failed while it was
//     being flushed, all of it
//     done again on a sound disk it succeeds, and the folder shows what it would have shown without the fault
//
// A bit that flips while a page is read is another matter: nothing guards a page of SQLite, so it may be
// written back with another value beside it. What must hold: the operation ends, with whatever error; what is
// wrong afterwards is found by the check, or nothing is; what was answered as durable is there.
#pragma once

#include "tests/faults/operation.h"

namespace hezhang::test {

struct Family {
    const char* name;
    DiskCalls calls;
    DiskFault how;
    bool isLasting;
    // A commit that failed may be there after all.
    bool isDoubtful;
    // There are many: so many of them in an operation, spread over it; 0: all.
    std::uint64_t sampleUsual = 0;
};
[[nodiscard]] const std::vector<Family>& families();

struct Injection {
    const Operation* operation = nullptr;
    const Family* family = nullptr;
    std::uint64_t at = 0;
    std::uint64_t seed = 1;
};

struct OperationCounts {
    std::map<std::string, std::uint64_t> byFamily;
    std::uint64_t injections = 0;
    std::uint64_t survived = 0;  // the operation succeeded all the same
    std::uint64_t found = 0;     // a flipped bit did harm, and the check says so
    std::vector<std::string> failures;
};

class Campaign {
public:
    // Thorough: the operation is done again after every injection; else after every fourth that left the
    // folder as it was or as it should become, and after every second of the others.
    Campaign(Bench& bench, const Operation& operation, bool isThorough);
    // What was broken, empty: nothing; nullopt: the operation does not get that far.
    [[nodiscard]] std::optional<std::string> inject(const Injection& injection);
    // All of them; a power cut with `powerSeeds` seeds each. Ends after a few failures.
    [[nodiscard]] OperationCounts all(std::uint64_t powerSeeds);

    [[nodiscard]] OperationCounts only(const Family& family, std::uint64_t powerSeeds);
    // Told before each injection what repeats it: a crash tells nothing.
    void setWitness(std::function<void(const std::string&)> witness) { m_witness = std::move(witness); }

private:
    void addAll(const Family& family, std::uint64_t powerSeeds, OperationCounts& counts);
    void addSample(const Family& family, std::uint64_t seeds, OperationCounts& counts);
    // False: it is not reached.
    bool addOne(const Injection& injection, OperationCounts& counts);
    [[nodiscard]] std::uint64_t callsOf(const Family& family);
    [[nodiscard]] std::string attempt(Result<void>& result);
    [[nodiscard]] std::string judge(const Injection& injection, const Result<void>& result);
    [[nodiscard]] std::string judgeSight(const Injection& injection, bool isDone, const Sight& sight);
    [[nodiscard]] bool isWorthRepeating(const Injection& injection, const Sight& sight) const;
    [[nodiscard]] std::string repeat(const Injection& injection, const Sight& sight);

    Bench& m_bench;
    const Operation& m_operation;
    bool m_isThorough;
    Sight m_before;
    Sight m_clean;
    std::set<std::uint64_t> m_judged;  // folders that were found fine, by all their bytes
    // Of the injection that was made last:
    bool m_wasDone = false;
    bool m_wasFound = false;
    std::function<void(const std::string&)> m_witness;
};

}  // namespace hezhang::test
