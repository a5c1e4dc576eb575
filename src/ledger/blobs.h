// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Evidence and photos of a home: files named by their hash in blobs/, sent after the ops in chunks that resume where they stopped.
// How others' files come here: blob_fetch.h.
//
// Errors:  storage errors; refused where the county does not take a file.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

// How fast files may travel, each way.
inline constexpr std::uint64_t kFileRateMin = 4 * 1024;   // what the endpoint asks of every body
// Bytes a second from a number with K or M (of 1024) behind it or nothing; nullopt for other texts and less than kFileRateMin.
[[nodiscard]] std::optional<std::uint64_t> rateFromText(std::string_view text);
// What the file `limit-rate` in a home's folder says; 0: no limit, also where it holds no rate.
[[nodiscard]] std::uint64_t fileRate(const std::string& homeFolder);

// The cells that name blobs, each once.
[[nodiscard]] std::vector<std::string> blobCells(const schema::Registers& registers);

// Whether a live value of any record names it.
[[nodiscard]] Result<bool> isBlobNamed(sync::Store& store, const schema::Registers& registers, const Hash& blob);

// Names of those that a record names as it is shown, by cell.
[[nodiscard]] std::vector<std::string> blobsOf(const Home& home, const sync::RecordReading& reading);

// A file in blobs/.
struct BlobFile {
    std::string name;
    bool isAtCounty = false;  // it has confirmed it, in the epoch that this home knows
    bool isFetched = false;   // it came from the county: not added here
};
// All, by name.
[[nodiscard]] Result<std::vector<BlobFile>> blobFiles(Home& home);
// Names of files the county has not confirmed, in byte order. A restored county may have lost any: in a new epoch each is asked for
// again, the fetched ones too, so whoever has a file brings it back.
[[nodiscard]] Result<std::vector<std::string>> pendingBlobs(Home& home);

// Of the files that a record names ("14 of 15").
struct BlobCounts {
    std::size_t named = 0;
    std::size_t here = 0;       // on this device
    std::size_t atCounty = 0;   // of those that are here: how many the county has confirmed
    bool operator==(const BlobCounts&) const = default;
};
[[nodiscard]] Result<BlobCounts> countBlobs(Home& home, const std::vector<std::string>& names);

enum class BlobOrigin : std::uint8_t { own, county };
// The county has it. Durable.
[[nodiscard]] Result<void> noteAtCounty(Home& home, const std::string& name, BlobOrigin origin);
// Whether it has it is asked again. REQUIRES: inside a write transaction.
[[nodiscard]] Result<void> forgetAtCounty(Home& home, const std::string& name);

// A file as the messages that bring all of it, for a bundle; the last one asks how much is there, and its answer is what counts.
[[nodiscard]] Result<std::vector<Bytes>> blobRequests(Home& home, const std::string& name);
// The answer to one of them. True: the county has the whole file, which was not known here.
// Errors: otherDevice, notOurServer; storage errors.
[[nodiscard]] Result<bool> takeBlobAnswer(Home& home, BytesView request, BytesView answer);

// One file on its way to the county, as steps: it first asks how much is there, then sends the rest in chunks.
class BlobPush {
public:
    [[nodiscard]] static Result<BlobPush> begin(Home& home, const std::string& name, std::uint64_t fileRate = 0);
    // nullopt: the county has the whole file, and that is noted.
    [[nodiscard]] std::optional<Bytes> nextRequest();
    // Errors: refused, notOurServer; storage errors.
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    [[nodiscard]] const std::string& name() const { return m_name; }

private:
    BlobPush(Home& home, std::string name, Bytes content, std::size_t chunkBytes)
        : m_home(&home), m_name(std::move(name)), m_content(std::move(content)), m_chunkBytes(chunkBytes) {}
    [[nodiscard]] Result<void> noteSent();

    Home* m_home;
    std::string m_name;
    Bytes m_content;
    std::size_t m_chunkBytes;
    Bytes m_requestTag;
    std::uint64_t m_have = 0;
    bool m_isAsked = false;
    bool m_isDone = false;
};

}  // namespace hezhang::ledger
