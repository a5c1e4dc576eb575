// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A unit asks for more time, the office answers, and every place that measures lateness goes by the answer.
#include "src/ledger/extension.h"

#include <gmock/gmock.h>

#include "src/office/closing.h"
#include "src/office/matrix.h"
#include "src/office/reminders.h"
#include "src/office/units.h"
#include "tests/support/county_box.h"
#include "tests/support/flaky_store.h"

namespace hezhang::test {
namespace {

using ledger::Extension;
using ledger::ExtensionState;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class MoreTime : public ::testing::Test {
protected:
    MoreTime() {
        office = county.enrol("office", "公开办", "马主任", "office");
        second = county.enrol("second", "公开办", "周干事", "office");
        north = county.enrol("north", "甲镇", "张三", "clerk");
        south = county.enrol("south", "乙镇", "李四", "clerk");
        task = county.newTask(*office, county.newLedger(*office), 1, "开展培训。", {"甲镇", "乙镇"});
        window = county.newWindow(*office, "2020-08-15");
        spread();
    }
    void spread() {
        for (int i = 0; i < 2; ++i) {
            for (ledger::Home* home : {north.get(), south.get(), office.get(), second.get()}) {
                county.sync(*home);
            }
        }
    }
    RecordId ask(ledger::Home& home, const std::string& until = "2099-09-01") const {
        return taken(ledger::askForExtension(home, {task, taken(home.unit()), window, until, "汛期抢险"}));
    }
    void answer(ledger::Home& home, const RecordId& request, const ledger::ExtensionAnswer& words) const {
        const auto answered = ledger::answerExtension(home, request, words);
        ASSERT_TRUE(answered) << answered.error().text;
    }
    RecordId file(ledger::Home& home) const {
        ledger::FilingRequest request{.task = task, .unit = taken(home.unit()), .window = window};
        request.text = "培训2次。";
        request.isSubmitted = true;
        return taken(ledger::file(home, request)).record;
    }
    [[nodiscard]] RecordId unit(const std::string& name) const {
        return taken(ledger::findUnit(office->state(), name));
    }
    [[nodiscard]] Extension only(ledger::Home& home) const {
        const auto all = taken(ledger::extensions(home, window));
        EXPECT_THAT(all, SizeIs(1));
        return all.empty() ? Extension{} : all.front();
    }
    [[nodiscard]] office::MatrixCell cell(ledger::Home& home, const std::string& unitName) const {
        const auto table = taken(office::matrix(home, window));
        for (std::size_t i = 0; i < table.units.size(); ++i) {
            if (table.units[i].name == unitName) {
                return table.at(0, i);
            }
        }
        ADD_FAILURE() << "no column of " << unitName;
        return {};
    }
    [[nodiscard]] json frozenRow(const std::string& unitName) const {
        const json content = taken(office::frozenWindow(*office, window)).content;
        for (const json& one : content["rows"]) {
            if (one["unit_name"] == unitName) {
                return one;
            }
        }
        return {};
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
    std::unique_ptr<ledger::Home> second;
    std::unique_ptr<ledger::Home> north;
    std::unique_ptr<ledger::Home> south;
    RecordId task;
    RecordId window;
};

TEST_F(MoreTime, IsAskedWithoutANetworkAndAnsweredWithWordsThatComeBack) {
    const RecordId request = ask(*north);
    EXPECT_EQ(only(*north).state, ExtensionState::asked);
    EXPECT_TRUE(only(*north).isUnsent);
    EXPECT_THAT(taken(ledger::extensions(*office, window)), IsEmpty());
    spread();

    const Extension atOffice = only(*office);
    EXPECT_EQ(atOffice.record, request);
    EXPECT_EQ(atOffice.unitName, "甲镇");
    EXPECT_EQ(atOffice.until, "2099-09-01");
    EXPECT_EQ(atOffice.reason, "汛期抢险");
    EXPECT_EQ(atOffice.by.personName, "张三");
    EXPECT_TRUE(cell(*office, "甲镇").isAsking);
    EXPECT_FALSE(cell(*office, "乙镇").isAsking);
    EXPECT_THAT(taken(ledger::extensions(*south, window)), IsEmpty()) << "of another unit";

    answer(*office, request, {true, "2099-08-25", "同意，请抓紧。"});
    spread();

    const Extension atNorth = only(*north);
    EXPECT_EQ(atNorth.state, ExtensionState::granted);
    EXPECT_EQ(atNorth.grantedTo, "2099-08-25") << "shorter than asked";
    EXPECT_EQ(atNorth.answer, "同意，请抓紧。");
    EXPECT_FALSE(atNorth.isUnsent);
    for (ledger::Home* home : {office.get(), second.get(), north.get()}) {
        EXPECT_EQ(cell(*home, "甲镇").extendedTo, "2099-08-25");
        EXPECT_FALSE(cell(*home, "甲镇").isAsking);
    }
    EXPECT_EQ(cell(*office, "乙镇").extendedTo, "");
    const auto counts = taken(office::windowCounts(*office, window));
    EXPECT_EQ(counts.extended, 1);
    EXPECT_EQ(counts.asking, 0);
}

TEST_F(MoreTime, ThatWasGrantedIsWhatTheMissingListGoesBy) {
    answer(*office,
           [&] {
               const RecordId request = ask(*north);
               spread();
               return request;
           }(),
           {true, "", ""});
    const auto rows = taken(office::missing(*office, window));
    ASSERT_THAT(rows, SizeIs(2));
    for (const office::MissingRow& row : rows) {
        const bool isNorth = row.unitName == "甲镇";
        EXPECT_EQ(row.lastDay, isNorth ? "2099-09-01" : "2020-08-15");
        EXPECT_EQ(row.isExtended, isNorth);
        EXPECT_EQ(row.daysLeft > 0, isNorth) << row.daysLeft;
    }
    const auto reminders = taken(office::reminders(*office, window));
    ASSERT_THAT(reminders.units, SizeIs(2));
    EXPECT_THAT(reminders.text, HasSubstr("还有2个单位、2项未报送"));
    EXPECT_THAT(reminders.text, HasSubstr("已同意延期至2099年9月1日"));
    EXPECT_THAT(reminders.units[0].text, Not(HasSubstr("甲镇"))) << reminders.units[0].unitName;
}

TEST_F(MoreTime, ThatWasGrantedKeepsAClosedWindowOpenForThatUnitAlone) {
    const RecordId request = ask(*north);
    spread();
    answer(*office, request, {true, "", ""});
    ASSERT_TRUE(office::closeWindow(*office, window));
    spread();

    file(*north);
    file(*south);
    spread();

    EXPECT_EQ(cell(*office, "甲镇").filing, ledger::FilingState::submitted);
    EXPECT_FALSE(cell(*office, "甲镇").isAside);
    EXPECT_EQ(cell(*office, "乙镇").filing, ledger::FilingState::none);
    EXPECT_TRUE(cell(*office, "乙镇").isAside);

    // Closed again: what came by the granted day is on time.
    ASSERT_TRUE(office::reopenWindow(*office, window, std::nullopt));
    ASSERT_TRUE(office::closeWindow(*office, window));
    EXPECT_EQ(frozenRow("甲镇")["last_day"], "2099-09-01");
    EXPECT_EQ(frozenRow("甲镇")["on_time"], true);
    EXPECT_EQ(frozenRow("甲镇")["evidence"]["on_time"]["last_day"], "2099-09-01");
    EXPECT_EQ(frozenRow("乙镇")["last_day"], "2020-08-15");
    EXPECT_TRUE(taken(office::verifyFrozen(*office, window)).isValid());
}

TEST_F(MoreTime, WithoutAGrantAReportOfTheSameDayIsLate) {
    file(*north);
    spread();
    ASSERT_TRUE(office::closeWindow(*office, window));
    EXPECT_EQ(frozenRow("甲镇")["on_time"], false);
}

TEST_F(MoreTime, ThatIsRefusedComesBackWithTheReasonAndTakesAGrantBack) {
    const RecordId request = ask(*north);
    spread();
    answer(*office, request, {true, "", ""});
    spread();
    answer(*office, request, {false, "", "已两次延期。"});
    ASSERT_TRUE(office::closeWindow(*office, window));
    spread();

    EXPECT_EQ(only(*north).state, ExtensionState::refused);
    EXPECT_EQ(only(*north).answer, "已两次延期。");
    EXPECT_EQ(only(*north).grantedTo, "");
    EXPECT_EQ(cell(*north, "甲镇").extendedTo, "");
    file(*north);
    spread();
    EXPECT_TRUE(cell(*office, "甲镇").isAside);

    // After a refusal it may be asked again.
    ask(*north, "2099-10-01");
    EXPECT_THAT(taken(ledger::extensionsOf(*north, task, unit("甲镇"), window)), SizeIs(2));
    EXPECT_EQ(taken(ledger::extensions(*north, window)).front().until, "2099-10-01");
}

TEST_F(MoreTime, IsNotAskedWithoutReasonOrLaterDayOrTwiceOrForAnotherTask) {
    const RecordId own = taken(north->unit());
    const auto refusal = [&](const ledger::ExtensionRequest& request) {
        const auto asked = ledger::askForExtension(*north, request);
        return asked ? std::string("asked") : asked.error().text;
    };
    EXPECT_THAT(refusal({task, own, window, "2099-09-01", ""}), HasSubstr("needs a reason"));
    EXPECT_THAT(refusal({task, own, window, "2020-08-15", "忙"}), HasSubstr("after 2020-08-15"));
    EXPECT_THAT(refusal({task, own, window, "明天", "忙"}), HasSubstr("after 2020-08-15"));
    EXPECT_THAT(refusal({task, own, task, "2099-09-01", "忙"}), HasSubstr("window is not here"));
    EXPECT_THAT(refusal({task, unit("公开办"), window, "2099-09-01", "忙"}),
                HasSubstr("not asked of the unit"));
    ask(*north);
    EXPECT_THAT(refusal({task, own, window, "2099-09-02", "忙"}),
                HasSubstr("asked already, until 2099-09-01"));
    EXPECT_THAT(taken(ledger::extensions(*north, window)), SizeIs(1));
}

TEST_F(MoreTime, IsAnsweredByTheOfficeOnlyAndRefusedOnlyWithWords) {
    const RecordId request = ask(*north);
    const auto own = ledger::answerExtension(*north, request, {true, "", ""});
    ASSERT_FALSE(own);
    EXPECT_EQ(own.error().code, ErrorCode::noRight);
    spread();
    EXPECT_THAT(ledger::answerExtension(*office, request, {false, "", ""}).error().text, HasSubstr("reason"));
    EXPECT_THAT(ledger::answerExtension(*office, request, {true, "2020-08-15", ""}).error().text,
                HasSubstr("after 2020-08-15"));
    EXPECT_EQ(ledger::answerExtension(*office, task, {true, "", ""}).error().code, ErrorCode::unknownRecord);
    EXPECT_EQ(only(*office).state, ExtensionState::asked);
}

TEST_F(MoreTime, ThatIsAnsweredIsNotAskedOtherwiseAfterwards) {
    const RecordId request = ask(*north);
    spread();
    answer(*office, request, {true, "2099-08-20", ""});
    county.sync(*office);

    // It does not know of the answer yet.
    ASSERT_TRUE(north->edit({.record = request, .field = "until", .text = "2099-12-31"}));
    spread();

    EXPECT_EQ(only(*office).until, "2099-09-01");
    EXPECT_EQ(only(*office).grantedTo, "2099-08-20");
    ASSERT_THAT(taken(ledger::asides(*north)), SizeIs(1));
    EXPECT_EQ(taken(ledger::asides(*north))[0].reason, "noRight");
    const auto later = north->edit({.record = request, .field = "reason", .text = "另有原因"});
    ASSERT_FALSE(later);
    EXPECT_EQ(later.error().code, ErrorCode::noRight);
}

TEST_F(MoreTime, IsNotGrantedWithoutADay) {
    const RecordId request = ask(*north);
    spread();
    ASSERT_TRUE(office->edit({.record = request, .field = "decision", .text = "granted"}));
    spread();

    EXPECT_EQ(only(*north).state, ExtensionState::asked);
    EXPECT_EQ(cell(*office, "甲镇").extendedTo, "");
}

TEST_F(MoreTime, DecidedDifferentlyByTwoIsAConflictThatAllSeeAlike) {
    const RecordId request = ask(*north);
    spread();
    answer(*office, request, {true, "", ""});
    answer(*second, request, {false, "", "不宜再延。"});
    spread();
    for (ledger::Home* home : {office.get(), second.get(), north.get()}) {
        EXPECT_EQ(only(*home).state, ExtensionState::granted) << "the first in the county's order";
        EXPECT_EQ(taken(ledger::conflictCount(*home)), 1U);
    }
}

// One rule everywhere: the newest decision counts, whichever request it stands on.
TEST_F(MoreTime, GrantedAndThenRefusedOnAnotherRequestIsRefusedEverywhere) {
    const RecordId first = ask(*north);
    spread();
    answer(*office, first, {true, "2099-08-25", ""});
    spread();
    const RecordId later = ask(*north, "2099-09-10");
    EXPECT_NE(later, first);
    spread();

    // What waits takes nothing away.
    const auto report = [&](ledger::Home& home) {
        return taken(ledger::extensionOf(home, task, unit("甲镇"), window));
    };
    ASSERT_TRUE(report(*north).waiting);
    EXPECT_EQ(report(*north).waiting->until, "2099-09-10");
    EXPECT_EQ(report(*north).grantedTo(), "2099-08-25");
    EXPECT_TRUE(cell(*office, "甲镇").isAsking);
    EXPECT_EQ(cell(*office, "甲镇").extendedTo, "2099-08-25");

    answer(*office, later, {false, "", "按原截止日期报送。"});
    spread();

    EXPECT_FALSE(report(*north).waiting);
    ASSERT_TRUE(report(*north).decided);
    EXPECT_EQ(report(*north).decided->record, later);
    EXPECT_EQ(report(*north).grantedTo(), "");
    EXPECT_FALSE(cell(*office, "甲镇").isAsking);
    EXPECT_EQ(cell(*office, "甲镇").extendedTo, "");
    EXPECT_THAT(taken(office::reminders(*office, window)).text, Not(HasSubstr("已同意延期")));
    for (const Extension& one : taken(ledger::extensions(*office, window))) {
        EXPECT_EQ(one.isSuperseded, one.record == first) << one.until;
    }
    ASSERT_TRUE(office::closeWindow(*office, window));
    spread();
    EXPECT_EQ(frozenRow("甲镇")["last_day"], "2020-08-15");
    file(*north);
    spread();
    EXPECT_TRUE(cell(*office, "甲镇").isAside) << "nor is the window open for it";
}

TEST_F(MoreTime, GrantedAnewForLessIsLessEverywhere) {
    const RecordId first = ask(*north);
    spread();
    answer(*office, first, {true, "2099-09-01", ""});
    spread();
    const RecordId later = ask(*north, "2099-09-10");
    spread();
    answer(*office, later, {true, "2099-08-20", "请提前。"});
    spread();

    EXPECT_EQ(cell(*north, "甲镇").extendedTo, "2099-08-20");
    EXPECT_EQ(taken(ledger::extensionOf(*north, task, unit("甲镇"), window)).grantedTo(), "2099-08-20");

    // The older one is answered anew: that is the newest decision then.
    answer(*second, first, {true, "2099-08-28", ""});
    spread();
    EXPECT_EQ(cell(*north, "甲镇").extendedTo, "2099-08-28");
}

// Refused once more each time, until nothing is left to ask.
TEST_F(MoreTime, IsAskedForOneReportSoOftenAndNoMore) {
    for (std::int64_t i = 0; i < ledger::kRequestsMax; ++i) {
        const RecordId request = ask(*north);
        spread();
        answer(*office, request, {false, "", "不宜再延。"});
        spread();
    }

    const auto asked =
        ledger::askForExtension(*north, {task, taken(north->unit()), window, "2099-09-01", "汛期抢险"});

    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().code, ErrorCode::badInput);
    EXPECT_THAT(asked.error().text, HasSubstr("6 times already"));
    ledger::EditRequest seventh{.registerName = "extension"};
    seventh.key = {
        {"task", task.hex()}, {"unit", unit("甲镇").hex()}, {"window", window.hex()}, {"number", 7}};
    seventh.field = "until";
    seventh.text = "2099-09-01";
    EXPECT_EQ(north->edit(seventh).error().code, ErrorCode::badValue) << "nor past the list";
    EXPECT_THAT(taken(ledger::extensions(*office, window)), SizeIs(6));
}

TEST_F(MoreTime, AskedOnTwoDevicesOfAUnitAtOnceIsOneRequest) {
    const auto tablet = county.enrol("tablet", "甲镇", "赵六", "clerk");
    const RecordId one = ask(*north);
    const RecordId same = ask(*tablet);
    EXPECT_EQ(one, same);
    spread();
    county.sync(*tablet);
    spread();

    EXPECT_EQ(only(*office).state, ExtensionState::asked);
    answer(*office, one, {true, "", ""});
    EXPECT_EQ(taken(ledger::conflictCount(*office)), 0U) << "of equal values";
}

TEST_F(MoreTime, ThatTheUnitTookBackBeforeAnAnswerIsAskedAnew) {
    const RecordId request = ask(*north);
    ASSERT_TRUE(north->deleteRecord(request));

    EXPECT_EQ(ask(*north, "2099-09-03"), request);
    spread();

    EXPECT_EQ(only(*office).until, "2099-09-03");
    EXPECT_EQ(only(*office).state, ExtensionState::asked);
}

// What a judgement reads does not grow with what others have asked in the window.
TEST_F(MoreTime, CostsAJudgementTheSameWhateverOthersHaveAsked) {
    const RecordId filing = file(*north);
    spread();
    ASSERT_TRUE(office::closeWindow(*office, window));
    const auto recordsRead = [&] {
        FlakyStore counting(office->store());
        sync::Projection state(counting, office->replica().history(), office->state().rules());
        const auto row = taken(office->store().record(filing));
        const sync::Op op{1,
                          filing,
                          "text",
                          sync::OpKind::assign,
                          sync::Value::text("培训3次。"),
                          north->me().enrolment.person,
                          0,
                          {}};
        const ledger::LedgerJudge judge(office->registers());
        const auto judged = taken(judge.judge({op, row->key, row->scope, north->me().enrolment}, state));
        EXPECT_EQ(judged.reason, sync::Reason::windowClosed);
        return counting.recordsRead();
    };
    const std::uint64_t before = recordsRead();
    const std::string ledgerId = taken(ledger::findLedger(office->state(), "")).hex();
    std::vector<RecordId> others;
    for (int serial = 2; serial <= 40; ++serial) {
        others.push_back(county.newTask(*office, ledgerId, serial, "别的。", {"乙镇"}));
    }
    spread();
    for (const RecordId& other : others) {
        EXPECT_TRUE(ledger::askForExtension(*south, {other, unit("乙镇"), window, "2099-09-01", "汛期"}));
    }
    spread();

    EXPECT_THAT(taken(ledger::extensions(*office, window)), SizeIs(39));
    EXPECT_EQ(recordsRead(), before);
    EXPECT_LE(before, 40U);
}

TEST_F(MoreTime, GoesOnWithTheUnitThatGoesOn) {
    const RecordId request = ask(*north);
    spread();
    answer(*office, request, {true, "", ""});
    taken(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2020-01-01"));
    spread();
    EXPECT_EQ(cell(*office, "乙镇").extendedTo, "2099-09-01");
}

}  // namespace
}  // namespace hezhang::test
