// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Files of others on their way to a home, step by step, from a county folder in the same process.
#include "src/ledger/blob_fetch.h"

#include <gmock/gmock.h>

#include <fstream>

#include "src/ledger/blobs.h"
#include "src/ledger/bundles.h"
#include "src/ledger/sync_round.h"
#include "src/ledger/thumbnails.h"
#include "src/ledger/views.h"
#include "sync/transport/sealed_message.h"
#include "tests/support/filing_test.h"

namespace hezhang::ledger {
namespace {

using sync::kBlobGetPath;
using sync::kBlobPutPath;
using sync::kSyncPath;
using sync::kThumbPath;
using test::CountyBox;
using test::taken;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kSize = 1'300'000;  // three chunks

class BlobFetchTest : public test::FilingTest {
protected:
    // A file of incompressible bytes that the town's filing names; its name.
    std::string file(std::size_t size = kSize) {
        SeededRandom random(++m_seed);
        Bytes content(size);
        random.fill(content);
        EXPECT_TRUE(replaceFile(filePath(), content));
        fileIt();
        return m_town->suite().hash({content}).hex();
    }
    [[nodiscard]] static Bytes picture(std::uint8_t number) { return {0xff, 0xd8, 0xff, number}; }
    // What the county finds of the thumbnails asked for.
    std::vector<sync::Thumb> exchange(Home& home, const sync::ThumbRequest& request) {
        const Bytes framed = sync::frameWithMac(home.suite(), sync::encode(request), home.me().macKey, {});
        const auto answer = taken(m_county.transport().post(std::string(kThumbPath), framed));
        const auto opened = taken(sync::openFrame(answer.body));
        const auto told = taken(sync::decode<sync::ThumbAnswer>(opened.plain, "answer"));
        EXPECT_EQ(told.status, sync::BlobStatus::ok);
        return told.found;
    }
    // The town's next sync up to the first message about a file.
    void sendOpsOnly() {
        const auto round = taken(SyncRound::tryBegin(*m_town));
        for (auto next = round->nextRequest(); next && next->path == kSyncPath; next = round->nextRequest()) {
            round->onAnswer(m_county.transport().post(next->path, next->bytes));
        }
    }
    // All steps of a round; answers to those that `isCut` is true for do not come.
    HomeSyncReport sync(Home& home, const SyncOptions& options = {},
                        const std::function<bool(const std::string& path)>& isCut = nullptr) {
        m_paths.clear();
        const auto round = taken(SyncRound::tryBegin(home, options));
        while (const auto next = round->nextRequest()) {
            m_paths.push_back(next->path);
            if (isCut && isCut(next->path)) {
                round->onAnswer(fail(ErrorCode::unreachable, "the connection broke"));
                continue;
            }
            const auto answer = m_county.transport().post(next->path, next->bytes);
            m_answerBytes += next->path == kBlobGetPath ? answer->body.size() : 0;
            round->onAnswer(answer);
        }
        return round->report({});
    }
    [[nodiscard]] std::size_t asked(std::string_view path) const {
        return static_cast<std::size_t>(std::count(m_paths.begin(), m_paths.end(), path));
    }
    [[nodiscard]] static std::string pathIn(const Home& home, const std::string& name) {
        return home.folder() + "/blobs/" + name;
    }
    [[nodiscard]] bool isWhole(const Home& home, const std::string& name) const {
        const auto content = readFile(pathIn(home, name), kBlobBytesMax);
        return content && home.suite().hash({*content}).hex() == name;
    }

    std::uint64_t m_seed = 0;
    std::vector<std::string> m_paths;
    std::size_t m_answerBytes = 0;
};

TEST_F(BlobFetchTest, BringsWhatRecordsOfItsScopesName) {
    const std::string name = file();
    m_county.sync(*m_town);

    const HomeSyncReport report = sync(*m_office);

    EXPECT_FALSE(report.error);
    EXPECT_EQ(report.blobsFetched, 1U);
    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(taken(m_office->blobsMissing()), 0U);
    EXPECT_EQ(taken(m_office->blobsPending()), 0U) << "it came from the county";
    EXPECT_EQ(asked(kBlobGetPath), 3U);
    EXPECT_EQ(asked(kBlobPutPath), 0U);
}

TEST_F(BlobFetchTest, GoesOnInTheMiddleOfAFile) {
    const std::string name = file();
    m_county.sync(*m_town);
    sync(*m_office, {},
         [this](const std::string& path) { return path == kBlobGetPath && asked(kBlobGetPath) == 2; });
    ASSERT_EQ(std::filesystem::file_size(pathIn(*m_office, name) + ".part"), sync::kBlobChunkMax);
    ASSERT_EQ(taken(m_office->blobsMissing()), 1U);
    m_answerBytes = 0;

    const HomeSyncReport report = sync(*m_office);

    EXPECT_EQ(report.blobsFetched, 1U);
    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_LT(m_answerBytes, kSize - sync::kBlobChunkMax + 1000);
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, name) + ".part"));
}

