// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A window whose home the county has emptied: it says so, holds nothing of it any more, and takes a new
// invitation.
#include <QDir>

#include <algorithm>

#include "src/ui/message_table.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::AppSession;

class WipedHome : public UiTest {
protected:
    void order() {
        ASSERT_TRUE(
            county.county().revoke(town->me().enrolment.device.hex(), ledger::CountyFolder::Revoking::wipe));
    }
    // Beside the network's thread, which has the county of the box.
    [[nodiscard]] std::unique_ptr<ledger::CountyFolder> asOperator() {
        return taken(ledger::CountyFolder::open(county.folder() + "/county", county.environment()));
    }
    [[nodiscard]] bool saysSo() const {
        return session->state() == AppSession::State::Failed &&
               session->errorWhat() == ui::MessageTable::of(ErrorCode::wiped).what && session->isEnded();
    }
    [[nodiscard]] QStringList names() const {
        return QDir(qt(town->folder())).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
    [[nodiscard]] bool isEmpty() const {
        const QStringList all = names();
        return std::all_of(all.begin(), all.end(), [](const QString& name) {
            return name == QLatin1String("wiped") || name == QLatin1String("sync.lock") ||
                   name == QLatin1String("waiting");
        });
    }
};

TEST_F(WipedHome, TheWindowThatEmptiesItSaysSoAndTakesANewInvitation) {
    spread();
    openSession(directTo(county));
    const std::unique_ptr<ui::SyncStatus> status(models->syncStatus());
    const std::unique_ptr<ui::TaskListModel> tasks(models->taskList());
    order();

    status->syncNow();

    ASSERT_TRUE(comesTrue([&] { return saysSo() && isEmpty(); }));
    const QString folder = session->folder();
    session->open(folder);
    EXPECT_EQ(session->state(), AppSession::State::NoHome);
    const std::unique_ptr<ui::Enrolment> enrolment(models->enrolment());
    enrolment->setAddress(QStringLiteral("http://127.0.0.1:9"));
    enrolment->setCode(qt(
        taken(asOperator()->invite({.unit = "甲镇", .person = "王五", .role = "clerk"}, std::nullopt)).code));
    // The round that emptied it may still be saying so.
    ASSERT_TRUE(comesTrue([&] {
        if (!enrolment->isBusy() && session->state() == AppSession::State::NoHome) {
            enrolment->enrol();
        }
        return session->state() == AppSession::State::Ready;
    })) << enrolment->errorWhat().toStdString();
    EXPECT_EQ(session->personName(), qt("王五"));
}

TEST_F(WipedHome, WhatAnotherProgramEmptiedTheWindowGivesUp) {
    spread();
    openSession();
    const std::unique_ptr<ui::SyncStatus> status(models->syncStatus());
    order();

    const auto report = taken(town->sync(county.transport()));

    EXPECT_EQ(report.error->code, ErrorCode::wiped);
    EXPECT_TRUE(comesTrue([&] { return saysSo(); }));
    // The search index may be written once more, by who did not know yet; it goes with the window's home.
    EXPECT_TRUE(comesTrue([&] { return isEmpty(); })) << names().join(QLatin1Char(' ')).toStdString();
}

TEST_F(WipedHome, ADeviceThatWasStoppedGoesOnAskingAndIsEmptiedLater) {
    spread();
    ASSERT_TRUE(county.county().revoke(town->me().enrolment.device.hex()));
    openSession(directTo(county), true);
    ASSERT_TRUE(comesTrue([&] {
        const auto& error = session->store().syncState().error;
        return error && error->code == ErrorCode::revoked;
    }));
    EXPECT_NE(session->store().syncState().nextAttempt, 0);
    ASSERT_TRUE(
        asOperator()->revoke(town->me().enrolment.device.hex(), ledger::CountyFolder::Revoking::wipe));

    EXPECT_TRUE(comesTrue([&] { return saysSo(); }));
    EXPECT_TRUE(comesTrue([&] { return isEmpty(); }));
}

TEST_F(WipedHome, AWindowThatIsOpenedOnItSaysWhatHappenedFirst) {
    spread();
    order();
    EXPECT_EQ(taken(town->sync(county.transport())).error->code, ErrorCode::wiped);
    session = std::make_unique<AppSession>(&noTransport);

    session->open(qt(town->folder()));
    EXPECT_TRUE(saysSo());

    session->open(qt(town->folder()));
    EXPECT_EQ(session->state(), AppSession::State::NoHome);
}

}  // namespace
}  // namespace hezhang::test
