// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A device that was revoked and is to be emptied: what it hands in before, what keeps it, who may order it,
// and what is left where it is stopped in the middle.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "src/ledger/blobs.h"
#include "src/ledger/bundles.h"
#include "src/ledger/drafts.h"
#include "src/ledger/leaving.h"
#include "src/ledger/queries.h"
#include "src/ledger/sync_round.h"
#include "src/office/devices.h"
#include "sync/transport/sealed_message.h"
#include "tests/support/county_box.h"

namespace hezhang::ledger {
namespace {

using sync::kWipePath;
using test::CountyBox;
using test::DirectTransport;
using test::taken;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

using Revoking = CountyFolder::Revoking;

// Carries messages to a county; `instead` may change what comes back.
class ListeningLink final : public sync::Transport {
public:
    using Answer = Result<sync::Answer>;
    explicit ListeningLink(CountyFolder& county) : m_direct(county) {}
    Answer post(const std::string& path, BytesView body) override {
        ++count[path];
        Answer answer = m_direct.post(path, body);
        return instead ? instead(path, body, std::move(answer)) : answer;
    }
    [[nodiscard]] sync::Traffic traffic() const override { return {}; }

    std::function<Answer(const std::string& path, BytesView body, Answer answer)> instead;
    std::map<std::string, int, std::less<>> count;

private:
    DirectTransport m_direct;
};

// An endpoint of an older version: it does not know the route.
class OldEndpoint final : public sync::Transport {
public:
    Result<sync::Answer> post(const std::string&, BytesView) override {
        return sync::Answer{404, "text/plain; charset=utf-8", copyOf(viewOf("no such page\n"))};
    }
    [[nodiscard]] sync::Traffic traffic() const override { return {}; }
};

std::vector<std::string> filesIn(const std::string& folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        names.push_back(entry.path().filename().string());
    }
    return names;
}

class Wipe : public ::testing::Test {
protected:
    Wipe()
        : m_office(m_box.enrol("office", "公开办", "马主任", "office")),
          m_town(m_box.enrol("town", "甲镇", "张三", "clerk")),
          m_link(m_box.county()) {
        m_task = m_box.newTask(*m_office, m_box.newLedger(*m_office), 1, "甲。", {"甲镇"});
        m_window = m_box.newWindow(*m_office, "2026-08-31");
        m_box.sync(*m_office);
        m_box.sync(*m_town);
        m_device = m_town->me().enrolment.device;
    }