TEST_F(BlobFetchTest, APartThatIsWholeIsOnlyPutInPlace) {
    const std::string name = file();
    m_county.sync(*m_town);
    std::filesystem::create_directories(m_office->folder() + "/blobs");
    std::filesystem::copy_file(pathIn(*m_town, name), pathIn(*m_office, name) + ".part");

    sync(*m_office);

    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(asked(kBlobGetPath), 1U);
    EXPECT_LT(m_answerBytes, 1000U);
}

TEST_F(BlobFetchTest, AFileWhoseNoteWasLostIsAskedForAndNotSent) {
    const std::string name = file();
    m_county.sync(*m_town);
    std::filesystem::create_directories(m_office->folder() + "/blobs");
    std::filesystem::copy_file(pathIn(*m_town, name), pathIn(*m_office, name));
    ASSERT_EQ(taken(m_office->blobsPending()), 1U);

    sync(*m_office);

    EXPECT_EQ(taken(m_office->blobsPending()), 0U);
    EXPECT_EQ(asked(kBlobPutPath), 1U) << "the question, and no chunk";
    EXPECT_EQ(asked(kBlobGetPath), 0U);
}

TEST_F(BlobFetchTest, WhatAPowerCutToreIsBegunAnew) {
    const std::string name = file();
    m_county.sync(*m_town);
    std::filesystem::create_directories(m_office->folder() + "/blobs");
    ASSERT_TRUE(replaceFile(pathIn(*m_office, name) + ".part", Bytes(600'000)));

    const HomeSyncReport report = sync(*m_office);

    EXPECT_FALSE(report.error);
    EXPECT_TRUE(isWhole(*m_office, name));
}

TEST_F(BlobFetchTest, APartLongerThanTheFileIsBegunAnew) {
    const std::string name = file(1000);
    m_county.sync(*m_town);
    std::filesystem::create_directories(m_office->folder() + "/blobs");
    ASSERT_TRUE(replaceFile(pathIn(*m_office, name) + ".part", Bytes(5000)));

    sync(*m_office);

    EXPECT_TRUE(isWhole(*m_office, name));
}

TEST_F(BlobFetchTest, WhatComesWrongTwiceWaitsAndStopsNothing) {
    const std::string damaged = file(1000);
    const std::string sound = file(1000);
    m_county.sync(*m_town);
    ASSERT_TRUE(replaceFile(atCounty(damaged), Bytes(1000)));

    const HomeSyncReport report = sync(*m_office);

    EXPECT_FALSE(report.error);
    EXPECT_TRUE(isWhole(*m_office, sound));
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, damaged)));
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, damaged) + ".part"));
    EXPECT_EQ(asked(kBlobGetPath), 3U);
    EXPECT_EQ(taken(m_office->blobsMissing()), 1U);
}

TEST_F(BlobFetchTest, WhatTheCountyDoesNotHaveYetIsPassedOverAndAskedForLater) {
    const std::string late = file();
    sendOpsOnly();

    const HomeSyncReport first = sync(*m_office);
    EXPECT_FALSE(first.error);
    EXPECT_EQ(asked(kBlobGetPath), 1U);
    sync(*m_office);
    EXPECT_EQ(asked(kBlobGetPath), 0U) << "half a minute has not passed";
    m_county.sync(*m_town);
    sync(*m_office, {.isByHand = true});

    EXPECT_TRUE(isWhole(*m_office, late));
    EXPECT_EQ(taken(m_office->blobsMissing()), 0U);
}

TEST_F(BlobFetchTest, TheNewestComesFirstAndARoundHasItsLimit) {
    const std::string older = file();
    m_county.sync(*m_town);
    const std::string newer = file();
    m_county.sync(*m_town);

    sync(*m_office, {.fetchBytesMax = 2 * sync::kBlobChunkMax});
    EXPECT_FALSE(isWhole(*m_office, newer));
    EXPECT_EQ(asked(kBlobGetPath), 2U);
    EXPECT_EQ(taken(missingBlobs(*m_office)), (std::vector{newer, older}));
    sync(*m_office, {.fetchBytesMax = 2 * sync::kBlobChunkMax});

    EXPECT_TRUE(isWhole(*m_office, newer));
    EXPECT_FALSE(isWhole(*m_office, older));
}

TEST_F(BlobFetchTest, AFullDiskIsLeftToThePersonsOwnWork) {
    static_cast<void>(file());
    m_county.sync(*m_town);

    const HomeSyncReport report = sync(*m_office, {.diskFreeMin = UINT64_MAX});

    EXPECT_FALSE(report.error);
    EXPECT_EQ(asked(kBlobGetPath), 0U);
    EXPECT_EQ(taken(m_office->blobsMissing()), 1U);
}

