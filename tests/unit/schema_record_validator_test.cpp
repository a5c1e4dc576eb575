// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/record_validator.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <ostream>

#include "schema/registers.h"

namespace hezhang::schema {

using nlohmann::json;
using sync::MergeRule;
using sync::Value;

static FieldDef fieldOf(FieldType type, MergeRule rule = MergeRule::keepBoth) {
    FieldDef field;
    field.name = "field";
    field.type = type;
    field.merge = rule;
    return field;
}

static FieldDef fixedOf(FieldType type) {
    FieldDef field = fieldOf(type);
    field.merge.reset();
    return field;
}

static FieldDef percent() {
    FieldDef field = fieldOf(FieldType::integer);
    field.name = "percent";
    field.min = 0;
    field.max = 100;
    return field;
}

static FieldDef status() {
    FieldDef field = fieldOf(FieldType::choice);
    field.name = "status";
    field.choices = {{"done", {"已完成", "Done"}}, {"not-started", {"未启动", "Not started"}}};
    return field;
}

static FieldDef shortText() {
    FieldDef field = fieldOf(FieldType::text);
    field.maxLength = 3;
    return field;
}

static const std::string kId(32, 'a');
static const std::string kHash(64, '0');
static const std::string kMostBytes(kTextBytesMax, 'x');

// --- what is retired ---

TEST(RetiredField, IsValidAndNotOffered) {
    FieldDef field = percent();
    field.isRetired = true;

    EXPECT_TRUE(validate(field, Value::integer(40)));
    const auto offered = checkOffered(field, Value::integer(40));
    ASSERT_FALSE(offered);
    EXPECT_EQ(offered.error().code, ErrorCode::badValue);
    EXPECT_TRUE(checkOffered(percent(), Value::integer(40)));
}

TEST(RetiredChoice, IsValidAndNotOffered) {
    FieldDef field = status();
    field.choices.back().isRetired = true;

    EXPECT_TRUE(validate(field, Value::text("not-started")));
    EXPECT_TRUE(checkOffered(field, Value::text("done")));
    EXPECT_TRUE(checkOffered(field, Value::text(""))) << "what is cleared is no choice";
    const auto offered = checkOffered(field, Value::text("not-started"));
    ASSERT_FALSE(offered);
    EXPECT_EQ(offered.error().text, "status: 'not-started' is retired: choose one of done");
}

// --- good values, as a person types them ---

struct Good {
    FieldDef field;
    std::string text;
    Value value;
};
static void PrintTo(const Good& good, std::ostream* out) {
    *out << name(good.field.type) << " " << good.text;
}
static Good same(FieldDef field, const std::string& text) {
    return {std::move(field), text, Value::text(text)};
}

class GoodText : public ::testing::TestWithParam<Good> {};

TEST_P(GoodText, BecomesItsValue) {
    const auto value = valueFromText(GetParam().field, GetParam().text);

    ASSERT_TRUE(value.has_value()) << value.error().text;
    EXPECT_EQ(*value, GetParam().value);
    EXPECT_TRUE(validate(GetParam().field, *value).has_value());
}

TEST_P(GoodText, IsTheSameAfterJson) {
    const auto value = valueFromJson(GetParam().field, jsonFromValue(GetParam().value));

    ASSERT_TRUE(value.has_value()) << value.error().text;
    EXPECT_EQ(*value, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    EveryType, GoodText,
    ::testing::Values(
        same(shortText(), "受阻了"), same(fieldOf(FieldType::text), ""),
        same(fieldOf(FieldType::text), kMostBytes), same(fieldOf(FieldType::longText), "甲\n乙"),
        same(fieldOf(FieldType::prose, MergeRule::prose), "甲。\n乙。"),
        same(fieldOf(FieldType::prose, MergeRule::prose), ""), Good{percent(), "75", Value::integer(75)},
        Good{percent(), "0", Value::integer(0)}, Good{percent(), "100", Value::integer(100)},
        Good{fieldOf(FieldType::integer, MergeRule::counter), "-3", Value::integer(-3)},
        Good{fieldOf(FieldType::integer), "-9223372036854775808", Value::integer(INT64_MIN)},
        Good{fieldOf(FieldType::boolean), "true", Value::boolean(true)},
        Good{fieldOf(FieldType::boolean), "false", Value::boolean(false)},
        same(fieldOf(FieldType::date), "2024-02-29"), same(fieldOf(FieldType::date), ""),
        same(fieldOf(FieldType::dateTime), "2023-12-10T23:59:59Z"), same(status(), "done"),
        Good{status(), "已完成", Value::text("done")}, same(status(), ""),
        same(fieldOf(FieldType::reference), kId), same(fieldOf(FieldType::reference), ""),
        same(fieldOf(FieldType::reference, MergeRule::set), kId), same(fixedOf(FieldType::scope), "common"),
        same(fixedOf(FieldType::scope), "task:" + kId), same(fixedOf(FieldType::scope), "unit:" + kId),
        same(fixedOf(FieldType::scope), "restricted:request"), same(fixedOf(FieldType::nonce), kId),
        same(fieldOf(FieldType::blobHash, MergeRule::set), kHash),
        same(fieldOf(FieldType::fingerprint, MergeRule::set), kHash)));

// --- bad values ---

struct Bad {
    FieldDef field;
    std::string text;
    std::string error;
};
static void PrintTo(const Bad& bad, std::ostream* out) {
    *out << name(bad.field.type) << " " << bad.error;
}

class BadText : public ::testing::TestWithParam<Bad> {};

TEST_P(BadText, IsRefusedWithWhatIsWrong) {
    const auto value = valueFromText(GetParam().field, GetParam().text);

    ASSERT_FALSE(value.has_value());
    EXPECT_EQ(value.error().code, ErrorCode::badValue);
    EXPECT_EQ(value.error().text, GetParam().error);
}

INSTANTIATE_TEST_SUITE_P(
    WrittenText, BadText,
    ::testing::Values(
        Bad{shortText(), "四个汉字", "field: is longer than 3 characters"},
        Bad{fieldOf(FieldType::text), "a\nb", "field: has a control character"},
        Bad{fieldOf(FieldType::text), "a\tb", "field: has a control character"},
        Bad{fieldOf(FieldType::text), "a\x7f", "field: has a control character"},
        Bad{fieldOf(FieldType::text), "a\u0085b", "field: has a control character"},
        Bad{fieldOf(FieldType::text), "a\u2028b", "field: has a control character"},
        Bad{fieldOf(FieldType::text), "a\xff", "field: is not well-formed UTF-8"},
        Bad{fieldOf(FieldType::text), std::string("a\0b", 3), "field: is not well-formed UTF-8"},
        Bad{fieldOf(FieldType::text), kMostBytes + "x", "field: is longer than 16383 bytes"},
        Bad{fieldOf(FieldType::longText), "a\r\nb", "field: has a control character"},
        Bad{fieldOf(FieldType::prose, MergeRule::prose), "a\tb", "field: has a control character"},
        Bad{fieldOf(FieldType::prose, MergeRule::prose), kMostBytes + "x",
            "field: is longer than 16383 bytes"},
        Bad{fieldOf(FieldType::text, MergeRule::set), "", "field: is empty"},
        Bad{fixedOf(FieldType::text), "", "field: is empty"}));

INSTANTIATE_TEST_SUITE_P(
    Numbers, BadText,
    ::testing::Values(Bad{percent(), "120", "percent: 120 is above 100"},
                      Bad{percent(), "-1", "percent: -1 is below 0"},
                      Bad{percent(), "7.5", "percent: is not a whole number"},
                      Bad{percent(), "", "percent: is not a whole number"},
                      Bad{percent(), " 7", "percent: is not a whole number"},
                      Bad{percent(), "9223372036854775808", "percent: is not a whole number"},
                      Bad{fieldOf(FieldType::boolean), "yes", "field: is not true or false"},
                      Bad{fieldOf(FieldType::boolean), "", "field: is not true or false"}));

INSTANTIATE_TEST_SUITE_P(
    Forms, BadText,
    ::testing::Values(
        Bad{fieldOf(FieldType::date), "2023-02-29", "field: '2023-02-29' is not a date (YYYY-MM-DD)"},
        Bad{fieldOf(FieldType::date), "2023-2-9", "field: '2023-2-9' is not a date (YYYY-MM-DD)"},
        Bad{fieldOf(FieldType::date), "2023-13-01", "field: '2023-13-01' is not a date (YYYY-MM-DD)"},
        Bad{fieldOf(FieldType::date), "0000-01-01", "field: '0000-01-01' is not a date (YYYY-MM-DD)"},
        Bad{fieldOf(FieldType::date, MergeRule::set), "", "field: is empty"},
        Bad{fieldOf(FieldType::dateTime), "2023-12-10",
            "field: '2023-12-10' is not a time (YYYY-MM-DDTHH:MM:SSZ)"},
        Bad{fieldOf(FieldType::dateTime), "2023-12-10T24:00:00Z",
            "field: '2023-12-10T24:00:00Z' is not a time (YYYY-MM-DDTHH:MM:SSZ)"},
        Bad{status(), "finished", "status: 'finished' is not one of done, not-started"},
        Bad{status(), std::string(99, 'x'), "status: (a text of 99 bytes) is not one of done, not-started"},
        Bad{status(), "a\x1b[2J", "status: (a text of 5 bytes) is not one of done, not-started"},
        Bad{fieldOf(FieldType::reference), "abc", "field: 'abc' is not an id (32 hex digits)"},
        Bad{fieldOf(FieldType::reference), std::string(32, 'A'),
            "field: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' is not an id (32 hex digits)"},
        Bad{fixedOf(FieldType::scope), "task:1", "field: 'task:1' is not a scope"},
        Bad{fixedOf(FieldType::scope), "county", "field: 'county' is not a scope"},
        Bad{fixedOf(FieldType::scope), "restricted:", "field: 'restricted:' is not a scope"},
        Bad{fixedOf(FieldType::nonce), "", "field: is empty"},
        Bad{fixedOf(FieldType::nonce), "12", "field: '12' is not a nonce (32 hex digits)"},
        Bad{fieldOf(FieldType::blobHash, MergeRule::set), kId,
            "field: '" + kId + "' is not a hash (64 hex digits)"},
        Bad{fieldOf(FieldType::fingerprint, MergeRule::set), "x",
            "field: 'x' is not a hash (64 hex digits)"}));

// --- JSON and hostile values ---

TEST(RecordValidator, TakesNoJsonOfAnotherType) {
    EXPECT_EQ(valueFromJson(percent(), "75").error().text, "percent: is not a whole number");
    EXPECT_EQ(valueFromJson(percent(), 7.0).error().text, "percent: is not a whole number");
    EXPECT_EQ(valueFromJson(percent(), UINT64_MAX).error().text, "percent: is not a whole number");
    EXPECT_EQ(valueFromJson(fieldOf(FieldType::boolean), 1).error().text, "field: is not true or false");
    EXPECT_EQ(valueFromJson(fieldOf(FieldType::text), nullptr).error().text, "field: is not a text");
    EXPECT_EQ(valueFromJson(fieldOf(FieldType::text), json::array({"a"})).error().text,
              "field: is not a text");
}

TEST(RecordValidator, TakesAChoiceFromJsonByItsValueOnly) {
    EXPECT_TRUE(valueFromJson(status(), "done").has_value());
    EXPECT_FALSE(valueFromJson(status(), "已完成").has_value());
}

TEST(RecordValidator, RefusesAValueOfAnotherClass) {
    EXPECT_FALSE(validate(percent(), Value::text("75")).has_value());
    EXPECT_FALSE(validate(fieldOf(FieldType::boolean), Value::integer(1)).has_value());
    EXPECT_FALSE(validate(fieldOf(FieldType::text), Value::boolean(true)).has_value());
}

TEST(RecordValidator, RefusesASealedValue) {
    const std::uint8_t sealed[] = {0x10, 0x01};
    const auto value = Value::fromEncoded(sealed);

    ASSERT_TRUE(value.has_value());
    EXPECT_FALSE(validate(fieldOf(FieldType::text), *value).has_value());
    EXPECT_TRUE(jsonFromValue(*value).is_null());
}

TEST(RecordValidator, AcceptsTheEmptyTextForAnOptionalFixedField) {
    FieldDef place = fixedOf(FieldType::reference);
    place.isOptional = true;

    EXPECT_TRUE(validate(place, Value()).has_value());
    EXPECT_FALSE(validate(fixedOf(FieldType::reference), Value()).has_value());
}

TEST(RecordValidator, AValidTextNeverExceedsTheLimitOfAValue) {
    const Value most = Value::text(kMostBytes);

    EXPECT_TRUE(validate(fieldOf(FieldType::text), most).has_value());
    EXPECT_EQ(most.encoded().size(), sync::kValueBytesMax);
}

RC_GTEST_PROP(RecordValidator, AnyTextThatIsAcceptedIsAValueThatDecodes, (const std::string& text)) {
    for (const RegisterDef& def : Registers::builtIn().all()) {
        for (const FieldDef& field : def.cells) {
            const auto value = valueFromText(field, text);
            RC_ASSERT((!value || Value::fromEncoded(value->encoded()) == *value));
        }
    }
}

}  // namespace hezhang::schema
