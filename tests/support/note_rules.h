// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A small product on the engine, for tests: notes, and the few records that steer who may write them.
//
// Shape:   register, key, cells.
//            note   scope, name   text (prose), status (keepBoth), rank (authority), tags (set), count
//            (counter); from version 2 of note: place (keepBoth), helpers (set)
//            visit  scope, name   result (keepBoth); from version 1 of visit; older programs do not know it
//            grant  person        scopes (set): what the person's devices hold besides `common`
//            ban    person        banned: noRight from then on
//            seal   scope         closed: windowClosed for all but the office while it is "yes"
//          Roles: office, county (all of it), lead, clerk (write notes), reader. Ranks: 3, 3, 2, 1.
// Threads: value types; the judge has no state but the county's id.
#pragma once

#include <map>

#include "sync/engine/projection.h"

namespace hezhang::test {

inline constexpr std::string_view kCommonScope = "common";

[[nodiscard]] RecordId personNamed(std::string_view name);
[[nodiscard]] sync::RecordKey noteKey(std::string_view name, std::string_view scope);
[[nodiscard]] sync::RecordKey grantKey(const RecordId& person);
[[nodiscard]] sync::RecordKey banKey(const RecordId& person);
[[nodiscard]] sync::RecordKey sealKey(std::string_view scope);
// The scope a record of this key lies in.
[[nodiscard]] std::string scopeOf(const sync::RecordKey& key);

class NoteRules final : public sync::Rules {
public:
    [[nodiscard]] std::uint32_t versionOf(std::string_view registerName) const override;
    [[nodiscard]] std::optional<sync::MergeRule> ruleOf(std::string_view registerName,
                                                        std::string_view field) const override;
    // This program knows that version: a newer one than others.
    void upgrade(const std::string& registerName, std::uint32_t version) { m_later[registerName] = version; }

private:
    // Others have version 1, but visit.
    std::map<std::string, std::uint32_t, std::less<>> m_later;
};

// What a county begins with: version 1 of all.
[[nodiscard]] std::vector<sync::DefinitionControl> noteDefinitions();

class NoteJudge final : public sync::Judge {
public:
    // What a judge that is wrong forgets to ask. For mutants only.
    struct Blindness {
        bool bans = false;
        bool seals = false;
        bool scopes = false;
    };
    void blind(const Blindness& blindness) { m_blindness = blindness; }
    void setCounty(const CountyId& county) { m_county = county; }
    void upgrade(const std::string& registerName, std::uint32_t version) {
        m_rules.upgrade(registerName, version);
    }
    [[nodiscard]] Result<sync::Judgement> judge(const sync::JudgedOp& asked,
                                                sync::Projection& state) const override;
    [[nodiscard]] Result<std::vector<std::string>> scopesOf(const sync::EnrolmentControl& enrolment,
                                                            sync::Projection& state) const override;
    [[nodiscard]] bool isOffice(const sync::EnrolmentControl& enrolment) const override;

private:
    [[nodiscard]] Result<bool> isYes(const sync::RecordKey& key, std::string_view field,
                                     sync::Projection& state) const;

    NoteRules m_rules;
    CountyId m_county;
    Blindness m_blindness;
};

// A program of its own beside those of others: what it has compiled in.
struct NoteProgram {
    NoteRules rules;
    NoteJudge judge;
};

}  // namespace hezhang::test
