// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/bundles.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include "src/ledger/blob_fetch.h"
#include "src/ledger/blobs.h"
#include "src/ledger/carrying.h"
#include "src/ledger/leaving.h"
#include "src/ledger/pace.h"
#include "src/ledger/queries.h"
#include "src/ledger/wipe_talk.h"
#include "sync/base/log.h"
#include "sync/engine/history_fetch.h"
#include "sync/transport/sealed_message.h"

namespace hezhang::ledger {

using sync::Bundle;
using sync::BundleKind;
using sync::Carried;
using sync::CarriedPart;
using sync::CarriedRoute;

namespace {

constexpr auto kLockWait = std::chrono::seconds(10);
constexpr auto kLockStep = std::chrono::milliseconds(50);

Bytes sealed(Home& home, BytesView message) {
    return sync::sealMessage(home.suite(), home.me().macKey, home.me().enrolment.device, message);
}

// A request of ours and its answer, out of their envelopes. An answer that does not open is none of the
// county's.
struct Exchange {
    Bytes request;
    Bytes answer;
};

Result<Exchange> opened(Home& home, const CarriedPart& part) {
    auto request = sync::unsealMessage(home.suite(), home.me().macKey, part.request);
    if (!request) {
        return fail(ErrorCode::otherDevice, "the answer is to a question that another device asked");
    }
    if (part.answer.empty()) {
        return Exchange{*std::move(request), {}};
    }
    auto answer = sync::unsealMessage(home.suite(), home.me().macKey, part.answer);
    if (!answer) {
        return fail(ErrorCode::notOurServer, "what answered is not the county's endpoint");
    }
    return Exchange{*std::move(request), *std::move(answer)};
}

// All of a file or nothing of it.
Result<bool> addBlob(Home& home, const std::string& name, sync::BundleWriter& writer, std::size_t bytesMax) {
    HZ_TRY(std::vector<Bytes> chunks, blobRequests(home, name));
    std::size_t bytes = 0;
    for (Bytes& chunk : chunks) {
        chunk = sealed(home, chunk);
        bytes += writer.sizeWith(chunk.size()) - writer.sizeWith(0) + 16;
    }
    if (writer.sizeWith(bytes) > bytesMax || writer.parts() + chunks.size() > sync::kBundlePartsMax) {
        return false;
    }
    for (const Bytes& chunk : chunks) {
        writer.add(&chunk == &chunks.back() ? CarriedRoute::blobPut : CarriedRoute::blobChunk, chunk);
    }
    return true;
}

// A message that says itself where it goes. False: there is no room for it.
bool addAddressed(Home& home, sync::Place place, BytesView message, sync::BundleWriter& writer,
                  std::size_t bytesMax) {
    const Bytes part = sealed(home, sync::addressMessage(place, message));
    if (writer.sizeWith(part.size()) > bytesMax || writer.parts() >= sync::kBundlePartsMax) {
        return false;
    }
    writer.add(CarriedRoute::blobPut, part);
    return true;
}

Result<std::uint64_t> addFileQuestions(Home& home, const BundleWishes& wishes, sync::BundleWriter& writer,
                                       std::size_t bytesMax) {
    if (wishes.isFarewell) {
        return std::uint64_t{0};
    }
    const std::size_t most = wishes.filesMax.value_or(
        fetchesByItself(home.me().enrolment.role) ? kFetchByFileMax : std::size_t{0});
    SyncOptions options;
    options.fetchBytesMax = most > 0 ? UINT64_MAX : 0;  // how large they are shows when they come
    options.isByHand = true;
    HZ_TRY(const BlobFetch fetch, BlobFetch::begin(home, options));
    std::uint64_t asked = 0;
    for (const Bytes& request : fetch.requestsForFile(most)) {
        asked += addAddressed(home, sync::Place::blobGet, request, writer, bytesMax) ? 1 : 0;
    }
    return asked;
}

// As many questions as there is room for; the next file asks for what is missing then.
Result<void> addHistoryQuestions(Home& home, sync::BundleWriter& writer, std::size_t bytesMax) {
    sync::HistoryFetch fetch(home.replica(), sync::kMessageBytesMax);
    HZ_TRY(const std::vector<Bytes> requests, fetch.requestsForFile());
    for (const Bytes& request : requests) {
        if (!addAddressed(home, sync::Place::snapshot, request, writer, bytesMax)) {
            break;
        }
    }
    return {};
}

// Whether it is to empty itself a home asks with every file that takes along all it has: so a device that was
// revoked meanwhile is emptied with the answer that tells it so.
Result<void> addWipeQuestion(Home& home, sync::BundleWriter& writer, std::size_t bytesMax) {
    HZ_TRY(const Bytes question, wipeQuestion(home));
    (void)addAddressed(home, sync::Place::wipe, question, writer, bytesMax);  // else with the next one
    return {};
}

}  // namespace

Result<FileLock> lockForSync(Home& home) {
    const auto deadline = std::chrono::steady_clock::now() + kLockWait;
    for (;;) {
        HZ_TRY(std::optional<FileLock> lock, FileLock::tryTake(home.folder() + "/sync.lock"));
        if (lock) {
            return *std::move(lock);
        }
        if (std::chrono::steady_clock::now() > deadline) {
            return fail(ErrorCode::syncRunning, "another process syncs this home");
        }
        std::this_thread::sleep_for(kLockStep);
    }
}

Result<BundleExport> exportBundle(Home& home, const std::string& path, std::size_t bytesMax,
                                  const BundleWishes& wishes) {
    HZ_TRY(const FileLock lock, lockForSync(home));
    HZ_CHECK(home.beforeSending());
    sync::SyncSession session(home.replica());
    HZ_TRY(const sync::FileRequests file, session.requestsForFile(bytesMax));
    HZ_CHECK(home.noteOffered());
    HZ_TRY(const sync::ScopeState scopes, home.replica().scopeState());
    const sync::Identity& me = home.me();
    sync::BundleWriter writer(home.suite(),
                              {BundleKind::requests, me.county.county, me.enrolment.device, scopes.held});
    for (const Bytes& request : file.requests) {
        writer.add(CarriedRoute::sync, sealed(home, request));
    }
    BundleExport done{0, file.segments, file.ops, 0, 0, file.isAll};
    HZ_TRY(const std::vector<std::string> blobs, pendingBlobs(home));
    for (const std::string& name : blobs) {
        HZ_TRY(const bool isIn, addBlob(home, name, writer, bytesMax));
        done.blobs += isIn ? 1 : 0;
        done.isAll = done.isAll && isIn;
    }
    HZ_TRY(done.asked, addFileQuestions(home, wishes, writer, bytesMax));
    if (file.past && !wishes.isFarewell) {
        (void)addAddressed(home, sync::Place::snapshot, *file.past, writer, bytesMax);
    }
    HZ_CHECK(wishes.isHistoryWanted ? addHistoryQuestions(home, writer, bytesMax) : Result<void>());
    HZ_CHECK(done.isAll && !wishes.isFarewell ? addWipeQuestion(home, writer, bytesMax) : Result<void>());
    const Bytes bytes = std::move(writer).finish();
    done.bytes = bytes.size();
    HZ_CHECK(replaceFile(path, bytes));
    return done;
}

// -- the way back

namespace {

// The answers of one file, taken one by one; each is durable by itself.
class AnswerTaker {
public:
    AnswerTaker(Home& home, const SyncOptions& options)
        : m_home(home),
          m_options(options),
          m_pace(home.folder()),
          m_session(home.replica(), sync::kMessageBytesMax, &m_pace) {}

