// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's page of units: whom their forms name as contact.
#include "src/ledger/names.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ContactRole = ui::UnitContactListModel::Role;

class UnitContacts : public UiTest {
protected:
    void openPage(ledger::Home& home) {
        openHome(home);
        model.reset(models->unitContacts());
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        ASSERT_TRUE(comesTrue([&] { return model->isReady(); }));
    }
    [[nodiscard]] RecordId townUnit() const { return town->me().enrolment.unit; }
    [[nodiscard]] std::string stands(ledger::Home& home, const char* field) const {
        return taken(ledger::shownText(home.state(), townUnit(), field));
    }
    void save(const char* contact, const char* phone) {
        QSignalSpy done(model.get(), &ui::UnitContactListModel::done);
        model->save(qt(contact), qt(phone));
        ASSERT_TRUE(comesTrue([&] { return done.count() == 1; }));
    }

    std::unique_ptr<ui::UnitContactListModel> model;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(UnitContacts, TheOfficePutsDownContactAndPhoneAndTakesThemBack) {
    openPage(*office);
    model->begin(qt(townUnit().hex()));
    EXPECT_EQ(model->unitName(), qt("甲镇"));
    EXPECT_EQ(model->contact(), QString());

    save(" 李四 ", "0951-2077000");
    EXPECT_EQ(stands(*office, "contact"), "李四");
    EXPECT_EQ(stands(*office, "contact_phone"), "0951-2077000");
    const auto contactShown = [&] {
        const int at = model->indexOfKey(qt(townUnit().hex()));
        return model->row(at).at(ContactRole::contact).toString();
    };
    EXPECT_TRUE(comesTrue([&] { return contactShown() == qt("李四"); }));

    model->begin(qt(townUnit().hex()));
    save("", "0951-2077000");
    EXPECT_EQ(stands(*office, "contact"), "");
    EXPECT_EQ(stands(*office, "contact_phone"), "0951-2077000");
}

TEST_F(UnitContacts, ListsTheUnitsThatHaveTheText) {
    CountyBox::set(*office, townUnit(), "contact", "李四");
    openPage(*office);
    const int all = model->allCount();
    ASSERT_GT(all, 2);

    model->setText(qt("李"));
    EXPECT_EQ(model->count(), 1);
    EXPECT_EQ(model->allCount(), all);
    model->setText(qt("民政"));
    EXPECT_EQ(model->count(), 1);
    model->setText(QString());
    EXPECT_EQ(model->count(), all);
}

TEST_F(UnitContacts, WhatIsTooLongIsRefusedAndNothingIsWritten) {
    openPage(*office);
    model->begin(qt(townUnit().hex()));
    QSignalSpy failed(model.get(), &ui::UnitContactListModel::failed);

    model->save(qt("李四"), qt(std::string(200, '1')));

    ASSERT_TRUE(comesTrue([&] { return failed.count() == 1; }));
    EXPECT_EQ(stands(*office, "contact"), "");
}

TEST_F(UnitContacts, AUnitSeesThemWithItsReportAndChangesNothing) {
    const RecordId task = county.newTask(*office, ledgerId, 1, "甲。", {"甲镇"});
    const RecordId window = county.newWindow(*office, "2026-08-31");
    CountyBox::set(*office, townUnit(), "contact", "李四");
    CountyBox::set(*office, townUnit(), "contact_phone", "0951-2077000");
    spread();
    openPage(*town);
    EXPECT_FALSE(model->mayEdit());
    model->begin(qt(townUnit().hex()));
    model->save(qt("王五"), QString());
    const std::unique_ptr<ui::FilingFactsModel> facts(
        models->filingFacts(qt(task.hex()), QString(), qt(window.hex())));
    ASSERT_TRUE(comesTrue([&] { return facts->isReady(); }));

    EXPECT_EQ(facts->contact(), qt("李四 · 0951-2077000"));
    ASSERT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    spread();
    EXPECT_EQ(stands(*office, "contact"), "李四");
}

}  // namespace
}  // namespace hezhang::test
