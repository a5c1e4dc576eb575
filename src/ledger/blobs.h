// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence and photos of a home: files named by their hash in blobs/, sent after the ops in chunks that resume where they stopped.
//
// Errors:  storage errors; refused where the county does not take a file.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

// Names of own files the county has not confirmed, in byte order.
[[nodiscard]] Result<std::vector<std::string>> pendingBlobs(Home& home);

// A file as the messages that bring all of it, for a bundle; the last one asks how much is there, and its answer is what counts.
[[nodiscard]] Result<std::vector<Bytes>> blobRequests(Home& home, const std::string& name);
// The answer to one of them. True: the county has the whole file, which was not known here.
// Errors: otherDevice, notOurServer; storage errors.
[[nodiscard]] Result<bool> takeBlobAnswer(Home& home, BytesView request, BytesView answer);

// One file on its way to the county, as steps: it first asks how much is there, then sends the rest in chunks.
class BlobPush {
public:
    [[nodiscard]] static Result<BlobPush> begin(Home& home, const std::string& name);
    // nullopt: the county has the whole file, and that is noted.
    [[nodiscard]] std::optional<Bytes> nextRequest();
    // Errors: refused, notOurServer; storage errors.
    [[nodiscard]] Result<void> onAnswer(BytesView answer);

private:
    BlobPush(Home& home, std::string name, Bytes content)
        : m_home(&home), m_name(std::move(name)), m_content(std::move(content)) {}
    [[nodiscard]] Result<void> noteSent();

    Home* m_home;
    std::string m_name;
    Bytes m_content;
    Bytes m_requestTag;
    std::uint64_t m_have = 0;
    bool m_isAsked = false;
    bool m_isDone = false;
};

}  // namespace hezhang::ledger