    Result<void> take(const Bundle& bundle) {
        HZ_CHECK(takeOps(bundle));
        HZ_TRY(const sync::Cursor cursor, m_home.replica().cursor());
        if (m_session.carriedEpoch() == cursor.epoch) {
            HZ_CHECK(takeBlobs(bundle));
            HZ_CHECK(m_revoked ? Result<void>() : takeFetched(bundle));
        }
        HZ_CHECK(m_revoked ? Result<void>() : takeHistory(bundle));
        HZ_CHECK(takeOrder(bundle));
        if (m_revoked) {
            return fail(*m_revoked);
        }
        return m_home.noteTaken(m_session.report().countyTime);
    }
    [[nodiscard]] BundleImport result() const {
        BundleImport import;
        import.report.sync = m_session.report();
        import.report.sync.isUpToDate = import.report.sync.isUpToDate && !m_isGoneBack;
        import.blobs = m_blobs;
        import.report.blobsFetched = m_fetched;
        import.isKnown = !m_isTaken && !m_isOutdated && m_blobs == 0 && !m_isFileNew;
        return import;
    }
    [[nodiscard]] bool isOutdated() const { return m_isOutdated && !m_isTaken; }

private:
    Result<void> takeOps(const Bundle& bundle) {
        for (const CarriedPart& part : bundle.parts) {
            if (part.route != CarriedRoute::sync) {
                continue;
            }
            m_pace.begin();
            HZ_TRY(const Exchange exchange, opened(m_home, part));
            const auto carried = m_session.onCarried(exchange.request, exchange.answer);
            if (!carried && carried.error().code == ErrorCode::revoked) {
                m_revoked = carried.error();  // its files are taken in all the same
                return {};
            }
            HZ_CHECK(carried);
            note(*carried);
            // What follows it follows from where this replica is not.
            if (*carried == Carried::outdated || *carried == Carried::goneBack) {
                return {};
            }
        }
        return {};
    }
    // The answers to what said that it goes there.
    template <class Take>
    Result<void> eachOf(const Bundle& bundle, sync::Place place, Take take) {
        for (const CarriedPart& part : bundle.parts) {
            if (part.route != CarriedRoute::blobPut) {
                continue;
            }
            HZ_TRY(const Exchange exchange, opened(m_home, part));
            const sync::Addressed asked = sync::addressOf(exchange.request);
            HZ_CHECK(asked.place == place ? take(asked.message, exchange.answer) : Result<void>());
        }
        return {};
    }
    // What a county had that was restored since says nothing of what it has.
    Result<void> takeBlobs(const Bundle& bundle) {
        const auto take = [this](BytesView request, BytesView answer) -> Result<void> {
            HZ_TRY(const bool isNew, takeBlobAnswer(m_home, request, answer));
            m_blobs += isNew ? 1 : 0;
            return {};
        };
        return eachOf(bundle, sync::Place::whereBrought, take);
    }
    // When the log was taken, which says what is wanted.
    Result<void> takeFetched(const Bundle& bundle) {
        std::optional<BlobFetch> fetch;
        const auto take = [&](BytesView request, BytesView answer) -> Result<void> {
            if (!fetch) {
                SyncOptions options = m_options;
                options.fetchBytesMax = UINT64_MAX;
                options.isByHand = true;
                HZ_TRY(fetch, BlobFetch::begin(m_home, options));
            }
            HZ_TRY(const bool isNew, fetch->onCarried(request, answer));
            m_isFileNew = m_isFileNew || isNew;
            return {};
        };
        HZ_CHECK(eachOf(bundle, sync::Place::blobGet, take));
        m_fetched = fetch ? fetch->fetched() : 0;
        return fetch ? fetch->endCarried() : Result<void>();
    }
    Result<void> takeHistory(const Bundle& bundle) {
        std::optional<sync::HistoryFetch> fetch;
        const auto take = [&](BytesView request, BytesView answer) -> Result<void> {
            if (!fetch) {
                fetch.emplace(m_home.replica(), sync::kMessageBytesMax);
            }
            HZ_TRY(const bool isNew, fetch->onCarried(request, answer));
            m_isFileNew = m_isFileNew || isNew;
            return {};
        };
        HZ_CHECK(eachOf(bundle, sync::Place::snapshot, take));
        HZ_TRY(const bool isAsTold, fetch ? fetch->finish() : Result<bool>(true));
        if (!isAsTold) {
            log::warning("sync", "the history says another state than the snapshot had; the history stands",
                         {});
        }
        return {};
    }
    // Last: only then it shows whether anything is left here. Unanswered where the county is older.
    Result<void> takeOrder(const Bundle& bundle) {
        const auto take = [this](BytesView request, BytesView answer) -> Result<void> {
            HZ_TRY(const bool isEmptied,
                   answer.empty() ? Result<bool>(false) : takeWipeAnswer(m_home, request, answer));
            return isEmptied ? Result<void>(fail(ErrorCode::wiped, std::string(kWipedText))) : Result<void>();
        };
        return eachOf(bundle, sync::Place::wipe, take);
    }
    void note(Carried carried) {
        m_isTaken = m_isTaken || carried == Carried::taken || carried == Carried::goneBack;
        m_isOutdated = m_isOutdated || carried == Carried::outdated;
        m_isGoneBack = m_isGoneBack || carried == Carried::goneBack;
    }

