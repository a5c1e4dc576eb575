// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/record_key.h"

#include <gmock/gmock.h>

#include "schema/registers.h"

namespace hezhang::schema {

using nlohmann::json;
using sync::Value;

static const std::string kTask(32, '1');
static const std::string kUnit(32, '2');
static const std::string kWindow(32, '3');

static const RegisterDef& definitionOf(std::string_view name) {
    return *Registers::builtIn().find(name);
}

static std::string errorOf(std::string_view registerName, const json& object) {
    const auto key = keyFromJson(definitionOf(registerName), object);
    return key ? "no error" : key.error().text;
}

static RecordKey filingKey() {
    return {"filing",
            {{"task", Value::text(kTask)},
             {"unit", Value::text(kUnit)},
             {"window", Value::text(kWindow)},
             {"scope", Value::text("unit:" + kUnit)}}};
}

TEST(RecordKey, HasTheOrderOfTheDefinitionNotOfTheJson) {
    const auto key =
        keyFromJson(definitionOf("filing"),
                    {{"window", kWindow}, {"unit", kUnit}, {"task", kTask}, {"scope", "unit:" + kUnit}});

    ASSERT_TRUE(key.has_value()) << key.error().text;
    EXPECT_EQ(*key, filingKey());
}

TEST(RecordKey, LeavesAnAbsentScopeAndNonceToTheCaller) {
    const auto key = keyFromJson(definitionOf("check"),
                                 {{"task", kTask}, {"unit", kUnit}, {"at", "2023-05-30T08:40:00Z"}});

    ASSERT_TRUE(key.has_value()) << key.error().text;
    EXPECT_EQ(key->fields.size(), 7U);
    EXPECT_EQ(*key->find("scope"), Value());
    EXPECT_EQ(*key->find("nonce"), Value());
    EXPECT_FALSE(validateKey(definitionOf("check"), *key).has_value());
}

TEST(RecordKey, TakesTheEmptyTextForAnOptionalField) {
    const json object{{"task", kTask}, {"unit", kUnit}, {"at", "2023-05-30T08:40:00Z"}};
    json withEmpty = object;
    withEmpty["place"] = "";

    const auto absent = keyFromJson(definitionOf("check"), object);
    const auto empty = keyFromJson(definitionOf("check"), withEmpty);

    ASSERT_TRUE(absent.has_value() && empty.has_value());
    EXPECT_EQ(*absent, *empty);
}

TEST(RecordKey, TypesNumbers) {
    const auto key = keyFromJson(definitionOf("ledger"), {{"year", 2023}, {"title", "工作要点"}});

    ASSERT_TRUE(key.has_value()) << key.error().text;
    EXPECT_EQ(*key->find("year"), Value::integer(2023));
    EXPECT_EQ(key->find("issuer"), nullptr);
}

TEST(RecordKey, SaysWhatIsWrong) {
    EXPECT_EQ(errorOf("ledger", {{"year", 2023}}), "title: is missing");
    EXPECT_EQ(errorOf("ledger", {{"year", "2023"}, {"title", "a"}}), "year: is not a whole number");
    EXPECT_EQ(errorOf("ledger", {{"year", 1999}, {"title", "a"}}), "year: 1999 is below 2000");
    EXPECT_EQ(errorOf("unit", {{"first_name", ""}}), "first_name: is empty");
    EXPECT_EQ(errorOf("person", {{"nonce", ""}}), "nonce: is empty");
    EXPECT_EQ(errorOf("unit", json::array()), "key: is not an object");
}

TEST(RecordKey, RefusesAFieldThatIsNoFixedField) {
    const auto key = keyFromJson(definitionOf("unit"), {{"first_name", "民政局"}, {"name", "民政局"}});

    ASSERT_FALSE(key.has_value());
    EXPECT_EQ(key.error().code, ErrorCode::unknownField);
    EXPECT_EQ(key.error().text, "unit has no fixed field 'name'");
}

TEST(RecordKey, FromOutsideIsCheckedForNamesOrderAndValues) {
    RecordKey swapped = filingKey();
    std::swap(swapped.fields[0], swapped.fields[1]);
    RecordKey tooFew = filingKey();
    tooFew.fields.pop_back();
    RecordKey badScope = filingKey();
    *badScope.find("scope") = Value::text("everywhere");

    EXPECT_TRUE(validateKey(definitionOf("filing"), filingKey()).has_value());
    EXPECT_FALSE(validateKey(definitionOf("filing"), swapped).has_value());
    EXPECT_FALSE(validateKey(definitionOf("filing"), tooFew).has_value());
    EXPECT_FALSE(validateKey(definitionOf("check"), filingKey()).has_value());
    EXPECT_EQ(validateKey(definitionOf("filing"), badScope).error().text,
              "scope: 'everywhere' is not a scope");
}

}  // namespace hezhang::schema