    [[nodiscard]] std::string path(const std::string& name) const { return m_box.folder() + "/" + name; }
    [[nodiscard]] std::string townFolder() const { return path("town"); }
    void revoke(Revoking revoking) { ASSERT_TRUE(m_box.county().revoke(m_device.hex(), revoking)); }
    void setText(Home& home, const std::string& text) {
        CountyBox::set(home, m_task, "joint_progress", text);
    }
    // A filing with a photo; the photo's name.
    std::string filePhoto(Home& home, char content) {
        std::ofstream(path("photo.jpg"), std::ios::binary) << std::string(700'000, content);
        taken(file(home, {.task = m_task,
                          .unit = home.me().enrolment.unit,
                          .window = m_window,
                          .evidence = {path("photo.jpg")}}));
        return home.suite().hash({Bytes(700'000, static_cast<std::uint8_t>(content))}).hex();
    }
    [[nodiscard]] static bool hasBlob(const std::string& county, const std::string& name) {
        return std::filesystem::exists(county + "/blobs/" + name.substr(0, 2) + "/" + name);
    }
    // How a sync over the link ends.
    std::optional<ErrorCode> ended(Home& home, sync::Transport& transport) {
        const auto report = home.sync(transport);
        EXPECT_TRUE(report) << report.error().text;
        return report && report->error ? std::optional(report->error->code) : std::nullopt;
    }
    std::optional<ErrorCode> ended(Home& home) { return ended(home, m_link); }
    // What the office is shown of it, after a sync.
    std::vector<std::string> asideTexts(Home& office) {
        std::vector<std::string> texts;
        for (const AsideListing& aside : taken(asides(office))) {
            EXPECT_EQ(aside.reason, "revoked");
            texts.push_back(aside.value.dump());
        }
        return texts;
    }
    void expectWiped(const std::string& folder) {
        EXPECT_THAT(filesIn(folder), Contains("wiped"));
        EXPECT_THAT(filesIn(folder), Each(AnyOf("wiped", "sync.lock", "waiting")));  // two locks, empty
        const auto opened = Home::open(folder, m_box.environment());
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, ErrorCode::wiped);
        EXPECT_EQ(Home::openForReading(folder, m_box.environment()).error().code, ErrorCode::wiped);
    }
    void reopened() {
        m_town.reset();
        m_town = taken(Home::open(townFolder(), m_box.environment()));
    }
    [[nodiscard]] std::optional<sync::ListedWipe> known() {
        for (const DeviceListing& listing : taken(m_box.county().devices())) {
            if (listing.device.device == m_device) {
                return listing.wipe;
            }
        }
        return std::nullopt;
    }

    CountyBox m_box;
    std::unique_ptr<Home> m_office;
    std::unique_ptr<Home> m_town;
    ListeningLink m_link;
    RecordId m_task;
    RecordId m_window;
    DeviceId m_device;
};

TEST_F(Wipe, WhatWasNotSentArrivesBeforeTheHomeIsEmptied) {
    setText(*m_town, "没有上报的。");
    const std::string photo = filePhoto(*m_town, 'p');
    revoke(Revoking::wipe);
    EXPECT_EQ(known()->toldAt, 0);

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county"), photo));
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), Contains("\"没有上报的。\""));
    EXPECT_THAT(asideTexts(*m_office), Contains("\"" + photo + "\""));
    EXPECT_GT(known()->toldAt, 0);
    EXPECT_GE(known()->doneAt, known()->toldAt);
}

TEST_F(Wipe, ARevokedDeviceWithoutAnOrderHandsInAllAndKeepsItsHome) {
    const std::string photo = filePhoto(*m_town, 'p');
    revoke(Revoking::stop);

    EXPECT_EQ(ended(*m_town), ErrorCode::revoked);

    EXPECT_TRUE(hasBlob(path("county"), photo));
    EXPECT_EQ(taken(m_town->blobsPending()), 0U);
    EXPECT_FALSE(known());
    reopened();
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");
}

TEST_F(Wipe, CanBeOrderedAfterTheDeviceWasRevokedAndIsOrderedOnce) {
    revoke(Revoking::stop);
    EXPECT_EQ(ended(*m_town), ErrorCode::revoked);

    revoke(Revoking::wipe);
    const std::uint64_t size = taken(m_box.county().county().size());
    revoke(Revoking::wipe);
    revoke(Revoking::stop);
    EXPECT_EQ(taken(m_box.county().county().size()), size);

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
    expectWiped(townFolder());
}

TEST_F(Wipe, TheOrderStandsInTheLogOfEverybody) {
    revoke(Revoking::wipe);
    m_box.sync(*m_office);

    const auto list = taken(office::devicesHere(*m_office));
    EXPECT_THAT(taken(office::wipesHere(*m_office, list)), SizeIs(1));
    EXPECT_THAT(taken(CountyFolder::verify(path("county"), m_box.environment())), IsEmpty());
    EXPECT_THAT(taken(m_office->verify()), IsEmpty());
}

TEST_F(Wipe, WhatIsWrittenWhileItIsAskedIsHandedInToo) {
    revoke(Revoking::wipe);
    const auto writer = taken(Home::open(townFolder(), m_box.environment()));
    m_link.instead = [&](const std::string& route, BytesView, ListeningLink::Answer answer) {
        if (route == kWipePath && m_link.count[route] == 1) {
            setText(*writer, "最后写的。");
        }
        return answer;
    };

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), ElementsAre("\"最后写的。\""));
    const auto late = writer->edit({.record = m_task, .field = "joint_progress", .text = "太晚了。"});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, ErrorCode::notEnrolled);
    EXPECT_EQ(writer->checkThere().error().code, ErrorCode::wiped);
    expectWiped(townFolder());
}

TEST_F(Wipe, DraftsGoAndBundlesOfOthersAreBroughtBefore) {
    auto colleague = m_box.enrol("colleague", "甲镇", "李四", "clerk");
    setText(*colleague, "托人带的。");
    taken(exportBundle(*colleague, path("bundle"), kBundleBytesDefault));
    taken(importBundle(*m_town, taken(readFile(path("bundle"), kBundleBytesDefault))));
    ASSERT_TRUE(saveDraft(*m_town, draftSlot(m_task), {m_task, 1, {{"text", "没有保存的"}}}));
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    expectWiped(townFolder());
    m_box.sync(*m_office);
    EXPECT_EQ(taken(shownText(m_office->state(), m_task, "joint_progress")), "托人带的。");
}

// -- what keeps it

TEST_F(Wipe, AFileThatTheCountyRefusesKeepsTheHome) {
    const std::string photo = filePhoto(*m_town, 'p');
    std::ofstream(townFolder() + "/blobs/" + photo, std::ios::binary) << "damaged";
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(*m_town), ErrorCode::revoked);

    EXPECT_EQ(m_link.count[std::string(kWipePath)], 0) << "it has not said that nothing is left";
    EXPECT_EQ(known()->toldAt, 0);
    reopened();
    std::ofstream(townFolder() + "/blobs/" + photo, std::ios::binary) << std::string(700'000, 'p');
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
    EXPECT_TRUE(hasBlob(path("county"), photo));
}

TEST_F(Wipe, AnEndpointThatDoesNotKnowTheRouteOrdersNothing) {
    setText(*m_town, "没有上报的。");
    revoke(Revoking::wipe);
    m_link.instead = [](const std::string& route, BytesView,
                        ListeningLink::Answer answer) -> ListeningLink::Answer {
        return route == kWipePath
                   ? sync::Answer{404, "text/plain; charset=utf-8", copyOf(viewOf("no such page\n"))}
                   : answer;
    };

    EXPECT_EQ(ended(*m_town), ErrorCode::revoked);

    reopened();
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), SizeIs(1));
}