TEST_F(BlobFetchTest, AnEditIsNotHeldUpByAFile) {
    static_cast<void>(file());
    m_county.sync(*m_town);
    const auto round = taken(SyncRound::tryBegin(*m_office));
    std::vector<std::string> paths;
    while (const auto next = round->nextRequest()) {
        paths.push_back(next->path);
        round->onAnswer(m_county.transport().post(next->path, next->bytes));
        if (paths.size() == 3) {
            CountyBox::set(*m_office, m_task, "item", "改了");
        }
    }

    EXPECT_THAT(paths, ElementsAre(kSyncPath, kThumbPath, kBlobGetPath, kSyncPath, kThumbPath, kBlobGetPath,
                                   kBlobGetPath));
    EXPECT_EQ(round->report({}).sync.pushed, 1U);
    EXPECT_EQ(taken(m_office->replica().ownCounts()).local, 0U);
}

TEST_F(BlobFetchTest, AnEditIsNotHeldUpByAFileThatIsSent) {
    static_cast<void>(file());
    const auto round = taken(SyncRound::tryBegin(*m_town));
    std::vector<std::string> paths;
    while (const auto next = round->nextRequest()) {
        paths.push_back(next->path);
        round->onAnswer(m_county.transport().post(next->path, next->bytes));
        if (paths.size() == 3) {
            CountyBox::set(*m_town, m_record, "percent", "50");
        }
    }

    EXPECT_THAT(paths,
                ElementsAre(kSyncPath, kBlobPutPath, kBlobPutPath, kSyncPath, kBlobPutPath, kBlobPutPath));
    EXPECT_EQ(taken(m_town->blobsPending()), 0U);
}

TEST_F(BlobFetchTest, AfterARestoreOwnFilesComeFirstAndFetchedOnesBitByBit) {
    std::filesystem::create_directories(m_town->folder() + "/blobs");
    ASSERT_TRUE(m_town->store().begin());
    for (int i = 0; i < 210; ++i) {
        const std::string content = "fetched " + std::to_string(i);
        const std::string name = m_town->suite().hash({viewOf(content)}).hex();
        std::filesystem::create_directories(std::filesystem::path(atCounty(name)).parent_path());
        std::ofstream(pathIn(*m_town, name)) << content;
        std::ofstream(atCounty(name)) << content;
        ASSERT_TRUE(m_town->store().setMeta("blob-sent/" + name, Bytes(17, 9)));  // in another epoch
    }
    ASSERT_TRUE(m_town->store().commit());
    const std::string own = file(1000);
    ASSERT_EQ(taken(m_town->blobsPending()), 211U);

    sync(*m_town);

    EXPECT_EQ(taken(m_town->blobsPending()), 10U);
    EXPECT_TRUE(fileExists(atCounty(own)));
    sync(*m_town);
    EXPECT_EQ(taken(m_town->blobsPending()), 0U);
}

// -- thumbnails

TEST_F(BlobFetchTest, AllThumbnailsGoAheadOfTheFirstFileBothWays) {
    std::vector<std::string> names;
    for (std::uint8_t i = 0; i < 20; ++i) {
        names.push_back(file(1000));
        ASSERT_TRUE(saveThumb(*m_town, names.back(), picture(i)));
    }

    sync(*m_town);

    EXPECT_EQ(m_paths[1], kThumbPath);
    EXPECT_EQ(m_paths[2], kThumbPath);
    EXPECT_EQ(asked(kThumbPath), 2U) << "sixteen in a message";
    EXPECT_FALSE(fileExists(pathIn(*m_town, names[0]) + ".thumb")) << "it was sent, and the photo is here";
    sync(*m_office, {}, [this](const std::string& path) { return path == kBlobGetPath; });
    EXPECT_EQ(asked(kThumbPath), 2U);
    for (std::uint8_t i = 0; i < 20; ++i) {
        const auto thumb = thumbPath(m_office->folder(), names[i]);
        ASSERT_TRUE(thumb);
        EXPECT_EQ(taken(readFile(*thumb, 1000)), picture(i));
    }
    EXPECT_EQ(taken(m_office->blobsMissing()), 20U) << "a thumbnail is not the file";

    sync(*m_office);

    EXPECT_EQ(asked(kThumbPath), 0U) << "they are here";
    EXPECT_EQ(taken(m_office->blobsMissing()), 0U);
    EXPECT_FALSE(fileExists(pathIn(*m_office, names[0]) + ".thumb")) << "the photo has replaced it";
}

TEST_F(BlobFetchTest, AThumbnailOfAPhotoThatIsThereIsNotSent) {
    const std::string name = file(1000);
    m_county.sync(*m_town);
    ASSERT_TRUE(saveThumb(*m_town, name, picture(1)));

    sync(*m_town);

    EXPECT_EQ(asked(kThumbPath), 0U);
    EXPECT_FALSE(fileExists(pathIn(*m_town, name) + ".thumb"));
}

