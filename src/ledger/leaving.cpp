// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/leaving.h"

#include <array>
#include <filesystem>

#include "src/ledger/blobs.h"
#include "src/ledger/carrying.h"
#include "src/ledger/drafts.h"

namespace hezhang::ledger {
namespace {

constexpr int kExportsMax = 5;  // somebody may go on writing meanwhile

// Everything a home may have in its folder, what has texts in it first, the database last.
constexpr std::string_view kCarriedPart = "/carried";
constexpr std::array<std::string_view, 13> kParts{
    "/drafts", "/search.db-wal", "/search.db-shm", "/search.db",   kCarriedPart,   "/blobs",  "/waiting",
    "/guard",  "/url",           "/last-sync",     "/home.db-wal", "/home.db-shm", "/home.db"};

constexpr std::string_view kWiped = "wiped";  // of the database's values: its identity went with a wipe
constexpr const char* kWipedNote = "/wiped";
constexpr std::string_view kWipedWords =
    "县政务公开办已停用并清空本机。未上报的内容清空前已先交到县里。\n"
    "The county office has revoked this device and had it emptied. What had not been sent was handed in "
    "first.\n";

// Bundles of others that nobody has brought to the county yet: their devices may be gone. Who takes the
// folder up again brings them; nobody here can read them.
std::error_code removeCarried(const std::string& folder) {
    std::error_code error;
    std::error_code none;
    bool isAnyLeft = false;
    for (const auto& entry : std::filesystem::directory_iterator(folder, none)) {
        const bool isUnbrought = isUnansweredBundle(entry.path().filename().string());
        isAnyLeft = isAnyLeft || isUnbrought;
        if (!isUnbrought && !error) {
            std::filesystem::remove_all(entry.path(), error);
        }
    }
    if (!isAnyLeft && !error) {
        std::filesystem::remove_all(folder, error);
    }
    return error;
}

Result<void> removeParts(const std::string& folder) {
    for (const std::string_view part : kParts) {
        std::error_code error;
        const std::string path = folder + std::string(part);
        if (part == kCarriedPart) {
            error = removeCarried(path);
        } else {
            std::filesystem::remove_all(path, error);
        }
        if (error) {
            return fail(ErrorCode::fileUnwritable, path + " cannot be removed");
        }
    }
    return syncFolder(folder);
}

std::string wordsFor(const UnsentWork& work) {
    std::string text;
    const auto add = [&](std::uint64_t count, const char* what) {
        if (count > 0) {
            text += (text.empty() ? "" : ", ") + std::to_string(count) + what;
        }
    };
    add(work.edits, " edits");
    add(work.blobs, " files");
    add(work.drafts, " drafts that were not saved");
    return text;
}

// What a bundle has to hold: written down before, looked at again when the home is closed.
struct Offered {
    std::vector<Hash> segments;
    std::vector<std::string> blobs;
    std::size_t orphans = 0;
    bool hasTail = false;
    auto operator<=>(const Offered&) const = default;
};

Result<Offered> offeredBy(Home& home) {
    Offered offered;
    HZ_TRY(offered.segments, home.store().segmentsIn(sync::SegmentState::unsent));
    HZ_TRY(offered.blobs, pendingBlobs(home));
    HZ_TRY(const std::vector<sync::EntryRow> orphans, home.replica().orphansToGive());
    offered.orphans = orphans.size();
    HZ_TRY(const std::vector<sync::LaneRow> lanes, home.store().lanes());
    for (const sync::LaneRow& lane : lanes) {
        HZ_TRY(const std::uint64_t tail,
               lane.isMine ? home.store().tailCount(lane.lane) : Result<std::uint64_t>(0));
        offered.hasTail = offered.hasTail || tail > 0;
    }
    return offered;
}

enum class Why : std::uint8_t { left, wiped };

// True: nothing was left here but what is in `taken`, and nobody writes here any more.
Result<bool> closeWith(Home& home, const Offered& taken, Why why) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_TRY(const Offered now, offeredBy(home));
    if (now != taken) {
        return false;
    }
    HZ_CHECK(home.replica().forgetIdentity());
    HZ_CHECK(why == Why::wiped ? home.store().setMeta(kWiped, Bytes{1}) : Result<void>());
    HZ_CHECK(scope.commit());
    // So that the database says it without its log too, which goes before it. Where somebody reads, the log
    // stays until both go.
    (void)home.store().database().fold();
    return true;
}

Result<void> removeWiped(const std::string& folder) {
    HZ_CHECK(writeInPlace(folder + kWipedNote, viewOf(kWipedWords)));
    HZ_CHECK(syncFolder(folder));
    return removeParts(folder);
}

}  // namespace

