// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Old years of a county: the texts of segments that came long ago, in files beside the database. The log, its
// proofs and the state stay in the database; what is read of an old text comes from its file, so that
// everything goes on as before while the files are in their place. A file is written once: one copy of it is
// its backup.
//
// Shape:   docs/storage-format.md. One database a file, named after the positions in the log that it reaches
// from and to, and after what is in it. Errors:  fileNotFound where a text lies in a file that is not in its
// place; storage errors. Threads: that of its county.
#pragma once

#include <map>

#include "sync/store/sqlite_store.h"
#include "sync/trust/suite.h"

namespace hezhang::sync {
class County;
struct SealedSegment;
}  // namespace hezhang::sync

namespace hezhang::ledger {

// A file as the database knows it.
struct ArchiveNote {
    std::string name;
    std::uint64_t first = 0;  // positions in the log
    std::uint64_t last = 0;
    std::uint64_t segments = 0;
    std::uint64_t bytes = 0;  // of their texts

    template <class Archive>
    void serialize(Archive& archive) {
        archive(name, first, last, segments, bytes);
    }
};

class CountyArchive {
public:
    CountyArchive(sync::SqliteStore& store, std::string folder)
        : m_store(store), m_folder(std::move(folder)) {}

    // Those in the order in which they were written.
    [[nodiscard]] Result<std::vector<ArchiveNote>> notes();
    [[nodiscard]] std::string pathOf(const ArchiveNote& note) const { return pathOf(note.name); }
    // Of these the names of those whose file is not in its place.
    [[nodiscard]] Result<std::vector<std::string>> missing();
    // Empty: it is in none of the files, and all are in their place.
    [[nodiscard]] Result<Bytes> text(const Hash& segment);
    // Whether a file that is not in its place has nothing, instead of an error: what is in it is to be
    // repaired.
    void passOverMissing(bool isPassedOver) { m_isMissingPassedOver = isPassedOver; }
    // Moves the texts of segments that came to the county before `before` into a file of their own; nullopt:
    // there are none. Stopped in between, nothing has happened. REQUIRES: no transaction is open.
    [[nodiscard]] Result<std::optional<ArchiveNote>> add(WallMs before);
    // What was erased by law since, and stands in the database without what was erased, stands so in all
    // files of the folder, also in those that the database does not know of.
    [[nodiscard]] Result<void> forgetErased();
    // After the database was put back to what it was before something was erased: has erased again what the
    // files of the folder lack. REQUIRES: it is that county's.
    [[nodiscard]] Result<void> eraseAgain(sync::County& county, const sync::Suite& suite, WallMs now);

private:
    [[nodiscard]] std::string pathOf(const std::string& name) const { return m_folder + "/" + name; }
    struct Old {
        std::uint64_t position = 0;
        Hash segment;
    };
    [[nodiscard]] static std::string nameOf(const std::vector<Old>& old);
    [[nodiscard]] Result<std::vector<Old>> textsBefore(WallMs before);
    [[nodiscard]] Result<ArchiveNote> write(const std::vector<Old>& old);
    [[nodiscard]] Result<void> letGo(const std::vector<Old>& old, const ArchiveNote& note);
    [[nodiscard]] Result<std::optional<Bytes>> textIn(const std::string& name, const Hash& segment);
    [[nodiscard]] std::vector<std::string> filesThere() const;
    [[nodiscard]] Result<void> forgetErasedIn(const std::string& path);
    [[nodiscard]] static Result<std::vector<Bytes>> extractsIn(const std::string& path);
    [[nodiscard]] Result<std::vector<Hash>> unordered(const sync::SealedSegment& sealed);
    [[nodiscard]] Result<void> eraseAgainIn(const std::string& path, sync::County& county,
                                            const sync::Suite& suite, WallMs now);

    sync::SqliteStore& m_store;
    std::string m_folder;
    bool m_isMissingPassedOver = false;
    std::map<std::string, storage::Database> m_open;  // by name, for reading
};

}  // namespace hezhang::ledger