TEST_F(Wipe, AnAnswerThatIsNotTheCountysToThisQuestionWipesNothing) {
    revoke(Revoking::wipe);
    std::optional<sync::Answer> real;
    const auto answerWith = [&](const std::function<ListeningLink::Answer(BytesView)>& make) {
        m_link.instead = [&, make](const std::string& route, BytesView body, ListeningLink::Answer answer) {
            if (route != kWipePath) {
                return answer;
            }
            real = real ? real : std::optional(*answer);
            return make(body);
        };
        return ended(*m_town);
    };
    const auto ordered = [&](const sync::MacKey& key, BytesView request) {
        sync::WipeAnswer answer;
        answer.status = sync::WipeStatus::ordered;
        answer.epoch = taken(m_town->replica().cursor()).epoch;
        return sync::Answer{200, std::string(sync::kContentType),
                            sync::frameWithMac(m_town->suite(), sync::encode(answer), key,
                                               sync::openFrame(request)->frame.tag)};
    };

    EXPECT_EQ(answerWith([](BytesView) {
                  return sync::Answer{200, "text/html", copyOf(viewOf("Log in"))};
              }),
              ErrorCode::notOurServer);
    EXPECT_EQ(answerWith([&](BytesView request) { return ordered({}, request); }), ErrorCode::notOurServer);
    EXPECT_EQ(answerWith([&](BytesView request) { return ordered(m_office->me().macKey, request); }),
              ErrorCode::notOurServer);
    EXPECT_EQ(answerWith([&](BytesView) { return *real; }), ErrorCode::notOurServer) << "an earlier answer";
    EXPECT_EQ(answerWith([](BytesView) { return fail(ErrorCode::unreachable, "the link broke"); }),
              ErrorCode::unreachable);
    reopened();
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");

    m_link.instead = {};
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
}

TEST_F(Wipe, AnOrderToADeviceThatIsNotRevokedIsNone) {
    const auto ask = [&](sync::WipeAsk what) {
        const sync::WipeRequest request{m_device, m_town->random().draw<sync::Nonce>(), what, {}};
        const Bytes framed =
            sync::frameWithMac(m_town->suite(), sync::encode(request), m_town->me().macKey, {});
        const Bytes answer = taken(m_box.county().handleWipe(framed));
        return taken(sync::decode<sync::WipeAnswer>(sync::openFrame(answer)->plain, "answer")).status;
    };
    EXPECT_EQ(ask(sync::WipeAsk::question), sync::WipeStatus::ok);
    EXPECT_EQ(ask(sync::WipeAsk::done), sync::WipeStatus::ok);
    EXPECT_EQ(ask(sync::WipeAsk::list), sync::WipeStatus::refused);
    EXPECT_EQ(ask(sync::WipeAsk::order), sync::WipeStatus::refused);
    revoke(Revoking::stop);
    EXPECT_EQ(ask(sync::WipeAsk::question), sync::WipeStatus::ok);
    EXPECT_FALSE(known());
    EXPECT_THAT(taken(m_box.county().handleWipe(viewOf("noise"))), IsEmpty());
    EXPECT_THAT(taken(m_box.county().handleWipe(Bytes(sync::kWipeRequestMax + 1))), IsEmpty());
}

// -- stopped in the middle

TEST_F(Wipe, KilledBetweenHandingInAndErasingItBeginsAgain) {
    setText(*m_town, "没有上报的。");
    revoke(Revoking::wipe);
    {
        const auto round = taken(SyncRound::tryBegin(*m_town));
        for (auto next = round->nextRequest(); next && next->path != kWipePath; next = round->nextRequest()) {
            round->onAnswer(m_link.post(next->path, next->bytes));
        }
    }
    reopened();
    EXPECT_EQ(taken(m_town->replica().ownCounts()).local, 0U);
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    expectWiped(townFolder());
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), SizeIs(1));
}

// As the disk is after the transaction, and after each of the files that go one by one.
TEST_F(Wipe, KilledWhileErasingItGoesOnWhenItIsNextOpened) {
    const std::vector<std::string> parts{"blobs", "guard", "url", "home.db-wal", "home.db-shm", "home.db"};
    filePhoto(*m_town, 'p');
    m_box.sync(*m_town);
    m_town.reset();
    const std::string before = path("before");
    std::filesystem::copy(townFolder(), before, std::filesystem::copy_options::recursive);
    for (std::size_t gone = 0; gone <= parts.size(); ++gone) {
        std::filesystem::remove_all(townFolder());
        std::filesystem::copy(before, townFolder(), std::filesystem::copy_options::recursive);
        {
            const auto home = taken(Home::open(townFolder(), m_box.environment()));
            sync::WriteScope scope = taken(sync::WriteScope::begin(home->store()));
            ASSERT_TRUE(home->store().setMeta("identity", {}));
            ASSERT_TRUE(home->store().setMeta("wiped", Bytes{1}));
            ASSERT_TRUE(scope.commit());
        }
        for (std::size_t i = 0; i < gone; ++i) {
            std::ofstream(townFolder() + "/wiped") << "as it is written before the first one goes";
            std::filesystem::remove_all(townFolder() + "/" + parts[i]);
        }

        EXPECT_EQ(Home::openForReading(townFolder(), m_box.environment()).error().code, ErrorCode::wiped);
        EXPECT_EQ(Home::open(townFolder(), m_box.environment()).error().code, ErrorCode::wiped);

        expectWiped(townFolder());
    }
}

