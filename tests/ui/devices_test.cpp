// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The office's devices and invitations in the window, on a real county: the list, the code and its picture,
// what is said without a network.
#include <QClipboard>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QTemporaryDir>
#include <QUrl>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/qr_code.h"
#include "src/ui/qr_picture.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ui::DeviceListModel;
using ui::InvitationModel;

// Whether the network is there; the flag is read in its thread.
struct Wire {
    CountyBox& county;
    std::atomic<bool> isThere{true};
    std::atomic<bool> losesAnswers{false};

    [[nodiscard]] ui::TransportFactory factory();
};

class WireTransport final : public sync::Transport {
public:
    explicit WireTransport(Wire& wire) : m_wire(wire), m_direct(wire.county.county()) {}
    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        if (!m_wire.isThere) {
            return fail(ErrorCode::unreachable, "no network");
        }
        auto answer = m_direct.post(path, body);
        return m_wire.losesAnswers ? Result<sync::Answer>(fail(ErrorCode::timedOut, "no answer")) : answer;
    }
    sync::Traffic traffic() const override { return {}; }

private:
    Wire& m_wire;
    DirectTransport m_direct;
};

ui::TransportFactory Wire::factory() {
    return [this](const std::string&, const std::atomic<bool>&) -> Result<std::unique_ptr<sync::Transport>> {
        return std::unique_ptr<sync::Transport>(std::make_unique<WireTransport>(*this));
    };
}

