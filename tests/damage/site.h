// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county at work with two homes, written once; fresh copies of it, and what stands in them.
//
// Shape:   folders county, clerk and office. Each database has its newest commits in the -wal beside it. Both
//          homes have edits that the county has not: sealed ones, and ones in the tail. clerk.bundle and
//          answer.bundle carry the clerk's to the county and the county's answer back.
// Errors:  what cannot fail in a fine story throws; what is read from damaged files is a Result.
// Threads: one.
#pragma once

#include <map>
#include <set>

#include "src/ledger/county_folder.h"
#include "tests/support/direct_transport.h"
#include "tests/support/store_box.h"

namespace hezhang::test {

using Dumps = std::map<std::string, std::string>;  // by scope
using OpIds = std::set<Hash>;

struct Place {
    std::string folder;
    [[nodiscard]] std::string county() const { return folder + "/county"; }
    [[nodiscard]] std::string clerk() const { return folder + "/clerk"; }
    [[nodiscard]] std::string office() const { return folder + "/office"; }
    [[nodiscard]] std::string bundle() const { return folder + "/clerk.bundle"; }
    [[nodiscard]] std::string answer() const { return folder + "/answer.bundle"; }
};

class Site {
public:
    // In a new folder below `root`, which goes with the object.
    explicit Site(const std::string& root);

    // A copy that was never touched. The homes take it for the place where they have always been.
    [[nodiscard]] Place fresh(const std::string& name) const;
    // The same after the clerk has written clerk.bundle: answer.bundle is for this one.
    [[nodiscard]] Place freshSent(const std::string& name) const;
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }
    // All that is drawn from here on follows from the seed.
    void draw(std::uint64_t seed) { m_random = SeededRandom(seed); }
    // What a person edits next: a text that others edit too.
    [[nodiscard]] const RecordId& joint() const { return m_joint; }
    // States of a database before its newest commits: where the -wal is cut, one of them comes back.
    [[nodiscard]] const std::vector<Dumps>& earlier(const std::string& side) const {
        return m_earlier.at(side);
    }

private:
    void tell();
    void editUnsent(ledger::Home& home, const std::string& side);

    TemporaryFolder m_root;
    Place m_made;
    Place m_sound;
    Place m_sent;
    FakeClock m_clock;
    SeededRandom m_random{1};
    RecordId m_joint;
    RecordId m_task;
    RecordId m_filing;
    std::map<std::string, std::vector<Dumps>> m_earlier;
};

[[nodiscard]] Result<Dumps> dumpsOf(ledger::Home& home);
// Of the scopes that somebody has.
[[nodiscard]] Result<Dumps> dumpsOf(ledger::CountyFolder& county, const Dumps& like);
// Everything that somebody signed or would sign, and that is here: in the log, outside it, in the tail.
[[nodiscard]] Result<OpIds> opsOf(sync::Store& store, const sync::Suite& suite);
[[nodiscard]] bool isSubset(const OpIds& part, const OpIds& whole);

}  // namespace hezhang::test