TEST_F(Wipe, WhatAnotherProgramWroteIntoTheEmptyFolderGoesToo) {
    revoke(Revoking::wipe);
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
    std::filesystem::create_directories(townFolder() + "/drafts");
    std::ofstream(townFolder() + "/drafts/" + m_task.hex()) << "a window that did not know";

    EXPECT_EQ(Home::open(townFolder(), m_box.environment()).error().code, ErrorCode::wiped);

    expectWiped(townFolder());
}

// -- afterwards

TEST_F(Wipe, TheFolderCanBeEnrolledAgain) {
    revoke(Revoking::wipe);
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
    m_town.reset();
    EXPECT_EQ(
        Home::enroll(townFolder(), "http://127.0.0.1:9", "WRONG-CODE-0000-0000", m_link, m_box.environment())
            .error()
            .code,
        ErrorCode::badCode);
    expectWiped(townFolder());

    const auto home = m_box.enrol("town", "甲镇", "李四", "clerk");

    EXPECT_EQ(home->me().personName, "李四");
    EXPECT_EQ(taken(shownText(home->state(), m_task, "content")), "甲。");
    EXPECT_FALSE(wasWiped(townFolder()));
}

TEST_F(Wipe, ADeviceRestoredFromABackupIsRevokedStillAndEmptiedAgain) {
    setText(*m_town, "备份里没有上报的。");
    m_town.reset();
    std::filesystem::copy(townFolder(), path("backup"), std::filesystem::copy_options::recursive);
    reopened();
    setText(*m_town, "备份之后写的。");
    revoke(Revoking::wipe);
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);
    m_town.reset();
    // Into the folder that says it was emptied: what is there counts, not what is said.
    std::filesystem::copy(
        path("backup"), townFolder(),
        std::filesystem::copy_options::recursive | std::filesystem::copy_options::overwrite_existing);

    reopened();
    setText(*m_town, "恢复之后写的。");
    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    expectWiped(townFolder());
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office),
                UnorderedElementsAre("\"备份里没有上报的。\"", "\"备份之后写的。\"", "\"恢复之后写的。\""));
}

// -- a county that is restored

class RestoredWipe : public Wipe {
protected:
    // From a backup that was made before.
    void restore() {
        ASSERT_TRUE(CountyFolder::restore(path("county.backup"), path("county2"), m_box.environment()));
        m_restored = taken(CountyFolder::open(path("county2"), m_box.environment()));
        m_other.emplace(*m_restored);
    }
    void backUp() { ASSERT_TRUE(m_box.county().backupTo(path("county.backup"))); }
    // The restored county lacks what the town has sent, and has ordered it to empty itself. The photo's name.
    std::string losePhoto() {
        backUp();
        std::string photo = filePhoto(*m_town, 'p');
        setText(*m_town, "已经上报的。");
        m_box.sync(*m_town);
        restore();
        EXPECT_TRUE(m_restored->revoke(m_device.hex(), Revoking::wipe));
        return photo;
    }

    std::unique_ptr<CountyFolder> m_restored;
    std::optional<ListeningLink> m_other;
};

TEST_F(RestoredWipe, TheOrderComesBackWithWhatAnotherDeviceHandsBack) {
    backUp();
    setText(*m_town, "没有上报的。");
    revoke(Revoking::wipe);
    m_box.sync(*m_office);
    restore();

    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_EQ(ended(*m_town, *m_other), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_THAT(asideTexts(*m_office), ElementsAre("\"没有上报的。\""));
}

TEST_F(RestoredWipe, AnOrderThatNobodyHadSeenIsGoneWithTheRevocation) {
    backUp();
    setText(*m_town, "没有上报的。");
    revoke(Revoking::wipe);
    restore();

    EXPECT_FALSE(ended(*m_town, *m_other));

    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "joint_progress")), "没有上报的。");
}

