// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/deadline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "src/ledger/chinese_text.h"

namespace hezhang::ledger {
namespace {

using testing::HasSubstr;

struct Case {
    const char* text;
    const char* due;  // "" for none
    Recurrence recurrence = Recurrence::none;
};

// What every case is counted from: a Saturday within the plan year.
const DeadlineBasis kBasis{*Date::of(2023, 5, 20)};

void expectAll(const std::vector<Case>& cases, const DeadlineBasis& basis = kBasis) {
    for (const auto& c : cases) {
        const auto deadline = parseDeadline(c.text, basis);
        EXPECT_EQ(deadline.due ? deadline.due->text() : "", c.due) << c.text;
        EXPECT_EQ(name(deadline.recurrence), name(c.recurrence)) << c.text;
    }
}

TEST(Deadline, ReadsMonthsAsTheirLastDay) {
    expectAll({{"11月底", "2023-11-30"},
               {"11 月底", "2023-11-30"},
               {"8月底前", "2023-08-31"},
               {"2023 年 12 月", "2023-12-31"},
               {"2023年10月", "2023-10-31"},
               {"不晚于10月份", "2023-10-31"},
               {"9月份", "2023-09-30"},
               {"1月", "2023-01-31"},
               {"2024年2月", "2024-02-29"},
               {"十一月底", "2023-11-30"},
               {"二〇二三年十二月底", "2023-12-31"},
               {"23年12月底", "2023-12-31"}});
}

TEST(Deadline, ReadsDaysInclusively) {
    expectAll({{"2023年12月31日之前", "2023-12-31"},
               {"12月31号以前", "2023-12-31"},
               {"１１月３０日前", "2023-11-30"},
               {"8 月 1 5 日前", "2023-08-15"},
               {"2023-12-31", "2023-12-31"},
               {"2023.12.31前", "2023-12-31"},
               {"2023/6/30", "2023-06-30"},
               {"12.31前", "2023-12-31"},
               {"6月上旬", "2023-06-10"},
               {"6月中旬", "2023-06-20"},
               {"六月下旬前", "2023-06-30"}});
}

TEST(Deadline, ReadsPartsOfTheYear) {
    expectAll({{"年底", "2023-12-31"},
               {"年内", "2023-12-31"},
               {"2019年年底前", "2019-12-31"},
               {"2023年", "2023-12-31"},
               {"上半年", "2023-06-30"},
               {"下半年", "2023-12-31"},
               {"第三季度末", "2023-09-30"},
               {"2023年第四季度", "2023-12-31"},
               {"前三季度", "2023-09-30"},
               {"次年1月31日前", "2024-01-31"},
               {"明年6月底", "2024-06-30"},
               {"年内不少于5次", "2023-12-31"}});
}

TEST(Deadline, TakesThePlanYearForMonthsWithoutOneEvenWhenPast) {
    expectAll({{"3月底", "2022-03-31"}, {"全年", "2022-12-31", Recurrence::ongoing}},
              DeadlineBasis{*Date::of(2023, 1, 10), 2022});
}

TEST(Deadline, KnowsOngoingDuties) {
    expectAll({{"长期坚持", "", Recurrence::ongoing},
               {"持续推进", "", Recurrence::ongoing},
               {"常态化", "", Recurrence::ongoing},
               {"全年", "2023-12-31", Recurrence::ongoing},
               {"11月底前完成，长期坚持", "2023-11-30", Recurrence::ongoing},
               {"2023年3月起长期坚持", "", Recurrence::ongoing}});
    EXPECT_EQ(parseDeadline("长期坚持", kBasis).note, "");
}

TEST(Deadline, GivesTheNextDateOfARecurringRule) {
    expectAll({{"每年11月底前", "2023-11-30", Recurrence::yearly},
               {"每年1月31日前", "2024-01-31", Recurrence::yearly},
               {"每年年底前", "2023-12-31", Recurrence::yearly},
               {"每年组织一次", "2023-12-31", Recurrence::yearly},
               {"按年度公开", "2023-12-31", Recurrence::yearly},
               {"1次/年", "2023-12-31", Recurrence::yearly},
               {"不少于2次/半年", "2023-06-30", Recurrence::halfYearly},
               {"1次/季度", "2023-06-30", Recurrence::quarterly},
               {"至少1次/月", "2023-05-31", Recurrence::monthly},
               {"每半年", "2023-06-30", Recurrence::halfYearly},
               {"每半年最后一个月20日前", "2023-06-20", Recurrence::halfYearly},
               {"每年6月底、12月底", "2023-06-30", Recurrence::halfYearly},
               {"每季度最后1个月10号前", "2023-06-10", Recurrence::quarterly},
               {"每季度", "2023-06-30", Recurrence::quarterly},
               {"按季度公开", "2023-06-30", Recurrence::quarterly},
               {"每季度首月10日前", "2023-07-10", Recurrence::quarterly},
               {"每季度结束后10日内", "2023-07-10", Recurrence::quarterly},
               {"每季度终了后5个工作日内", "2023-07-07", Recurrence::quarterly},
               {"每月", "2023-05-31", Recurrence::monthly},
               {"每月5日前", "2023-06-05", Recurrence::monthly},
               {"每月10日、25日前", "2023-05-25", Recurrence::monthly},
               {"每周更新", "2023-05-21", Recurrence::weekly},
               {"每周五前", "2023-05-26", Recurrence::weekly},
               {"每日", "", Recurrence::ongoing}});
}

TEST(Deadline, GivesTheReferenceDayItselfWhenTheRuleFallsOnIt) {
    expectAll({{"每季度最后1个月10号前", "2023-06-10", Recurrence::quarterly}},
              DeadlineBasis{*Date::of(2023, 6, 10)});
    expectAll({{"每季度最后1个月10号前", "2023-09-10", Recurrence::quarterly}},
              DeadlineBasis{*Date::of(2023, 6, 11)});
}

TEST(Deadline, CountsDaysAndWorkingDaysFromTheReferenceDate) {
    expectAll({{"30日内", "2023-06-19"},
               {"三十天内", "2023-06-19"},
               {"三个工作日内", "2023-05-24"},
               {"自印发之日起30日内", "2023-06-19"},
               {"一个月内", "2023-06-20"},
               {"半年内", "2023-11-20"},
               {"两周内", "2023-06-03"}});
    expectAll({{"3个工作日内", "2024-02-19"}}, DeadlineBasis{*Date::of(2024, 2, 8)});
}

TEST(Deadline, HasNoDateForAClockThatStartsWithAnEvent) {
    for (const auto* text : {"文件公布后3个工作日内", "正式印发后5个工作日内", "出台后的10个工作日内"}) {
        const auto deadline = parseDeadline(text, kBasis);
        EXPECT_FALSE(deadline.due) << text;
        EXPECT_THAT(deadline.note, HasSubstr("event")) << text;
        EXPECT_THAT(deadline.note, HasSubstr("a person must decide")) << text;
    }
}

TEST(Deadline, NamesTheOtherDatesInTheNote) {
    const char* text = "分别于2023年8月15日、12月5日前";
    EXPECT_EQ(parseDeadline(text, kBasis).due, Date::of(2023, 8, 15));
    EXPECT_THAT(parseDeadline(text, kBasis).note, HasSubstr("2023-12-05"));
    EXPECT_EQ(parseDeadline(text, {*Date::of(2023, 9, 1)}).due, Date::of(2023, 12, 5));
    EXPECT_EQ(parseDeadline(text, {*Date::of(2024, 9, 1)}).due, Date::of(2023, 12, 5));
}

TEST(Deadline, ReadsAPeriodAsItsEnd) {
    expectAll({{"2023年3月至12月", "2023-12-31"},
               {"3-11月", "2023-11-30"},
               {"2023年11月15日至2024年3月15日", "2024-03-15"},
               {"2022—2024年", "2024-12-31"}});
}

TEST(Deadline, NeverInventsADate) {
    for (const auto* text : {"第一时间", "及时", "定期", "动态", "限期", "适时", "不少于30日", "月底前",
                             "10日前", "春节前", "13月底", "2月30日前", "见附件", "abc", "每两周"}) {
        const auto deadline = parseDeadline(text, kBasis);
        EXPECT_FALSE(deadline.due) << text;
        EXPECT_EQ(deadline.recurrence, Recurrence::none) << text;
        EXPECT_THAT(deadline.note, HasSubstr("a person must decide")) << text;
    }
    EXPECT_FALSE(parseDeadline(" \n", kBasis).due);
    EXPECT_EQ(parseDeadline("", kBasis).note, "");
}

TEST(Deadline, ShowsTheLastWorkingDayBesideTheDate) {
    const auto deadline = parseDeadline("12月10日前", kBasis);
    EXPECT_EQ(deadline.due, Date::of(2023, 12, 10));
    EXPECT_EQ(deadline.lastWorkingDay->date, Date::of(2023, 12, 8));
    EXPECT_FALSE(deadline.lastWorkingDay->provisional);
}

TEST(Deadline, KnowsWhatIsADeadlineAndNothingElse) {
    for (const auto* text :
         {"长期坚持", "11 月底", "2023年12月底前", "每季度末", "全年", "文件公布后3个工作日内", "及时"})
        EXPECT_TRUE(readsAsDeadline(toUtf16(text))) << text;
    for (const auto* text : {"", "办公室", "2023年中央、自治区、银川市经济工",
                             "15日、12月5日前报送政府办公室，", "12345", "3", "年度任务"})
        EXPECT_FALSE(readsAsDeadline(toUtf16(text))) << text;
}

TEST(Deadline, HoldsUnderHostileText) {
    EXPECT_FALSE(parseDeadline(std::string(100'000, '9'), kBasis).due);
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "每年99月99日、";
    (void)parseDeadline(many, kBasis);
    (void)parseDeadline("\xff\xfe 9999年99月 0000年1月 9999年12月底 0年底 99999个工作日内", kBasis);
}

}  // namespace
}  // namespace hezhang::ledger
