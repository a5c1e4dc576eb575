// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A corrected document is imported again: what it changes is shown, what people wrote meanwhile stays.
#include "src/documents/ledger_update.h"

#include <gmock/gmock.h>

#include "src/documents/ledger_import.h"
#include "src/documents/text_import.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

using documents::ChangedBy;
using documents::FieldUpdate;
using documents::ImportedDocument;
using documents::LedgerImport;
using documents::LedgerUpdate;
using documents::UpdateChoices;
using documents::UpdateKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kBudget = "公开年度预算决算信息，回应群众关切。";
constexpr const char* kPolicy = "做好政策解读，图文解读占比不低于80%。";
constexpr const char* kPolicyMore = "做好政策解读，图文解读占比不低于90%。";
constexpr const char* kList = "公开行政许可事项名单，按月更新目录。";

struct Line {
    std::string content;
    std::string units = "县民政局";
    std::string deadline = "2026年6月底前";
};

ImportedDocument documentOf(const std::vector<Line>& lines,
                            const std::string& title = "某县2026年重点任务台账") {
    std::string text = title + "\n序号\t重点工作\t主要内容\t量化指标\t责任单位\t完成时限\n";
    int number = 0;
    for (const Line& line : lines) {
        text += std::to_string(++number) + "\t公开\t" + line.content + "\t\t" + line.units + "\t" +
                line.deadline + "\n";
    }
    return taken(documents::importText(text));
}

class ImportedAgain : public ::testing::Test {
protected:
    ImportedAgain() : office(county.enrol("office", "公开办", "马主任", "office")) {}
    LedgerUpdate import(const std::vector<Line>& lines, const UpdateChoices& choices = {}) {
        return taken(documents::importLedger(*office, documentOf(lines), choices)).update;
    }
    LedgerUpdate preview(const std::vector<Line>& lines, const UpdateChoices& choices = {}) {
        return taken(documents::previewImport(*office, documentOf(lines), choices)).update;
    }
    RecordId task(std::int64_t serial) {
        return taken(ledger::findTask(office->state(), std::to_string(serial), ""));
    }
    std::string shown(std::int64_t serial, const std::string& field) {
        return taken(ledger::shownText(office->state(), task(serial), field));
    }
    void write(std::int64_t serial, const std::string& field, const std::string& text) {
        county.set(*office, task(serial), field, text);
    }
    std::vector<std::string> unitsOf(std::int64_t serial) {
        std::vector<std::string> names;
        for (const ledger::TaskRow& row : taken(ledger::tasks(*office, {}))) {
            for (const ledger::TaskUnit& unit : row.units) {
                if (row.serial == serial) {
                    names.push_back(unit.name);
                }
            }
        }
        std::ranges::sort(names);
        return names;
    }
    static FieldUpdate field(const documents::TaskUpdate& task, const std::string& name) {
        const auto found = std::ranges::find(task.fields, name, &FieldUpdate::field);
        EXPECT_NE(found, task.fields.end()) << name;
        return found == task.fields.end() ? FieldUpdate{} : *found;
    }

    CountyBox county;
    std::unique_ptr<ledger::Home> office;
};

TEST_F(ImportedAgain, TheSameDocumentChangesNothing) {
    import({{kBudget}, { kPolicy }});
    county.sync(*office);
    const auto ops = taken(ledger::versionVector(*office));

    const LedgerUpdate again = import({{kBudget}, {kPolicy}});

    EXPECT_EQ(again.count(UpdateKind::same), 2U);
    EXPECT_EQ(again.changed(), 0U);
    EXPECT_THAT(again.missing, IsEmpty());
    EXPECT_EQ(taken(ledger::versionVector(*office)).size(), ops.size());
    EXPECT_FALSE(taken(office->hasTail()));
}

TEST_F(ImportedAgain, WhatTheDocumentChangedIsShownFieldByFieldAndWrittenOnlyByTheRealRun) {
    import({{kBudget}, { kPolicy }});
    const std::vector<Line> corrected{{kBudget, "县民政局", "2026年9月底前"}, {kPolicyMore}, {kList}};

    const LedgerUpdate plan = preview(corrected);

    EXPECT_EQ(shown(2, "content"), kPolicy);
    ASSERT_THAT(plan.tasks, SizeIs(3));
    EXPECT_EQ(field(plan.tasks[0], "due").before, "2026-06-30");
    EXPECT_EQ(field(plan.tasks[0], "due").after, "2026-09-30");
    EXPECT_EQ(field(plan.tasks[1], "content").before, kPolicy);
    EXPECT_EQ(field(plan.tasks[1], "content").after, kPolicyMore);
    EXPECT_EQ(field(plan.tasks[1], "content").changedBy, ChangedBy::document);
    EXPECT_EQ(plan.tasks[2].kind, UpdateKind::added);
    const LedgerUpdate done = import(corrected);
    EXPECT_EQ(done.changed(), 2U);
    EXPECT_EQ(shown(2, "content"), kPolicyMore);
    EXPECT_EQ(shown(3, "content"), kList);
    EXPECT_EQ(preview(corrected).count(UpdateKind::same), 3U);
}