TEST_F(RestoredWipe, WhatTheCountyHasLostIsBroughtBackBeforeTheHomeIsEmptied) {
    const std::string photo = losePhoto();
    ASSERT_FALSE(hasBlob(path("county2"), photo));

    EXPECT_EQ(ended(*m_town, *m_other), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county2"), photo));
    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_EQ(taken(shownText(m_office->state(), m_task, "joint_progress")), "已经上报的。")
        << "accepted once, and so again";
}

// What the county had acknowledged in this very round, it has lost when it is asked for the order.
TEST_F(RestoredWipe, ACountyThatIsRestoredInTheMiddleOfTheRoundGetsEverythingAgain) {
    revoke(Revoking::wipe);
    backUp();
    const std::string photo = filePhoto(*m_town, 'p');
    setText(*m_town, "没有上报的。");
    m_link.instead = [&](const std::string& route, BytesView body,
                         ListeningLink::Answer answer) -> ListeningLink::Answer {
        if (route == kWipePath && !m_restored) {
            restore();
        }
        return m_restored ? m_other->post(route, body) : std::move(answer);
    };

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county2"), photo));
    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_THAT(asideTexts(*m_office), Contains("\"没有上报的。\""));
}

// -- by file

class WipeByFile : public RestoredWipe {
protected:
    static constexpr std::size_t kAnySize = 64 * 1024 * 1024;
    Bytes fileOf(Home& home, std::size_t bytesMax = kAnySize) {
        taken(exportBundle(home, path("out"), bytesMax));
        return taken(readFile(path("out"), kAnySize));
    }
    Bytes answerTo(const Bytes& file) { return taken(m_box.county().importBundle(file, kAnySize)).answer; }
    // How taking the county's answer ends.
    std::optional<ErrorCode> ended(const Bytes& answer) {
        const auto import = importBundle(*m_town, answer);
        return import ? std::nullopt : std::optional(import.error().code);
    }
    using Wipe::ended;
    // Where the messages of a file say that they go.
    std::vector<sync::Place> placesIn(const Bytes& file) {
        std::vector<sync::Place> places;
        for (const sync::CarriedPart& part : taken(sync::openBundle(file)).parts) {
            places.push_back(sync::addressOf(*opened(part.request)).place);
        }
        return places;
    }
    std::optional<Bytes> opened(BytesView envelope) {
        return sync::unsealMessage(m_town->suite(), m_town->me().macKey, envelope);
    }
    // The answer with another one to the question whether it is to be emptied.
    Bytes with(const Bytes& file, const std::function<Bytes(const sync::CarriedPart&)>& make) {
        const sync::Bundle bundle = taken(sync::openBundle(file));
        sync::BundleWriter writer(m_town->suite(), bundle.header);
        for (const sync::CarriedPart& part : bundle.parts) {
            const auto request = opened(part.request);
            const bool isQuestion = request && sync::addressOf(*request).place == sync::Place::wipe;
            writer.add(part.route, part.request, isQuestion ? make(part) : copyOf(part.answer));
        }
        return std::move(writer).finish();
    }
    Bytes sealedByTown(BytesView message) {
        return sync::sealMessage(m_town->suite(), m_town->me().macKey, m_device, message);
    }
};

TEST_F(WipeByFile, TheAnswerThatTellsOfTheRevocationEmptiesTheHome) {
    setText(*m_town, "没有上报的。");
    const std::string photo = filePhoto(*m_town, 'p');
    ASSERT_TRUE(saveDraft(*m_town, draftSlot(m_task), {m_task, 1, {{"text", "没有保存的"}}}));
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county"), photo));
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), Contains("\"没有上报的。\""));
    EXPECT_THAT(asideTexts(*m_office), Contains("\"" + photo + "\""));
    EXPECT_GT(known()->toldAt, 0);
    EXPECT_EQ(known()->doneAt, 0) << "nothing goes back to the county by itself";
}

TEST_F(WipeByFile, ADeviceThatWasNotRevokedGoesOnAndOneWithoutAnOrderKeepsItsHome) {
    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), std::nullopt);
    const std::string photo = filePhoto(*m_town, 'p');
    revoke(Revoking::stop);

    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::revoked);

    EXPECT_TRUE(hasBlob(path("county"), photo));
    EXPECT_TRUE(taken(unsentWork(*m_town)).isNone()) << "its files are known to be there, too";
    reopened();
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");
    revoke(Revoking::wipe);
    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);
}

TEST_F(WipeByFile, WhatIsWrittenWhileTheFileIsUnderWayKeepsTheHomeHoweverOftenTheAnswerComes) {
    setText(*m_town, "第一句。");
    revoke(Revoking::wipe);
    const Bytes answer = answerTo(fileOf(*m_town));
    setText(*m_town, "第二句。");

    EXPECT_EQ(ended(answer), ErrorCode::revoked);
    EXPECT_EQ(ended(answer), ErrorCode::revoked);
    const Bytes second = fileOf(*m_town);
    EXPECT_EQ(ended(answer), ErrorCode::revoked) << "sealed, and not handed in";
    reopened();
    EXPECT_EQ(ended(answer), ErrorCode::revoked);
    EXPECT_EQ(ended(answerTo(second)), ErrorCode::wiped);

    expectWiped(townFolder());
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), UnorderedElementsAre("\"第一句。\"", "\"第二句。\""));
}

