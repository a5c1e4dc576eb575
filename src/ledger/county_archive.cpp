// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/county_archive.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "src/ledger/files.h"
#include "sync/engine/county.h"
#include "sync/engine/redactions.h"
#include "sync/log/log_entry.h"
#include "sync/op/segment.h"

namespace hezhang::ledger {
namespace {

constexpr std::string_view kArchives = "archives";
constexpr std::string_view kPart = ".part";
constexpr std::string_view kEnding = ".db";
constexpr std::size_t kRowsAtOnce = 256;
constexpr const char* kTable =
    "CREATE TABLE text(segment BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID";
// One file and nothing beside it, which can be carried away.
constexpr const char* kWhole = "PRAGMA journal_mode=DELETE";

}  // namespace

// With what tells the texts apart that lie at these positions in another history, after a restore.
std::string CountyArchive::nameOf(const std::vector<Old>& old) {
    Hash mark;
    for (const Old& one : old) {
        for (std::size_t i = 0; i < mark.bytes.size(); ++i) {
            mark.bytes[i] ^= one.segment.bytes[i];
        }
    }
    return std::to_string(old.front().position) + "-" + std::to_string(old.back().position) + "-" +
           mark.hex().substr(0, 8) + std::string(kEnding);
}

Result<std::vector<ArchiveNote>> CountyArchive::notes() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kArchives));
    return bytes ? sync::decode<std::vector<ArchiveNote>>(*bytes, "archives")
                 : Result<std::vector<ArchiveNote>>(std::vector<ArchiveNote>{});
}

Result<std::vector<std::string>> CountyArchive::missing() {
    HZ_TRY(const std::vector<ArchiveNote> all, notes());
    std::vector<std::string> names;
    for (const ArchiveNote& note : all) {
        if (!fileExists(pathOf(note.name))) {
            names.push_back(note.name);
        }
    }
    return names;
}

Result<std::optional<Bytes>> CountyArchive::textIn(const std::string& name, const Hash& segment) {
    auto open = m_open.find(name);
    if (open == m_open.end()) {
        HZ_TRY(storage::Database database, storage::Database::open(pathOf(name), storage::Access::readOnly));
        open = m_open.emplace(name, std::move(database)).first;
    }
    HZ_TRY(storage::Query query, open->second.query("SELECT bytes FROM text WHERE segment = ?1"));
    query.bind(segment);
    HZ_TRY(const bool isThere, query.step());
    return isThere ? std::optional<Bytes>(query.blob(0)) : std::nullopt;
}

Result<Bytes> CountyArchive::text(const Hash& segment) {
    HZ_TRY(const std::vector<ArchiveNote> all, notes());
    std::string absent;
    for (const ArchiveNote& note : all) {
        if (!fileExists(pathOf(note.name))) {
            m_open.erase(note.name);
            absent = note.name;
            continue;
        }
        HZ_TRY(std::optional<Bytes> bytes, textIn(note.name, segment));
        if (bytes) {
            return *std::move(bytes);
        }
    }
    if (absent.empty() || m_isMissingPassedOver) {
        return Bytes{};
    }
    return fail(ErrorCode::fileNotFound, "the archive " + pathOf(absent) + " is not in its place");
}

Result<std::vector<CountyArchive::Old>> CountyArchive::textsBefore(WallMs before) {
    std::vector<Old> old;
    for (std::uint64_t next = 0;;) {
        HZ_TRY(const std::vector<sync::EntryRow> rows, m_store.entries(next, kRowsAtOnce));
        if (rows.empty()) {
            return old;
        }
        for (const sync::EntryRow& row : rows) {
            next = row.position + 1;
            HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row.entry, "log entry"));
            const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content);
            HZ_TRY(const bool isHere, segment != nullptr && entry.at < before
                                          ? m_store.hasTextItself(segment->segment)
                                          : Result<bool>(false));
            HZ_TRY(const std::optional<sync::SegmentRow> stored,
                   isHere ? m_store.segment(segment->segment)
                          : Result<std::optional<sync::SegmentRow>>(std::nullopt));
            // What is erased stays where it is looked for first.
            if (stored && !sync::isExtract(stored->envelope)) {
                old.push_back({row.position, segment->segment});
            }
        }
    }
}

