// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blob_fetch.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "src/ledger/blobs.h"
#include "src/ledger/files.h"
#include "src/ledger/part_file.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kWaiting = "blobs-waiting";
constexpr WallMs kWaitMin = 30'000;
constexpr std::uint64_t kDoublingsMax = 6;  // about half an hour
constexpr int kAttemptsMax = 2;
constexpr std::array<std::string_view, 4> kFetchingRoles{"office", "checker", "leader", "clerk"};

WallMs waitAfter(std::uint64_t times) {
    return kWaitMin << std::min(times == 0 ? 0 : times - 1, kDoublingsMax);
}

}  // namespace

bool fetchesByItself(std::string_view role) {
    return std::find(kFetchingRoles.begin(), kFetchingRoles.end(), role) != kFetchingRoles.end();
}

// Also those that are here: what lies in the folder can change without a change of the database.
static Result<std::vector<NamedBlob>> namedBlobs(Home& home) {
    std::vector<sync::LiveRow> adds;
    for (const std::string& cell : blobCells(home.registers())) {
        HZ_TRY(std::vector<sync::LiveRow> rows, home.store().addsOf(cell));
        adds.insert(adds.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
    }
    std::stable_sort(adds.begin(), adds.end(),
                     [](const sync::LiveRow& a, const sync::LiveRow& b) { return b.order < a.order; });
    std::vector<NamedBlob> named;
    for (const sync::LiveRow& row : adds) {
        const auto blob = Hash::fromHexText(row.value.asText().value_or(""));
        if (blob && !row.isHidden) {
            named.push_back({*blob, row.record});
        }
    }
    return named;
}

Result<std::vector<std::string>> missingBlobs(Home& home) {
    HZ_TRY(const std::vector<NamedBlob>* named,
           home.memory().namedBlobs.get(home.store().database(), [&] { return namedBlobs(home); }));
    std::vector<std::string> missing;
    if (named->empty()) {
        return missing;
    }
    HZ_TRY(const sync::ScopeState scopes, home.replica().scopeState());
    std::set<Hash> seen;
    std::map<RecordId, bool> isShown;
    for (const NamedBlob& row : *named) {
        if (seen.contains(row.blob) || fileExists(home.folder() + "/blobs/" + row.blob.hex())) {
            continue;
        }
        if (!isShown.contains(row.record)) {
            HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(row.record));
            const bool isHeld = record && sync::holdsScope(scopes.held, record->scope);
            HZ_TRY(const bool isGone, isHeld ? home.state().isGone(row.record) : Result<bool>(true));
            isShown[row.record] = !isGone;
        }
        if (isShown[row.record]) {
            seen.insert(row.blob);
            missing.push_back(row.blob.hex());
        }
    }
    return missing;
}

// -- one file

BlobPull::BlobPull(Home& home, std::string name)
    : m_home(&home),
      m_name(std::move(name)),
      m_path(home.folder() + "/blobs/" + m_name),
      m_part(m_path + ".part"),
      m_have(sizeOf(m_part).value_or(0)) {}

Bytes BlobPull::nextRequest() {
    sync::BlobGet request;
    request.device = m_home->me().enrolment.device;
    request.hash = *Hash::fromHexText(m_name);
    request.offset = m_have;
    Bytes framed = sync::frameWithMac(m_home->suite(), sync::encode(request), m_home->me().macKey, {});
    m_requestTag = sync::tagOf(framed);
    return framed;
}

void BlobPull::beginAnew() {
    ::unlink(m_part.c_str());
    m_have = 0;
    if (++m_attempts > kAttemptsMax) {
        m_end = End::damaged;
    }
}

Result<void> BlobPull::onAnswer(BytesView bytes) {
    HZ_TRY(const sync::BlobGetAnswer answer,
           sync::answerTo<sync::BlobGetAnswer>(m_home->suite(), bytes, m_home->me().macKey, m_requestTag));
    if (answer.status == sync::BlobStatus::refused) {
        return fail(ErrorCode::refused, "the county gives this device no files");
    }
    return takeAnswer(m_have, answer);
}