TEST_F(WipeByFile, APhotoThatIsAddedWhileTheFileIsUnderWayKeepsTheHome) {
    revoke(Revoking::wipe);
    const Bytes answer = answerTo(fileOf(*m_town));
    std::ofstream(path("late.jpg"), std::ios::binary) << std::string(1000, 'l');
    const std::string late = taken(m_town->addBlob(path("late.jpg")));

    EXPECT_EQ(ended(answer), ErrorCode::revoked);
    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);

    EXPECT_TRUE(hasBlob(path("county"), late));
}

// The order stands, so an old answer may end it once all is at the county.
TEST_F(WipeByFile, AnOldAnswerEmptiesTheHomeOnceEverythingWasHandedIn) {
    revoke(Revoking::wipe);
    const Bytes old = answerTo(fileOf(*m_town));
    setText(*m_town, "后来写的。");
    EXPECT_EQ(ended(old), ErrorCode::revoked);
    m_link.instead = [](const std::string& route, BytesView, ListeningLink::Answer answer) {
        return route == kWipePath ? ListeningLink::Answer(fail(ErrorCode::unreachable, "the link broke"))
                                  : answer;
    };
    EXPECT_EQ(ended(*m_town), ErrorCode::unreachable);

    EXPECT_EQ(ended(old), ErrorCode::wiped);

    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), ElementsAre("\"后来写的。\""));
}

TEST_F(WipeByFile, OnlyAFileThatTakesAllAlongAsks) {
    SeededRandom random(1);
    Bytes content(300'000);
    random.fill(content);
    ASSERT_TRUE(replaceFile(path("photo.jpg"), content));
    taken(m_town->addBlob(path("photo.jpg")));
    EXPECT_THAT(placesIn(fileOf(*m_town)), Contains(sync::Place::wipe));
    const Bytes small = fileOf(*m_town, 100'000);
    EXPECT_THAT(placesIn(small), Each(sync::Place::whereBrought));
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(answerTo(small)), ErrorCode::revoked);

    EXPECT_EQ(known()->toldAt, 0);
    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);
}

TEST_F(WipeByFile, AFileThatTheCountyRefusesKeepsTheHome) {
    const std::string photo = filePhoto(*m_town, 'p');
    std::ofstream(townFolder() + "/blobs/" + photo, std::ios::binary) << "damaged";
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::revoked);

    reopened();
    std::ofstream(townFolder() + "/blobs/" + photo, std::ios::binary) << std::string(700'000, 'p');
    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);
    EXPECT_TRUE(hasBlob(path("county"), photo));
}

// An older county, or an older carrier's, cannot read where the message goes, and says nothing to it.
TEST_F(WipeByFile, ACountyThatDoesNotKnowThePlaceAnswersTheRest) {
    setText(*m_town, "没有上报的。");
    revoke(Revoking::wipe);
    const Bytes file = fileOf(*m_town);
    const Bytes answer = with(answerTo(file), [](const sync::CarriedPart&) { return Bytes{}; });

    EXPECT_EQ(ended(answer), ErrorCode::revoked);

    EXPECT_TRUE(taken(unsentWork(*m_town)).isNone());
    const auto ask = [&](sync::Place place) {
        return taken(m_box.county().handleBlobPut(sealedByTown(sync::addressMessage(place, viewOf("?")))));
    };
    EXPECT_THAT(ask(static_cast<sync::Place>(200)), IsEmpty());
    EXPECT_THAT(ask(sync::Place::wipe), IsEmpty());
}

TEST_F(WipeByFile, AnAnswerThatIsNotTheCountysToThisQuestionWipesNothing) {
    revoke(Revoking::wipe);
    const Bytes first = fileOf(*m_town);
    std::optional<Bytes> real;
    const Bytes genuine = with(answerTo(first), [&](const sync::CarriedPart& part) {
        real = copyOf(part.answer);
        return *real;
    });
    const Bytes second = answerTo(fileOf(*m_town));
    const auto ordered = [&](const sync::MacKey& key, const sync::CarriedPart& part) {
        sync::WipeAnswer answer;
        answer.status = sync::WipeStatus::ordered;
        answer.epoch = taken(m_town->replica().cursor()).epoch;
        const Bytes question = *opened(part.request);
        return sealedByTown(
            sync::frameWithMac(m_town->suite(), sync::encode(answer), key,
                               sync::openFrame(sync::addressOf(question).message)->frame.tag));
    };
    const auto foreign = [&](const sync::CarriedPart& part) { return ordered(m_office->me().macKey, part); };

    EXPECT_EQ(ended(with(second, [&](const sync::CarriedPart&) { return *real; })), ErrorCode::notOurServer)
        << "that to an earlier question";
    EXPECT_EQ(ended(with(second, foreign)), ErrorCode::notOurServer);
    EXPECT_EQ(ended(with(second, [](const sync::CarriedPart& part) { return copyOf(part.request); })),
              ErrorCode::notOurServer);
    EXPECT_EQ(ended(with(second, [](const sync::CarriedPart&) { return copyOf(viewOf("Log in")); })),
              ErrorCode::notOurServer);
    reopened();
    EXPECT_EQ(taken(shownText(m_town->state(), m_task, "content")), "甲。");

    EXPECT_EQ(ended(genuine), ErrorCode::wiped) << "the control: what they were made of";
}

