// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The page that looks a printed code up: what the paper is, or that nothing here has this code and why.
#include <fstream>

#include "src/documents/export.h"
#include "src/ledger/files.h"
#include "src/ui/qr_code.h"
#include "tests/ui/ui_box.h"

namespace hezhang::test {
namespace {

class FormCodePage : public UiTest {
protected:
    void SetUp() override {
        task = county.newTask(*office, ledgerId, 1, "公示栏按季更新。", {"甲镇"});
        window = county.newWindow(*office, "2026-08-31");
        spread();
        write("已更新。");
        openSession();
        model.reset(models->formCode());
        ASSERT_TRUE(comesTrue([&] { return model->units()->count() > 1; }));
    }
    void write(const std::string& text) {
        taken(ledger::file(
            *town, {.task = task, .unit = town->me().enrolment.unit, .window = window, .text = text}));
    }
    // The digits of the form that the town prints now.
    [[nodiscard]] std::string digits() {
        documents::ExportRequest request{"filing-form", county.folder() + "/form.json", {}, {}, window};
        request.ledger = *RecordId::fromHexText(ledgerId);
        request.unit = town->me().enrolment.unit;
        taken(documents::exportForm(*town, request));
        const Bytes bytes = taken(ledger::readFile(request.file, 1'000'000));
        return nlohmann::json::parse(textOf(bytes))["fingerprint"];
    }
    void check(const std::string& code) {
        model->setCode(qt(code));
        ASSERT_TRUE(model->canCheck());
        model->check();
        ASSERT_TRUE(comesTrue([&] { return !model->isBusy(); }));
    }
    [[nodiscard]] QString fact(const char* label) const {
        for (const QVariant& one : model->facts()) {
            if (one.toMap()["label"].toString() == QLatin1String(label)) {
                return one.toMap()["value"].toString();
            }
        }
        return {};
    }

    RecordId task;
    RecordId window;
    std::unique_ptr<ui::FormCodeModel> model;
};

TEST_F(FormCodePage, NamesTheFormThatACodeStandsFor) {
    std::string code = digits();
    for (std::size_t at = 60; at > 0; at -= 4) {
        code.insert(at, " ");
    }

    check(code);

    EXPECT_EQ(model->phase(), QLatin1String("found"));
    EXPECT_EQ(fact("Unit"), qt("甲镇"));
    EXPECT_EQ(fact("Content"), QLatin1String("As it stands now"));
}

TEST_F(FormCodePage, SaysHowOftenTheReportsWereEditedSince) {
    const std::string code = digits();
    county.clock().advance(1000);
    write("已更新两次。");

    check("HZFORM1 filing-form " + code);

    EXPECT_EQ(model->phase(), QLatin1String("found"));
    EXPECT_TRUE(fact("Content").startsWith(QLatin1String("As it stood then")));
}

TEST_F(FormCodePage, ACodeThatNothingHasIsNoProofAndGetsReasons) {
    std::string code = digits();
    code.front() = code.front() == '0' ? '1' : '0';

    check(code);

    EXPECT_EQ(model->phase(), QLatin1String("unknown"));
    EXPECT_TRUE(model->facts().isEmpty());
    const qsizetype reasons = model->reasons().size();
    EXPECT_GE(reasons, 5);
    model->setUnitId(qt(town->me().enrolment.unit.hex()));
    EXPECT_EQ(model->phase(), QLatin1String("empty"));
    check(code);
    EXPECT_EQ(model->reasons().size(), reasons - 1);
}

TEST_F(FormCodePage, ReadsTheSquareFromAPhoto) {
    const std::string code = digits();
    const QString photo = qt(county.folder() + "/square.png");
    ASSERT_TRUE(ui::qrCard(qt("HZFORM1 filing-form " + code), {}).save(photo));

    model->readPicture(QUrl::fromLocalFile(photo));

    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("found"); }));
    EXPECT_TRUE(model->code().endsWith(qt(code)));

    QImage(200, 200, QImage::Format_RGB32).save(photo);
    model->readPicture(QUrl::fromLocalFile(photo));
    ASSERT_TRUE(comesTrue([&] { return !model->errorWhat().isEmpty(); }));
    EXPECT_EQ(model->errorWhat(), QLatin1String("No code was found in the picture."));
    EXPECT_EQ(model->phase(), QLatin1String("empty"));
}

TEST_F(FormCodePage, WhileAPhotoIsReadNothingElseBegins) {
    const std::string code = digits();
    const QString photo = qt(county.folder() + "/square.png");
    ASSERT_TRUE(ui::qrCard(qt("HZFORM1 filing-form " + code), {}).save(photo));
    const std::string other(64, '0');
    model->setCode(qt(other));

    model->readPicture(QUrl::fromLocalFile(photo));
    EXPECT_FALSE(model->canCheck());
    model->check();
    model->setCode(QString());
    EXPECT_EQ(model->phase(), QLatin1String("reading"));
    EXPECT_EQ(model->code(), qt(other));

    ASSERT_TRUE(comesTrue([&] { return model->phase() == QLatin1String("found"); }));
    EXPECT_TRUE(model->code().endsWith(qt(code)));
}

TEST_F(FormCodePage, CountsTheDigitsWhileTheyAreTyped) {
    model->setCode(qt("HZFORM1 filing-form 0123 ab"));
    EXPECT_EQ(model->codeLine(), QLatin1String("6 of 64 digits"));
    EXPECT_FALSE(model->canCheck());

    model->setCode(qt(std::string(64, '0') + "x"));
    EXPECT_FALSE(model->canCheck());
    EXPECT_FALSE(model->codeLine().isEmpty());

    model->setCode(qt(std::string(64, 'A')));
    EXPECT_TRUE(model->canCheck());
    EXPECT_TRUE(model->codeLine().isEmpty());
}

}  // namespace
}  // namespace hezhang::test
