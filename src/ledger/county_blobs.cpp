// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's files as devices see them: who may bring one, who may have one.
#include <algorithm>
#include <filesystem>

#include "src/ledger/authentic.h"
#include "src/ledger/blobs.h"
#include "src/ledger/county_folder.h"
#include "sync/transport/sealed_message.h"

namespace hezhang::ledger {

using sync::Value;

namespace {

constexpr std::string_view kBrought =
    "brought/";  // + device id: files it began to bring, as far as no record may name them yet
constexpr std::uint64_t kUnnamedBytesMax = 64 * 1024 * 1024;
constexpr std::size_t kUnnamedFilesMax = 1000;

using Brought = std::vector<std::pair<Hash, std::uint64_t>>;  // file, size

}  // namespace

Result<Bytes> CountyFolder::handleBlobPut(BytesView request) {
    if (sync::isSealed(request)) {
        HZ_TRY(const Letter letter, unsealed(request));
        HZ_TRY(const Bytes answer, handleAddressed(letter.message));
        return letter.sealed(*m_suite, answer);
    }
    HZ_TRY(const auto asked, authentic<sync::BlobPut>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::BlobPutAnswer answer{{}, sync::BlobStatus::refused, 0};
    if (asked->isEnrolled) {  // a revoked one too: what it had not sent comes in
        HZ_TRY(const bool hasRoom, hasBlobRoom(asked->message));
        answer.status = sync::BlobStatus::noRoom;
        if (hasRoom) {
            HZ_TRY(answer, m_blobs->put(asked->message));
        }
    }
    return asked->answer(*m_suite, answer);
}

Result<bool> CountyFolder::hasBlobRoom(const sync::BlobPut& chunk) {
    if (chunk.offset != 0 || chunk.bytes.empty() || chunk.total > sync::kBlobMax) {
        return true;  // a question, a file that was begun, or one that is refused anyhow
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    const std::string key = std::string(kBrought) + chunk.device.hex();
    HZ_TRY(const std::optional<Bytes> bytes, m_store->meta(key));
    HZ_TRY(Brought brought,
           bytes ? sync::decode<Brought>(*bytes, "files brought") : Result<Brought>(Brought{}));
    const auto isNoted = [&] {
        return std::any_of(brought.begin(), brought.end(), [&](const auto& one) {
            return one.first == chunk.hash && one.second >= chunk.total;
        });
    };
    const auto isFull = [&] {
        std::uint64_t all = chunk.total;
        for (const auto& [file, size] : brought) {
            all += size;
        }
        return all > kUnnamedBytesMax || brought.size() >= kUnnamedFilesMax;
    };
    if (isNoted()) {
        return true;
    }
    if (isFull()) {
        Brought unnamed;
        for (const auto& one : brought) {
            HZ_TRY(const bool isFileNamed, isBlobNamed(*m_store, registers(), one.first));
            if (!isFileNamed) {
                unnamed.push_back(one);
            }
        }
        brought = std::move(unnamed);
    }
    if (isFull()) {
        return false;
    }
    brought.emplace_back(chunk.hash, chunk.total);
    HZ_CHECK(m_store->setMeta(key, sync::encode(brought)));
    HZ_CHECK(scope.commit());
    return true;
}

Result<Bytes> CountyFolder::handleBlobGet(BytesView request) {
    if (sync::isSealed(request)) {
        HZ_TRY(const Letter letter, unsealed(request));
        HZ_TRY(const Bytes answer, handleBlobGet(letter.message));
        return letter.sealed(*m_suite, answer);
    }
    HZ_TRY(const auto asked, authentic<sync::BlobGet>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::BlobGetAnswer answer;
    answer.status = sync::BlobStatus::refused;
    if (asked->device) {
        HZ_TRY(const bool isAllowed, mayRead(*asked->device, asked->message.hash));
        answer.status = sync::BlobStatus::notFound;
        if (isAllowed) {
            HZ_TRY(answer, m_blobs->get(asked->message.hash, asked->message.offset));
        }
    }
    return asked->answer(*m_suite, answer);
}

Result<bool> CountyFolder::mayRead(const sync::DeviceRow& device, const Hash& blob) {
    HZ_TRY(const std::vector<std::string> scopes,
           m_judge->scopesOf(device.enrolment, m_county->projection()));
    for (const std::string& cell : blobCells(registers())) {
        HZ_TRY(const std::vector<RecordId> records, m_store->recordsHolding(cell, Value::text(blob.hex())));
        for (const RecordId& id : records) {
            HZ_TRY(const std::optional<sync::RecordRow> record, m_store->record(id));
            if (record && sync::holdsScope(scopes, record->scope)) {
                return true;
            }
        }
    }
    return false;
}

// -- thumbnails

Result<Bytes> CountyFolder::handleThumbs(BytesView request) {
    if (sync::isSealed(request)) {
        HZ_TRY(const Letter letter, unsealed(request));
        HZ_TRY(const Bytes answer, handleThumbs(letter.message));
        return letter.sealed(*m_suite, answer);
    }
    HZ_TRY(const auto asked, authentic<sync::ThumbRequest>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::ThumbAnswer answer;
    answer.status = sync::BlobStatus::refused;
    if (asked->device) {
        HZ_TRY(answer, exchangeThumbs(*asked->device, asked->message));
    }
    return asked->answer(*m_suite, answer);
}

// Only of files that the device could have: its records come first, so what is not named is not kept either.
Result<sync::ThumbAnswer> CountyFolder::exchangeThumbs(const sync::DeviceRow& device,
                                                       const sync::ThumbRequest& request) {
    sync::ThumbAnswer answer;
    if (request.brought.size() + request.asked.size() > sync::kThumbsPerMessage) {
        answer.status = sync::BlobStatus::tooLarge;
        return answer;
    }
    for (const sync::Thumb& thumb : request.brought) {
        HZ_TRY(const bool isAllowed, mayRead(device, thumb.blob));
        HZ_CHECK(isAllowed ? m_blobs->keepThumb(thumb) : Result<void>());
    }
    for (const Hash& blob : request.asked) {
        HZ_TRY(const bool isAllowed, mayRead(device, blob));
        HZ_TRY(std::optional<Bytes> picture,
               isAllowed ? m_blobs->thumb(blob) : Result<std::optional<Bytes>>(std::nullopt));
        if (picture) {
            answer.found.push_back({blob, *std::move(picture)});
        }
    }
    return answer;
}

// -- garbage

// When this history began: later than what was restored from a backup was written. 0: with the county.
Result<WallMs> CountyFolder::epochBegan() {
    WallMs began = 0;
    HZ_TRY(const std::vector<sync::EntryRow> rows, m_store->entries(0, SIZE_MAX));
    for (const sync::EntryRow& row : rows) {
        HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row.entry, "log entry"));
        const auto* control = std::get_if<sync::ControlEntry>(&entry.content);
        if (control != nullptr && control->kind == sync::ControlKind::epoch) {
            began = entry.at;
        }
    }
    return began;
}

Result<void> CountyFolder::forgetBrought(const std::vector<Hash>& removed) {
    HZ_TRY(const std::vector<sync::DeviceRow> devices, m_store->devices());
    for (const sync::DeviceRow& device : devices) {
        const std::string key = std::string(kBrought) + device.enrolment.device.hex();
        HZ_TRY(const std::optional<Bytes> bytes, m_store->meta(key));
        if (!bytes) {
            continue;
        }
        HZ_TRY(Brought brought, sync::decode<Brought>(*bytes, "files brought"));
        const std::size_t gone = std::erase_if(brought, [&](const auto& one) {
            return std::find(removed.begin(), removed.end(), one.first) != removed.end();
        });
        if (gone > 0) {
            HZ_CHECK(m_store->setMeta(key, sync::encode(brought)));
        }
    }
    return {};
}

Result<GarbageReport> CountyFolder::throwAwayGarbage(const GarbageRequest& request) {
    HZ_TRY(const FileLock lock, lockForOperator());
    NamedInLog named(*m_store, *m_suite);
    HZ_CHECK(named.readOn());
    HZ_TRY(const WallMs began, epochBegan());
    // What came in meanwhile. From here on devices wait, so this part is short.
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*m_store));
    HZ_CHECK(named.readOn());
    // Devices may still hand back what names a file.
    const bool isRestored = began > now() - request.age;
    const auto isGarbage = [&](const Hash& blob) -> Result<bool> {
        return !isRestored && !named.contains(blob);
    };
    GarbageReport report;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder + "/blobs", error)) {
        if (entry.is_directory()) {
            HZ_CHECK(
                throwAway({entry.path().string(), now() - request.age, request.isDryRun}, isGarbage, report));
        }
    }
    if (!request.isDryRun) {
        HZ_CHECK(forgetBrought(report.removed));
    }
    HZ_CHECK(scope.commit());
    return report;
}

}  // namespace hezhang::ledger