Result<void> BlobPull::takeAnswer(std::uint64_t offset, const sync::BlobGetAnswer& answer) {
    switch (answer.status) {
    case sync::BlobStatus::ok:
        return takeChunk(BytesView(answer.bytes).subspan(m_have - offset), answer.total);
    case sync::BlobStatus::wrongOffset:
        if (offset == m_have) {
            beginAnew();  // a part that is longer than the file is of something else
        }
        return {};
    case sync::BlobStatus::refused:
        return {};
    case sync::BlobStatus::notFound:
    case sync::BlobStatus::tooLarge:
    case sync::BlobStatus::wrongHash:
    case sync::BlobStatus::noRoom:
        break;
    }
    m_end = End::absent;
    return {};
}

Result<void> BlobPull::takeChunk(BytesView bytes, std::uint64_t total) {
    if (total > sync::kBlobMax || m_have > total || bytes.size() > total - m_have ||
        (bytes.empty() && m_have < total)) {
        beginAnew();
        return {};
    }
    HZ_CHECK(makeFolder(m_home->folder() + "/blobs"));
    if (!bytes.empty() || m_have == 0) {
        HZ_CHECK(appendPiece(m_part, m_have, bytes));
    }
    m_have += bytes.size();
    m_taken += bytes.size();
    if (m_have < total) {
        return {};
    }
    HZ_TRY(const PartEnd end, finishPart(m_part, m_path, m_home->suite(), *Hash::fromHexText(m_name)));
    if (end == PartEnd::wrongHash) {
        beginAnew();
        return {};
    }
    // Ended before this note it is a file like one's own: the next round asks whether the county has it.
    HZ_CHECK(noteAtCounty(*m_home, m_name, BlobOrigin::county));
    ::unlink((m_path + std::string(kThumbSuffix)).c_str());
    m_end = End::here;
    return {};
}

// Of what does not fit here nothing is said: it is asked for again from where the part ends. Nor is it tried
// twice: the next answer comes with the next file.
Result<void> BlobPull::onCarried(std::uint64_t offset, const sync::BlobGetAnswer& answer) {
    m_attempts = kAttemptsMax;
    if (answer.status == sync::BlobStatus::ok) {
        const std::uint64_t known = offset > m_have ? 0 : m_have - offset;
        const bool isKnown =
            known > answer.bytes.size() || (known == answer.bytes.size() && m_have < answer.total);
        if (offset > m_have || isKnown) {
            return {};
        }
    }
    return takeAnswer(offset, answer);
}

// -- all of a round

Result<BlobFetch> BlobFetch::begin(Home& home, const SyncOptions& options) {
    const bool isWanted =
        options.fetchBytesMax ? *options.fetchBytesMax > 0 : fetchesByItself(home.me().enrolment.role);
    BlobFetch fetch(home, isWanted ? options.fetchBytesMax.value_or(kFetchBytesDefault) : 0,
                    options.diskFreeMin);
    if (!isWanted) {
        return fetch;
    }
    HZ_TRY(const std::optional<Bytes> noted, home.store().meta(kWaiting));
    if (noted) {
        fetch.m_waitingBefore =
            sync::decode<std::vector<Waiting>>(*noted, "files waited for").value_or(std::vector<Waiting>{});
    }
    HZ_TRY(std::vector<std::string> missing, missingBlobs(home));
    fetch.arrange(std::move(missing), options.isByHand);
    return fetch;
}

// First what was never asked for, then what the county lacked, that which was asked for longest ago in front.
void BlobFetch::arrange(std::vector<std::string> missing, bool isByHand) {
    std::vector<std::pair<WallMs, std::string>> again;
    for (std::string& name : missing) {
        const Hash blob = *Hash::fromHexText(name);
        const auto before = std::find_if(m_waitingBefore.begin(), m_waitingBefore.end(),
                                         [&](const Waiting& one) { return one.blob == blob; });
        if (before == m_waitingBefore.end()) {
            m_queue.push_back(std::move(name));
            continue;
        }
        m_waiting.push_back(*before);
        const WallMs since = m_home->now() - before->at;
        // A clock that went back must not make it wait for years.
        if (isByHand || since < 0 || since >= waitAfter(before->times)) {
            again.emplace_back(before->at, std::move(name));
        }
    }
    std::stable_sort(again.begin(), again.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [at, name] : again) {
        m_queue.push_back(std::move(name));
    }
}

