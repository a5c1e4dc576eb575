// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a 责任单位 cell or bracket means: which units, in which role.
//
// Shape:   names in the order they are written. No role word is `responsible`; 牵头 binds to all names of its
//          clause, back to the previous ， or ；, and so do 会同, 配合, 协办, 参与 (cooperate) and 主办
//          (lead). A label (牵头单位：) gives the role until the next label. A name's brackets never split
//          it; 和, 与, 及 split only where both sides are names by themselves. A prefix 县, 市, 区 of the
//          first name is inherited. A group (各镇街) stays one entry and is never expanded here; an
//          unfinished list (等, 相关, 有关) is openEnded.
// Limits:  text beyond 5,000 characters is not read.
// Errors:  none: what is no unit is left out with a warning.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hezhang::ledger {

enum class UnitRole { lead, responsible, cooperate };

// lead responsible cooperate
[[nodiscard]] std::string_view name(UnitRole role);

struct PhraseUnit {
    std::string name;  // with the inherited prefix
    std::string written;
    UnitRole role = UnitRole::responsible;
    bool group = false;
    bool openEnded = false;

    friend bool operator==(const PhraseUnit&, const PhraseUnit&) = default;
};

struct UnitPhrase {
    std::vector<PhraseUnit> units;
    std::vector<std::string> warnings;
};

// `role` is that of names without a role word: the column's, if the column names one.
[[nodiscard]] UnitPhrase parseUnits(std::string_view text, UnitRole role = UnitRole::responsible);

// True if the text names units and nothing else: how an importer knows such a cell.
[[nodiscard]] bool readsAsUnits(std::u16string_view text);

// True for 财政局, 各镇街, 党政办公室: a name that needs no neighbour to be one.
[[nodiscard]] bool isUnitName(std::u16string_view text);

// Joins the lines of a wrapped cell: 医疗保障 + 局 is one name, 办公室 + 接访大厅 are two (a blank stays
// between).
[[nodiscard]] std::u16string joinUnitLines(const std::vector<std::u16string>& lines);

}  // namespace hezhang::ledger
