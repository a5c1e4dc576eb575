// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Who may do what: the register definitions answered to the engine's questions. One code for device and county.
//
// Roles:   office (writes what the county office may; holds all) · clerk, leader (write for their own unit; hold what is common, their
//          unit's and the shared tasks of their unit) · checker (holds all, records checks anywhere) · supervisor, auditor (hold all, only
//          read) · county (the endpoint itself).
// Ranks:   3 office and county, 2 a lead unit of the task, 1 everybody else.
// Scopes:  common · task:ID (of a task that is shared when a filing is opened) · unit:ID · restricted:REGISTER (whoever holds all).
// Units:   a person's is that of the person's record, as the state stands, and stands for those it came from
//          (succession.h). Who has left holds nothing.
// Threads: immutable after construction.
#pragma once

#include "schema/registers.h"
#include "sync/engine/judge.h"
#include "sync/engine/projection.h"

namespace hezhang::ledger {

inline constexpr std::string_view kCommonScope = "common";
inline constexpr std::string_view kAllScopes = "*";
inline constexpr std::string_view kUnitScope = "unit:";  // + id
inline constexpr std::string_view kTaskScope = "task:";  // + id
inline constexpr std::string_view kRestrictedScope = "restricted:";  // + name of a register
[[nodiscard]] std::string unitScope(const RecordId& unit);
[[nodiscard]] std::string taskScope(const RecordId& task);
[[nodiscard]] std::string restrictedScope(std::string_view registerName);
// The id that a scope of this kind (`unit:`, `task:`) names.
[[nodiscard]] std::optional<RecordId> idInScope(std::string_view scope, std::string_view kind);

inline constexpr std::array<std::string_view, 6> kRoles{"office", "supervisor", "leader", "clerk", "checker", "auditor"};

// The cells of a task that name its units.
inline constexpr std::array<std::string_view, 3> kUnitRoles{"lead", "responsible", "cooperate"};

class LedgerRules final : public sync::Rules {
public:
    explicit LedgerRules(const schema::Registers& registers) : m_registers(registers) {}
    [[nodiscard]] std::optional<sync::MergeRule> ruleOf(std::string_view registerName, std::string_view field) const override;
    [[nodiscard]] std::uint32_t versionOf(std::string_view registerName) const override;

private:
    const schema::Registers& m_registers;
};

class LedgerJudge final : public sync::Judge {
public:
    explicit LedgerJudge(const schema::Registers& registers) : m_registers(registers) {}
    [[nodiscard]] Result<sync::Judgement> judge(const sync::JudgedOp& asked, sync::Projection& state) const override;
    [[nodiscard]] Result<std::vector<std::string>> scopesOf(const sync::EnrolmentControl& enrolment,
                                                            sync::Projection& state) const override;
    [[nodiscard]] bool isOffice(const sync::EnrolmentControl& enrolment) const override;

private:
    struct Asked;
    [[nodiscard]] Result<sync::Reason> fits(const Asked& asked) const;
    [[nodiscard]] Result<bool> areReferencesKnown(const Asked& asked) const;
    [[nodiscard]] Result<bool> closesCircle(const Asked& asked) const;
    [[nodiscard]] Result<bool> holdsScopeOf(const Asked& asked) const;
    [[nodiscard]] Result<bool> hasRight(const Asked& asked) const;
    [[nodiscard]] Result<bool> isUnitOfTask(const Asked& asked, const RecordId& task,
                                            std::span<const std::string_view> roles) const;
    [[nodiscard]] Result<bool> isWriter(schema::Writer writer, const Asked& asked) const;
    [[nodiscard]] Result<bool> mayDelete(const Asked& asked) const;
    [[nodiscard]] Result<sync::Reason> closedReason(const Asked& asked) const;
    [[nodiscard]] Result<bool> hasMoreTime(const Asked& asked, const RecordId& window) const;
    [[nodiscard]] Result<sync::Rank> rankOf(const Asked& asked) const;

    const schema::Registers& m_registers;
};

// Fixed field of a key, nullopt where it has none of that name.
[[nodiscard]] std::optional<std::string> keyText(const sync::RecordKey& key, std::string_view field);
[[nodiscard]] std::optional<RecordId> keyId(const sync::RecordKey& key, std::string_view field);

// The fingerprint of a filing as it now stands: the suite's hash of the dump form of text, status, percent, done_count, evidence.
[[nodiscard]] Result<Hash> fingerprintOf(sync::Projection& state, const RecordId& filing);
[[nodiscard]] Hash fingerprintOf(sync::Projection& state, const sync::RecordReading& filing);

}  // namespace hezhang::ledger