TEST_F(BlobFetchTest, WhatIsNoThumbnailIsNotKept) {
    const std::string name = file(1000);
    ASSERT_TRUE(saveThumb(*m_town, name, viewOf("<svg/>")));
    ASSERT_TRUE(saveThumb(*m_town, name, [this] {
        Bytes large = picture(1);
        large.resize(sync::kThumbMax + 1);
        return large;
    }()));

    EXPECT_FALSE(fileExists(pathIn(*m_town, name) + ".thumb"));
}

TEST_F(BlobFetchTest, AnOlderEndpointWithoutThumbnailsGetsTheFilesAllTheSame) {
    const std::string name = file(1000);
    ASSERT_TRUE(saveThumb(*m_town, name, picture(1)));
    const auto syncOld = [this](Home& home) {
        std::size_t thumbs = 0;
        const auto round = taken(SyncRound::tryBegin(home));
        while (const auto next = round->nextRequest()) {
            const bool isThumb = next->path == kThumbPath;
            thumbs += isThumb ? 1 : 0;
            round->onAnswer(isThumb ? Result<sync::Answer>(sync::Answer{404, "text/plain", {}})
                                    : m_county.transport().post(next->path, next->bytes));
        }
        EXPECT_FALSE(round->report({}).error);
        return thumbs;
    };

    EXPECT_EQ(syncOld(*m_town), 1U);
    EXPECT_EQ(syncOld(*m_office), 1U);

    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(syncOld(*m_town), 0U);
}

TEST_F(BlobFetchTest, AThumbnailGoesOnlyWhereItsFileMayGo) {
    const std::string name = file(1000);
    m_county.sync(*m_town);
    const auto other = m_county.enrol("other", "乙镇", "王五", "clerk");
    const Hash blob = *Hash::fromHexText(name);
    EXPECT_THAT(
        exchange(*other,
                 {.device = other->me().enrolment.device, .brought = {{blob, picture(9)}}, .asked = {}}),
        IsEmpty());
    EXPECT_THAT(
        exchange(*m_office, {.device = m_office->me().enrolment.device, .brought = {}, .asked = {blob}}),
        IsEmpty())
        << "it was not the other unit's to bring";
    EXPECT_THAT(
        exchange(*m_town,
                 {.device = m_town->me().enrolment.device, .brought = {{blob, picture(1)}}, .asked = {}}),
        IsEmpty());
    EXPECT_THAT(
        exchange(*m_town,
                 {.device = m_town->me().enrolment.device, .brought = {{blob, picture(2)}}, .asked = {}}),
        IsEmpty());

    const auto found =
        exchange(*m_office, {.device = m_office->me().enrolment.device, .brought = {}, .asked = {blob}});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().picture, picture(1)) << "the first one stands";
    EXPECT_THAT(exchange(*other, {.device = other->me().enrolment.device, .brought = {}, .asked = {blob}}),
                IsEmpty());
}

TEST_F(BlobFetchTest, OnASlowLinkTheChunksAreSmall) {
    static_cast<void>(file());

    sync(*m_town, {.fileRate = 4 * 1024});
    EXPECT_EQ(asked(kBlobPutPath), 1 + (kSize + 128 * 1024 - 1) / (128 * 1024));
    ASSERT_TRUE(replaceFile(m_town->folder() + "/limit-rate", viewOf("32K\n")));
    static_cast<void>(file());
    sync(*m_town);

    EXPECT_EQ(asked(kBlobPutPath), 1 + (kSize + 256 * 1024 - 1) / (256 * 1024));
}

// -- by file

class BlobsByFile : public BlobFetchTest {
protected:
    static constexpr std::size_t kAnySize = 64 * 1024 * 1024;
    static constexpr std::size_t kOneChunk = sync::kBlobChunkMax + 64 * 1024;
    Bytes fileOf(Home& home, const BundleWishes& wishes = {}) {
        m_export = taken(exportBundle(home, m_county.folder() + "/out", kAnySize, wishes));
        return taken(readFile(m_county.folder() + "/out", kAnySize));
    }
    BundleTaken desk(const Bytes& file, std::size_t bytesMax = kAnySize) {
        return taken(m_county.county().importBundle(file, bytesMax));
    }
    BundleImport journey(Home& home, std::size_t bytesMax = kAnySize) {
        return taken(importBundle(home, desk(fileOf(home), bytesMax).answer));
    }
    // A file of the town's that the county has and the office knows of.
    std::string known(std::size_t size = kSize) {
        const std::string name = file(size);
        m_county.sync(*m_town);
        EXPECT_EQ(journey(*m_office).report.blobsFetched, 0U) << "it could not ask for what it did not know";
        EXPECT_EQ(taken(m_office->blobsMissing()), 1U);
        return name;
    }
    [[nodiscard]] std::optional<std::uint64_t> partOf(const std::string& name) const {
        const std::string part = pathIn(*m_office, name) + ".part";
        return std::filesystem::exists(part) ? std::optional(std::filesystem::file_size(part)) : std::nullopt;
    }
    static std::optional<ErrorCode> refused(Home& home, const Bytes& answer) {
        const auto import = importBundle(home, answer);
        return import ? std::nullopt : std::optional(import.error().code);
    }

