// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The definition of a form changes while people work: a field is added, one is retired, so is a choice. Real
// homes and a real county's folder, each opened by programs that know one version or the other.
#include <gmock/gmock.h>

#include "schema/register_growth.h"
#include "src/ledger/dump.h"
#include "src/ledger/queries.h"
#include "src/ledger/search.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using schema::Registers;
using test::CountyBox;
using test::taken;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The program's own registers, but that a filing has a contact, no percent any more, and nobody is blocked.
Registers newerRegisters() {
    std::vector<std::string> texts;
    std::vector<schema::RegisterSource> sources;
    for (const schema::RegisterDef& def : Registers::builtIn().all()) {
        std::string json(Registers::builtIn().source(def.name));
        if (def.name == "filing") {
            json = replaced(json, "\"version\": " + std::to_string(def.version), "\"version\": 99");
            json = replaced(json, "\"max\": 100,", "\"max\": 100, \"retired\": true,");
            json = replaced(json, "\"en\": \"Blocked\"", "\"en\": \"Blocked\", \"retired\": true");
            json = replaced(json, "\"cells\": [",
                            R"("cells": [{"name": "contact", "title": {"zh": "联系人", "en": "Contact"},
                               "type": "text", "merge": "keepBoth", "write": ["ownUnit"]},)");
        }
        texts.push_back(std::move(json));
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        sources.push_back({Registers::builtIn().all()[i].name, texts[i]});
    }
    return taken(Registers::parse(sources));
}

class ChangedForm : public ::testing::Test {
protected:
    ChangedForm() {
        office = county.enrol("office", "公开办", "马主任", "office");
        town = county.enrol("town", "甲镇", "张三", "clerk");
        const std::string ledgerId = county.newLedger(*office);
        task = county.newTask(*office, ledgerId, 1, "公开预算。", {"甲镇"});
        window = county.newWindow(*office, "2026-12-31");
        county.sync(*office);
        county.sync(*town);
    }
    [[nodiscard]] Environment newer() { return {clock, random, registers}; }

    // The county's endpoint is upgraded: it enters its definitions when it serves.
    void upgradeCounty() {
        endpoint = taken(CountyFolder::open(county.folder() + "/county", newer()));
        EXPECT_TRUE(endpoint->startServing());
        transport.emplace(*endpoint);
    }
    void upgrade(std::unique_ptr<Home>& home) {
        const std::string folder = home->folder();
        home.reset();
        home = taken(Home::open(folder, newer()));
    }
    void sync(Home& home) {
        const auto report =
            taken(home.sync(transport ? static_cast<sync::Transport&>(*transport) : county.transport()));
        EXPECT_FALSE(report.error) << report.error->text;
    }
    [[nodiscard]] Result<sync::EditAnswer> file(Home& home, const std::string& field,
                                                const std::string& text) {
        return home.edit({.registerName = "filing",
                          .key = {{"task", task.hex()},
                                  {"unit", taken(findUnit(home.state(), "甲镇")).hex()},
                                  {"window", window.hex()}},
                          .field = field,
                          .text = text});
    }
    [[nodiscard]] static std::string dumped(Home& home) {
        std::string all;
        EXPECT_TRUE(dump(home.state(), home.registers(), "", [&](std::string_view line) { all += line; }));
        return all;
    }
    void expectSound() {
        for (Home* home : {office.get(), town.get()}) {
            EXPECT_THAT(taken(home->verify()), IsEmpty());
        }
        EXPECT_EQ(dumped(*office), dumped(*town));
        EXPECT_THAT(taken(endpoint->county().verify()), IsEmpty());
    }

    const Registers registers = newerRegisters();
    RealClock clock;
    SystemRandom random;
    CountyBox county;
    std::unique_ptr<Home> office;
    std::unique_ptr<Home> town;
    std::unique_ptr<CountyFolder> endpoint;
    std::optional<test::DirectTransport> transport;
    RecordId task;
    RecordId window;
};