Result<ArchiveNote> CountyArchive::write(const std::vector<Old>& old) {
    HZ_CHECK(makeFolder(m_folder));
    ::chmod(m_folder.c_str(), 0700);
    ArchiveNote note{nameOf(old), old.front().position, old.back().position, 0, 0};
    m_open.erase(note.name);
    const std::string part = pathOf(note.name) + std::string(kPart);
    const auto fill = [&]() -> Result<void> {
        HZ_TRY(storage::Database file, storage::Database::open(part, storage::Access::create));
        HZ_CHECK(file.exec(kTable));
        HZ_TRY(storage::Transaction transaction, storage::Transaction::beginImmediate(file));
        for (const Old& one : old) {
            HZ_TRY(const std::optional<sync::SegmentRow> row, m_store.segment(one.segment));
            if (!row) {
                return fail(ErrorCode::storageCorrupt, "a segment of the log is missing");
            }
            HZ_TRY(storage::Query insert, file.query("INSERT INTO text(segment, bytes) VALUES(?1, ?2)"));
            HZ_CHECK(insert.bind(one.segment, row->envelope).run());
            ++note.segments;
            note.bytes += row->envelope.size();
        }
        HZ_CHECK(transaction.commit());
        HZ_CHECK(file.fold());
        return file.exec(kWhole);
    };
    for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
        std::remove((part + ending).c_str());  // of one that was stopped
    }
    const auto filled = fill();
    if (!filled || ::chmod(part.c_str(), 0600) != 0 ||
        std::rename(part.c_str(), pathOf(note.name).c_str()) != 0) {
        const Error error =
            filled ? Error{ErrorCode::fileUnwritable, "cannot write " + pathOf(note.name)} : filled.error();
        std::remove(part.c_str());
        return fail(error);
    }
    HZ_CHECK(syncFolder(m_folder));
    return note;
}

// Only what the file really has, and as it stands there.
Result<void> CountyArchive::letGo(const std::vector<Old>& old, const ArchiveNote& note) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_store));
    HZ_TRY(std::vector<ArchiveNote> all, notes());
    std::erase_if(all, [&](const ArchiveNote& one) { return one.name == note.name; });
    all.push_back(note);
    HZ_CHECK(m_store.setMeta(kArchives, sync::encode(all)));
    for (const Old& one : old) {
        HZ_TRY(std::optional<sync::SegmentRow> row, m_store.segment(one.segment));
        HZ_TRY(const std::optional<Bytes> archived, textIn(note.name, one.segment));
        if (row && archived && *archived == row->envelope) {
            row->envelope.clear();
            HZ_CHECK(m_store.putSegment(*row));
        }
    }
    return scope.commit();
}

Result<std::optional<ArchiveNote>> CountyArchive::add(WallMs before) {
    HZ_TRY(const std::vector<Old> old, textsBefore(before));
    if (old.empty()) {
        return std::optional<ArchiveNote>{};
    }
    HZ_TRY(const ArchiveNote note, write(old));
    HZ_CHECK(letGo(old, note));
    return std::optional<ArchiveNote>(note);
}

Result<void> CountyArchive::forgetErasedIn(const std::string& path) {
    HZ_TRY(storage::Database file, storage::Database::open(path, storage::Access::open));
    std::vector<sync::SegmentRow> erased;
    {
        HZ_TRY(storage::Query query, file.query("SELECT segment FROM text"));
        for (;;) {
            HZ_TRY(const bool isThere, query.step());
            if (!isThere) {
                break;
            }
            const auto segment = query.id<Hash>(0);
            HZ_TRY(const bool isHere, m_store.hasTextItself(segment));
            HZ_TRY(std::optional<sync::SegmentRow> row,
                   isHere ? m_store.segment(segment) : Result<std::optional<sync::SegmentRow>>(std::nullopt));
            if (row && sync::isExtract(row->envelope)) {
                erased.push_back(*std::move(row));
            }
        }
    }
    // Not deleted: an older database that is put back reads its text here.
    std::int64_t changed = 0;
    for (const sync::SegmentRow& row : erased) {
        HZ_TRY(storage::Query change,
               file.query("UPDATE text SET bytes = ?2 WHERE segment = ?1 AND bytes <> ?2"));
        HZ_CHECK(change.bind(row.hash, row.envelope).run());
        changed += file.changes();
    }
    HZ_CHECK(changed == 0 ? Result<void>() : file.scrub());
    return file.exec(kWhole);
}