    BundleExport m_export;
};

TEST_F(BlobsByFile, APhotoComesWithTheAnswerToTheFileThatAsksForIt) {
    const std::string name = known();

    const Bytes request = fileOf(*m_office);
    const BundleTaken taken1 = desk(request);
    const BundleImport import = taken(importBundle(*m_office, taken1.answer));

    EXPECT_EQ(m_export.asked, 1U);
    EXPECT_LT(request.size(), 10'000U) << "one question a file";
    EXPECT_EQ(taken1.given, 1U);
    EXPECT_TRUE(taken1.isAll);
    EXPECT_EQ(import.report.blobsFetched, 1U);
    EXPECT_EQ(import.report.blobsMissing, 0U);
    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(taken(m_office->blobsPending()), 0U) << "it came from the county";
    fileOf(*m_office);
    EXPECT_EQ(m_export.asked, 0U);
    EXPECT_EQ(m_export.blobs, 0U);
}

TEST_F(BlobsByFile, WhatHadNoRoomComesWithTheNextAnswerFromWhereItStopped) {
    const std::string name = known();

    const BundleTaken first = desk(fileOf(*m_office), kOneChunk);
    EXPECT_FALSE(first.isAll);
    EXPECT_EQ(first.given, 0U);
    EXPECT_EQ(taken(importBundle(*m_office, first.answer)).report.blobsFetched, 0U);
    EXPECT_EQ(partOf(name), sync::kBlobChunkMax);
    m_office.reset();
    m_office = taken(Home::open(m_county.folder() + "/office", m_county.environment()));
    const BundleTaken second = desk(fileOf(*m_office));
    EXPECT_LT(second.answer.size(), kSize - sync::kBlobChunkMax + 20'000);

    EXPECT_EQ(taken(importBundle(*m_office, second.answer)).report.blobsFetched, 1U);

    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(partOf(name), std::nullopt);
}

TEST_F(BlobsByFile, PortionsThatComeTwiceAndInAnyOrderAreHarmless) {
    const std::string name = known();
    const Bytes request = fileOf(*m_office);
    const Bytes small = desk(request, kOneChunk).answer;
    const Bytes two = desk(request, 2 * kOneChunk).answer;
    const Bytes all = desk(request).answer;
    taken(importBundle(*m_office, small));
    taken(importBundle(*m_office, small));
    EXPECT_EQ(partOf(name), sync::kBlobChunkMax);
    const Bytes rest = desk(fileOf(*m_office)).answer;  // begins behind the first piece
    std::filesystem::remove(pathIn(*m_office, name) + ".part");

    taken(importBundle(*m_office, rest));
    EXPECT_EQ(partOf(name), std::nullopt) << "what begins in the middle of nothing is left";
    taken(importBundle(*m_office, two));
    EXPECT_EQ(partOf(name), 2 * sync::kBlobChunkMax);
    taken(importBundle(*m_office, small));
    EXPECT_EQ(partOf(name), 2 * sync::kBlobChunkMax);
    EXPECT_EQ(taken(importBundle(*m_office, rest)).report.blobsFetched, 1U);
    EXPECT_TRUE(isWhole(*m_office, name));

    for (const Bytes& answer : {all, small, rest, two}) {
        EXPECT_EQ(taken(importBundle(*m_office, answer)).report.blobsFetched, 0U);
    }
    EXPECT_TRUE(isWhole(*m_office, name));
    EXPECT_EQ(partOf(name), std::nullopt);
}

TEST_F(BlobsByFile, APieceIsTakenOverWhereTheNetworkStopped) {
    const std::string name = known();
    const Bytes answer = desk(fileOf(*m_office)).answer;
    sync(*m_office, {},
         [this](const std::string& path) { return path == kBlobGetPath && asked(kBlobGetPath) == 2; });
    ASSERT_EQ(partOf(name), sync::kBlobChunkMax);

    EXPECT_EQ(taken(importBundle(*m_office, answer)).report.blobsFetched, 1U);

    EXPECT_TRUE(isWhole(*m_office, name));
}

// A part that is no multiple of a chunk: a power cut, or an older program.
TEST_F(BlobsByFile, OfAPieceThatBeginsBeforeWhatIsHereTheRestIsTaken) {
    const std::string name = known();
    const Bytes answer = desk(fileOf(*m_office)).answer;
    const Bytes content = taken(readFile(atCounty(name), kBlobBytesMax));
    std::filesystem::create_directories(m_office->folder() + "/blobs");
    ASSERT_TRUE(replaceFile(pathIn(*m_office, name) + ".part", BytesView(content).first(600'000)));

    EXPECT_EQ(taken(importBundle(*m_office, answer)).report.blobsFetched, 1U);

    EXPECT_TRUE(isWhole(*m_office, name));
}

TEST_F(BlobsByFile, WhatDoesNotHaveItsHashGetsNoNameAndStopsNothing) {
    const std::string damaged = known(1000);
    const std::string sound = file(1000);
    m_county.sync(*m_town);
    journey(*m_office);
    ASSERT_TRUE(isWhole(*m_office, damaged));
    std::filesystem::remove(pathIn(*m_office, damaged));
    ASSERT_TRUE(replaceFile(atCounty(damaged), Bytes(1000)));

    EXPECT_EQ(journey(*m_office).report.blobsFetched, 1U);

    EXPECT_TRUE(isWhole(*m_office, sound));
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, damaged)));
    EXPECT_EQ(partOf(damaged), std::nullopt);
}

TEST_F(BlobsByFile, WhatTheCountyDoesNotHaveIsPassedOverAndAskedForAgain) {
    const std::string late = file();
    sendOpsOnly();
    journey(*m_office);
    journey(*m_office);
    m_county.sync(*m_town);
    const std::string newer = file(1000);
    m_county.sync(*m_town);
    journey(*m_office);

    const BundleImport import = journey(*m_office);

    EXPECT_EQ(import.report.blobsMissing, 0U);
    EXPECT_TRUE(isWhole(*m_office, late));
    EXPECT_TRUE(isWhole(*m_office, newer));
}

TEST_F(BlobsByFile, TheNewestComesFirstAndWhoOnlyLooksAsksForThem) {
    const std::string older = file(1000);
    m_county.sync(*m_town);
    const std::string newer = file(1000);
    m_county.sync(*m_town);
    const auto auditor = m_county.enrol("auditor", "县民政局", "赵六", "auditor");
    fileOf(*auditor);
    EXPECT_EQ(m_export.asked, 0U);

    const Bytes one = fileOf(*auditor, {.filesMax = 1});
    EXPECT_EQ(m_export.asked, 1U);
    taken(importBundle(*auditor, desk(one).answer));

    EXPECT_TRUE(isWhole(*auditor, newer));
    EXPECT_FALSE(isWhole(*auditor, older));
}

TEST_F(BlobsByFile, AFullDiskIsLeftToThePersonsOwnWork) {
    const std::string name = known();
    const Bytes answer = desk(fileOf(*m_office)).answer;

    const BundleImport import = taken(importBundle(*m_office, answer, {.diskFreeMin = UINT64_MAX}));

    EXPECT_EQ(import.report.blobsFetched, 0U);
    EXPECT_EQ(partOf(name), std::nullopt);
    EXPECT_EQ(taken(importBundle(*m_office, answer)).report.blobsFetched, 1U) << "later, the same file";
}

TEST_F(BlobsByFile, WhatIsNotWantedAnyMoreIsNotKept) {
    const std::string name = known();
    const Bytes answer = desk(fileOf(*m_office)).answer;
    EXPECT_TRUE(m_town->deleteRecord(m_record));
    m_county.sync(*m_town);
    sync(*m_office);
    ASSERT_EQ(taken(m_office->blobsMissing()), 0U);
    std::filesystem::remove(pathIn(*m_office, name));

    taken(importBundle(*m_office, answer));

    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, name)));
    EXPECT_EQ(partOf(name), std::nullopt);
}

