// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "schema/register_growth.h"
#include "schema/registers.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace hezhang::schema {

using sync::MergeRule;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

static std::vector<std::string> namesOf(const std::vector<FieldDef>& fields) {
    std::vector<std::string> names;
    for (const FieldDef& field : fields) {
        names.push_back(field.name);
    }
    return names;
}

static const RegisterDef& builtIn(std::string_view name) {
    const RegisterDef* const def = Registers::builtIn().find(name);
    EXPECT_NE(def, nullptr) << name;
    return *def;
}

static const FieldDef& cellOf(std::string_view registerName, std::string_view cell) {
    const FieldDef* const field = builtIn(registerName).cell(cell);
    EXPECT_NE(field, nullptr) << registerName << "." << cell;
    return *field;
}

static std::vector<std::string> valuesOf(const FieldDef& field) {
    std::vector<std::string> values;
    for (const Choice& choice : field.choices) {
        values.push_back(choice.value);
    }
    return values;
}

TEST(BuiltInRegisters, AreThoseOfTheYearlyTaskLedger) {
    std::vector<std::string> names;
    for (const RegisterDef& def : Registers::builtIn().all()) {
        names.push_back(def.name);
    }

    EXPECT_THAT(names, ElementsAre("check", "closing", "comment", "extension", "filing", "holidays", "ledger",
                                   "paragraph", "person", "place", "section", "tally", "target", "task",
                                   "unit", "window"));
}

TEST(BuiltInRegisters, KeepTheOrderOfFixedFieldsThatRecordIdsAreMadeOf) {
    EXPECT_THAT(namesOf(builtIn("unit").key), ElementsAre("first_name"));
    EXPECT_THAT(namesOf(builtIn("person").key), ElementsAre("nonce"));
    EXPECT_THAT(namesOf(builtIn("ledger").key), ElementsAre("year", "title"));
    EXPECT_THAT(namesOf(builtIn("section").key), ElementsAre("ledger", "serial"));
    EXPECT_THAT(namesOf(builtIn("task").key), ElementsAre("ledger", "serial"));
    EXPECT_THAT(namesOf(builtIn("window").key), ElementsAre("ledger", "closes"));
    EXPECT_THAT(namesOf(builtIn("filing").key), ElementsAre("task", "unit", "window", "scope"));
    EXPECT_THAT(namesOf(builtIn("check").key),
                ElementsAre("task", "unit", "place", "window", "at", "scope", "nonce"));
    EXPECT_THAT(namesOf(builtIn("place").key), ElementsAre("unit", "first_name"));
    EXPECT_THAT(namesOf(builtIn("comment").key), ElementsAre("record", "scope", "nonce"));
    EXPECT_THAT(namesOf(builtIn("paragraph").key), ElementsAre("task", "window", "scope"));
    EXPECT_THAT(namesOf(builtIn("closing").key), ElementsAre("window", "scope"));
    EXPECT_THAT(namesOf(builtIn("holidays").key), ElementsAre("year", "region"));
    EXPECT_THAT(namesOf(builtIn("extension").key), ElementsAre("task", "unit", "window", "number", "scope"));
    EXPECT_THAT(namesOf(builtIn("tally").key), ElementsAre("task", "unit", "window", "target", "scope"));
    EXPECT_THAT(namesOf(builtIn("target").key), ElementsAre("task", "words"));
}

TEST(BuiltInRegisters, GiveEachCellTheMergeRuleThatScriptsRelyOn) {
    EXPECT_EQ(cellOf("task", "joint_progress").merge, MergeRule::prose);
    EXPECT_EQ(cellOf("task", "joint_status").merge, MergeRule::keepBoth);
    EXPECT_EQ(cellOf("task", "content").merge, MergeRule::prose);
    EXPECT_EQ(cellOf("task", "lead").merge, MergeRule::set);
    EXPECT_EQ(cellOf("task", "decided_status").merge, MergeRule::authority);
    EXPECT_EQ(cellOf("filing", "text").merge, MergeRule::prose);
    EXPECT_EQ(cellOf("filing", "percent").merge, MergeRule::keepBoth);
    EXPECT_EQ(cellOf("filing", "done_count").merge, MergeRule::counter);
    EXPECT_EQ(cellOf("filing", "verified_status").merge, MergeRule::authority);
    EXPECT_EQ(cellOf("filing", "approved").merge, MergeRule::set);
    EXPECT_EQ(cellOf("check", "result").merge, MergeRule::keepBoth);
    EXPECT_EQ(cellOf("check", "lines").merge, MergeRule::set);
    EXPECT_EQ(cellOf("comment", "text").merge, MergeRule::keepBoth);
    EXPECT_EQ(cellOf("paragraph", "text").merge, MergeRule::prose);
    EXPECT_EQ(cellOf("paragraph", "composed").merge, MergeRule::set);
    EXPECT_EQ(cellOf("holidays", "table").merge, MergeRule::authority);
    EXPECT_EQ(cellOf("tally", "done").merge, MergeRule::counter);
    EXPECT_EQ(cellOf("tally", "cases").merge, MergeRule::counter);
    EXPECT_EQ(cellOf("tally", "percent").merge, MergeRule::keepBoth);
    EXPECT_EQ(cellOf("target", "continued_as").merge, MergeRule::authority);
}

