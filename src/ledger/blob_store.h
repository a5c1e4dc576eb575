// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's photos and scans: one file each, named by its hash, and uploads in progress beside them.
//
// Files:   FOLDER/ab/abcd… a whole blob, durable and checked · FOLDER/ab/abcd….DEVICE.part what a device has
//          sent of it so far, durable up to its length; each device has a part of its own: none can spoil
//          another's · FOLDER/ab/abcd….thumb a small picture of it, of which nothing is proved.
// Errors:  storageFull, storageFailed. What a device does wrong is a BlobStatus.
// Threads: one BlobStore, one thread.
#pragma once

#include <optional>

#include "sync/transport/blob_messages.h"

namespace hezhang::ledger {

class BlobStore {
public:
    BlobStore(std::string folder, const sync::Suite& suite) : m_folder(std::move(folder)), m_suite(suite) {}

    // Takes a chunk, or tells how much is here.
    [[nodiscard]] Result<sync::BlobPutAnswer> put(const sync::BlobPut& chunk);
    // From `offset` on, at most a chunk.
    [[nodiscard]] Result<sync::BlobGetAnswer> get(const Hash& hash, std::uint64_t offset);
    // Where it lies, or would.
    [[nodiscard]] std::string pathOf(const Hash& hash) const;

    // A thumbnail (blob_messages.h): the first one stands.
    [[nodiscard]] Result<void> keepThumb(const sync::Thumb& thumb);
    // nullopt: there is none.
    [[nodiscard]] Result<std::optional<Bytes>> thumb(const Hash& blob);

private:
    [[nodiscard]] std::string folderOf(const Hash& hash) const;
    [[nodiscard]] Result<sync::BlobPutAnswer> finish(const sync::BlobPut& chunk, const std::string& part);

    std::string m_folder;
    const sync::Suite& m_suite;
};

}  // namespace hezhang::ledger