TEST_F(BlobsByFile, OnlyWhoMayReadAFileIsGivenIt) {
    const std::string name = known();
    const auto other = m_county.enrol("other", "乙镇", "王五", "clerk");
    const auto questionOf = [&](Home& home) {
        sync::BlobGet get;
        get.device = home.me().enrolment.device;
        get.hash = *Hash::fromHexText(name);
        sync::BundleWriter writer(
            home.suite(),
            {sync::BundleKind::requests, home.me().county.county, home.me().enrolment.device, {}});
        const sync::Bundle own = taken(sync::openBundle(fileOf(home)));
        writer.add(sync::CarriedRoute::sync, own.parts.front().request);
        writer.add(sync::CarriedRoute::blobPut,
                   sync::sealMessage(home.suite(), home.me().macKey, get.device,
                                     sync::addressMessage(sync::Place::blobGet,
                                                          sync::frameWithMac(home.suite(), sync::encode(get),
                                                                             home.me().macKey, {}))));
        return std::move(writer).finish();
    };
    EXPECT_EQ(desk(questionOf(*m_office)).given, 1U);

    const BundleTaken answer = desk(questionOf(*other));

    EXPECT_EQ(answer.given, 0U);
    EXPECT_LT(answer.answer.size(), 10'000U);
    const DeviceId device = m_office->me().enrolment.device;
    ASSERT_TRUE(m_county.county().revoke(device.hex()));
    EXPECT_EQ(desk(questionOf(*m_office)).given, 0U) << "nor is a device that was revoked";
}

TEST_F(BlobsByFile, AnAnswerThatIsNotTheCountysOrToAnotherChangesNothing) {
    const std::string name = known(1000);
    const Bytes answer = desk(fileOf(*m_office)).answer;
    const auto other = m_county.enrol("colleague", "公开办", "王五", "office");
    EXPECT_EQ(refused(*other, answer), ErrorCode::otherDevice);
    const sync::Bundle bundle = taken(sync::openBundle(answer));
    const auto with = [&](const std::function<Bytes(const sync::CarriedPart&)>& make, Home& home) {
        sync::BundleHeader header = bundle.header;
        header.device = home.me().enrolment.device;
        sync::BundleWriter writer(home.suite(), header);
        const sync::Bundle own = taken(sync::openBundle(desk(fileOf(home)).answer));
        writer.add(own.parts[0].route, own.parts[0].request, own.parts[0].answer);
        for (const sync::CarriedPart& part : bundle.parts) {
            if (part.route == sync::CarriedRoute::blobPut) {
                writer.add(part.route, part.request, make(part));
            }
        }
        return std::move(writer).finish();
    };
    const auto asItIs = [](const sync::CarriedPart& part) { return copyOf(part.answer); };
    EXPECT_EQ(refused(*other, with(asItIs, *other)), ErrorCode::otherDevice);
    EXPECT_EQ(refused(*m_office, with([](const auto& part) { return copyOf(part.request); }, *m_office)),
              ErrorCode::notOurServer);
    EXPECT_EQ(
        refused(*m_office, with([&](const auto&) { return copyOf(bundle.parts[0].answer); }, *m_office)),
        ErrorCode::notOurServer);
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, name)));
    EXPECT_EQ(partOf(name), std::nullopt);

    // An older county says nothing to it.
    EXPECT_EQ(refused(*m_office, with([](const auto&) { return Bytes{}; }, *m_office)), std::nullopt);
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, name)));

    EXPECT_EQ(refused(*m_office, with(asItIs, *m_office)), std::nullopt);
    EXPECT_TRUE(isWhole(*m_office, name)) << "the control: what they were made of";
}