TEST(BuiltInRegisters, SayWhoMayWriteACell) {
    EXPECT_THAT(cellOf("task", "joint_progress").write, ElementsAre(Writer::taskUnit, Writer::office));
    EXPECT_THAT(cellOf("filing", "text").write, ElementsAre(Writer::ownUnit));
    EXPECT_THAT(cellOf("filing", "submitted").write, ElementsAre(Writer::ownUnit));
    EXPECT_THAT(cellOf("tally", "done").write, ElementsAre(Writer::ownUnit));
    EXPECT_THAT(cellOf("target", "continued_as").write, ElementsAre(Writer::office));
    EXPECT_THAT(cellOf("filing", "verified_status").write, ElementsAre(Writer::office, Writer::leadUnit));
    EXPECT_THAT(cellOf("filing", "approved").write, ElementsAre(Writer::office));
    EXPECT_THAT(cellOf("check", "result").write, ElementsAre(Writer::checker, Writer::office));
    EXPECT_THAT(cellOf("check", "objection").write, ElementsAre(Writer::ownUnit));
    EXPECT_THAT(cellOf("place", "address").write,
                ElementsAre(Writer::office, Writer::ownUnit, Writer::checker));
    EXPECT_THAT(cellOf("comment", "text").write, ElementsAre(Writer::author));
    EXPECT_FALSE(cellOf("filing", "text").isWritableBy(Writer::office));
}

TEST(BuiltInRegisters, SayWhoMayDeleteAndWhen) {
    const auto& filing = builtIn("filing").deleteRules;
    const auto& check = builtIn("check").deleteRules;

    ASSERT_EQ(filing.size(), 2U);
    EXPECT_EQ(filing[0].by, Writer::ownUnit);
    EXPECT_EQ(filing[0].when, DeleteWhen::unsubmitted);
    EXPECT_EQ(filing[1].by, Writer::office);
    EXPECT_EQ(filing[1].when, DeleteWhen::always);
    ASSERT_EQ(check.size(), 2U);
    EXPECT_EQ(check[0].by, Writer::checker);
    EXPECT_EQ(check[0].when, DeleteWhen::authored);
}

TEST(BuiltInRegisters, UseTheFiveStatusWordsForEveryStatus) {
    const auto status = ElementsAre("not-started", "in-progress", "done", "ongoing", "blocked");

    EXPECT_THAT(valuesOf(cellOf("filing", "status")), status);
    EXPECT_THAT(valuesOf(cellOf("filing", "verified_status")), status);
    EXPECT_THAT(valuesOf(cellOf("task", "joint_status")), status);
    EXPECT_THAT(valuesOf(cellOf("task", "decided_status")), status);
    EXPECT_EQ(cellOf("filing", "status").choice("blocked")->title.zh, "受阻");
}

TEST(BuiltInRegisters, LiveInTheCountyScopeUnlessTheirKeyHasAScope) {
    for (const RegisterDef& def : Registers::builtIn().all()) {
        EXPECT_EQ(def.scope == ScopeRule::county, def.keyField("scope") == nullptr) << def.name;
    }
    EXPECT_EQ(builtIn("check").scope, ScopeRule::unit);
    EXPECT_EQ(builtIn("comment").scope, ScopeRule::ofRecord);
    EXPECT_EQ(builtIn("paragraph").scope, ScopeRule::restricted);
    EXPECT_EQ(builtIn("closing").scope, ScopeRule::restricted);
}

TEST(BuiltInRegisters, AreTheBytesOfTheirFiles) {
    for (const RegisterDef& def : Registers::builtIn().all()) {
        std::ifstream file(HZ_SOURCE_DIR "/schema/registers/" + def.name + ".json", std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(file), {}};

        EXPECT_EQ(Registers::builtIn().source(def.name), bytes) << def.name;
    }
}