bool BlobFetch::hasRoom() const {
    const std::uint64_t bytes = m_bytes + (m_pull ? m_pull->bytesTaken() : 0);
    std::error_code error;
    const auto space = std::filesystem::space(m_home->folder(), error);
    return bytes < m_bytesMax && !error && space.available >= m_diskFreeMin;
}

Result<std::optional<Bytes>> BlobFetch::nextRequest() {
    if (!m_pull && m_next < m_queue.size() && m_absent < kFetchAbsentMax) {
        m_pull.emplace(*m_home, m_queue[m_next++]);
    }
    if (!m_pull || !hasRoom()) {
        HZ_CHECK(keepWaiting());
        return std::optional<Bytes>();
    }
    return std::optional(m_pull->nextRequest());
}

Result<void> BlobFetch::onAnswer(BytesView answer) {
    HZ_CHECK(m_pull->onAnswer(answer));
    if (const auto end = m_pull->end()) {
        close(*end);
    }
    return {};
}

// -- by file

std::vector<Bytes> BlobFetch::requestsForFile(std::size_t most) const {
    std::vector<Bytes> requests;
    for (std::size_t i = 0; hasRoom() && i < m_queue.size() && i < most; ++i) {
        requests.push_back(BlobPull(*m_home, m_queue[i]).nextRequest());
    }
    return requests;
}

Result<bool> BlobFetch::onCarried(BytesView request, BytesView bytes) {
    const sync::MacKey& key = m_home->me().macKey;
    const auto opened = sync::openFrame(request);
    const auto asked = opened ? sync::decode<sync::BlobGet>(opened->plain, "request")
                              : Result<sync::BlobGet>(fail(opened.error()));
    if (!asked || asked->device != m_home->me().enrolment.device ||
        !sync::isMacOf(m_home->suite(), opened->frame, key, {})) {
        return fail(ErrorCode::otherDevice, "the answer is to a message of another device");
    }
    if (bytes.empty()) {
        return false;  // an older county
    }
    HZ_TRY(const sync::BlobGetAnswer answer,
           sync::answerTo<sync::BlobGetAnswer>(m_home->suite(), bytes, key, opened->frame.tag));
    const auto wanted = std::find(m_queue.begin(), m_queue.end(), asked->hash.hex());
    if (wanted == m_queue.end() || !hasRoom()) {
        return false;  // here by now, not asked for any more, or left to the next file
    }
    m_pull.emplace(*m_home, *wanted);
    HZ_CHECK(m_pull->onCarried(asked->offset, answer));
    const bool isNew = m_pull->bytesTaken() > 0 || m_pull->end() == BlobPull::End::here;
    if (const auto end = m_pull->end()) {
        m_queue.erase(wanted);
        close(*end);
    }
    m_pull.reset();
    return isNew;
}

BlobFetch::Waiting* BlobFetch::waiting(const Hash& blob) {
    const auto found = std::find_if(m_waiting.begin(), m_waiting.end(),
                                    [&](const Waiting& one) { return one.blob == blob; });
    return found == m_waiting.end() ? nullptr : &*found;
}

void BlobFetch::close(BlobPull::End end) {
    const Hash blob = *Hash::fromHexText(m_pull->name());
    m_bytes += m_pull->bytesTaken();
    m_pull.reset();
    if (end == BlobPull::End::here) {
        ++m_fetched;
        std::erase_if(m_waiting, [&](const Waiting& one) { return one.blob == blob; });
        return;
    }
    ++m_absent;
    if (waiting(blob) == nullptr) {
        m_waiting.push_back({blob, 0, 0});
    }
    Waiting& noted = *waiting(blob);
    ++noted.times;
    noted.at = m_home->now();
}

Result<void> BlobFetch::keepWaiting() {
    if (m_waiting == m_waitingBefore) {
        return {};
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_home->store()));
    HZ_CHECK(m_home->store().setMeta(kWaiting, sync::encode(m_waiting)));
    HZ_CHECK(scope.commit());
    m_waitingBefore = m_waiting;
    return {};
}

}  // namespace hezhang::ledger