TEST_F(BlobsByFile, ADamagedAnswerIsRefusedWhole) {
    const std::string name = known(20'000);
    const Bytes answer = desk(fileOf(*m_office)).answer;
    for (std::size_t at = 0; at < answer.size(); at += 97) {
        Bytes damaged = answer;
        damaged[at] ^= 0x04;
        ASSERT_EQ(refused(*m_office, damaged), ErrorCode::malformed) << at;
    }
    EXPECT_EQ(partOf(name), std::nullopt);
    EXPECT_EQ(taken(m_office->blobsMissing()), 1U);
}

TEST_F(BlobsByFile, AnotherHomeBringsOnePieceOfEachFileAJourney) {
    const std::string name = known(sync::kBlobChunkMax + 1000);
    int journeys = 0;
    for (; taken(m_office->blobsMissing()) > 0; ++journeys) {
        ASSERT_LT(journeys, 5);
        taken(importBundle(*m_town, fileOf(*m_office)));
        EXPECT_FALSE(sync(*m_town).error);
        EXPECT_EQ(asked(kBlobGetPath), 0U) << "the carrier does not learn what it is";
        const std::string answer = m_county.folder() + "/answer";
        taken(exportAnswer(*m_town, m_office->me().enrolment.device.hex(), answer));
        taken(importBundle(*m_office, taken(readFile(answer, kAnySize))));
    }
    EXPECT_EQ(journeys, 2);
    EXPECT_TRUE(isWhole(*m_office, name));
}

// What the county said before it was restored says nothing of what it has.
TEST_F(BlobsByFile, AnAnswerOfTheHistoryBeforeIsNotBelieved) {
    const std::string name = known();
    const Bytes old = desk(fileOf(*m_office)).answer;
    auto scope = taken(sync::WriteScope::begin(m_county.county().store()));
    EXPECT_TRUE(m_county.county().county().beginEpoch("a restore", m_county.environment().clock.now()));
    EXPECT_TRUE(scope.commit());
    EXPECT_TRUE(m_county.county().county().write({}, m_county.environment().clock.now()));
    std::filesystem::remove(atCounty(name));
    journey(*m_office);

    taken(importBundle(*m_office, old));

    EXPECT_FALSE(isWhole(*m_office, name));
    m_county.sync(*m_town);
    EXPECT_EQ(journey(*m_office).report.blobsFetched, 1U);
}

TEST(FileRate, IsANumberWithItsUnit) {
    EXPECT_EQ(rateFromText("4096"), 4096U);
    EXPECT_EQ(rateFromText("200K"), 200U * 1024);
    EXPECT_EQ(rateFromText("2M"), 2U * 1024 * 1024);
    for (const char* bad : {"", "K", "4095", "1K", "-5M", "200 K", "200KB", "2G", "99999999999999999999",
                            "1.5M", "18014398509481984K"}) {
        EXPECT_EQ(rateFromText(bad), std::nullopt) << bad;
    }
}

TEST_F(BlobFetchTest, WhatNoLiveValueNamesIsNotBrought) {
    const std::string removed = file(1000);
    const std::string kept = file(1000);
    m_county.sync(*m_town);
    ASSERT_TRUE(m_town->edit(
        {.record = m_record, .field = "evidence", .kind = sync::OpKind::remove, .text = removed}));
    m_county.sync(*m_town);

    sync(*m_office);

    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, removed)));
    EXPECT_TRUE(isWhole(*m_office, kept));
    ASSERT_TRUE(m_town->deleteRecord(m_record));
    static_cast<void>(sync(*m_town));
    std::filesystem::remove(pathIn(*m_office, kept));
    sync(*m_office);
    EXPECT_THAT(taken(missingBlobs(*m_office)), IsEmpty());
}

