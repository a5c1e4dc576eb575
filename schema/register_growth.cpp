// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/register_growth.h"

#include <algorithm>
#include <functional>

#include "schema/text_rules.h"

namespace hezhang::schema {

namespace {

// One field in two versions of a register.
struct Growth {
    const RegisterDef& def;
    const FieldDef& earlier;
    const FieldDef& later;

    [[nodiscard]] Result<void> mustBe(bool isKept, std::string_view what) const {
        return isKept ? Result<void>()
                      : fail(ErrorCode::badInput, def.name + " version " + std::to_string(def.version) +
                                                      ": " + earlier.name + ": " + std::string(what));
    }
};

// Whether everything that the earlier limit allows the later one allows too; `isWider(later, earlier)`.
template <class Limit, class Wider>
bool isWidened(const std::optional<Limit>& earlier, const std::optional<Limit>& later, Wider isWider) {
    return !later || (earlier && isWider(*later, *earlier));
}

Result<void> checkLimits(const Growth& growth) {
    const auto& [def, earlier, later] = growth;
    HZ_CHECK(growth.mustBe(isWidened(earlier.maxLength, later.maxLength, std::greater_equal<>()),
                           "max_length becomes smaller"));
    HZ_CHECK(growth.mustBe(isWidened(earlier.min, later.min, std::less_equal<>()), "min becomes larger"));
    HZ_CHECK(growth.mustBe(isWidened(earlier.max, later.max, std::greater_equal<>()), "max becomes smaller"));
    return growth.mustBe(later.isOptional || !earlier.isOptional, "is no longer optional");
}

Result<void> checkChoices(const Growth& growth) {
    for (const Choice& choice : growth.earlier.choices) {
        HZ_CHECK(growth.mustBe(growth.later.choice(choice.value) != nullptr,
                               "the choice " + inQuotes(choice.value) + " is gone: retire it"));
    }
    return {};
}

Result<void> checkField(const Growth& growth) {
    const auto& [def, earlier, later] = growth;
    HZ_CHECK(growth.mustBe(later.type == earlier.type, "has another type"));
    HZ_CHECK(growth.mustBe(later.merge == earlier.merge, "has another merge rule"));
    HZ_CHECK(growth.mustBe(later.target == earlier.target, "names another register"));
    HZ_CHECK(checkLimits(growth));
    HZ_CHECK(checkChoices(growth));
    for (const Writer writer : earlier.write) {
        HZ_CHECK(growth.mustBe(later.isWritableBy(writer),
                               "is no longer written by " + std::string(name(writer))));
    }
    return {};
}

}  // namespace

Result<void> checkGrows(const RegisterDef& earlier, const RegisterDef& later) {
    const auto mustBe = [&](bool isKept, std::string_view what) -> Result<void> {
        return isKept ? Result<void>()
                      : fail(ErrorCode::badInput, earlier.name + " version " + std::to_string(later.version) +
                                                      ": " + std::string(what));
    };
    HZ_CHECK(mustBe(later.name == earlier.name, "has another name"));
    HZ_CHECK(mustBe(later.version > earlier.version, "is not a later version"));
    HZ_CHECK(mustBe(later.scope == earlier.scope, "has another scope"));
    const bool isSameKey =
        std::equal(later.key.begin(), later.key.end(), earlier.key.begin(), earlier.key.end(),
                   [](const FieldDef& a, const FieldDef& b) { return a.name == b.name; });
    HZ_CHECK(mustBe(isSameKey, "has other fixed fields"));
    for (std::size_t i = 0; i < earlier.key.size(); ++i) {
        HZ_CHECK(checkField({later, earlier.key[i], later.key[i]}));
    }
    for (const FieldDef& cell : earlier.cells) {
        const FieldDef* const same = later.cell(cell.name);
        HZ_CHECK(mustBe(same != nullptr, cell.name + " is gone: retire it"));
        HZ_CHECK(checkField({later, cell, *same}));
    }
    return {};
}

}  // namespace hezhang::schema