TEST_F(ImportedAgain, AnExtractWithoutAColumnTakesNothingOfItAway) {
    import({{kBudget}, { kPolicy }});
    const ImportedDocument extract =
        taken(documents::importText(std::string("某县2026年重点任务台账\n序号\t主要内容\t责任单位\n1\t") +
                                    kBudget + "\t县民政局\n2\t" + kPolicyMore + "\t县民政局\n"));

    const LedgerUpdate done = taken(documents::importLedger(*office, extract, {})).update;

    EXPECT_EQ(done.changed(), 1U);
    EXPECT_EQ(shown(2, "content"), kPolicyMore);
    for (const std::int64_t serial : {1, 2}) {
        EXPECT_EQ(shown(serial, "deadline_text"), "2026年6月底前");
        EXPECT_EQ(shown(serial, "due"), "2026-06-30");
        EXPECT_EQ(shown(serial, "item"), "公开");
    }
    // What it did not say is still the document's, not a person's.
    const LedgerUpdate later = import({{kBudget, "县民政局", "2026年9月底前"}, {kPolicyMore}});
    EXPECT_EQ(field(later.tasks[0], "due").changedBy, ChangedBy::document);
    EXPECT_EQ(shown(1, "due"), "2026-09-30");
}

// In a document that has the column an empty place says something.
TEST_F(ImportedAgain, AnEmptiedPlaceOfAColumnIsAChange) {
    import({{kBudget}, { kPolicy }});

    const LedgerUpdate done = import({{kBudget, "县民政局", ""}, {kPolicy}});

    EXPECT_EQ(field(done.tasks[0], "deadline_text").after, "");
    EXPECT_EQ(shown(1, "due"), "");
    EXPECT_EQ(shown(2, "due"), "2026-06-30");
}

TEST_F(ImportedAgain, WhatAPersonChangedStaysWhereTheDocumentSaysWhatItSaidBefore) {
    import({{kBudget}, { kPolicy }});
    write(1, "content", "公开年度预算，回应群众关切。");

    const LedgerUpdate done = import({{kBudget}, {kPolicyMore}});

    EXPECT_EQ(shown(1, "content"), "公开年度预算，回应群众关切。");
    EXPECT_EQ(shown(2, "content"), kPolicyMore);
    const FieldUpdate kept = field(done.tasks[0], "content");
    EXPECT_EQ(kept.changedBy, ChangedBy::person);
    EXPECT_FALSE(kept.isTaken);
    ASSERT_TRUE(kept.by);
    EXPECT_EQ(kept.by->personName, "马主任");
    EXPECT_EQ(done.keptEdits(), 1U);
}

TEST_F(ImportedAgain, ATaskThatAPersonRewroteIsTheSameTask) {
    import({{kBudget}, { kPolicy }});
    write(1, "content", "整理档案目录并装订成册。");

    const LedgerUpdate done = import({{kBudget}, {kPolicy}});

    EXPECT_EQ(done.count(UpdateKind::added), 0U);
    EXPECT_THAT(done.missing, IsEmpty());
    EXPECT_EQ(field(done.tasks[0], "content").changedBy, ChangedBy::person);
    EXPECT_EQ(shown(1, "content"), "整理档案目录并装订成册。");
}

TEST_F(ImportedAgain, WhereBothChangedThePersonsWordsStayUntilSomebodyChooses) {
    import({{ kPolicy }});
    write(1, "content", "做好政策解读，图文解读占比不低于85%。");

    const LedgerUpdate done = import({{kPolicyMore}});
    EXPECT_EQ(field(done.tasks[0], "content").changedBy, ChangedBy::both);
    EXPECT_EQ(shown(1, "content"), "做好政策解读，图文解读占比不低于85%。");

    UpdateChoices choices;
    choices.fields[{task(1), "content"}] = {true, "做好政策解读，图文解读占比不低于85%。"};
    import({{ kPolicyMore }}, choices);
    EXPECT_EQ(shown(1, "content"), kPolicyMore);
    EXPECT_EQ(preview({{kPolicyMore}}).count(UpdateKind::same), 1U);
}

TEST_F(ImportedAgain, AChoiceMadeBeforeAnotherEditIsRefusedAndWritesNothing) {
    import({{kPolicy}, { kBudget }});
    write(1, "content", "做好政策解读，图文解读占比不低于85%。");
    UpdateChoices choices;
    choices.fields[{task(1), "content"}] = {true, "做好政策解读，图文解读占比不低于85%。"};
    write(1, "content", "做好政策解读，图文解读占比不低于88%。");

    const auto done =
        documents::importLedger(*office, documentOf({{kPolicyMore}, {kBudget}, {kList}}), choices);

    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, ErrorCode::changed);
    EXPECT_THAT(taken(ledger::tasks(*office, {})), SizeIs(2));
}