std::vector<std::string> CountyArchive::filesThere() const {
    std::vector<std::string> paths;
    std::error_code absent;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, absent)) {
        paths.push_back(entry.path().string());
    }
    return paths;
}

Result<void> CountyArchive::forgetErased() {
    HZ_TRY(const std::vector<ArchiveNote> all, notes());
    m_open.clear();
    for (const std::filesystem::path path : filesThere()) {
        const std::string name = path.filename().string();
        if (name.find(kPart) != std::string::npos) {
            std::remove(path.c_str());  // of one that was stopped: nobody writes one now
            continue;
        }
        const bool isNoted =
            std::any_of(all.begin(), all.end(), [&](const ArchiveNote& note) { return note.name == name; });
        const bool isDatabase = path.extension() == kEnding;
        const auto done = isNoted || isDatabase ? forgetErasedIn(path.string()) : Result<void>();
        // Also what the database does not know of, after a restore or a stop; but that may be anything.
        if (!done && isNoted) {
            return fail(done.error());
        }
    }
    return {};
}

Result<std::vector<Bytes>> CountyArchive::extractsIn(const std::string& path) {
    HZ_TRY(storage::Database file, storage::Database::open(path, storage::Access::readOnly));
    HZ_TRY(storage::Query query, file.query("SELECT bytes FROM text WHERE substr(bytes, 2, 1) = x'01'"));
    std::vector<Bytes> extracts;
    for (;;) {
        HZ_TRY(const bool isThere, query.step());
        if (!isThere) {
            return extracts;
        }
        extracts.push_back(copyOf(query.blob(0)));
    }
}

// Of a segment in the log: the ops whose values it lacks without an order.
Result<std::vector<Hash>> CountyArchive::unordered(const sync::SealedSegment& sealed) {
    HZ_TRY(const std::optional<sync::SegmentRow> row, m_store.outline(sealed.hash));
    std::vector<Hash> ops;
    for (std::size_t i = 0; i < sealed.opIds.size(); ++i) {
        if (sealed.segment.ops[i].isErased()) {
            ops.push_back(sealed.opIds[i]);
        }
    }
    HZ_TRY(const std::vector<std::uint64_t> orders, sync::redactionsOf(m_store, sealed));
    const bool isDone = !row || row->state != sync::SegmentState::inLog || orders.size() == ops.size();
    return isDone ? std::vector<Hash>{} : ops;
}

Result<void> CountyArchive::eraseAgainIn(const std::string& path, sync::County& county,
                                         const sync::Suite& suite, WallMs now) {
    HZ_TRY(const std::vector<Bytes> extracts, extractsIn(path));
    Result<void> outcome;
    for (const Bytes& extract : extracts) {
        const auto sealed = sync::openSegment(suite, extract);
        if (!sealed) {
            outcome = fail(sealed.error());
            continue;
        }
        HZ_TRY(const std::vector<Hash> ops, unordered(*sealed));
        for (const Hash& op : ops) {
            HZ_TRY([[maybe_unused]] const sync::RedactedOp redacted, county.redactIn(sealed->hash, op, now));
        }
    }
    return outcome;
}

// One file that cannot be read does not spare the others.
Result<void> CountyArchive::eraseAgain(sync::County& county, const sync::Suite& suite, WallMs now) {
    HZ_TRY(const std::vector<ArchiveNote> all, notes());
    Result<void> outcome;
    for (const std::string& path : filesThere()) {
        const std::filesystem::path file(path);
        const auto done =
            file.extension() == kEnding ? eraseAgainIn(path, county, suite, now) : Result<void>();
        const bool isNoted = std::any_of(
            all.begin(), all.end(), [&](const ArchiveNote& note) { return note.name == file.filename(); });
        // What the database does not know of may be anything; no file of ours lacks nothing of ours.
        outcome = done || !isNoted ? outcome : done;
    }
    const auto forgotten = forgetErased();
    return outcome ? forgotten : outcome;
}

}  // namespace hezhang::ledger
