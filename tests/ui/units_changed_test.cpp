// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An open window while the office merges, renames and moves: it goes on as what its person is now.
#include "src/office/units.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

class UnitsChanged : public UiTest {
protected:
    UnitsChanged() {
        task = county.newTask(*office, ledgerId, 1, "公示。", {"甲镇"});
        window = county.newWindow(*office, "2026-08-31");
        spread();
    }
    [[nodiscard]] RecordId unit(const std::string& name) {
        return taken(ledger::findUnit(office->state(), name));
    }
    // A form of 甲镇 that nobody has touched; 乙镇 has begun a filing of the task meanwhile.
    [[nodiscard]] std::unique_ptr<ui::FilingFormModel> formBesideTheOthersFiling() {
        const auto other = county.enrol("other", "乙镇", "王五", "clerk");
        openSession();
        std::unique_ptr<ui::FilingFormModel> form(
            models->filingForm(qt(task.hex()), QString(), qt(window.hex())));
        EXPECT_TRUE(comesTrue([&] { return form->isReady(); }));
        begun =
            taken(ledger::file(*other,
                               {.task = task, .unit = unit("乙镇"), .window = window, .text = "乙镇写的。"}))
                .record;
        county.sync(*other);
        return form;
    }

    RecordId task;
    RecordId window;
    RecordId begun;
};

TEST_F(UnitsChanged, AMergedUnitsWindowShowsTheNameAndKeepsItsTasks) {
    openSession();
    const std::unique_ptr<ui::TaskListModel> tasks(models->taskList());
    ASSERT_TRUE(comesTrue([&] { return tasks->count() == 1; }));
    QSignalSpy states(session.get(), &ui::AppSession::stateChanged);

    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-07-01"));
    spread();

    EXPECT_TRUE(comesTrue([&] { return session->unitName() == QStringLiteral("乙镇"); }));
    EXPECT_EQ(session->unitId(), qt(unit("乙镇").hex()));
    EXPECT_TRUE(comesTrue([&] {
        return tasks->count() == 1 &&
               tasks->row(0).at(ui::TaskListModel::Role::unitsText).toString() == QStringLiteral("乙镇");
    }));
    EXPECT_TRUE(tasks->row(0).at(ui::TaskListModel::Role::isOwn).toBool());
    EXPECT_EQ(states.count(), 0) << "no page that is open is closed by it";
}

TEST_F(UnitsChanged, WhoIsMovedSeesTheNewUnitsTasks) {
    openSession();
    const std::unique_ptr<ui::TaskListModel> tasks(models->taskList());
    ASSERT_TRUE(comesTrue([&] { return tasks->count() == 1; }));

    CountyBox::set(*office, town->me().enrolment.person, "unit", unit("乙镇").hex());
    spread();

    EXPECT_TRUE(comesTrue([&] { return session->unitName() == QStringLiteral("乙镇"); }));
    EXPECT_TRUE(comesTrue([&] { return tasks->count() == 0; }));
}

TEST_F(UnitsChanged, AnOpenFormThatNobodyTouchedGoesOnWithWhatTheOtherUnitHasBegun) {
    const auto form = formBesideTheOthersFiling();

    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-07-01"));
    spread();
    ASSERT_TRUE(comesTrue([&] { return form->text() == QStringLiteral("乙镇写的。"); }));
    form->setText(QStringLiteral("乙镇写的。甲镇续。"));
    ASSERT_TRUE(comesTrue([&] { return form->draftState() == QLatin1String("saved"); }));
    QSignalSpy saved(form.get(), &ui::FilingFormModel::saved);
    form->save();

    EXPECT_TRUE(comesTrue([&] { return saved.size() == 1; })) << form->errorWhat().toStdString();
    EXPECT_EQ(taken(ledger::shownText(town->state(), begun, "text")), "乙镇写的。甲镇续。");
}

TEST_F(UnitsChanged, WhatIsBeingTypedStaysWithTheFilingItWasBegunFor) {
    const auto form = formBesideTheOthersFiling();
    const RecordId own = town->idOf(taken(ledger::filingKey(*town, task, unit("甲镇"), window)));
    form->setText(QStringLiteral("甲镇写的。"));

    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-07-01"));
    spread();
    ASSERT_TRUE(comesTrue([&] { return session->unitName() == QStringLiteral("乙镇"); }));
    QSignalSpy saved(form.get(), &ui::FilingFormModel::saved);
    form->save();

    EXPECT_TRUE(comesTrue([&] { return saved.size() == 1; })) << form->errorWhat().toStdString();
    EXPECT_EQ(taken(ledger::shownText(town->state(), own, "text")), "甲镇写的。");
    EXPECT_EQ(taken(ledger::shownText(town->state(), begun, "text")), "乙镇写的。");
}

TEST_F(UnitsChanged, AUnitThatIsOverIsNotOffered) {
    ASSERT_TRUE(office::mergeUnit(*office, unit("甲镇"), unit("乙镇"), "2026-07-01"));
    spread();
    session = std::make_unique<ui::AppSession>(&noTransport, ui::SyncTimes{100, 30'000, 100});
    models = std::make_unique<ui::Models>(*session);
    session->store().setAutomaticSync(false);
    session->open(qt(office->folder()));
    ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
    const std::unique_ptr<ui::InvitationModel> invitation(models->invitation());
    ASSERT_TRUE(comesTrue([&] { return invitation->units()->count() > 0; }));

    std::vector<QString> offered;
    for (int i = 0; i < invitation->units()->count(); ++i) {
        offered.push_back(invitation->units()->row(i).at(ui::UnitChoiceModel::Role::title).toString());
    }
    EXPECT_THAT(offered, ::testing::Contains(QStringLiteral("乙镇")));
    EXPECT_THAT(offered, ::testing::Not(::testing::Contains(QStringLiteral("甲镇"))));
}

}  // namespace
}  // namespace hezhang::test