TEST_F(ImportedAgain, WordsOfAPersonThatTheDocumentTakesUpAreTheDocumentsFromThenOn) {
    import({{ kPolicy }});
    write(1, "content", kPolicyMore);
    import({{ kPolicyMore }});

    const LedgerUpdate done = import({{kPolicy}});

    EXPECT_EQ(field(done.tasks[0], "content").changedBy, ChangedBy::document);
    EXPECT_EQ(shown(1, "content"), kPolicy);
}

TEST_F(ImportedAgain, ATaskThatTheDocumentLacksStaysUntilSomebodyRemovesIt) {
    import({{kBudget}, { kPolicy }});

    const LedgerUpdate kept = import({{kPolicy}});
    ASSERT_THAT(kept.missing, SizeIs(1));
    EXPECT_EQ(kept.missing[0].content, kBudget);
    EXPECT_EQ(kept.tasks[0].kind, UpdateKind::renumbered);
    EXPECT_EQ(kept.tasks[0].serial, 2);
    EXPECT_THAT(taken(ledger::tasks(*office, {})), SizeIs(2));

    UpdateChoices choices;
    choices.removed.insert(kept.missing[0].task);
    import({{ kPolicy }}, choices);
    EXPECT_THAT(taken(ledger::tasks(*office, {})), SizeIs(1));
    EXPECT_EQ(import({{kPolicy}, {kList}}).tasks[1].serial, 3);  // never the serial of the one that is gone
}

TEST_F(ImportedAgain, ATaskWrittenAnewIsTheOneThatThePersonSays) {
    import({{kBudget}, { kPolicy }});
    const std::vector<Line> corrected{{kBudget}, {kList}};
    ASSERT_EQ(preview(corrected).tasks[1].kind, UpdateKind::added);

    UpdateChoices choices;
    choices.same[2] = task(2);
    const LedgerUpdate done = import(corrected, choices);

    EXPECT_THAT(done.missing, IsEmpty());
    EXPECT_EQ(field(done.tasks[1], "content").before, kPolicy);
    EXPECT_EQ(shown(2, "content"), kList);
    EXPECT_THAT(taken(ledger::tasks(*office, {})), SizeIs(2));
}

TEST_F(ImportedAgain, UnitsFollowTheDocumentAndNotAgainstAPerson) {
    import({{kBudget, "县民政局、甲镇"}, {kPolicy, "县民政局、甲镇"}, { kList, "县民政局" }});
    const auto unit = [&](const char* name) { return taken(ledger::findUnit(office->state(), name)).hex(); };
    const auto put = [&](std::int64_t serial, sync::OpKind kind, const char* name) {
        taken(
            office->edit({.record = task(serial), .field = "responsible", .kind = kind, .text = unit(name)}));
    };
    put(2, sync::OpKind::remove, "甲镇");
    put(3, sync::OpKind::add, "乙镇");

    const LedgerUpdate done =
        import({{kBudget, "县民政局、乙镇"}, {kPolicy, "县民政局、甲镇"}, {kList, "县民政局、甲镇"}});

    EXPECT_THAT(unitsOf(1), ElementsAre("乙镇", "县民政局"));
    EXPECT_THAT(unitsOf(2), ElementsAre("县民政局"));
    EXPECT_EQ(field(done.tasks[1], "responsible").changedBy, ChangedBy::person);
    EXPECT_THAT(unitsOf(3), ElementsAre("乙镇", "县民政局", "甲镇"));
    EXPECT_EQ(field(done.tasks[0], "responsible").before, "县民政局、甲镇");
}

TEST_F(ImportedAgain, ADocumentOfAnotherTitleUpdatesTheLedgerThatIsNamed) {
    const LedgerUpdate first = import({{kBudget}});
    const ImportedDocument renamed = documentOf({{kBudget}}, "某县2026年重点任务台账（修订）");

    const LedgerImport other = taken(documents::previewImport(*office, renamed));
    EXPECT_TRUE(other.update.isNew);
    EXPECT_THAT(other.warnings.back().text, HasSubstr("much the same title"));

    UpdateChoices choices;
    choices.ledger = first.ledger;
    EXPECT_EQ(taken(documents::importLedger(*office, renamed, choices)).update.count(UpdateKind::same), 1U);
    EXPECT_THAT(taken(ledger::ledgers(*office)), SizeIs(1));
}

