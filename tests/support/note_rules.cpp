// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/note_rules.h"

#include <algorithm>

namespace hezhang::test {

using sync::Judgement;
using sync::MergeRule;
using sync::OpKind;
using sync::Reason;
using sync::RecordKey;
using sync::Value;
using sync::Verdict;

namespace {

bool fits(MergeRule rule, OpKind kind) {
    switch (rule) {
    case MergeRule::keepBoth:
    case MergeRule::authority:
    case MergeRule::prose:
        return kind == OpKind::assign;
    case MergeRule::set:
        return kind == OpKind::add || kind == OpKind::remove;
    case MergeRule::counter:
        return kind == OpKind::increment;
    }
    return false;
}

sync::Rank rankOf(std::string_view role) {
    return role == "office" || role == "county" ? 3 : role == "lead" ? 2 : 1;
}

}  // namespace

RecordId personNamed(std::string_view name) {
    RecordId person;
    std::copy_n(name.begin(), std::min(name.size(), RecordId::kSize), person.bytes.begin());
    return person;
}

RecordKey noteKey(std::string_view name, std::string_view scope) {
    return {"note", {{"scope", Value::text(scope)}, {"name", Value::text(name)}}};
}

RecordKey grantKey(const RecordId& person) {
    return {"grant", {{"person", Value::text(person.hex())}}};
}

RecordKey banKey(const RecordId& person) {
    return {"ban", {{"person", Value::text(person.hex())}}};
}

RecordKey sealKey(std::string_view scope) {
    return {"seal", {{"scope", Value::text(scope)}}};
}

std::string scopeOf(const RecordKey& key) {
    const bool isOfScope =
        key.registerName == "note" || key.registerName == "visit" || key.registerName == "seal";
    return std::string(isOfScope ? key.fields.front().second.asText().value_or("") : kCommonScope);
}

std::optional<MergeRule> NoteRules::ruleOf(std::string_view registerName, std::string_view field) const {
    if (field == sync::kDeletedField) {
        return MergeRule::keepBoth;
    }
    if (field == sync::kAdmittedField) {
        return MergeRule::set;
    }
    static const std::map<std::pair<std::string_view, std::string_view>, MergeRule> kRules{
        {{"note", "text"}, MergeRule::prose},      {{"note", "status"}, MergeRule::keepBoth},
        {{"note", "rank"}, MergeRule::authority},  {{"note", "tags"}, MergeRule::set},
        {{"note", "count"}, MergeRule::counter},   {{"grant", "scopes"}, MergeRule::set},
        {{"ban", "banned"}, MergeRule::authority}, {{"seal", "closed"}, MergeRule::authority},
    };
    static const std::map<std::pair<std::string_view, std::string_view>, MergeRule> kLater{
        {{"note", "place"}, MergeRule::keepBoth},
        {{"note", "helpers"}, MergeRule::set},
        {{"visit", "result"}, MergeRule::keepBoth},
    };
    if (const auto it = kRules.find({registerName, field}); it != kRules.end()) {
        return it->second;
    }
    const auto it = kLater.find({registerName, field});
    const std::uint32_t since = registerName == "visit" ? 1 : 2;
    return it == kLater.end() || versionOf(registerName) < since ? std::nullopt : std::optional(it->second);
}

std::vector<sync::DefinitionControl> noteDefinitions() {
    std::vector<sync::DefinitionControl> definitions;
    for (const char* registerName : {"note", "grant", "ban", "seal"}) {
        definitions.push_back({registerName, 1, "{}"});
    }
    return definitions;
}

std::uint32_t NoteRules::versionOf(std::string_view registerName) const {
    const auto later = m_later.find(registerName);
    if (later != m_later.end()) {
        return later->second;
    }
    return registerName == "visit" ? 0 : 1;
}

Result<bool> NoteJudge::isYes(const RecordKey& key, std::string_view field, sync::Projection& state) const {
    HZ_TRY(const std::optional<Value> shown,
           state.shown(recordIdOf(state.history().suite(), m_county, key), field));
    return shown && shown->asText() == "yes";
}

Result<Judgement> NoteJudge::judge(const sync::JudgedOp& asked, sync::Projection& state) const {
    const auto aside = [](Reason reason) { return Judgement{Verdict::aside, reason, 0}; };
    const std::string& role = asked.author.role;
    const auto rule = m_rules.ruleOf(asked.key.registerName, asked.op.field);
    if (!rule || !fits(*rule, asked.op.kind)) {
        return aside(Reason::wrongKind);
    }
    const bool isUpper = rankOf(role) == 3;
    const bool isForeign = scopeOf(asked.key) != asked.scope;
    const bool isPlain = asked.key.registerName == "note" || asked.key.registerName == "visit";
    const bool isSteering = !isPlain || asked.op.field == sync::kAdmittedField;
    if (isForeign || role == "reader" || (isSteering && !isUpper)) {
        return aside(Reason::noRight);
    }
    HZ_TRY(const bool isBanned, isYes(banKey(asked.op.person), "banned", state));
    if (isBanned && !m_blindness.bans) {
        return aside(Reason::noRight);
    }
    HZ_TRY(const bool isClosed, isYes(sealKey(asked.scope), "closed", state));
    if (isClosed && !isUpper && !m_blindness.seals) {
        return Judgement{Verdict::aside, Reason::windowClosed, rankOf(role)};
    }
    return Judgement{Verdict::accepted, Reason::none, rankOf(role)};
}

Result<std::vector<std::string>> NoteJudge::scopesOf(const sync::EnrolmentControl& enrolment,
                                                     sync::Projection& state) const {
    if (rankOf(enrolment.role) == 3 || m_blindness.scopes) {
        return std::vector<std::string>{"*"};
    }
    const RecordId grant = recordIdOf(state.history().suite(), m_county, grantKey(enrolment.person));
    HZ_TRY(const std::vector<Value> given, state.elements(grant, "scopes"));
    std::vector<std::string> scopes{std::string(kCommonScope)};
    for (const Value& one : given) {
        scopes.emplace_back(one.asText().value_or(""));
    }
    std::sort(scopes.begin(), scopes.end());
    return scopes;
}

bool NoteJudge::isOffice(const sync::EnrolmentControl& enrolment) const {
    return rankOf(enrolment.role) == 3;
}

}  // namespace hezhang::test