// Whoever carries a message cannot see how deep a nest it is.
TEST_F(WipeByFile, AnEnvelopeInAnEnvelopeIsNotRead) {
    const Bytes file = fileOf(*m_town);
    const sync::Bundle bundle = taken(sync::openBundle(file));
    const Bytes question = copyOf(bundle.parts.back().request);
    ASSERT_FALSE(taken(m_box.county().handleBlobPut(question)).empty()) << "the control";
    for (const int place : {0, 1, 2, 3, 200}) {
        Bytes nest = copyOf(viewOf("hzplace"));
        nest.push_back(static_cast<std::uint8_t>(place));
        nest.insert(nest.end(), question.begin(), question.end());
        EXPECT_THAT(taken(m_box.county().handleBlobPut(sealedByTown(nest))), IsEmpty()) << place;
    }
}

// Their devices may be gone, and with them all else that had it.
TEST_F(WipeByFile, BundlesOfOthersThatNobodyHasBroughtStayAndAreBroughtLater) {
    const auto colleague = m_box.enrol("colleague", "甲镇", "李四", "clerk");
    setText(*colleague, "同事写的。");
    taken(importBundle(*m_town, fileOf(*colleague)));
    revoke(Revoking::wipe);

    EXPECT_EQ(ended(answerTo(fileOf(*m_town))), ErrorCode::wiped);

    m_town.reset();
    EXPECT_THAT(filesIn(townFolder() + "/carried"), SizeIs(1));
    const auto again = m_box.enrol("town", "甲镇", "王五", "clerk");
    m_box.sync(*again);
    m_box.sync(*m_office);
    EXPECT_EQ(taken(shownText(m_office->state(), m_task, "joint_progress")), "同事写的。");
}

TEST_F(WipeByFile, AnOrderToAnotherDeviceIsNone) {
    auto colleague = m_box.enrol("colleague", "甲镇", "李四", "clerk");
    revoke(Revoking::wipe);
    const Bytes answer = answerTo(fileOf(*m_town));

    const auto whole = importBundle(*colleague, answer);
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().code, ErrorCode::otherDevice);
    // In the colleague's own answer, under his name.
    const sync::Bundle own = taken(sync::openBundle(answerTo(fileOf(*colleague))));
    const sync::Bundle others = taken(sync::openBundle(answer));
    sync::BundleWriter writer(colleague->suite(), own.header);
    for (const sync::CarriedPart& part : others.parts) {
        if (part.route == sync::CarriedRoute::blobPut) {
            writer.add(part.route, part.request, part.answer);
        }
    }
    const auto mixed = importBundle(*colleague, std::move(writer).finish());
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().code, ErrorCode::otherDevice);
    EXPECT_TRUE(colleague->checkThere());
}

TEST_F(WipeByFile, ADamagedAnswerIsRefusedWholeAndEmptiesNothing) {
    revoke(Revoking::wipe);
    const Bytes answer = answerTo(fileOf(*m_town));
    for (std::size_t at = 0; at < answer.size(); at += 7) {
        Bytes damaged = answer;
        damaged[at] ^= 0x10;
        ASSERT_EQ(ended(damaged), ErrorCode::malformed) << at;
        ASSERT_EQ(ended(copyOf(BytesView(answer).first(at))), ErrorCode::malformed) << at;
    }
    EXPECT_EQ(ended(answer), ErrorCode::wiped);
}

