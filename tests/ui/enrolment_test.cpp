// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/enrolment.h"

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <QImage>

#include "src/ledger/invitation.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

using ledger::Invitation;
using ui::AppSession;
using ui::Enrolment;

void writeQr(const std::string& text, const QString& path) {
    const ZXing::BitMatrix matrix =
        ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(4).encode(text, 400, 400);
    QImage image(matrix.width(), matrix.height(), QImage::Format_RGB32);
    for (int y = 0; y < matrix.height(); ++y) {
        for (int x = 0; x < matrix.width(); ++x) {
            image.setPixelColor(x, y, matrix.get(x, y) ? Qt::black : Qt::white);
        }
    }
    ASSERT_TRUE(image.save(path));
}

class FirstRun : public ::testing::Test {
protected:
    FirstRun() : session(directTo(county)), models(session) {
        session.store().setAutomaticSync(false);
        session.open(qt(county.folder()) + QStringLiteral("/fresh"));
        model.reset(models.enrolment());
    }

    CountyBox county;
    AppSession session;
    ui::Models models;
    std::unique_ptr<Enrolment> model;
};

TEST_F(FirstRun, AnInvitationMakesTheFolderAHomeAndOpensIt) {
    ASSERT_EQ(session.state(), AppSession::State::NoHome);
    model->setAddress(QStringLiteral("http://127.0.0.1:9"));
    model->setCode(qt(county.invite("甲镇", "张三", "clerk")));

    model->enrol();

    EXPECT_TRUE(comesTrue([&] { return session.state() == AppSession::State::Ready; }));
    EXPECT_EQ(session.unitName(), qt("甲镇"));
    EXPECT_EQ(session.county(), qt("测试县"));
}

TEST_F(FirstRun, AWrongCodeSaysWhatToDoAndLeavesNothing) {
    model->setAddress(QStringLiteral("http://127.0.0.1:9"));
    model->setCode(QStringLiteral("ABCD-EFGH"));

    model->enrol();

    EXPECT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    EXPECT_FALSE(model->errorNext().isEmpty());
    EXPECT_EQ(session.state(), AppSession::State::NoHome);
    EXPECT_FALSE(QFile::exists(session.folder() + QStringLiteral("/home.db")));
}

TEST_F(FirstRun, AQrPictureFillsInBoth) {
    const QString picture = qt(county.folder()) + QStringLiteral("/qr.png");
    writeQr(ledger::invitationUri({"https://hezhang.example.gov.cn/x?y=1&z", "K7-Q2"}), picture);

    model->readPicture(QUrl::fromLocalFile(picture));

    EXPECT_EQ(model->address(), QStringLiteral("https://hezhang.example.gov.cn/x?y=1&z"));
    EXPECT_EQ(model->code(), QStringLiteral("K7-Q2"));
    EXPECT_TRUE(model->canEnrol());
}

TEST_F(FirstRun, APictureOfSomethingElseSaysSo) {
    const QString picture = qt(county.folder()) + QStringLiteral("/qr.png");
    writeQr("https://elsewhere.example", picture);

    model->readPicture(QUrl::fromLocalFile(picture));

    EXPECT_FALSE(model->errorWhat().isEmpty());
    EXPECT_FALSE(model->canEnrol());
}

TEST_F(FirstRun, AnInvitationPastedAsOneLineFillsInBoth) {
    model->setCode(QStringLiteral(" hezhang:enrol?url=https%3A%2F%2Fa.example&code=K7 "));

    EXPECT_EQ(model->address(), QStringLiteral("https://a.example"));
    EXPECT_EQ(model->code(), QStringLiteral("K7"));
}

}  // namespace
}  // namespace hezhang::test