    Home& m_home;
    SyncOptions m_options;
    PullPace m_pace;
    sync::SyncSession m_session;
    std::uint64_t m_blobs = 0;
    std::uint64_t m_fetched = 0;
    bool m_isFileNew = false;  // or a piece of one, or a text of the history
    std::optional<Error> m_revoked;
    bool m_isTaken = false;
    bool m_isOutdated = false;
    bool m_isGoneBack = false;
};

Result<void> checkCounty(Home& home, const Bundle& bundle) {
    if (bundle.header.county != home.me().county.county) {
        return fail(ErrorCode::otherCounty, "the bundle is of another county than this home's");
    }
    return {};
}

Result<BundleImport> takeAnswers(Home& home, const Bundle& bundle, const SyncOptions& options) {
    HZ_TRY(const FileLock lock, lockForSync(home));
    HZ_CHECK(home.beforeSending());
    HZ_TRY(const sync::ScopeState before, home.replica().scopeState());
    AnswerTaker taker(home, options);
    HZ_CHECK(taker.take(bundle));
    if (taker.isOutdated()) {
        return fail(ErrorCode::outdated,
                    "this home has moved on since the bundle was written that this answers");
    }
    BundleImport import = taker.result();
    HZ_TRY(const sync::ScopeState after, home.replica().scopeState());
    import.report.noteScopes(before.held, after.held);
    HZ_TRY(import.report.conflicts, conflictCount(home));
    HZ_TRY(import.report.blobsPending, home.blobsPending());
    HZ_TRY(import.report.blobsMissing, home.blobsMissing());
    HZ_TRY(import.report.historyMissing, home.historyMissing());
    HZ_TRY(const sync::OwnCounts own, home.replica().ownCounts());
    const bool isAllThere = own.local == 0 && import.report.blobsPending == 0;
    import.report.sync.isUpToDate = import.report.sync.isUpToDate && isAllThere;
    return import;
}

}  // namespace

Result<BundleImport> importBundle(Home& home, BytesView file, const SyncOptions& options) {
    HZ_TRY(const Bundle bundle, sync::openBundle(file));
    const bool isOurs = bundle.header.device == home.me().enrolment.device;
    // An enrolment is no county's yet.
    if (bundle.header.kind == BundleKind::answers || !bundle.header.county.isNone()) {
        HZ_CHECK(checkCounty(home, bundle));
    }
    if (bundle.header.kind == BundleKind::requests && isOurs) {
        return fail(ErrorCode::otherDevice, "this is the home that wrote the bundle; it is for the county");
    }
    if (bundle.header.kind == BundleKind::requests) {
        return keepCarried(home, bundle, file);
    }
    if (!isOurs) {
        return fail(ErrorCode::otherDevice, "the answer is for another device");
    }
    return takeAnswers(home, bundle, options);
}

Result<bool> isEnrolmentAnswer(BytesView file) {
    HZ_TRY(const Bundle bundle, sync::openBundle(file));
    return bundle.header.kind == BundleKind::answers && bundle.header.device.isNone();
}

Result<BundleImport> importEnrolment(const std::string& folder, BytesView file, Environment environment) {
    HZ_TRY(const Bundle bundle, sync::openBundle(file));
    HZ_CHECK(Home::finishEnrolment(folder, bundle, environment));
    HZ_TRY(const std::unique_ptr<Home> home, Home::open(folder, environment));
    return takeAnswers(*home, bundle, {});
}

}  // namespace hezhang::ledger