TEST_F(BlobFetchTest, AnotherUnitDoesNotEvenAsk) {
    static_cast<void>(file());
    const auto other = m_county.enrol("other", "乙镇", "王五", "clerk");
    m_county.sync(*m_town);

    sync(*other);

    EXPECT_EQ(asked(kBlobGetPath), 0U);
    EXPECT_EQ(taken(other->blobsMissing()), 0U);
}

TEST_F(BlobFetchTest, WhoOnlyLooksBringsFilesWhenHeAsksForThem) {
    const std::string name = file();
    const auto auditor = m_county.enrol("auditor", "县民政局", "赵六", "auditor");
    m_county.sync(*m_town);

    sync(*auditor);
    EXPECT_EQ(asked(kBlobGetPath), 0U);
    EXPECT_EQ(taken(auditor->blobsMissing()), 1U);
    sync(*auditor, {.fetchBytesMax = kFetchBytesDefault});

    EXPECT_TRUE(isWhole(*auditor, name));
}

TEST_F(BlobFetchTest, AnAnswerThatIsNotTheCountysEndsTheRound) {
    const std::string name = file();
    m_county.sync(*m_town);
    const auto round = taken(SyncRound::tryBegin(*m_office));
    const auto ops = round->nextRequest();
    round->onAnswer(m_county.transport().post(ops->path, ops->bytes));
    const auto ask = round->nextRequest();
    round->onAnswer(m_county.transport().post(ask->path, ask->bytes));
    const auto get = round->nextRequest();
    ASSERT_EQ(get->path, kBlobGetPath);
    auto answer = taken(m_county.transport().post(get->path, get->bytes));
    answer.body[answer.body.size() / 2] ^= 1;

    round->onAnswer(answer);

    EXPECT_FALSE(round->nextRequest());
    EXPECT_EQ(round->report({}).error->code, ErrorCode::notOurServer);
    EXPECT_FALSE(std::filesystem::exists(pathIn(*m_office, name) + ".part"));
}

TEST_F(BlobFetchTest, ARecordTellsHowManyOfItsFilesAreWhere) {
    const std::string first = file(1000);
    sendOpsOnly();
    m_county.sync(*m_town);
    const std::string second = file(1000);
    const auto counts = [this](Home& home) {
        return taken(countBlobs(home, blobsOf(home, **home.state().read(m_record))));
    };
    EXPECT_EQ(counts(*m_town), (BlobCounts{2, 2, 1}));

    sendOpsOnly();
    sync(*m_office);

    EXPECT_EQ(counts(*m_office), (BlobCounts{2, 1, 1}));
    EXPECT_EQ(taken(taskView(*m_office, m_task)).filings.front().evidenceCounts, (BlobCounts{2, 1, 1}));
}

TEST_F(BlobFetchTest, InANewEpochTheCountyIsAskedForWhatCameFromItToo) {
    const std::string name = file();
    m_county.sync(*m_town);
    sync(*m_office);
    ASSERT_THAT(taken(pendingBlobs(*m_office)), IsEmpty());
    sync::WriteScope scope = taken(sync::WriteScope::begin(m_office->store()));
    sync::Cursor cursor = taken(m_office->replica().cursor());
    cursor.epoch = SeededRandom(9).draw<EpochId>();

    ASSERT_TRUE(m_office->replica().setCursor(cursor));

    EXPECT_THAT(taken(pendingBlobs(*m_office)), ElementsAre(name));
    EXPECT_TRUE(taken(blobFiles(*m_office)).front().isFetched);
}

}  // namespace
}  // namespace hezhang::ledger
