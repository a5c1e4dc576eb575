// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blobs.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "src/ledger/files.h"
#include "sync/base/log.h"
#include "sync/transport/blob_messages.h"

namespace hezhang::ledger {
namespace {

// + name: the epoch in which the county had the file, and one byte more where it came from there.
constexpr std::string_view kSent = "blob-sent/";

struct SentNote {
    bool isAtCounty = false;
    bool isFetched = false;
};

Result<SentNote> noteOf(Home& home, const EpochId& epoch, const std::string& name) {
    HZ_TRY(const std::optional<Bytes> sent, home.store().meta(std::string(kSent) + name));
    if (!sent || sent->size() < EpochId::kSize) {
        return SentNote{};
    }
    return SentNote{std::equal(epoch.view().begin(), epoch.view().end(), sent->begin()),
                    sent->size() > EpochId::kSize};
}

Result<bool> isNoted(Home& home, const std::string& name) {
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(const SentNote note, noteOf(home, cursor.epoch, name));
    return note.isAtCounty;
}

// A chunk, or the question how much is there.
Bytes putRequest(Home& home, const std::string& name, const Bytes& content, std::size_t offset, BytesView chunk) {
    sync::BlobPut request;
    request.device = home.me().enrolment.device;
    request.hash = *Hash::fromHexText(name);
    request.total = content.size();
    request.offset = offset;
    request.bytes = copyOf(chunk);
    return sync::frameWithMac(home.suite(), sync::encode(request), home.me().macKey, {});
}

BytesView chunkAt(const Bytes& content, std::size_t offset, std::size_t most) {
    return BytesView(content).subspan(offset, std::min<std::size_t>(most, content.size() - offset));
}

// About eight seconds' worth.
std::size_t chunkFor(std::uint64_t fileRate) {
    constexpr std::uint64_t kSeconds = 8;
    constexpr std::size_t kLeast = 128 * 1024;
    return fileRate == 0 ? sync::kBlobChunkMax
                         : static_cast<std::size_t>(std::clamp<std::uint64_t>(std::min<std::uint64_t>(fileRate, UINT32_MAX) * kSeconds,
                                                                              kLeast, sync::kBlobChunkMax));
}

}  // namespace

std::optional<std::uint64_t> rateFromText(std::string_view text) {
    std::uint64_t unit = 1;
    if (text.ends_with('K') || text.ends_with('M')) {
        unit = text.ends_with('K') ? 1024 : 1024 * 1024;
        text.remove_suffix(1);
    }
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    constexpr std::uint64_t kMost = std::uint64_t{1} << 40;
    if (read.ec != std::errc() || read.ptr != text.data() + text.size() || number > kMost / unit ||
        number * unit < kFileRateMin) {
        return std::nullopt;
    }
    return number * unit;
}

std::uint64_t fileRate(const std::string& homeFolder) {
    constexpr std::size_t kRateBytesMax = 64;
    const std::string path = homeFolder + "/limit-rate";
    const auto content = fileExists(path) ? readFile(path, kRateBytesMax) : Result<Bytes>(Bytes{});
    std::string_view text = content ? textOf(*content) : std::string_view("?");
    while (text.ends_with('\n') || text.ends_with(' ')) {
        text.remove_suffix(1);
    }
    const auto rate = rateFromText(text);
    if (!rate && !text.empty()) {
        log::warning("home", "the file limit-rate holds no rate such as 200K: files are not slowed down");
    }
    return rate.value_or(0);
}

std::vector<std::string> blobCells(const schema::Registers& registers) {
    std::set<std::string> cells;
    for (const schema::RegisterDef& def : registers.all()) {
        for (const schema::FieldDef& cell : def.cells) {
            if (cell.type == schema::FieldType::blobHash) {
                cells.insert(cell.name);
            }
        }
    }
    return {cells.begin(), cells.end()};
}

Result<bool> isBlobNamed(sync::Store& store, const schema::Registers& registers, const Hash& blob) {
    for (const std::string& cell : blobCells(registers)) {
        HZ_TRY(const std::vector<RecordId> records, store.recordsHolding(cell, sync::Value::text(blob.hex())));
        if (!records.empty()) {
            return true;
        }
    }
    return false;
}

std::vector<std::string> blobsOf(const Home& home, const sync::RecordReading& reading) {
    std::vector<std::string> names;
    for (const std::string& name : blobCells(home.registers())) {
        const auto cell = reading.cells.find(name);
        for (const sync::Value& element :
             cell != reading.cells.end() ? cell->second.view.elements : std::vector<sync::Value>{}) {
            names.emplace_back(element.asText().value_or(""));
        }
    }
    return names;
}

Result<void> noteAtCounty(Home& home, const std::string& name, BlobOrigin origin) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(const SentNote before, noteOf(home, cursor.epoch, name));
    Bytes note = copyOf(cursor.epoch.view());
    if (origin == BlobOrigin::county || before.isFetched) {
        note.push_back(1);
    }
    HZ_CHECK(home.store().setMeta(std::string(kSent) + name, note));
    return scope.commit();
}