// As if the office had imported with an older program.
TEST_F(ImportedAgain, OfALedgerThatNotesNothingNothingIsReplacedUntilSomebodySaysSo) {
    const LedgerUpdate first = import({{kBudget}, {kPolicy}});
    for (const sync::Value& run : taken(office->state().elements(first.ledger, "imported"))) {
        taken(office->edit({.record = first.ledger,
                            .field = "imported",
                            .kind = sync::OpKind::remove,
                            .text = std::string(run.asText().value_or(""))}));
    }
    write(1, "content", "公开年度预算，回应群众关切。");
    UpdateChoices asDocument;
    asDocument.isOverEdits = true;

    const LedgerUpdate shownOnly = import({{kBudget}, {kPolicyMore}});
    const std::string kept = shown(2, "content");
    import({{kBudget}, { kPolicyMore }}, asDocument);

    EXPECT_EQ(field(shownOnly.tasks[0], "content").changedBy, ChangedBy::person);
    EXPECT_EQ(field(shownOnly.tasks[1], "content").changedBy, ChangedBy::unknown);
    EXPECT_FALSE(field(shownOnly.tasks[1], "content").isTaken);
    EXPECT_EQ(shownOnly.keptEdits(), 2U);
    EXPECT_EQ(kept, kPolicy);
    EXPECT_EQ(shown(2, "content"), kPolicyMore);
    // What the document confirmed is its own from then on.
    EXPECT_EQ(field(import({{kBudget, "甲镇"}, {kPolicyMore}}).tasks[0], "responsible_text").changedBy,
              ChangedBy::document);
}

TEST_F(ImportedAgain, WhatWasWrittenByHandBeforeTheFirstDocumentStays) {
    const ImportedDocument document = documentOf({{kBudget, "县民政局", "2026年9月底前"}, {kPolicy}});
    const nlohmann::json key{{"year", 2026}, {"title", document.title}};
    const RecordId made =
        taken(office->edit({.registerName = "ledger", .key = key, .field = "issuer", .text = "某县公开办"}))
            .record;
    const auto put = [&](const char* cell, const char* text) {
        taken(office->edit({.registerName = "task",
                            .key = {{"ledger", made.hex()}, {"serial", 1}},
                            .field = cell,
                            .text = text}));
    };
    put("content", kBudget);
    put("deadline_text", "2026年6月底前");
    put("due", "2026-06-30");
    put("responsible_text", "县民政局");

    const LedgerUpdate done = taken(documents::importLedger(*office, document)).update;

    EXPECT_FALSE(done.isNew);
    EXPECT_EQ(field(done.tasks[0], "due").changedBy, ChangedBy::unknown);
    EXPECT_EQ(field(done.tasks[0], "due").before, "2026-06-30");
    EXPECT_EQ(field(done.tasks[0], "due").after, "2026-09-30");
    EXPECT_EQ(shown(1, "due"), "2026-06-30");
    EXPECT_EQ(shown(1, "deadline_text"), "2026年6月底前");
    EXPECT_EQ(field(done.tasks[0], "item").changedBy, ChangedBy::document);  // nobody had written it
    EXPECT_EQ(shown(1, "item"), "公开");
    EXPECT_EQ(done.tasks[1].kind, UpdateKind::added);
}

TEST_F(ImportedAgain, WhoIssuedItStaysAsAPersonWroteIt) {
    const std::string text =
        "某县人民政府办公室\n某县2026年重点任务台账\n序号\t重点工作\t主要内容\t责任单位\t完成时限\n1\t公开"
        "\t" +
        std::string(kBudget) + "\t县民政局\t6月底\n";
    const RecordId made =
        taken(documents::importLedger(*office, taken(documents::importText(text)))).update.ledger;
    county.set(*office, made, "issuer", "某县政务公开办公室");

    const LedgerUpdate again =
        taken(documents::importLedger(*office, taken(documents::importText(text)))).update;

    ASSERT_THAT(again.head, SizeIs(1));
    EXPECT_EQ(again.head[0].changedBy, ChangedBy::person);
    EXPECT_EQ(taken(ledger::shownText(office->state(), made, "issuer")), "某县政务公开办公室");
}

TEST_F(ImportedAgain, AnotherDeviceOfTheOfficeKnowsWhatIsTheDocuments) {
    import({{kBudget}, { kPolicy }});
    write(1, "content", "公开年度预算，回应群众关切。");
    county.sync(*office);
    const auto second = county.enrol("second", "公开办", "李科长", "office");

    const auto done = taken(documents::importLedger(*second, documentOf({{kBudget}, {kPolicyMore}})));

    EXPECT_EQ(field(done.update.tasks[0], "content").changedBy, ChangedBy::person);
    EXPECT_EQ(field(done.update.tasks[1], "content").changedBy, ChangedBy::document);
    EXPECT_TRUE(field(done.update.tasks[1], "content").isTaken);
}

}  // namespace
}  // namespace hezhang::test
