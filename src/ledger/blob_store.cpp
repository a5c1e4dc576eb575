// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blob_store.h"

#include <unistd.h>

#include <algorithm>

#include "src/ledger/files.h"
#include "src/ledger/part_file.h"

namespace hezhang::ledger {

using sync::BlobGetAnswer;
using sync::BlobPutAnswer;
using sync::BlobStatus;

std::string BlobStore::folderOf(const Hash& hash) const {
    return m_folder + "/" + hash.hex().substr(0, 2);
}

std::string BlobStore::pathOf(const Hash& hash) const {
    return folderOf(hash) + "/" + hash.hex();
}

Result<BlobPutAnswer> BlobStore::put(const sync::BlobPut& chunk) {
    BlobPutAnswer answer;
    if (chunk.total > sync::kBlobMax || chunk.bytes.size() > sync::kBlobChunkMax) {
        answer.status = BlobStatus::tooLarge;
        return answer;
    }
    const std::string part = pathOf(chunk.hash) + "." + chunk.device.hex() + ".part";
    if (const auto whole = sizeOf(pathOf(chunk.hash)); whole && use(pathOf(chunk.hash))) {
        ::unlink(part.c_str());
        answer.have = *whole;
        return answer;
    }
    answer.have = sizeOf(part).value_or(0);
    // All of it came, and the disk failed before it was in place: only then is it here.
    if (chunk.total > 0 && answer.have == chunk.total) {
        return finish(chunk, part);
    }
    if (chunk.bytes.empty() && chunk.total > 0) {
        return answer;
    }
    if (chunk.offset != answer.have) {
        answer.status = BlobStatus::wrongOffset;
        return answer;
    }
    if (chunk.bytes.size() > chunk.total - std::min(chunk.total, answer.have)) {
        answer.status = BlobStatus::tooLarge;
        return answer;
    }
    HZ_CHECK(makeFolder(folderOf(chunk.hash)));
    HZ_CHECK(appendPiece(part, chunk.offset, chunk.bytes));
    if (chunk.offset == 0) {
        HZ_CHECK(flushFolder(m_folder));
    }
    answer.have += chunk.bytes.size();
    return answer.have == chunk.total ? finish(chunk, part) : Result<BlobPutAnswer>(answer);
}

Result<BlobPutAnswer> BlobStore::finish(const sync::BlobPut& chunk, const std::string& part) {
    // The first piece may have been the last thing before a power cut.
    HZ_CHECK(flushFolder(m_folder));
    HZ_TRY(const PartEnd end, finishPart(part, pathOf(chunk.hash), m_suite, chunk.hash));
    return end == PartEnd::inPlace ? BlobPutAnswer{{}, BlobStatus::ok, chunk.total}
                                   : BlobPutAnswer{{}, BlobStatus::wrongHash, 0};
}

Result<BlobGetAnswer> BlobStore::get(const Hash& hash, std::uint64_t offset) {
    BlobGetAnswer answer;
    const auto size = sizeOf(pathOf(hash));
    if (!size) {
        answer.status = BlobStatus::notFound;
        return answer;
    }
    answer.total = *size;
    if (offset > answer.total) {
        answer.status = BlobStatus::wrongOffset;
        return answer;
    }
    HZ_TRY(answer.bytes, readPiece(pathOf(hash), offset, sync::kBlobChunkMax));
    return answer;
}

Result<void> BlobStore::keepThumb(const sync::Thumb& thumb) {
    const std::string path = pathOf(thumb.blob) + std::string(kThumbSuffix);
    if (!sync::isThumb(thumb.picture) || use(path)) {
        return {};
    }
    HZ_CHECK(makeFolder(folderOf(thumb.blob)));
    return replaceFile(path, thumb.picture);
}

Result<std::optional<Bytes>> BlobStore::thumb(const Hash& blob) {
    const std::string path = pathOf(blob) + std::string(kThumbSuffix);
    if (!sizeOf(path)) {
        return std::optional<Bytes>();
    }
    HZ_TRY(Bytes picture, readFile(path, sync::kThumbMax));
    return std::optional(std::move(picture));
}

}  // namespace hezhang::ledger
