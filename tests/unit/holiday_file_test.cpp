// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/holiday_file.h"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

namespace hezhang::ledger {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::StartsWith;

json good() {
    return {{"year", 2027},
            {"notice", "测试〔2026〕1号"},
            {"title", "测试用放假安排"},
            {"off", {{{"name", "元旦"}, {"from", "2027-01-01"}, {"to", "2027-01-03"}}}},
            {"work", {"2026-12-27"}}};
}

std::string refusal(const json& file) {
    const auto table = parseHolidays(file.dump(), "2027.json");
    return table ? "" : table.error().text;
}

json with(const char* key, json value) {
    json file = good();
    file[key] = std::move(value);
    return file;
}

json offOf(const char* from, const char* to) {
    return with("off", {{{"name", "元旦"}, {"from", from}, {"to", to}}});
}

TEST(HolidayFile, OfTheProgramAreTheFiveNoticesWithNumberAndDate) {
    const auto& tables = builtInHolidays();
    ASSERT_EQ(tables.size(), 5U);
    const struct {
        int year;
        const char* notice;
        const char* issued;
    } notices[] = {{2022, "国办发明电〔2021〕11号", "2021-10-25"},
                   {2023, "国办发明电〔2022〕16号", "2022-12-08"},
                   {2024, "国办发明电〔2023〕7号", "2023-10-25"},
                   {2025, "国办发明电〔2024〕12号", "2024-11-12"},
                   {2026, "国办发明电〔2025〕7号", "2025-11-04"}};
    for (std::size_t i = 0; i < tables.size(); ++i) {
        EXPECT_EQ(tables[i].year, notices[i].year);
        EXPECT_EQ(tables[i].notice, notices[i].notice);
        EXPECT_EQ(tables[i].issued, notices[i].issued);
        EXPECT_FALSE(tables[i].isProvisional);
        EXPECT_TRUE(tables[i].region.empty());
    }
}

TEST(HolidayFile, ReadsWhatItWrites) {
    json file = good();
    file["region"] = "测试区";
    file["issued"] = "2026-11-05";
    file["provisional"] = true;
    const auto table = parseHolidays(file.dump(), "f");
    ASSERT_TRUE(table) << table.error().text;
    EXPECT_EQ(table->region, "测试区");
    EXPECT_TRUE(table->isProvisional);
    EXPECT_EQ(json::parse(holidaysText(*table)), file);
    EXPECT_EQ(*parseHolidays(holidaysText(*table), "f"), *table);
}

TEST(HolidayFile, IsRefusedWithThePlaceOfWhatIsWrong) {
    EXPECT_EQ(refusal(good()), "");
    EXPECT_THAT(refusal(offOf("2027-01-03", "2027-01-01")), HasSubstr("off[0]: ends before it begins"));
    EXPECT_THAT(refusal(offOf("2027-02-29", "2027-03-01")), HasSubstr("off[0].from: '2027-02-29' is no day"));
    EXPECT_THAT(refusal(offOf("2027-02-01", "2027-03-15")), HasSubstr("longer than 31 days"));
    EXPECT_THAT(refusal(offOf("2028-01-01", "2028-01-01")), HasSubstr("no day of the notice for 2027"));
    EXPECT_THAT(refusal(offOf("2026-11-30", "2026-12-01")), HasSubstr("2026-11-30 is no day of the notice"));
    EXPECT_THAT(refusal(with("year", 2026)), HasSubstr("is no day of the notice for 2026"));
    EXPECT_THAT(refusal(with("year", 1999)), HasSubstr("year: is below 2000"));
    EXPECT_THAT(refusal(with("year", 2101)), HasSubstr("year: is above 2100"));
    EXPECT_THAT(refusal(with("year", "2027")), HasSubstr("year: is not a whole number"));
    EXPECT_THAT(refusal(with("work", {"2026-12-27", "2026-12-27"})),
                HasSubstr("work[1]: 2026-12-27 stands twice"));
    EXPECT_THAT(refusal(with("work", {"2027-01-02"})),
                HasSubstr("work[0]: 2027-01-02 is off and made up at once"));
    EXPECT_THAT(refusal(with("work", {"2027-01-04"})), HasSubstr("is no Saturday or Sunday"));
    EXPECT_THAT(refusal(with("work", {20270104})), HasSubstr("work[0]: is not a day as text"));
    EXPECT_THAT(refusal(with("work", "2026-12-27")), HasSubstr("work: is not a list"));
    EXPECT_THAT(refusal(with("off", json::object())), HasSubstr("off: is not a list"));
    EXPECT_THAT(refusal(with("region", "")), HasSubstr("region: is empty"));
    EXPECT_THAT(refusal(with("notice", "一\n二")), HasSubstr("notice: has a control character"));
    EXPECT_THAT(refusal(with("holidays", 1)), HasSubstr("unknown key 'holidays'"));
    EXPECT_THAT(refusal(json::array()), StartsWith("2027.json: is not an object"));
    json twice = good();
    twice["off"].push_back({{"name", "又"}, {"from", "2027-01-03"}, {"to", "2027-01-05"}});
    EXPECT_THAT(refusal(twice), HasSubstr("off[1]: 2027-01-03 stands twice"));
    json without = good();
    without.erase("notice");
    EXPECT_THAT(refusal(without), HasSubstr("notice: is missing"));
    json nothing = with("off", json::array());
    nothing["work"] = json::array();
    EXPECT_THAT(refusal(nothing), HasSubstr("names no day"));
}

TEST(HolidayFile, OfARegionMayWorkOnAnyDay) {
    json file = with("work", {"2027-01-04"});
    file["region"] = "测试区";
    EXPECT_EQ(refusal(file), "");
}

TEST(HolidayFile, ThatIsHostileIsRefusedBeforeItTakesRoom) {
    EXPECT_EQ(parseHolidays(std::string(kHolidayFileBytesMax + 1, ' '), "f").error().code,
              ErrorCode::tooLarge);
    EXPECT_EQ(parseHolidays(std::string(kHolidayFileBytesMax, '['), "f").error().code, ErrorCode::badInput);
    EXPECT_EQ(parseHolidays("\xff\xfe{", "f").error().code, ErrorCode::badInput);
    EXPECT_EQ(parseHolidays("", "f").error().code, ErrorCode::badInput);
    EXPECT_THAT(parseHolidays(R"({"year":2027,"year":2028})", "f").error().text, HasSubstr("twice"));
    EXPECT_THAT(refusal(with("year", 1e300)), HasSubstr("year"));
    json many = json::array();
    for (int i = 0; i < 41; ++i) {
        many.push_back("2026-12-27");
    }
    EXPECT_THAT(refusal(with("work", many)), HasSubstr("work: has more than 40 entries"));
    EXPECT_THAT(refusal(with("region", std::string(41, 'x'))), HasSubstr("longer than 40 characters"));
}

}  // namespace
}  // namespace hezhang::ledger
