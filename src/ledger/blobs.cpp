// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blobs.h"

#include <algorithm>
#include <filesystem>

#include "src/ledger/files.h"
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

Result<void> pushBlob(Home& home, const std::string& name, const Ask& ask) {
    HZ_TRY(const Bytes content, readFile(home.folder() + "/blobs/" + name, kBlobBytesMax));
    const auto put = [&](std::uint64_t offset, BytesView part) -> Result<sync::BlobPutAnswer> {
        sync::BlobPut request;
        request.device = home.me().enrolment.device;
        request.hash = *Hash::fromHexText(name);
        request.total = content.size();
        request.offset = offset;
        request.bytes = copyOf(part);
        const Bytes framed = sync::frameWithMac(home.suite(), sync::encode(request), home.me().macKey, {});
        HZ_TRY(const sync::Frame frame, sync::decode<sync::Frame>(framed, "request"));
        HZ_TRY(const sync::Answer answer, ask(sync::kBlobPutPath, framed));
        auto opened = sync::openFrame(answer.body);
        if (!opened || !sync::isMacOf(home.suite(), opened->frame, home.me().macKey, frame.tag)) {
            return fail(ErrorCode::notOurServer, "what answered is not the county's endpoint");
        }
        return sync::decode<sync::BlobPutAnswer>(opened->plain, "answer");
    };
    // Where the last try stopped, this one goes on.
    HZ_TRY(sync::BlobPutAnswer answer, put(0, {}));
    while (answer.status == sync::BlobStatus::ok && answer.have < content.size()) {
        const std::uint64_t have = answer.have;
        const std::size_t size = std::min<std::size_t>(sync::kBlobChunkMax, content.size() - have);
        HZ_TRY(answer, put(have, BytesView(content).subspan(have, size)));
        if (answer.have <= have) {
            break;
        }
    }
    if (answer.status != sync::BlobStatus::ok || answer.have != content.size()) {
        return fail(ErrorCode::refused, "the county did not take the file " + name);
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_CHECK(home.store().setMeta(std::string(kSent) + name, cursor.epoch.view()));
    return scope.commit();
}

}  // namespace hezhang::ledger