TEST_F(ChangedForm, MayFollowTheOneBefore) {
    const auto grown = schema::checkGrows(*Registers::builtIn().find("filing"), *registers.find("filing"));
    EXPECT_TRUE(grown) << grown.error().text;
}

TEST_F(ChangedForm, TakesWhatAnOlderDeviceWroteOffline) {
    ASSERT_TRUE(file(*town, "percent", "40"));
    ASSERT_TRUE(file(*town, "status", "blocked"));
    upgradeCounty();
    sync(*town);
    sync(*office);

    EXPECT_THAT(taken(asides(*office)), IsEmpty());
    EXPECT_THAT(dumped(*office), HasSubstr("\"percent\":40"));
    upgrade(office);
    upgrade(town);
    EXPECT_THAT(dumped(*office), HasSubstr("\"percent\":40")) << "what stands in a retired field is shown";
    EXPECT_THAT(dumped(*office), HasSubstr("\"status\":\"blocked\""));
    expectSound();
}

TEST_F(ChangedForm, TakesWhatWasWrittenBeforeTheDeviceWasUpgraded) {
    ASSERT_TRUE(file(*town, "percent", "40"));
    upgradeCounty();
    upgrade(town);  // sealed by the new program only
    ASSERT_TRUE(file(*town, "contact", "张三丰"));
    sync(*town);
    upgrade(office);
    sync(*office);

    EXPECT_THAT(taken(asides(*office)), IsEmpty());
    EXPECT_THAT(dumped(*office), HasSubstr("\"percent\":40"));
    EXPECT_THAT(dumped(*office), HasSubstr("张三丰"));
    expectSound();
}

TEST_F(ChangedForm, RefusesNewEditsOfWhatIsRetired) {
    ASSERT_TRUE(file(*town, "percent", "40"));
    upgradeCounty();
    upgrade(town);

    const auto percent = file(*town, "percent", "50");
    const auto status = file(*town, "status", "受阻");

    ASSERT_FALSE(percent);
    EXPECT_EQ(percent.error().code, ErrorCode::badValue);
    EXPECT_THAT(percent.error().text, HasSubstr("percent: is retired"));
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::badValue);
    EXPECT_THAT(status.error().text, Not(HasSubstr("ongoing, blocked"))) << "is not among what may be chosen";
    EXPECT_TRUE(file(*town, "status", "done"));
    EXPECT_THAT(dumped(*town), HasSubstr("\"percent\":40"));
}

TEST_F(ChangedForm, LetsAConflictBeSettledByWhatWasWrittenWhileItWasOffered) {
    const auto second = county.enrol("second", "甲镇", "李四", "clerk");
    ASSERT_TRUE(file(*town, "percent", "40"));
    ASSERT_TRUE(file(*second, "percent", "60"));
    county.sync(*second);
    upgradeCounty();
    sync(*town);
    upgrade(town);
    const auto open = taken(conflicts(*town));
    ASSERT_THAT(open, SizeIs(1));

    const auto settled = resolve(*town, open.front().record, "percent", {1, {}, {}});
    EXPECT_TRUE(settled) << settled.error().text;
    sync(*town);
    upgrade(office);
    sync(*office);

    EXPECT_THAT(taken(conflicts(*office)), IsEmpty());
    EXPECT_THAT(taken(asides(*office)), IsEmpty());
    expectSound();
}

TEST_F(ChangedForm, IsSearchedInItsNewFieldsAfterTheUpgrade) {
    upgradeCounty();
    upgrade(town);
    ASSERT_TRUE(file(*town, "contact", "欧阳修"));
    sync(*town);
    sync(*office);
    EXPECT_THAT(taken(search(*office, "欧阳")), IsEmpty());

    upgrade(office);

    EXPECT_THAT(taken(search(*office, "欧阳")), SizeIs(1));
    expectSound();
}

}  // namespace
}  // namespace hezhang::ledger
