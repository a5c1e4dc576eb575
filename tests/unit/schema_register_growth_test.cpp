// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/register_growth.h"

#include <gmock/gmock.h>

#include <ostream>

#include "tests/support/visit_register.h"

namespace hezhang::schema {

using test::kVisitRegister;
using test::replaced;

// A change of the register that makes version 2 of it; error: what is wrong with it, empty where nothing is.
struct Change {
    std::string from;
    std::string to;
    std::string error;
};

static void PrintTo(const Change& change, std::ostream* out) {
    *out << change.from << " -> " << change.to;
}

class LaterDefinition : public ::testing::TestWithParam<Change> {};

TEST_P(LaterDefinition, IsAnsweredWithWhatItTakesAway) {
    const auto& [from, to, error] = GetParam();
    const std::string text = replaced(kVisitRegister, "\"version\": 1", "\"version\": 2");
    const auto earlier = parseRegister(kVisitRegister, "earlier.json");
    const auto later = parseRegister(replaced(text, from, to), "later.json");
    ASSERT_TRUE(earlier) << earlier.error().text;
    ASSERT_TRUE(later) << later.error().text;

    const auto grown = checkGrows(*earlier, *later);

    EXPECT_EQ(grown ? "" : grown.error().text, error.empty() ? "" : "visit version 2: " + error);
}

INSTANTIATE_TEST_SUITE_P(
    Growing, LaterDefinition,
    ::testing::Values(
        Change{"来访", "来访登记", ""}, Change{"\"max_length\": 5", "\"max_length\": 6", ""},
        Change{"\"max_length\": 5, ", "", ""}, Change{"\"max\": 9", "\"max\": 99", ""},
        Change{"\"min\": 0, ", "", ""}, Change{"[\"ownUnit\"]", "[\"ownUnit\", \"office\"]", ""},
        Change{"\"write\": [\"office\"]}", "\"write\": [\"office\"], \"retired\": true}", ""},
        Change{"\"en\": \"Two\"", "\"en\": \"Two\", \"retired\": true", ""},
        Change{"\"en\": \"Two\"}", R"("en": "Two"}, {"value": "three", "zh": "三", "en": "Three"})", ""},
        Change{"\"cells\": [",
               R"("cells": [{"name": "more", "title": {"zh": "又", "en": "More"}, "type": "prose",
                  "merge": "prose/1", "write": ["office"]},)",
               ""}));

INSTANTIATE_TEST_SUITE_P(
    TakingAway, LaterDefinition,
    ::testing::Values(Change{"\"name\": \"visit\"", "\"name\": \"visits\"", "has another name"},
                      Change{"\"name\": \"note\"", "\"name\": \"remark\"", "note is gone: retire it"},
                      Change{"\"name\": \"day\"", "\"name\": \"date\"", "has other fixed fields"},
                      Change{", \"optional\": true", "", "day: is no longer optional"},
                      Change{"\"max_length\": 5", "\"max_length\": 4", "note: max_length becomes smaller"},
                      Change{"\"min\": 0", "\"min\": 1", "people: min becomes larger"},
                      Change{"\"max\": 9", "\"max\": 8", "people: max becomes smaller"},
                      Change{"\"keepBoth\"", "\"authority\"", "note: has another merge rule"},
                      Change{"\"type\": \"text\"", "\"type\": \"longText\"", "note: has another type"},
                      Change{"[\"ownUnit\"]", "[\"office\"]", "note: is no longer written by ownUnit"},
                      Change{R"(, {"value": "two", "zh": "二", "en": "Two"})", "",
                             "kind: the choice 'two' is gone: retire it"}));

TEST(RegisterGrowth, NeedsALaterVersion) {
    const auto def = parseRegister(kVisitRegister, "visit.json");
    ASSERT_TRUE(def) << def.error().text;

    const auto grown = checkGrows(*def, *def);

    ASSERT_FALSE(grown);
    EXPECT_EQ(grown.error().text, "visit version 1: is not a later version");
}

}  // namespace hezhang::schema
