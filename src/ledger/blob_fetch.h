// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Other people's evidence and photos, brought from the county: in chunks that go on where they stopped,
// the hash checked before a file gets its name, durable when it has it.
//
// Which:   what live values of the scopes that this home holds name, the newest first. By themselves for
//          those whose work needs them (fetchesByItself); for others when they ask for it.
// Files:   blobs/HASH.part: what has come so far, durable up to its length.
// Shape:   what the county does not have yet is passed over and asked for again in later rounds, ever less
//          often: from half a minute to half an hour. What came wrong twice in a round waits in the same
//          way.
//          By file (bundles.h) a home asks for each by one message, and the county goes on by itself. Pieces
//          may come late, twice and in any order: one that begins behind what is here is left, of one that
//          begins before it the rest is taken.
// Limits:  so many bytes in a round; and the disk keeps room for the person's own work.
// Errors:  notOurServer, refused (the county gives this device nothing); storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/home.h"
#include "sync/transport/blob_messages.h"

namespace hezhang::ledger {

inline constexpr std::uint64_t kFetchBytesDefault = 64 * 1024 * 1024;
inline constexpr std::size_t kFetchAbsentMax = 100;  // so many that the county lacks end a round's asking
inline constexpr std::size_t kFetchByFileMax = 100;  // so many a bundle asks for

// Who works with the files of others. Supervisors and auditors hold everything and look at little of it.
[[nodiscard]] bool fetchesByItself(std::string_view role);

// Files that live values of the scopes held here name and that are not in blobs/: newest first, each once.
[[nodiscard]] Result<std::vector<std::string>> missingBlobs(Home& home);

// One file on its way here, as steps.
class BlobPull {
public:
    enum class End : std::uint8_t {
        here,
        absent,  // the county does not have it, or not for this device
        damaged  // what came is something else, twice
    };

    BlobPull(Home& home, std::string name);
    [[nodiscard]] Bytes nextRequest();
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // What came by file, and was asked for from `offset` on.
    [[nodiscard]] Result<void> onCarried(std::uint64_t offset, const sync::BlobGetAnswer& answer);
    [[nodiscard]] std::optional<End> end() const { return m_end; }
    [[nodiscard]] const std::string& name() const { return m_name; }
    [[nodiscard]] std::uint64_t bytesTaken() const { return m_taken; }

private:
    // `offset`: from where it was asked for; at most what is here, where a piece comes.
    [[nodiscard]] Result<void> takeAnswer(std::uint64_t offset, const sync::BlobGetAnswer& answer);
    [[nodiscard]] Result<void> takeChunk(BytesView bytes, std::uint64_t total);
    void beginAnew();

    Home* m_home;
    std::string m_name;
    std::string m_path;
    std::string m_part;
    Bytes m_requestTag;
    std::uint64_t m_have = 0;
    std::uint64_t m_taken = 0;  // bytes that came, in this round
    int m_attempts = 1;
    std::optional<End> m_end;
};

// All that a round fetches.
class BlobFetch {
public:
    [[nodiscard]] static Result<BlobFetch> begin(Home& home, const SyncOptions& options);
    // nullopt: done for this round, and what has to wait is noted.
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();
    [[nodiscard]] Result<void> onAnswer(BytesView answer);
    // Ends it here: the county gives this device nothing.
    void stop() { m_bytesMax = 0; }

    // -- by file
    // The messages that ask for the first `most` of wanted(), each from where it stopped.
    [[nodiscard]] std::vector<Bytes> requestsForFile(std::size_t most) const;
    // True: something of it was new. Errors also: otherDevice where the request is none of this home's.
    [[nodiscard]] Result<bool> onCarried(BytesView request, BytesView answer);
    // After the last one.
    [[nodiscard]] Result<void> endCarried() { return keepWaiting(); }

    // Those that this round asks for, in its order.
    [[nodiscard]] const std::vector<std::string>& wanted() const { return m_queue; }
    [[nodiscard]] std::uint64_t fetched() const { return m_fetched; }
    [[nodiscard]] std::uint64_t total() const { return m_queue.size(); }

private:
    // What the county did not have: how often it was asked, and when.
    struct Waiting {
        Hash blob;
        std::uint64_t times = 0;
        WallMs at = 0;
        bool operator==(const Waiting&) const = default;

        template <class Archive>
        void serialize(Archive& archive) {
            archive(blob, times, at);
        }
    };

    BlobFetch(Home& home, std::uint64_t bytesMax, std::uint64_t diskFreeMin)
        : m_home(&home), m_bytesMax(bytesMax), m_diskFreeMin(diskFreeMin) {}
    void arrange(std::vector<std::string> missing, bool isByHand);
    [[nodiscard]] bool hasRoom() const;
    void close(BlobPull::End end);
    [[nodiscard]] Waiting* waiting(const Hash& blob);
    [[nodiscard]] Result<void> keepWaiting();

    Home* m_home;
    std::uint64_t m_bytesMax;
    std::uint64_t m_diskFreeMin;
    std::vector<std::string> m_queue;
    std::size_t m_next = 0;
    std::optional<BlobPull> m_pull;
    std::uint64_t m_bytes = 0;  // of files that have ended
    std::uint64_t m_fetched = 0;
    std::size_t m_absent = 0;
    std::vector<Waiting> m_waiting;
    std::vector<Waiting> m_waitingBefore;
};

}  // namespace hezhang::ledger