// What the releases had compiled in. A definition that differs has another version and only grew: what a
// device wrote by an old one, offline for months, must be worth the same.
TEST(BuiltInRegisters, OnlyGrowFromReleaseToRelease) {
    std::size_t compared = 0;
    for (const auto& release : std::filesystem::directory_iterator(HZ_SOURCE_DIR "/tests/fixtures")) {
        if (!std::filesystem::exists(release.path() / "registers")) {
            continue;
        }
        for (const auto& entry : std::filesystem::directory_iterator(release.path() / "registers")) {
            std::ifstream file(entry.path(), std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(file), {}};
            const auto earlier = parseRegister(bytes, entry.path().string());
            ASSERT_TRUE(earlier) << earlier.error().text;
            const RegisterDef& now = builtIn(earlier->name);
            ++compared;
            if (Registers::builtIn().source(now.name) == bytes) {
                continue;
            }
            const auto grown = checkGrows(*earlier, now);
            EXPECT_TRUE(grown) << grown.error().text << " (since " << entry.path() << ")";
        }
    }
    EXPECT_GE(compared, 20u);
}

TEST(RegisterDef, HasTheBuiltInCellsWithoutNamingThem) {
    const FieldDef& deleted = cellOf("place", "deleted");
    const FieldDef& admitted = cellOf("place", "admitted");

    EXPECT_EQ(deleted.type, FieldType::boolean);
    EXPECT_EQ(deleted.merge, MergeRule::keepBoth);
    EXPECT_EQ(admitted.type, FieldType::text);
    EXPECT_EQ(admitted.merge, MergeRule::set);
    EXPECT_THAT(admitted.write, ElementsAre(Writer::office));
    EXPECT_FALSE(admitted.isInDump);
    EXPECT_TRUE(deleted.isInDump);
}

TEST(RegisterDef, KeepsScopeAndNonceOutOfDumps) {
    const RegisterDef& check = builtIn("check");

    EXPECT_FALSE(check.keyField("scope")->isInDump);
    EXPECT_FALSE(check.keyField("nonce")->isInDump);
    EXPECT_TRUE(check.keyField("place")->isInDump);
}

TEST(RegisterDef, TellsFixedFieldsFromCells) {
    const RegisterDef& filing = builtIn("filing");

    EXPECT_EQ(filing.cell("task"), nullptr);
    EXPECT_EQ(filing.keyField("text"), nullptr);
    EXPECT_TRUE(filing.keyField("task")->isFixed());
    EXPECT_FALSE(filing.cell("text")->isFixed());
}

TEST(Registers, KnowNothingOfAnUnknownName) {
    EXPECT_EQ(Registers::builtIn().find("unknown"), nullptr);
    EXPECT_EQ(Registers::builtIn().find(""), nullptr);
    EXPECT_THAT(Registers::builtIn().source("unknown"), IsEmpty());
}

static std::string registerThatRefersTo(std::string_view name, std::string_view target) {
    return R"({"name":")" + std::string(name) +
           R"(","title":{"zh":"甲","en":"A"},"version":1,"scope":"county",)"
           R"("key":[{"name":"nonce","title":{"zh":"甲","en":"A"},"type":"nonce"}],)"
           R"("cells":[{"name":"other","title":{"zh":"甲","en":"A"},"type":"reference","register":")" +
           std::string(target) + R"(","merge":"authority","write":["office"]}],"delete":[{"by":"office"}]})";
}

TEST(Registers, MayReferToEachOtherInAnyOrder) {
    const std::string first = registerThatRefersTo("event", "venue");
    const std::string second = registerThatRefersTo("venue", "event");
    const RegisterSource sources[] = {{"event.json", first}, {"venue.json", second}};

    const auto registers = Registers::parse(sources);

    ASSERT_TRUE(registers.has_value()) << registers.error().text;
    EXPECT_EQ(registers->all().size(), 2U);
    EXPECT_EQ(registers->source("venue"), second);
}

TEST(Registers, RefuseAReferenceToARegisterThatIsNotThere) {
    const std::string json = registerThatRefersTo("event", "venue");
    const RegisterSource sources[] = {{"event.json", json}};

    const auto registers = Registers::parse(sources);

    ASSERT_FALSE(registers.has_value());
    EXPECT_EQ(registers.error().code, ErrorCode::badInput);
    EXPECT_EQ(registers.error().text, "event.json: cells[0].register: there is no register 'venue'");
}

TEST(Registers, RefuseTwoOfOneName) {
    const std::string json = registerThatRefersTo("event", "event");
    const RegisterSource sources[] = {{"event.json", json}, {"again.json", json}};

    const auto registers = Registers::parse(sources);

    ASSERT_FALSE(registers.has_value());
    EXPECT_EQ(registers.error().text, "again.json: name: there are two registers 'event'");
}

}  // namespace hezhang::schema
