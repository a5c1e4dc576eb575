// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's page of days off: what is known, what a file would change, and loading it.
#include <fstream>

#include "src/ledger/county_calendar.h"
#include "src/ui/reading_error.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using HolidayRole = ui::HolidayListModel::Role;

class HolidaysPage : public UiTest {
protected:
    void SetUp() override {
        openHome(*office);
        model.reset(models->holidays());
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    }
    void open(const std::string& text) {
        const std::string path = county.folder() + "/2027.json";
        std::ofstream(path) << text;
        model->close();
        model->openFile(QUrl::fromLocalFile(qt(path)));
        ASSERT_TRUE(comesTrue([&] { return !model->facts().isEmpty() || !model->fileWhat().isEmpty(); }));
    }
    [[nodiscard]] static std::string notice(const std::string& to = "2027-01-03") {
        return R"({"year": 2027, "notice": "测试〔2026〕1号", "title": "测试用放假安排", "issued": "2026-11-05",
            "off": [{"name": "元旦", "from": "2027-01-01", "to": ")" +
               to + R"("}], "work": ["2026-12-27"]})";
    }
    [[nodiscard]] QString fact(const char* label) const {
        for (const QVariant& one : model->facts()) {
            if (one.toMap()["label"].toString() == QLatin1String(label)) {
                return one.toMap()["value"].toString();
            }
        }
        return {};
    }

    std::unique_ptr<ui::HolidayListModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(HolidaysPage, KnowsWhatTheProgramBringsTheNewestFirst) {
    ASSERT_EQ(model->count(), 5);
    EXPECT_EQ(model->row(0).at(HolidayRole::title).toString(), qt("2026"));
    EXPECT_TRUE(model->row(0).at(HolidayRole::notice).toString().startsWith(qt("国办发明电〔2025〕7号")));
    EXPECT_FALSE(model->row(0).at(HolidayRole::isProvisional).toBool());
    EXPECT_EQ(model->nextYear(), 2027);
    EXPECT_FALSE(model->canLoad());
}

TEST_F(HolidaysPage, SaysWhatAFileWouldChangeAndWritesNothingBeforeItIsLoaded) {
    open(notice());

    EXPECT_TRUE(fact("Become days off").contains(QLatin1String("1 Jan")));  // a Friday
    EXPECT_FALSE(fact("Become days off").contains(QLatin1String("2 Jan")));
    EXPECT_TRUE(fact("Become working days").contains(QLatin1String("27 Dec")));
    EXPECT_EQ(fact("Stands so far"), QLatin1String("Weekends only"));
    EXPECT_EQ(fact("Afterwards"), QLatin1String("Dates of 2027 become firm"));
    EXPECT_TRUE(model->canLoad());
    EXPECT_TRUE(taken(ledger::countyHolidays(*office)).empty());

    QSignalSpy done(model.get(), &ui::HolidayListModel::done);
    model->load();
    ASSERT_TRUE(comesTrue([&] { return done.count() == 1; }));

    EXPECT_TRUE(comesTrue([&] { return model->count() == 6 && model->nextYear() == 2028; }));
    EXPECT_TRUE(model->fileName().isEmpty());
    EXPECT_TRUE(model->facts().isEmpty());
    EXPECT_EQ(taken(ledger::countyHolidays(*office)).size(), 1U);
}

TEST_F(HolidaysPage, AFileThatStandsAlreadyHasNothingToLoad) {
    static_cast<void>(taken(ledger::loadHolidays(*office, taken(ledger::parseHolidays(notice(), "f")))));
    ASSERT_TRUE(comesTrue([&] { return model->count() == 6; }));

    open(notice());

    EXPECT_FALSE(model->canLoad());
    EXPECT_EQ(fact("Afterwards"), QLatin1String("Dates of 2027 are firm already"));
}

TEST_F(HolidaysPage, AFileThatCannotBeUsedSaysWhereAndWhy) {
    open(notice("2026-12-31"));

    EXPECT_EQ(model->fileWhat(), QLatin1String("off[0]: it ends before it begins."));
    EXPECT_EQ(model->fileNext(), QLatin1String("Correct the file and choose it again."));
    EXPECT_FALSE(model->canLoad());

    open("{\n\"year\": 2027,\n,}");
    EXPECT_EQ(model->fileWhat(), QLatin1String("Line 3: this is no JSON text."));

    open(std::string(9000, ' '));
    EXPECT_TRUE(model->fileWhat().contains(QLatin1String("too large")));

    model->close();
    EXPECT_TRUE(model->fileWhat().isEmpty());
}

// No sentence of the reader is left untranslated.
TEST(HolidayFaults, HaveWordsForEveryThingThatCanBeWrong) {
    const std::string good =
        R"({"year": 2027, "notice": "n", "title": "t", "off": [{"name": "元旦", "from": "2027-01-01",)"
        R"( "to": "2027-01-03"}], "work": ["2026-12-27"]})";
    const std::pair<const char*, const char*> damages[] = {
        {"2027,", "1999,"},
        {"2027,", "2101,"},
        {"2027,", "\"2027\","},
        {"\"n\"", "\"\""},
        {"\"n\"", "7"},
        {"\"title\": \"t\", ", ""},
        {"\"title\"", "\"titel\""},
        {"\"title\"", "\"notice\""},
        {"2027-01-03", "2027-02-30"},
        {"2027-01-03", "2028-01-03"},
        {"2027-01-03", "2027-04-03"},
        {"2026-12-27", "2026-12-28"},
        {"2026-12-27", "2027-01-02"},
        {"[\"2026-12-27\"]", "[\"2026-12-27\", \"2026-12-27\"]"},
        {"[\"2026-12-27\"]", "[1]"},
        {"[\"2026-12-27\"]", "7"},
        {"\"year\"", "\"provisional\": 1, \"year\""},
        {"\"year\"", "\"region\": 1, \"year\""},
        {"}", "}}"}};
    for (const auto& [from, to] : damages) {
        std::string text = good;
        text.replace(text.find(from), std::string_view(from).size(), to);
        const auto table = ledger::parseHolidays(text, "");
        ASSERT_FALSE(table) << text;
        EXPECT_EQ(ui::ReadingError::ofHolidays(table.error()).next,
                  QLatin1String("Correct the file and choose it again."))
            << table.error().text;
    }
}

}  // namespace
}  // namespace hezhang::test