TEST_F(WipeByFile, AnotherHomeCarriesTheQuestionAndTheOrder) {
    setText(*m_town, "没有上报的。");
    const std::string photo = filePhoto(*m_town, 'p');
    revoke(Revoking::wipe);
    taken(importBundle(*m_office, fileOf(*m_town)));
    EXPECT_FALSE(ended(*m_office, m_link));
    EXPECT_EQ(m_link.count[std::string(kWipePath)], 0) << "whoever carries it does not learn what it asks";
    taken(exportAnswer(*m_office, m_device.hex(), path("answer")));

    EXPECT_EQ(ended(taken(readFile(path("answer"), kAnySize))), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county"), photo));
    m_box.sync(*m_office);
    EXPECT_THAT(asideTexts(*m_office), Contains("\"没有上报的。\""));
}

TEST_F(WipeByFile, WhatARestoredCountyHasLostIsHandedInBeforeTheHomeIsEmptied) {
    const std::string photo = losePhoto();
    int journeys = 0;
    std::optional<ErrorCode> end;
    for (; end != ErrorCode::wiped; ++journeys) {
        ASSERT_LT(journeys, 6);
        end = ended(taken(m_restored->importBundle(fileOf(*m_town), kAnySize)).answer);
    }

    EXPECT_GT(journeys, 1);
    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county2"), photo));
    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_EQ(taken(shownText(m_office->state(), m_task, "joint_progress")), "已经上报的。");
}

// The county answered the same file before and after it was restored. What it said before is no news.
TEST_F(WipeByFile, AnAnswerOfTheHistoryBeforeARestoreEmptiesNothingAfterIt) {
    revoke(Revoking::wipe);
    backUp();
    const std::string photo = filePhoto(*m_town, 'p');
    setText(*m_town, "没有上报的。");
    const Bytes file = fileOf(*m_town);
    const Bytes before = answerTo(file);
    restore();
    const Bytes after = taken(m_restored->importBundle(file, kAnySize)).answer;

    EXPECT_EQ(ended(after), ErrorCode::revoked) << "all is to be handed in once more";
    EXPECT_FALSE(taken(unsentWork(*m_town)).isNone());
    EXPECT_NE(ended(before), ErrorCode::wiped);
    EXPECT_FALSE(taken(unsentWork(*m_town)).isNone()) << "and it has not told us that it has it";
    reopened();
    EXPECT_EQ(ended(taken(m_restored->importBundle(fileOf(*m_town), kAnySize)).answer), ErrorCode::wiped);

    expectWiped(townFolder());
    EXPECT_TRUE(hasBlob(path("county2"), photo));
    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_THAT(asideTexts(*m_office), Contains("\"没有上报的。\""));
}

// As it is known, from a round over the network that broke: by a file that came late nothing is lost either.
TEST_F(WipeByFile, TheNewsOfARestoreOverABrokenLinkCountsForFilesToo) {
    revoke(Revoking::wipe);
    backUp();
    setText(*m_town, "没有上报的。");
    const Bytes before = answerTo(fileOf(*m_town));
    m_link.instead = [&](const std::string& route, BytesView body,
                         ListeningLink::Answer answer) -> ListeningLink::Answer {
        if (route == kWipePath && !m_restored) {
            restore();
            return m_other->post(route, body);
        }
        return m_restored ? ListeningLink::Answer(fail(ErrorCode::unreachable, "the link broke"))
                          : std::move(answer);
    };
    EXPECT_EQ(ended(*m_town), ErrorCode::unreachable);

    EXPECT_NE(ended(before), ErrorCode::wiped);
    EXPECT_EQ(ended(taken(m_restored->importBundle(fileOf(*m_town), kAnySize)).answer), ErrorCode::wiped);

    EXPECT_FALSE(ended(*m_office, *m_other));
    EXPECT_THAT(asideTexts(*m_office), ElementsAre("\"没有上报的。\""));
}

// -- the office

class OrderedByOffice : public Wipe {
protected:
    OrderedByOffice() : m_key(taken(office::officeKeyOf(*m_office))) {}
    ErrorCode order(const office::OfficeKey& key, const DeviceId& device) {
        const auto done = office::wipe(key, m_link, m_random, device);
        EXPECT_FALSE(done);
        return done.error().code;
    }
    SystemRandom m_random;
    office::OfficeKey m_key;
};

TEST_F(OrderedByOffice, ItIsRevokedAndEmptiedAndTheOfficeSeesWhatCameOfIt) {
    ASSERT_TRUE(office::wipe(m_key, m_link, m_random, m_device));
    ASSERT_TRUE(office::wipe(m_key, m_link, m_random, m_device));
    EXPECT_EQ(taken(office::wipes(m_key, m_link, m_random)).at(m_device).toldAt, 0);

    EXPECT_EQ(ended(*m_town), ErrorCode::wiped);

    const sync::ListedWipe wipe = taken(office::wipes(m_key, m_link, m_random)).at(m_device);
    EXPECT_GT(wipe.toldAt, 0);
    EXPECT_GE(wipe.doneAt, wipe.toldAt);
    EXPECT_TRUE(taken(office::devices(m_key, m_link)).devices[1].isRevoked);
}

TEST_F(OrderedByOffice, OnlyTheOfficeOrdersAndNotOfItself) {
    const office::OfficeKey town{"", m_device, m_town->me().macKey, &m_town->suite()};
    EXPECT_EQ(order(town, m_office->me().enrolment.device), ErrorCode::revoked);
    EXPECT_EQ(order(m_key, m_office->me().enrolment.device), ErrorCode::ownDevice);
    EXPECT_EQ(order(m_key, m_random.draw<DeviceId>()), ErrorCode::notFound);
    EXPECT_EQ(office::wipes(town, m_link, m_random).error().code, ErrorCode::revoked);
    EXPECT_FALSE(known());
    EXPECT_FALSE(ended(*m_town));
}

TEST_F(OrderedByOffice, AnOlderEndpointDoesNothingAndSaysSo) {
    OldEndpoint old;
    EXPECT_EQ(office::wipe(m_key, old, m_random, m_device).error().code, ErrorCode::wrongVersion);
    EXPECT_THAT(taken(office::wipes(m_key, old, m_random)), IsEmpty());
}

}  // namespace
}  // namespace hezhang::ledger
