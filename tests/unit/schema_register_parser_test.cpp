// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <ostream>

#include "schema/register_def.h"
#include "schema/registers.h"
#include "tests/support/visit_register.h"

namespace hezhang::schema {

using test::replaced;

// With a cell and a choice that are retired.
static const std::string kGood =
    replaced(replaced(test::kVisitRegister, R"("merge": "authority", "write": ["office"])",
                      R"("merge": "authority", "write": ["office"], "retired": true)"),
             R"("en": "Two")", R"("en": "Two", "retired": true)");

// One change of kGood, and the error it gives.
struct Fault {
    std::string from;
    std::string to;
    std::string error;
};

static void PrintTo(const Fault& fault, std::ostream* out) {
    *out << fault.from << " -> " << fault.to;
}

class FaultyDefinition : public ::testing::TestWithParam<Fault> {};

TEST_P(FaultyDefinition, IsRefusedWithItsPlace) {
    const std::string text = replaced(kGood, GetParam().from, GetParam().to);

    const auto def = parseRegister(text, "visit.json");

    ASSERT_FALSE(def.has_value());
    EXPECT_EQ(def.error().code, ErrorCode::badInput);
    EXPECT_EQ(def.error().text, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    Syntax, FaultyDefinition,
    ::testing::Values(
        Fault{kGood, "", "visit.json:1: is not well-formed JSON"},
        Fault{"\"version\": 1,", "\"version\": 1;", "visit.json:4: is not well-formed JSON"},
        Fault{"\"Unit\"}, \"type\"", "\"Unit}, \"type\"", "visit.json:7: is not well-formed JSON"},
        Fault{"\"Note\"", "\"\xff\"", "visit.json:12: is not well-formed JSON"},
        Fault{"\"version\": 1", "\"version\": 1e999", "visit.json: has a number that is out of range"},
        Fault{"\"scope\": \"unit\"", "\"scope\": \"unit\", \"scope\": \"county\"",
              "visit.json: has the key 'scope' twice in one object"},
        Fault{kGood, "[]", "visit.json: is not an object"}));

INSTANTIATE_TEST_SUITE_P(
    Whole, FaultyDefinition,
    ::testing::Values(
        Fault{"\"version\": 1,", "", "visit.json: version: is missing"},
        Fault{"\"version\": 1", "\"version\": 0", "visit.json: version: is below 1"},
        Fault{"\"version\": 1", "\"version\": 1.5", "visit.json: version: is not a whole number"},
        Fault{"\"version\": 1", "\"version\": 18446744073709551615",
              "visit.json: version: is not a whole number"},
        Fault{"\"version\": 1", "\"version\": 4294967296", "visit.json: version: is too large"},
        Fault{"\"version\": 1", "\"version\": 1, \"colour\": 2", "visit.json: unknown key 'colour'"},
        Fault{"\"visit\"", "\"Visit\"", "visit.json: name: 'Visit' is not a name (a-z, 0-9, _)"},
        Fault{"\"visit\"", "\"any\"", "visit.json: name: any is no register's name"},
        Fault{"\"Visit\"", "\"\"", "visit.json: title.en: is empty"},
        Fault{"\"Visit\"", "\"a\\nb\"", "visit.json: title.en: has a control character"},
        Fault{"\"Visit\"", "\"a\\u0000b\"", "visit.json: title.en: has a control character"},
        Fault{"\"Visit\"", "7", "visit.json: title.en: is not a text"},
        Fault{"\"scope\": \"unit\"", "\"scope\": \"world\"", "visit.json: scope: unknown scope rule 'world'"},
        Fault{"\"scope\": \"unit\"", "\"scope\": \"county\"",
              "visit.json: scope: county has no fixed field scope"},
        Fault{"\"scope\": \"unit\"", "\"scope\": \"ofRecord\"",
              "visit.json: scope: ofRecord needs the fixed field record, a reference to any"},
        Fault{"\"name\": \"unit\"", "\"name\": \"town\"",
              "visit.json: scope: unit needs the fixed field unit, a reference to unit"},
        Fault{"[{\"by\": \"office\"}]", "[]", "visit.json: delete: is not a list of at least one"},
        Fault{"\"by\": \"office\"", "\"by\": \"boss\"", "visit.json: delete[0].by: unknown role word 'boss'"},
        Fault{"\"by\": \"office\"", "\"by\": \"office\", \"when\": \"never\"",
              "visit.json: delete[0].when: unknown condition 'never'"},
        Fault{"\"by\": \"office\"", "\"by\": \"office\", \"when\": \"unsubmitted\"",
              "visit.json: delete[0].when: unsubmitted needs the cell submitted, of fingerprints"}));

INSTANTIATE_TEST_SUITE_P(
    Field, FaultyDefinition,
    ::testing::Values(
        Fault{"\"name\": \"day\"", "\"name\": \"unit\"", "visit.json: key[1].name: the name stands twice"},
        Fault{"\"name\": \"note\"", "\"name\": \"day\"", "visit.json: cells[0].name: the name stands twice"},
        Fault{"\"name\": \"note\"", "\"name\": \"deleted\"",
              "visit.json: cells[0].name: every register has 'deleted' by itself"},
        Fault{"\"type\": \"date\"", "\"type\": \"day\"", "visit.json: key[1].type: unknown type 'day'"},
        Fault{"\"type\": \"date\"", "\"type\": \"prose\"",
              "visit.json: key[1].type: prose cannot be a fixed field"},
        Fault{"\"name\": \"day\"", "\"name\": \"nonce\"",
              "visit.json: key[1].name: scope and nonce are the names of just the fields of these types"},
        Fault{"\"optional\": true", "\"optional\": 1", "visit.json: key[1].optional: is not true or false"},
        Fault{"\"type\": \"scope\"", "\"type\": \"scope\", \"optional\": true",
              "visit.json: key[2].optional: does not fit the type scope"},
        Fault{"\"optional\": true", "\"merge\": \"set\"", "visit.json: key[1]: unknown key 'merge'"},
        Fault{"\"register\": \"unit\"", "\"max_length\": 5",
              "visit.json: key[0].max_length: does not fit the type reference"},
        Fault{"\"counter\"", "\"lww\"", "visit.json: cells[2].merge: unknown merge rule 'lww'"},
        Fault{"\"keepBoth\"", "\"counter\"",
              "visit.json: cells[0].merge: counter does not fit the type text"},
        Fault{"\"keepBoth\"", "\"prose/1\"",
              "visit.json: cells[0].merge: prose/1 does not fit the type text"},
        Fault{"\"max_length\": 5", "\"max_length\": 0", "visit.json: cells[0].max_length: is below 1"},
        Fault{"\"max_length\": 5", "\"min\": 5", "visit.json: cells[0].min: does not fit the type text"},
        Fault{"\"min\": 0", "\"min\": 10", "visit.json: cells[1].min: is above max"},
        Fault{"\"merge\": \"counter\"", "\"max\": 3, \"merge\": \"counter\"",
              "visit.json: cells[2].max: does not fit a counter"},
        Fault{"[\"ownUnit\"]", "[]", "visit.json: cells[0].write: is not a list of at least one"},
        Fault{"[\"ownUnit\"]", "[\"boss\"]", "visit.json: cells[0].write[0]: unknown role word 'boss'"},
        Fault{"[\"ownUnit\"]", "[\"ownUnit\", 3]", "visit.json: cells[0].write[1]: is not a role word"},
        Fault{"[\"ownUnit\"]", "[\"leadUnit\"]",
              "visit.json: cells[0].write[0]: leadUnit needs the fixed field task, a reference to task"},
        Fault{"\"value\": \"one\"", "\"value\": \"One\"",
              "visit.json: cells[3].choices[0].value: 'One' is not a choice word (a-z, 0-9, -)"},
        Fault{"\"value\": \"two\"", "\"value\": \"one\"",
              "visit.json: cells[3].choices[1]: the value 'one' stands twice"},
        Fault{"\"zh\": \"二\"", "\"zh\": \"一\"",
              "visit.json: cells[3].choices[1]: the title '一' stands twice"},
        Fault{"\"choices\"", "\"max\": 1, \"choices\"",
              "visit.json: cells[3].max: does not fit the type choice"}));

TEST(RegisterParser, ReadsAGoodDefinition) {
    const auto def = parseRegister(kGood, "visit.json");

    ASSERT_TRUE(def.has_value()) << def.error().text;
    EXPECT_EQ(def->name, "visit");
    EXPECT_EQ(def->title.zh, "来访");
    EXPECT_EQ(def->version, 1);
    EXPECT_EQ(def->scope, ScopeRule::unit);
    EXPECT_EQ(def->keyField("unit")->target, "unit");
    EXPECT_TRUE(def->keyField("day")->isOptional);
    EXPECT_EQ(def->cell("note")->maxLength, 5U);
    EXPECT_EQ(def->cell("people")->max, 9);
    EXPECT_TRUE(def->cell("people")->isRetired);
    EXPECT_TRUE(def->cell("visits")->isCounter());
    EXPECT_EQ(def->cell("kind")->choice("two")->title.en, "Two");
    EXPECT_TRUE(def->cell("kind")->choice("two")->isRetired);
    EXPECT_FALSE(def->cell("kind")->choice("one")->isRetired);
    EXPECT_EQ(def->deleteRules[0].by, Writer::office);
}

TEST(RegisterParser, RefusesAChoiceFieldWithoutChoices) {
    const std::string text =
        replaced(kGood, "\"type\": \"date\", \"optional\": true", "\"type\": \"choice\"");

    const auto def = parseRegister(text, "visit.json");

    ASSERT_FALSE(def.has_value());
    EXPECT_EQ(def.error().text, "visit.json: key[1].choices: is missing");
}

TEST(RegisterParser, RefusesARetiredChoiceOfAFixedField) {
    const std::string text =
        replaced(kGood, "\"type\": \"date\", \"optional\": true",
                 R"("type": "choice", "choices": [{"value": "am", "zh": "上", "en": "A", "retired": true}])");

    const auto def = parseRegister(text, "visit.json");

    ASSERT_FALSE(def.has_value());
    EXPECT_EQ(def.error().text, "visit.json: key[1].choices[0]: a choice of a fixed field is never retired");
}

TEST(RegisterParser, DoesNotRepeatALongWordInAnError) {
    const std::string text = replaced(kGood, "counter", std::string(500, 'x'));

    const auto def = parseRegister(text, "visit.json");

    ASSERT_FALSE(def.has_value());
    EXPECT_EQ(def.error().text, "visit.json: cells[2].merge: unknown merge rule (a text of 500 bytes)");
}

TEST(RegisterParser, RefusesAFileThatIsTooLarge) {
    const auto def = parseRegister(std::string(kDefinitionBytesMax + 1, ' '), "big.json");

    ASSERT_FALSE(def.has_value());
    EXPECT_EQ(def.error().code, ErrorCode::tooLarge);
}

TEST(RegisterParser, SurvivesDeepNesting) {
    const std::string half(kDefinitionBytesMax / 2, '[');

    EXPECT_FALSE(parseRegister(half + half, "deep.json").has_value());
    EXPECT_FALSE(parseRegister(half + std::string(half.size(), ']'), "deep.json").has_value());
}

RC_GTEST_PROP(RegisterParser, AnyBytesAreAnAnswerAndNoCrash, (const std::string& bytes)) {
    RC_ASSERT(!parseRegister(bytes, "any.json").has_value());
}

RC_GTEST_PROP(RegisterParser, ADamagedDefinitionIsAnAnswerAndNoCrash, ()) {
    const auto all = Registers::builtIn().all();
    const auto& def = all[*rc::gen::inRange<std::size_t>(0, all.size())];
    std::string text(Registers::builtIn().source(def.name));
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 9), *rc::gen::arbitrary<std::string>());

    const auto result = parseRegister(text, "damaged.json");

    RC_ASSERT((result.has_value() || result.error().code == ErrorCode::badInput));
}

}  // namespace hezhang::schema
