// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ports through which the engine asks what it must not know: rights, scopes, ranks, merge rules. `ledger` implements them,
// the same code for device and county.
#pragma once

#include "sync/merge/merge_rule.h"
#include "sync/store/store.h"

namespace hezhang::sync {

class Projection;

// What the definitions say. Which rule merges a cell; nullopt: this version does not know the register or field; its ops are kept and relayed.
class Rules {
public:
    virtual ~Rules() = default;
    [[nodiscard]] virtual std::optional<MergeRule> ruleOf(std::string_view registerName, std::string_view field) const = 0;
    // The version of the register's definition that this program writes by; 0: it has none.
    [[nodiscard]] virtual std::uint32_t versionOf(std::string_view registerName) const = 0;
};

// An op to be judged, with who asks. `scope` is the lane's.
struct JudgedOp {
    const Op& op;
    const RecordKey& key;
    const std::string& scope;
    const EnrolmentControl& author;
};

class Judge {
public:
    virtual ~Judge() = default;
    // May the author make this change now, does the value fit, and how does its rank stand? Never `held` or `refused`.
    // Reads the projection as it stands before the op. Deterministic: nothing but its arguments and the projection.
    [[nodiscard]] virtual Result<Judgement> judge(const JudgedOp& asked, Projection& state) const = 0;
    // The scopes a device of this enrolment holds as the state stands, sorted; "*" stands for all of the county.
    [[nodiscard]] virtual Result<std::vector<std::string>> scopesOf(const EnrolmentControl& enrolment,
                                                                    Projection& state) const = 0;
    // Whether the author is of the office: it also sees what was set aside.
    [[nodiscard]] virtual bool isOffice(const EnrolmentControl& enrolment) const = 0;
};

// The registers of the records, each once with the version it is written by: what a segment names.
[[nodiscard]] std::vector<std::pair<std::string, std::uint32_t>> definitionsOf(const std::vector<RecordKey>& records,
                                                                               const Rules& rules);

[[nodiscard]] inline bool holdsScope(const std::vector<std::string>& held, std::string_view scope) {
    for (const std::string& one : held) {
        if (one == "*" || one == scope) {
            return true;
        }
    }
    return false;
}

}  // namespace hezhang::sync