class DevicesPage : public UiTest {
protected:
    void openOffice() {
        session = std::make_unique<ui::AppSession>(wire.factory(), ui::SyncTimes{100, 30'000, 100});
        models = std::make_unique<ui::Models>(*session);
        session->store().setAutomaticSync(false);
        session->open(qt(office->folder()));
        ASSERT_TRUE(comesTrue([&] { return session->state() == ui::AppSession::State::Ready; }));
    }
    [[nodiscard]] std::unique_ptr<DeviceListModel> openList() {
        openOffice();
        std::unique_ptr<DeviceListModel> model(models->deviceList());
        tester = std::make_unique<QAbstractItemModelTester>(
            model.get(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        EXPECT_TRUE(comesTrue([&] { return model->isReady() && !model->isBusy(); }));
        return model;
    }
    [[nodiscard]] std::unique_ptr<InvitationModel> openInvitation() {
        openOffice();
        std::unique_ptr<InvitationModel> model(models->invitation());
        EXPECT_TRUE(comesTrue([&] { return model->isReady(); }));
        return model;
    }
    [[nodiscard]] QString unitId(const std::string& name) const {
        return qt(taken(ledger::findUnit(office->state(), name)).hex());
    }
    static void fillIn(InvitationModel& model, const QString& unit, const char* person) {
        model.setUnitId(unit);
        model.setPersonName(QString::fromUtf8(person));
    }
    [[nodiscard]] std::size_t openCount() {
        return taken(county.county().store().openInvitations(office->now(), 1000)).size();
    }
    [[nodiscard]] static QString name(DeviceListModel& model, int row) {
        return model.row(row).at(DeviceListModel::Role::personName).toString();
    }

    Wire wire{county};
    std::unique_ptr<QAbstractItemModelTester> tester;
};

TEST_F(DevicesPage, ListsEveryDeviceByUnitAndPerson) {
    const auto model = openList();
    using Role = DeviceListModel::Role;

    ASSERT_EQ(model->count(), 3);
    EXPECT_TRUE(model->isCurrent());
    EXPECT_EQ(name(*model, 0), qt("马主任"));
    EXPECT_TRUE(model->row(0).at(Role::isOwn).toBool());
    EXPECT_FALSE(model->row(0).at(Role::canRevoke).toBool());
    EXPECT_EQ(name(*model, 1), qt("张三"));
    EXPECT_EQ(model->row(1).at(Role::numberText).toString(),
              QStringLiteral("device ") + qt(town->me().enrolment.device.hex().substr(0, 4)));
    EXPECT_EQ(model->row(1).at(Role::unitName).toString(), qt("甲镇"));
    EXPECT_TRUE(model->row(1).at(Role::canRevoke).toBool());
    EXPECT_FALSE(model->row(1).at(Role::enrolledText).toString().isEmpty());
    EXPECT_EQ(model->activeCount(), 3);
    EXPECT_EQ(model->copiedCount(), 0);

    model->setText(qt("李"));
    ASSERT_EQ(model->count(), 1);
    EXPECT_EQ(name(*model, 0), qt("李四"));
    EXPECT_EQ(model->activeCount(), 3);
}

TEST_F(DevicesPage, WithoutANetworkShowsWhatTheHomeKnowsAndSaysSoPlainly) {
    wire.isThere = false;
    const auto model = openList();

    EXPECT_FALSE(model->isCurrent());
    EXPECT_EQ(model->count(), 1);  // the others came after its last sync
    EXPECT_EQ(model->errorWhat(), ui::MessageTable::ofOnline(ErrorCode::unreachable).what);
    EXPECT_FALSE(model->errorNext().isEmpty());
    EXPECT_NE(model->errorNext(), ui::MessageTable::of(ErrorCode::unreachable).next);
    QSignalSpy failed(model.get(), &DeviceListModel::failed);
    model->revoke(qt(town->me().enrolment.device.hex()));
    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(failed[0][1].toString(), ui::MessageTable::ofOnline(ErrorCode::unreachable).next);

    wire.isThere = true;
    model->refresh();

    EXPECT_TRUE(comesTrue([&] { return model->isCurrent() && model->count() == 3; }));
    EXPECT_TRUE(model->errorWhat().isEmpty());
}

TEST_F(DevicesPage, AStoppedDeviceIsToldSoAtItsNextSync) {
    const auto model = openList();
    QSignalSpy revoked(model.get(), &DeviceListModel::revoked);

    model->revoke(qt(town->me().enrolment.device.hex()));

    EXPECT_TRUE(comesTrue([&] { return revoked.size() == 1 && !model->isBusy(); }));
    EXPECT_EQ(model->activeCount(), 2);
    EXPECT_EQ(name(*model, 2), qt("张三"));  // behind those that work
    EXPECT_TRUE(model->row(2).at(DeviceListModel::Role::isRevoked).toBool());
    const auto report = taken(town->sync(county.transport()));
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->code, ErrorCode::revoked);
}

TEST_F(DevicesPage, ADeviceIsOrderedToEmptyItselfAndTheListSaysWhatCameOfIt) {
    using Role = DeviceListModel::Role;
    const auto model = openList();
    QSignalSpy ordered(model.get(), &DeviceListModel::wipeOrdered);
    EXPECT_TRUE(model->row(1).at(Role::canWipe).toBool());
    EXPECT_FALSE(model->row(0).at(Role::canWipe).toBool()) << "its own";

    model->wipe(qt(town->me().enrolment.device.hex()));

    EXPECT_TRUE(comesTrue([&] { return ordered.size() == 1 && !model->isBusy(); }));
    EXPECT_TRUE(model->row(2).at(Role::isRevoked).toBool());
    EXPECT_FALSE(model->row(2).at(Role::canWipe).toBool());
    const QString before = model->row(2).at(Role::wipeText).toString();
    EXPECT_FALSE(before.isEmpty());

    const auto report = taken(town->sync(county.transport()));
    ASSERT_TRUE(report.error);
    EXPECT_EQ(report.error->code, ErrorCode::wiped);
    model->refresh();

    EXPECT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    const QString after = model->row(2).at(Role::wipeText).toString();
    EXPECT_NE(after, before);
    EXPECT_FALSE(after.isEmpty());
}

TEST_F(DevicesPage, TheDeviceItIsOpenOnIsNotStopped) {
    const auto model = openList();
    QSignalSpy failed(model.get(), &DeviceListModel::failed);

    model->revoke(qt(office->me().enrolment.device.hex()));

    EXPECT_TRUE(comesTrue([&] { return failed.size() == 1; }));
    EXPECT_EQ(failed[0][0].toString(), ui::MessageTable::of(ErrorCode::ownDevice).what);
    EXPECT_EQ(model->activeCount(), 3);
}

TEST_F(DevicesPage, InAHomeOfAUnitSaysThatItIsTheOfficesWork) {
    openSession(wire.factory());
    const std::unique_ptr<DeviceListModel> list(models->deviceList());
    const std::unique_ptr<InvitationModel> invitation(models->invitation());

    EXPECT_TRUE(comesTrue([&] { return list->isReady() && invitation->isReady(); }));

    EXPECT_EQ(list->errorWhat(), ui::MessageTable::of(ErrorCode::noRight).what);
    EXPECT_EQ(list->count(), 0);
    invitation->setUnitId(unitId("甲镇"));
    invitation->setPersonName(qt("赵六"));
    EXPECT_FALSE(invitation->canInvite());
}

TEST_F(DevicesPage, AnInvitationsPictureMakesAHome) {
    const auto model = openInvitation();
    EXPECT_FALSE(model->canInvite());
    fillIn(*model, unitId("乙镇"), " 赵六 ");
    ASSERT_TRUE(model->canInvite());
    const QTemporaryDir folder;

    model->invite();
    ASSERT_TRUE(comesTrue([&] { return model->isDone(); }));
    QSignalSpy saved(model.get(), &InvitationModel::saved);
    model->savePicture(QUrl::fromLocalFile(folder.filePath(qt("邀请"))));

    ASSERT_EQ(saved.size(), 1);
    EXPECT_EQ(saved[0][0].toString(), folder.filePath(qt("邀请.png")));
    EXPECT_EQ(model->groups().size(), 4);
    EXPECT_EQ(model->forText(), qt("乙镇 · 赵六 · ") + ui::Format::personRole(QStringLiteral("clerk")));
    EXPECT_FALSE(model->untilText().isEmpty());
    ui::AppSession fresh(directTo(county));
    ui::Models freshModels(fresh);
    fresh.store().setAutomaticSync(false);
    fresh.open(folder.filePath(QStringLiteral("home")));
    const std::unique_ptr<ui::Enrolment> enrolment(freshModels.enrolment());
    enrolment->readPicture(QUrl::fromLocalFile(folder.filePath(qt("邀请.png"))));
    EXPECT_EQ(enrolment->address(), QStringLiteral("http://127.0.0.1:9"));
    EXPECT_EQ(enrolment->code(), model->code());
    enrolment->enrol();
    EXPECT_TRUE(comesTrue([&] { return fresh.state() == ui::AppSession::State::Ready; }));
    EXPECT_EQ(fresh.personName(), qt("赵六"));
    EXPECT_EQ(fresh.unitName(), qt("乙镇"));
}

TEST_F(DevicesPage, ThePictureOnThePageHoldsTheSame) {
    const auto model = openInvitation();
    fillIn(*model, unitId("乙镇"), "赵六");
    model->invite();
    ASSERT_TRUE(comesTrue([&] { return model->isDone(); }));
    const QByteArray png = QByteArray::fromBase64(
        model->picture().mid(QStringLiteral("data:image/png;base64,").size()).toLatin1());

    const QImage image = QImage::fromData(png, "PNG");

    ASSERT_FALSE(image.isNull());
    EXPECT_EQ(image.width(), model->pictureModules());
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("qr.png"));
    ASSERT_TRUE(image.scaled(image.size() * 4).save(file));
    const auto read = ui::invitationInPicture(file);
    ASSERT_TRUE(read) << read.error().text;
    EXPECT_EQ(ledger::invitationUri(*read), model->line().toStdString());
    model->copyLine();
    EXPECT_EQ(QGuiApplication::clipboard()->text(), model->line());
}

TEST_F(DevicesPage, ASecondTryAfterALostAnswerIsTheSameInvitation) {
    const auto model = openInvitation();
    fillIn(*model, unitId("乙镇"), "赵六");
    wire.losesAnswers = true;
    model->invite();
    ASSERT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    EXPECT_FALSE(model->isDone());
    EXPECT_EQ(model->errorNext(), ui::MessageTable::ofOnline(ErrorCode::timedOut).next);
    EXPECT_EQ(openCount(), 1U);

    wire.losesAnswers = false;
    model->invite();
    ASSERT_TRUE(comesTrue([&] { return model->isDone(); }));

    EXPECT_EQ(openCount(), 1U);
    model->startAnew();
    EXPECT_FALSE(model->isDone());
    fillIn(*model, unitId("乙镇"), "钱七");
    model->invite();
    ASSERT_TRUE(comesTrue([&] { return model->isDone(); }));
    EXPECT_EQ(openCount(), 2U);
}

TEST_F(DevicesPage, WithoutANetworkNothingIsInvitedAndThePageSaysWhy) {
    wire.isThere = false;
    const auto model = openInvitation();
    fillIn(*model, unitId("乙镇"), "赵六");

    model->invite();
    ASSERT_TRUE(comesTrue([&] { return !model->isBusy(); }));

    EXPECT_FALSE(model->isDone());
    EXPECT_TRUE(model->picture().isEmpty());
    EXPECT_EQ(model->errorNext(), ui::MessageTable::ofOnline(ErrorCode::unreachable).next);
    EXPECT_EQ(openCount(), 0U);
}

TEST_F(DevicesPage, APersonOfTheUnitIsPickedWithHisRole) {
    county.sync(*office);
    const auto model = openInvitation();
    using Role = ui::PersonChoiceModel::Role;
    model->setUnitId(unitId("甲镇"));
    ASSERT_EQ(model->persons()->count(), 3);  // a new one, and two
    const int row = model->persons()->row(1).at(Role::name).toString() == qt("张三") ? 1 : 2;

    model->setPersonId(model->persons()->row(row).at(Role::personId).toString());

    EXPECT_EQ(model->personName(), qt("张三"));
    EXPECT_EQ(model->role(), QStringLiteral("clerk"));
    EXPECT_TRUE(model->canInvite());
    model->setUnitId(unitId("乙镇"));
    EXPECT_TRUE(model->personName().isEmpty());
    EXPECT_EQ(model->persons()->count(), 1);
}

TEST_F(DevicesPage, NobodyNewGetsTheRoleOfWhoWasPickedBefore) {
    const auto model = openInvitation();
    const QString officeUnit = unitId("公开办");
    const auto pickTheOffice = [&] {
        model->setUnitId(officeUnit);
        model->setPersonId(model->persons()->row(1).at(ui::PersonChoiceModel::Role::personId).toString());
        EXPECT_EQ(model->role(), QStringLiteral("office"));
    };

    pickTheOffice();
    model->setUnitId(unitId("甲镇"));
    EXPECT_EQ(model->role(), QStringLiteral("clerk"));
    pickTheOffice();
    model->setPersonId(QString());
    EXPECT_EQ(model->role(), QStringLiteral("clerk"));
    pickTheOffice();
    model->startAnew();
    EXPECT_EQ(model->role(), QStringLiteral("clerk"));
}

TEST_F(DevicesPage, AnOpenInvitationIsListedUntilItIsUsed) {
    {
        const auto model = openInvitation();
        fillIn(*model, unitId("乙镇"), "赵六");
        model->invite();
        ASSERT_TRUE(comesTrue([&] { return model->isDone(); }));
    }
    session.reset();
    const auto list = openList();
    using Role = ui::InvitationListModel::Role;

    ASSERT_EQ(list->invitations()->count(), 1);
    EXPECT_EQ(list->invitations()->row(0).at(Role::personName).toString(), qt("赵六"));
    EXPECT_EQ(list->invitations()->row(0).at(Role::unitName).toString(), qt("乙镇"));
    EXPECT_EQ(list->invitations()->row(0).at(Role::inviterName).toString(), qt("马主任"));

    QSignalSpy withdrawn(list.get(), &DeviceListModel::withdrawn);
    list->withdraw(list->invitations()->row(0).at(Role::invitationId).toString());

    EXPECT_TRUE(comesTrue([&] { return withdrawn.size() == 1 && !list->isBusy(); }));
    EXPECT_EQ(list->invitations()->count(), 0);
    EXPECT_EQ(openCount(), 0U);
}

TEST_F(DevicesPage, WhatIsLeftInTheMiddleOfAListCancelsTheListOnly) {
    const auto first = openList();
    std::unique_ptr<DeviceListModel> second(models->deviceList());
    first->revoke(qt(town->me().enrolment.device.hex()));
    second.reset();
    QSignalSpy revoked(first.get(), &DeviceListModel::revoked);

    EXPECT_TRUE(comesTrue([&] { return revoked.size() == 1; }));
}

// -- the QR code by itself

TEST(QrCode, IsDarkOnLightWithAQuietZoneOfFourModules) {
    const QImage image = ui::qrImage(QStringLiteral("hezhang:enrol?url=https%3a%2f%2fa.example&code=K7"));

    ASSERT_FALSE(image.isNull());
    ASSERT_EQ(image.width(), image.height());
    EXPECT_EQ((image.width() - 2 * ui::kQrQuietModules - 17) % 4, 0);  // a version of the standard
    for (int along = 0; along < image.width(); ++along) {
        for (int in = 0; in < ui::kQrQuietModules; ++in) {
            EXPECT_EQ(image.pixelColor(along, in), QColor(Qt::white));
            EXPECT_EQ(image.pixelColor(in, along), QColor(Qt::white));
            EXPECT_EQ(image.pixelColor(along, image.height() - 1 - in), QColor(Qt::white));
            EXPECT_EQ(image.pixelColor(image.width() - 1 - in, along), QColor(Qt::white));
        }
    }
    EXPECT_EQ(image.pixelColor(ui::kQrQuietModules, ui::kQrQuietModules), QColor(Qt::black));
}

TEST(QrCode, OfNothingOrOfTooMuchIsNoPicture) {
    EXPECT_TRUE(ui::qrImage(QString()).isNull());
    EXPECT_TRUE(ui::qrImage(QString(5000, QLatin1Char('x'))).isNull());
    EXPECT_TRUE(ui::qrCard(QString(), {QStringLiteral("a")}).isNull());
}

TEST(QrCode, OfEveryAddressIsReadAgain) {
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("qr.png"));
    for (const std::string url :
         {"http://127.0.0.1:8420", "https://政务公开.example.cn/合账?区=西夏&x=1#y", "https://a.example"}) {
        const ledger::Invitation invitation{url, "7K2M-9QXD-4TRW-0B1C"};
        ASSERT_TRUE(
            ui::qrCard(qt(ledger::invitationUri(invitation)), {qt("乙镇 · 赵六"), qt(url)}).save(file));

        const auto read = ui::invitationInPicture(file);

        ASSERT_TRUE(read) << url << ": " << read.error().text;
        EXPECT_EQ(*read, invitation);
    }
}

}  // namespace
}  // namespace hezhang::test