Result<void> forgetAtCounty(Home& home, const std::string& name) {
    const std::string key = std::string(kSent) + name;
    HZ_TRY(const std::optional<Bytes> noted, home.store().meta(key));
    return noted && !noted->empty() ? home.store().setMeta(key, {}) : Result<void>();
}

Result<std::vector<BlobFile>> blobFiles(Home& home) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(home.folder() + "/blobs", error)) {
        std::string name = entry.path().filename().string();
        if (Hash::fromHexText(name)) {  // else a file on its way in
            names.push_back(std::move(name));
        }
    }
    std::sort(names.begin(), names.end());
    std::vector<BlobFile> files;
    HZ_TRY(const sync::Cursor cursor, names.empty() ? Result<sync::Cursor>(sync::Cursor{}) : home.replica().cursor());
    for (std::string& name : names) {
        HZ_TRY(const SentNote note, noteOf(home, cursor.epoch, name));
        files.push_back({std::move(name), note.isAtCounty, note.isFetched});
    }
    return files;
}

Result<std::vector<std::string>> pendingBlobs(Home& home) {
    std::vector<std::string> pending;
    HZ_TRY(std::vector<BlobFile> files, blobFiles(home));
    for (BlobFile& file : files) {
        if (!file.isAtCounty) {
            pending.push_back(std::move(file.name));
        }
    }
    return pending;
}

Result<BlobCounts> countBlobs(Home& home, const std::vector<std::string>& names) {
    BlobCounts counts;
    for (const std::string& name : names) {
        ++counts.named;
        if (!Hash::fromHexText(name) || !fileExists(home.folder() + "/blobs/" + name)) {
            continue;
        }
        ++counts.here;
        HZ_TRY(const bool isThere, isNoted(home, name));
        counts.atCounty += isThere ? 1 : 0;
    }
    return counts;
}

Result<BlobPush> BlobPush::begin(Home& home, const std::string& name, std::uint64_t fileRate) {
    HZ_TRY(Bytes content, readFile(home.folder() + "/blobs/" + name, kBlobBytesMax));
    return BlobPush(home, name, std::move(content), chunkFor(fileRate));
}

std::optional<Bytes> BlobPush::nextRequest() {
    if (m_isDone) {
        return std::nullopt;
    }
    const Bytes framed =
        putRequest(*m_home, m_name, m_content, m_have, m_isAsked ? chunkAt(m_content, m_have, m_chunkBytes) : BytesView{});
    m_requestTag = sync::tagOf(framed);
    return framed;
}

Result<void> BlobPush::onAnswer(BytesView bytes) {
    HZ_TRY(const sync::BlobPutAnswer answer,
           sync::answerTo<sync::BlobPutAnswer>(m_home->suite(), bytes, m_home->me().macKey, m_requestTag));
    const bool isProgress = !m_isAsked || answer.have > m_have;
    if (answer.status != sync::BlobStatus::ok || answer.have > m_content.size() || !isProgress) {
        return fail(ErrorCode::refused, "the county did not take the file " + m_name);
    }
    m_isAsked = true;
    m_have = answer.have;
    return m_have == m_content.size() ? noteSent() : Result<void>();
}

Result<void> BlobPush::noteSent() {
    m_isDone = true;
    return noteAtCounty(*m_home, m_name, BlobOrigin::own);
}

// -- by file

Result<std::vector<Bytes>> blobRequests(Home& home, const std::string& name) {
    HZ_TRY(const Bytes content, readFile(home.folder() + "/blobs/" + name, kBlobBytesMax));
    std::vector<Bytes> requests;
    std::size_t offset = 0;
    while (offset < content.size()) {
        const BytesView chunk = chunkAt(content, offset, sync::kBlobChunkMax);
        requests.push_back(putRequest(home, name, content, offset, chunk));
        offset += chunk.size();
    }
    requests.push_back(putRequest(home, name, content, 0, {}));
    return requests;
}

Result<bool> takeBlobAnswer(Home& home, BytesView requestBytes, BytesView answerBytes) {
    const sync::MacKey& key = home.me().macKey;
    auto asked = sync::openFrame(requestBytes);
    auto request = asked ? sync::decode<sync::BlobPut>(asked->plain, "request") : fail(ErrorCode::malformed, "");
    if (!request || !sync::isMacOf(home.suite(), asked->frame, key, {})) {
        return fail(ErrorCode::otherDevice, "the answer is to a message of another device");
    }
    HZ_TRY(const sync::BlobPutAnswer answer,
           sync::answerTo<sync::BlobPutAnswer>(home.suite(), answerBytes, key, asked->frame.tag));
    HZ_TRY(const bool isKnown, isNoted(home, request->hash.hex()));
    if (isKnown || answer.status != sync::BlobStatus::ok || answer.have != request->total) {
        return false;  // what did not get there is still pending
    }
    HZ_CHECK(noteAtCounty(home, request->hash.hex(), BlobOrigin::own));
    return true;
}

}  // namespace hezhang::ledger
