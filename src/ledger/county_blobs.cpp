// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's files as devices see them: who may bring one, who may have one.
#include <algorithm>

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

}  // namespace

Result<Bytes> CountyFolder::handleBlobPut(BytesView request) {
    if (sync::isSealed(request)) {
        HZ_TRY(const Letter letter, unsealed(request));
        HZ_TRY(const Bytes answer, handleBlobPut(letter.message));
        return letter.sealed(*m_suite, answer);
    }
    HZ_TRY(const auto asked, authentic<sync::BlobPut>(*m_county, request));
    if (!asked) {
        return Bytes{};
    }
    sync::BlobPutAnswer answer{{}, sync::BlobStatus::refused, 0};
    if (asked->device) {
        HZ_TRY(const bool hasRoom, hasBlobRoom(asked->message));
        answer.status = sync::BlobStatus::noRoom;
        if (hasRoom) {
            HZ_TRY(answer, m_blobs->put(asked->message));
        }
    }
    return asked->answer(*m_suite, answer);
}

Result<bool> CountyFolder::isNamed(const Hash& blob) {
    for (const std::string& cell : blobCells(registers())) {
        HZ_TRY(const std::vector<RecordId> records, m_store->recordsHolding(cell, Value::text(blob.hex())));
        if (!records.empty()) {
            return true;
        }
    }
    return false;
}

Result<bool> CountyFolder::hasBlobRoom(const sync::BlobPut& chunk) {
    using Brought = std::vector<std::pair<Hash, std::uint64_t>>;  // file, size
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
            HZ_TRY(const bool isFileNamed, isNamed(one.first));
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

}  // namespace hezhang::ledger
