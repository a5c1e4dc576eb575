// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/blob_garbage.h"

#include <filesystem>
#include <limits>

#include "src/ledger/blobs.h"
#include "src/ledger/drafts.h"
#include "src/ledger/files.h"
#include "src/ledger/part_file.h"

namespace hezhang::ledger {
namespace {

constexpr std::array kEverySegment{sync::SegmentState::inLog, sync::SegmentState::unsent,
                                   sync::SegmentState::received, sync::SegmentState::held,
                                   sync::SegmentState::refused};

bool isLeaving(const std::string& name) {
    return name.ends_with(".part") || name.ends_with(".new");
}

std::optional<Hash> blobOfThumb(std::string_view name) {
    return name.ends_with(kThumbSuffix) ? Hash::fromHexText(name.substr(0, name.size() - kThumbSuffix.size()))
                                        : std::nullopt;
}

// Names of the files in a folder; none where there is no folder.
Result<std::vector<std::string>> namesIn(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.is_regular_file()) {
            names.push_back(entry.path().filename().string());
        }
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        return fail(ErrorCode::fileUnreadable, "cannot list " + folder);
    }
    return names;
}

// All that is written in drafts, whatever a form keeps where.
Result<std::string> textOfDrafts(Home& home) {
    std::string all;
    const std::string folder = home.folder() + "/drafts";
    HZ_TRY(const std::vector<std::string> names, namesIn(folder));
    for (const std::string& name : names) {
        HZ_TRY(const Bytes content, readFile(folder + "/" + name, kDraftBytesMax));
        all += textOf(content);
        all += '\n';
    }
    return all;
}

}  // namespace

Result<void> NamedInLog::take(const sync::Op& op) {
    if (op.value.valueClass() == sync::Value::Class::sealed) {
        return fail(ErrorCode::wrongVersion, "there are values that this version cannot read");
    }
    if (const auto name = Hash::fromHexText(op.value.asText().value_or(""))) {
        m_named.insert(*name);
    }
    return {};
}

Result<void> NamedInLog::readOn() {
    for (const sync::SegmentState state : kEverySegment) {
        HZ_TRY(const std::vector<Hash> hashes, m_store.segmentsIn(state));
        for (const Hash& hash : hashes) {
            if (m_read.contains(hash)) {
                continue;
            }
            HZ_TRY(const std::optional<sync::SegmentRow> row, m_store.segment(hash));
            if (row && !row->hasText()) {
                continue;  // what came of it is loose
            }
            const auto opened = row ? sync::openSegment(m_suite, row->envelope)
                                    : Result<sync::SealedSegment>(fail(ErrorCode::notFound, ""));
            if (!opened) {
                return fail(ErrorCode::storageCorrupt, "segment " + hash.hex() + " cannot be read");
            }
            for (const sync::Op& op : opened->segment.ops) {
                HZ_CHECK(take(op));
            }
            m_read.insert(hash);
        }
    }
    for (sync::OpRef after{std::numeric_limits<std::int64_t>::min(), 0};;) {
        HZ_TRY(const std::vector<sync::LooseRow> rows, m_store.looseAfter(after, 256));
        for (const sync::LooseRow& row : rows) {
            HZ_CHECK(take(row.op));
        }
        if (rows.empty()) {
            break;
        }
        after = rows.back().ref;
    }
    HZ_TRY(const std::vector<sync::LaneRow> lanes, m_store.lanes());
    for (const sync::LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<sync::TailRow> tail, m_store.tail(lane.lane));
        for (const sync::TailRow& row : tail) {
            HZ_CHECK(take(row.op));
        }
    }
    return {};
}

Result<void> throwAway(const GarbageFolder& folder, const std::function<Result<bool>(const Hash&)>& isGarbage,
                       GarbageReport& report) {
    HZ_TRY(const std::vector<std::string> names, namesIn(folder.path));
    for (const std::string& name : names) {
        const std::string path = folder.path + "/" + name;
        const auto blob = Hash::fromHexText(name);
        const auto of = blob ? blob : blobOfThumb(name);
        HZ_TRY(const bool mayGo, of ? isGarbage(*of) : Result<bool>(isLeaving(name)));
        const std::uint64_t size = sizeOf(path).value_or(0);
        const bool isOld = mayGo && usedAt(path).value_or(folder.before) < folder.before;
        HZ_TRY(const bool isGone,
               isOld && !folder.isDryRun ? removeUnlessUsed(path, folder.before) : Result<bool>(isOld));
        if (isGone) {
            ++report.files;
            report.bytes += size;
        }
        if (isGone && blob) {
            report.removed.push_back(*blob);
        }
        report.kept += blob && !isGone ? 1 : 0;
    }
    return {};
}

Result<GarbageReport> throwAwayGarbage(Home& home, const GarbageRequest& request) {
    NamedInLog named(home.store(), home.suite());
    HZ_CHECK(named.readOn());
    HZ_TRY(const std::string drafts, textOfDrafts(home));
    // What was written meanwhile. From here on nobody else writes.
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_CHECK(named.readOn());
    HZ_TRY(const std::vector<BlobFile> files, blobFiles(home));
    std::set<std::string> pending;
    for (const BlobFile& file : files) {
        if (!file.isAtCounty) {
            pending.insert(file.name);
        }
    }
    GarbageReport report;
    const GarbageFolder folder{home.folder() + "/blobs", home.now() - request.age, request.isDryRun};
    HZ_CHECK(throwAway(
        folder,
        [&](const Hash& blob) -> Result<bool> {
            const std::string name = blob.hex();
            return !pending.contains(name) && !named.contains(blob) && drafts.find(name) == std::string::npos;
        },
        report));
    HZ_CHECK(scope.commit());
    return report;
}

}  // namespace hezhang::ledger
