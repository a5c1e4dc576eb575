// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a form showed of one cell when it was opened: the context of the edit it will make. Taking the context
// when the form is saved instead would overwrite, unseen, what colleagues wrote meanwhile.
//
// Shape:   `seen` goes into the op. `known` are all live values of that moment: what is live later and not
// among them is newer. Once
//          the person has looked at it, it counts as seen.
// Threads: a value type.
#pragma once

#include "src/ledger/views.h"

namespace hezhang::ui {

struct FieldContext {
    nlohmann::json base;  // the value shown
    std::vector<std::string> seen;
    std::vector<std::string> known;

    [[nodiscard]] static FieldContext of(const ledger::CellShown& shown);
    [[nodiscard]] bool isNewer(const ledger::CellShown& now) const;
    // The person has seen what is shown now, beside the own text.
    void look(const ledger::CellShown& now);

    // As a draft keeps it. nullopt for what is none.
    [[nodiscard]] nlohmann::json toJson() const;
    [[nodiscard]] static std::optional<FieldContext> fromJson(const nlohmann::json& stored);
};

}  // namespace hezhang::ui
