// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blobs.h"

#include <algorithm>
#include <filesystem>

#include "src/ledger/files.h"
#include "sync/base/check.h"
#include "sync/transport/blob_messages.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kSent = "blob-sent/";   // + name: the epoch in which the county had the file

}  // namespace

Result<std::vector<std::string>> pendingBlobs(Home& home) {
    std::vector<std::string> pending;
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(home.folder() + "/blobs", error)) {
        const std::string name = entry.path().filename().string();
        if (!Hash::fromHexText(name)) {
            continue;  // a file on its way in
        }
        HZ_TRY(const std::optional<Bytes> sent, home.store().meta(std::string(kSent) + name));
        // A restored county may have lost it: in a new epoch it is asked again, which costs one small request.
        if (!sent || *sent != copyOf(cursor.epoch.view())) {
            pending.push_back(name);
        }
    }
    std::sort(pending.begin(), pending.end());
    return pending;
}

Result<BlobPush> BlobPush::begin(Home& home, const std::string& name) {
    HZ_TRY(Bytes content, readFile(home.folder() + "/blobs/" + name, kBlobBytesMax));
    return BlobPush(home, name, std::move(content));
}

std::optional<Bytes> BlobPush::nextRequest() {
    if (m_isDone) {
        return std::nullopt;
    }
    sync::BlobPut request;
    request.device = m_home->me().enrolment.device;
    request.hash = *Hash::fromHexText(m_name);
    request.total = m_content.size();
    request.offset = m_have;
    if (m_isAsked) {
        const std::size_t size = std::min<std::size_t>(sync::kBlobChunkMax, m_content.size() - m_have);
        request.bytes = copyOf(BytesView(m_content).subspan(m_have, size));
    }
    const Bytes framed = sync::frameWithMac(m_home->suite(), sync::encode(request), m_home->me().macKey, {});
    const auto frame = sync::decode<sync::Frame>(framed, "request");
    HZ_ASSERT(frame.has_value());
    m_requestTag = frame->tag;
    return framed;
}

Result<void> BlobPush::onAnswer(BytesView bytes) {
    auto opened = sync::openFrame(bytes);
    if (!opened || !sync::isMacOf(m_home->suite(), opened->frame, m_home->me().macKey, m_requestTag)) {
        return fail(ErrorCode::notOurServer, "what answered is not the county's endpoint");
    }
    HZ_TRY(const sync::BlobPutAnswer answer, sync::decode<sync::BlobPutAnswer>(opened->plain, "answer"));
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
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_home->store()));
    HZ_TRY(const sync::Cursor cursor, m_home->replica().cursor());
    HZ_CHECK(m_home->store().setMeta(std::string(kSent) + m_name, cursor.epoch.view()));
    return scope.commit();
}

}  // namespace hezhang::ledger
