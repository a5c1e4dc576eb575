// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A disk that fails on request: what it holds below one path, what of that has been flushed, and which call
// fails when. FaultVfs tells it what SQLite does, tests/faults/fault_files.cpp what our own small files do.
//
//     FaultDisk disk(folder);       // everything there now counts as flushed
//     disk.plan({.calls = kAllCalls, .at = 7, .how = DiskFault::powerOff});
//     ... work; everything is refused from the seventh call on ...
//     disk.cutPower(seed);          // the files are what a power cut may leave of them
//
// Shape:   the files are real ones, or (Medium::memory) nowhere but in it. A write counts as flushed after a
// sync of its file, a name (made, moved,
//          removed) after a sync of its folder. A power cut keeps what was flushed, a random part of the
//          other writes, the last of them perhaps torn at a sector, and the first few of the other names, in
//          order. What changes files behind the calls that are watched is found when the power goes.
// Errors:  what cannot happen to a test's own folder throws.
// Threads: one.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/random_source.h"

namespace hezhang::test {

// What is asked of the disk: by SQLite, and by our own code for files that are no databases.
enum class DiskCall : std::uint8_t {
    write,
    sync,
    truncate,
    open,
    remove,
    map,
    fileOpen,
    fileWrite,
    fileSync,
    fileMove,
    fileRemove,
    read,     // by SQLite
    allocate  // of memory, by SQLite: fault_memory.h
};
using DiskCalls = std::uint32_t;
[[nodiscard]] constexpr DiskCalls only(DiskCall call) {
    return DiskCalls{1} << static_cast<unsigned>(call);
}
// All that change or open something.
inline constexpr DiskCalls kAllCalls = (only(DiskCall::fileRemove) << 1) - 1;
// Those that want space.
inline constexpr DiskCalls kSpaceCalls = only(DiskCall::write) | only(DiskCall::open) | only(DiskCall::map) |
                                         only(DiskCall::fileOpen) | only(DiskCall::fileWrite);

enum class DiskFault : std::uint8_t {
    ioError,
    full,
    powerOff,
    flip  // of reading: one bit of what was read is another; what is on the disk stays
};

struct DiskPlan {
    DiskCalls calls = 0;   // which are counted
    std::uint64_t at = 0;  // the first that fails, from 1; 0: none does
    DiskFault how = DiskFault::ioError;
    bool isLasting = false;  // those after it fail too
    bool isLying = false;    // a sync succeeds and flushes nothing
    std::uint64_t seed = 1;  // which bit flips
};

// What of the writes that were not flushed a power cut leaves.
enum class Survivors : std::uint8_t {
    random,   // any of them
    none,     // nothing
    earliest  // those up to a moment: a cache that is written back in order
};

// Whether the disk keeps account of what is flushed. Without it there is neither reset nor power cut, and
// any number of calls costs no memory.
enum class Account : std::uint8_t { kept, none };

// Where its files are: real ones below the path; or nowhere else, for FaultVfs alone, and calls of the system
// cost nothing.
enum class Medium : std::uint8_t { files, memory };

class FaultDisk {
public:
    // A folder, or a file with those whose names go on with `-`, `.` or `/`.
    explicit FaultDisk(std::filesystem::path path, Account account = Account::kept,
                       Medium medium = Medium::files);
    FaultDisk(const FaultDisk&) = delete;
    FaultDisk& operator=(const FaultDisk&) = delete;
    ~FaultDisk();

    // All that is there is flushed, and is what reset() goes back to.
    void keep();
    // Back to what was kept, without a plan. REQUIRES (as for cutPower): no file of it is open.
    void reset();
    void plan(const DiskPlan& plan);
    // Without a plan from now on: what was broken works again, what was full has room.
    void mend() { plan({}); }
    // The files are what is left of them when the power goes, now or when the plan had it go. Mends.
    void cutPower(std::uint64_t seed, Survivors survivors = Survivors::random);

    [[nodiscard]] std::uint64_t counted() const { return m_counted; }  // calls of the plan
    [[nodiscard]] bool isReached() const { return m_plan.at > 0 && m_counted >= m_plan.at; }
    // -- in memory
    [[nodiscard]] bool isInMemory() const { return m_medium == Medium::memory; }
    // From now on it holds this file and nothing else, flushed. REQUIRES: no file of it is open.
    void holdOnly(const std::string& path, BytesView content);
    [[nodiscard]] bool has(const std::string& path) const { return m_names.contains(path); }
    [[nodiscard]] const Bytes& contentOf(int file) const {
        return m_files[static_cast<std::size_t>(file)].content;
    }
    [[nodiscard]] Bytes contentAt(const std::string& path) const;  // nothing: there is none
    void write(int file, std::uint64_t offset, BytesView bytes);
    void truncate(int file, std::uint64_t size);
    // What all who have a database open map in common: it lives as long as one of them.
    using Region = std::array<std::uint8_t, 32 * 1024>;
    // null: there is none, and none is to be made.
    [[nodiscard]] Region* region(std::size_t number, bool isMade);
    void forgetRegions() { m_regions.clear(); }

