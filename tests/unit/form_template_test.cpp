// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/form_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "schema/built_in_files.h"

namespace hezhang::documents {
namespace {

using testing::HasSubstr;

std::string consolidated() {
    for (const schema::FileSource& source : schema::builtInForms()) {
        if (source.fileName == "consolidated.json") {
            return std::string(source.json);
        }
    }
    return {};
}

std::string with(std::string text, const std::string& old, const std::string& now) {
    const std::size_t at = text.find(old);
    EXPECT_NE(at, text.npos) << old;
    return text.replace(at, old.size(), now);
}

std::string complaint(const std::string& text) {
    const auto form = parseForm(text, "own.json");
    EXPECT_FALSE(form);
    return form ? "" : form.error().text;
}

TEST(FormTemplate, TheBuiltInOnesAreRead) {
    std::vector<std::string> names;
    for (const schema::FileSource& source : schema::builtInForms()) {
        const auto form = parseForm(source.json, source.fileName);
        ASSERT_TRUE(form) << form.error().text;
        names.push_back(form->name);
        EXPECT_EQ(std::string(source.fileName), form->name + ".json");
    }
    EXPECT_THAT(names,
                testing::ElementsAre("assignment", "consolidated", "filing-form", "notice", "worksheet"));
    EXPECT_EQ(builtInForms().size(), names.size());
}

TEST(FormTemplate, SaysWhatIsWrongAndWhere) {
    const std::string good = consolidated();
    EXPECT_THAT(complaint("{"), HasSubstr("own.json:1: is not well-formed JSON"));
    EXPECT_THAT(complaint(with(good, "\"for\": \"ledger\"", "\"for\": \"county\"")),
                HasSubstr("own.json: for: unknown purpose 'county'"));
    EXPECT_THAT(complaint(with(good, "\"field\": \"item\"", "\"field\": \"items\"")),
                HasSubstr("own.json: table.columns[1].field: unknown field 'items'"));
    EXPECT_THAT(complaint(with(good, "\"field\": \"item\"", "\"field\": \"author\"")),
                HasSubstr("table.columns[1].field: is a field of filings"));
    EXPECT_THAT(complaint(with(good, "\"heading\": \"重点工作\"", "\"heading\": \"序号\"")),
                HasSubstr("table.columns[1].heading: stands twice"));
    EXPECT_THAT(complaint(with(good, "\"width\": 5", "\"width\": 6")),
                HasSubstr("table.columns: the widths add up to 101, not to 100"));
    EXPECT_THAT(complaint(with(good, "{ledger}", "{ledgr}")),
                HasSubstr("heading: there is nothing to put in the place 'ledgr'"));
    EXPECT_THAT(complaint(with(good, "\"points\": 22", "\"points\": 22.3")), HasSubstr("fonts.title.points"));
    EXPECT_THAT(complaint(with(good, "\"docx\", ", "\"doc\", ")), HasSubstr("file_types[0]: is none of"));
    EXPECT_THAT(complaint(with(good, "\"landscape\"", "\"askew\"")), HasSubstr("page.orientation"));
    EXPECT_THAT(complaint(with(good, "\"top\": 25", "\"top\": 250")), HasSubstr("page.margins_mm.top"));
    EXPECT_THAT(complaint(with(good, "\"name\": \"台账\"", "\"name\": \"台/账\"")), HasSubstr("table.name"));
    EXPECT_THAT(complaint(with(good, "\"heading\": \"{ledger}\",",
                               "\"colour\": \"red\", \"heading\": \"{ledger}\",")),
                HasSubstr("unknown key 'colour'"));
    EXPECT_THAT(complaint(with(good, "\"details\"",
                               "\"text\": [{\"style\": \"body\", \"text\": \"a\"}], \"details\"")),
                HasSubstr("has both a table and a text"));
    EXPECT_EQ(parseForm(std::string(65'537, ' '), "own.json").error().code, ErrorCode::tooLarge);
}

TEST(FormTemplate, OnlyAWindowsFormNamesUnitsThatAreMissing) {
    for (const schema::FileSource& source : schema::builtInForms()) {
        if (source.fileName == "notice.json") {
            EXPECT_THAT(
                complaint(with(std::string(source.json), "\"for\": \"window\"", "\"for\": \"ledger\"")),
                HasSubstr("for: units that are missing are those of a window"));
            EXPECT_THAT(complaint(with(std::string(source.json), "{percent}", "{unit_asked}")),
                        HasSubstr("there is nothing to put in the place 'unit_asked'"));
        }
    }
}

TEST(FormTemplate, FillsThePlacesOfAText) {
    const auto value = [](std::string_view name) { return "<" + std::string(name) + ">"; };
    EXPECT_EQ(filledIn("共{tasks}项{", value), "共<tasks>项{");
    EXPECT_EQ(filledIn("", value), "");
}

}  // namespace
}  // namespace hezhang::documents