Result<UnsentWork> unsentWork(Home& home) {
    UnsentWork work;
    HZ_TRY(const sync::OwnCounts own, home.replica().ownCounts());
    HZ_TRY(const std::vector<sync::EntryRow> orphans, home.replica().orphansToGive());
    HZ_TRY(const std::vector<std::string> blobs, pendingBlobs(home));
    HZ_TRY(const std::vector<std::string> slots, drafts(home));
    work.edits = own.local + orphans.size();
    work.blobs = blobs.size();
    work.drafts = slots.size();
    return work;
}

Result<std::optional<BundleExport>> leave(Home& home, const std::optional<std::string>& bundle,
                                          bool isWithDrafts) {
    HZ_TRY(UnsentWork work, unsentWork(home));
    work.drafts = isWithDrafts ? 0 : work.drafts;
    if (bundle) {
        work.edits = 0;
        work.blobs = 0;
    }
    if (!work.isNone()) {
        return fail(ErrorCode::unsentWork, wordsFor(work) + " are on this device only");
    }
    for (int i = 0; i < kExportsMax; ++i) {
        std::optional<BundleExport> done;
        if (bundle) {
            HZ_TRY(done, exportBundle(home, *bundle, sync::kBundleBytesMax, {.isFarewell = true}));
            if (!done->isAll) {
                return fail(
                    ErrorCode::tooLarge,
                    "what is only here does not fit into one bundle; carry this one to the county first");
            }
        }
        HZ_TRY(const FileLock lock, lockForSync(home));
        HZ_TRY(const Offered offered, offeredBy(home));
        const bool isInBundle = done && !offered.hasTail && offered.blobs.size() == done->blobs &&
                                offered.segments.size() == done->segments;
        const bool isNothing = offered == Offered{};
        HZ_TRY(const bool isClosed,
               isInBundle || isNothing ? closeWith(home, offered, Why::left) : Result<bool>(false));
        if (isClosed) {
            forgetWipe(home.folder());
            HZ_CHECK(removeParts(home.folder()));
            return done;
        }
        if (!bundle) {
            break;
        }
    }
    return fail(ErrorCode::unsentWork, "somebody goes on writing to this home");
}

Result<bool> finishLeaving(const std::string& folder) {
    bool isWiped = false;
    {
        HZ_TRY(const std::unique_ptr<sync::SqliteStore> store,
               sync::SqliteStore::open(folder + "/home.db", storage::Access::open));
        HZ_TRY(const std::optional<Bytes> identity, store->meta("identity"));
        if (!identity || !identity->empty()) {
            return false;
        }
        HZ_TRY(isWiped, isMarkedWiped(*store));
    }
    HZ_CHECK(isWiped ? removeWiped(folder) : removeParts(folder));
    return true;
}

// -- by the county's order

Result<bool> isMarkedWiped(sync::Store& store) {
    HZ_TRY(const std::optional<Bytes> mark, store.meta(kWiped));
    return mark && !mark->empty();
}

Result<bool> wipe(Home& home) {
    HZ_TRY(const bool isClosed, closeWith(home, Offered{}, Why::wiped));
    HZ_CHECK(isClosed ? removeWiped(home.folder()) : Result<void>());
    return isClosed;
}

void finishWiping(const std::string& folder) {
    const auto lock = FileLock::tryTake(folder + "/sync.lock");
    if (!lock || !*lock) {
        return;
    }
    if (wasWiped(folder)) {
        (void)removeParts(folder);  // what another program wrote there when the home was gone
    } else if (fileExists(folder + "/home.db")) {
        (void)finishLeaving(folder);
    }
}

bool wasWiped(const std::string& folder) {
    return fileExists(folder + kWipedNote) && !fileExists(folder + "/home.db");
}

void forgetWipe(const std::string& folder) {
    std::error_code ignored;
    std::filesystem::remove(folder + kWipedNote, ignored);
}

}  // namespace hezhang::ledger