    // Names and contents of all files, as one number; what is only a map of a database left out.
    [[nodiscard]] std::uint64_t fingerprint() const;

    // -- for those who watch calls
    [[nodiscard]] static FaultDisk* of(const char* path);
    // The one that was made last: memory has no path.
    [[nodiscard]] static FaultDisk* latest();
    // While it lives, what is done is done on another machine, or by the disk itself: nobody watches.
    class Elsewhere {
    public:
        Elsewhere() { ++s_count; }
        Elsewhere(const Elsewhere&) = delete;
        Elsewhere& operator=(const Elsewhere&) = delete;
        ~Elsewhere() { --s_count; }
        [[nodiscard]] static bool isAtWork() { return s_count > 0; }

    private:
        static inline int s_count = 0;
    };
    // nullopt: goes ahead. powerOff: nothing is done any more.
    [[nodiscard]] std::optional<DiskFault> ask(DiskCall call);
    [[nodiscard]] std::uint64_t seed() const { return m_plan.seed; }
    // Whether the plan refuses only what needs space.
    [[nodiscard]] bool isAboutSpace() const { return m_plan.how == DiskFault::full; }
    [[nodiscard]] int fileAt(const std::string& path);  // by its present name; a new one where it is unknown
    void noteMade(const std::string& path);
    void noteMoved(const std::string& from, const std::string& to);
    void noteLinked(const std::string& from, const std::string& to);
    void noteRemoved(const std::string& path);
    void noteWritten(int file, std::uint64_t offset, BytesView bytes);
    void noteTruncated(int file, std::uint64_t size);
    void noteSynced(int file);
    void noteFolderSynced(const std::string& folder);

private:
    struct Change {
        std::uint64_t serial = 0;
        bool isTruncation = false;
        std::uint64_t offset = 0;  // or the new size
        Bytes bytes{};
    };
    // In memory: what a change that was not flushed took the place of.
    struct Undo {
        std::uint64_t serial = 0;
        bool isTruncation = false;
        std::uint64_t offset = 0;  // or the new size
        std::uint64_t size = 0;    // so many bytes were written
        std::uint64_t sizeBefore = 0;
        Bytes bytes{};  // that were there, as far as there were
    };
    struct File {
        Bytes flushed{};
        std::vector<Change> changes{};
        std::string keeper{};  // a second name, by which it stays the same inode
        Bytes content{};       // in memory: as it is now; `flushed` and `changes` follow from it and from
        std::vector<Undo> undo{};
    };
    struct NameChange {
        std::uint64_t serial = 0;
        std::string gone{};
        std::string made{};
        int file = -1;
    };
    using Names = std::map<std::string, int>;

    [[nodiscard]] bool isOurs(std::string_view path) const;
    [[nodiscard]] std::vector<std::string> found() const;
    [[nodiscard]] bool isWatched(const std::string& name) const;
    void keepInode(int file, const std::string& path);
    void takeStock();
    void turnOff();
    void putBack(const Names& names, const std::vector<Bytes>& contents);
    [[nodiscard]] static Bytes left(const File& file, SeededRandom& random,
                                    std::optional<std::uint64_t> until);
    static void apply(const Change& change, std::size_t bytes, Bytes& content);
    static void unfold(File& file);
    static void apply(const NameChange& change, Names& names);

    std::filesystem::path m_path;
    std::filesystem::path m_keepers;
    Account m_account;
    Medium m_medium;
    std::vector<std::unique_ptr<Region>> m_regions;
    std::vector<std::string> m_ownKeepers;
    int m_nextKeeper = 0;
    DiskPlan m_plan;
    std::uint64_t m_counted = 0;
    bool m_isOff = false;
    std::uint64_t m_serial = 0;
    std::vector<File> m_files;
    std::vector<File> m_kept;
    Names m_names;
    Names m_keptNames;
    Names m_flushedNames;
    std::vector<NameChange> m_nameChanges;
};

}  // namespace hezhang::test
