// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/receipt.h"

#include <algorithm>
#include <map>
#include <set>

#include "sync/trust/merkle.h"

namespace hezhang::ledger {

using sync::FormatVersion;

namespace {

// One live op of the record: what its id is computed from. The value stands beside its salted hash's salt, so nobody can guess other
// values of the same tail from it.
struct ProvedOp {
    sync::Op op;
    Hash salt;
    std::uint32_t index = 0;   // in its segment

    template <class Archive>
    void serialize(Archive& archive) {
        archive(op.counter, op.record, op.field, op.kind, op.value, op.person, op.at, seenLanes, salt, index);
    }
    std::vector<std::pair<std::pair<LaneId, sync::OpCounter>, Hash>> seenLanes;

    void pack() {
        for (const sync::SeenDot& seen : op.seen) {
            seenLanes.push_back({{seen.dot.lane, seen.dot.counter}, seen.segment});
        }
    }
    void unpack() {
        for (const auto& [dot, segment] : seenLanes) {
            op.seen.push_back({{dot.first, dot.second}, segment});
        }
    }
};

// The ops of one segment, with the way from them up to the segment's hash.
struct ProvedSegment {
    std::uint64_t position = 0;
    sync::LaneHeader lane;
    std::uint64_t opCount = 0;
    Hash packedHash;
    std::vector<Hash> proof;
    std::vector<ProvedOp> ops;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, lane, opCount, packedHash, proof, ops);
    }
};

struct Receipt {
    std::string magic = "hezhang receipt";
    FormatVersion<> version;
    sync::SuiteId suite = sync::SuiteId::international;
    Bytes countyKey;
    sync::RecordKey record;
    std::vector<ProvedSegment> segments;
    std::vector<sync::Page> pages;   // the entries of the segments, and entry 0, each under a signed head

    template <class Archive>
    void serialize(Archive& archive) {
        archive(magic, version, suite, countyKey, record, segments, pages);
    }
};

Result<ProvedSegment> provedSegment(Home& home, const sync::SegmentRow& row, const std::vector<sync::OpCounter>& counters) {
    const sync::Suite& suite = home.suite();
    HZ_TRY(const std::shared_ptr<const sync::SealedSegment> sealed, home.replica().history().segment(row.hash));
    ProvedSegment proved;
    proved.position = row.position;
    proved.lane = sealed->segment.lane;
    proved.opCount = sealed->segment.ops.size();
    proved.packedHash = sealed->packedHash;
    std::vector<Hash> leaves;
    for (const Hash& id : sealed->opIds) {
        leaves.push_back(sync::merkleLeaf(suite, id.view()));
    }
    std::vector<std::uint64_t> indexes;
    for (const sync::OpCounter counter : counters) {
        ProvedOp one;
        one.index = static_cast<std::uint32_t>(counter - row.first);
        one.op = sealed->segment.ops[one.index];
        one.salt = sync::saltAt(suite, sealed->segment, one.index);
        one.pack();
        one.op.seen.clear();
        indexes.push_back(one.index);
        proved.ops.push_back(std::move(one));
    }
    proved.proof = sync::merkleInclusion(suite, leaves, indexes);
    return proved;
}

}  // namespace

std::string keyFingerprint(const sync::Suite& suite, BytesView countyKey) { return suite.hash({countyKey}).hex(); }

Result<Bytes> makeReceipt(Home& home, const RecordId& record) {
    HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(record));
    if (!reading || reading->isGone) {
        return fail(ErrorCode::unknownRecord, "record " + record.hex() + " is not here");
    }
    std::map<std::uint64_t, std::pair<sync::SegmentRow, std::vector<sync::OpCounter>>> byPosition;
    std::set<std::uint64_t> verdicts;
    for (const auto& [field, cell] : reading->cells) {
        for (const sync::LiveRow& live : cell.rows) {
            if (live.isUnanswered()) {
                return fail(ErrorCode::notFound, "the county has not answered for all of the record yet; sync first");
            }
            HZ_TRY(const std::vector<sync::Run> runs, home.store().runsAt(live.ref));
            std::optional<sync::SegmentRow> chosen;
            for (const sync::Run& run : runs) {
                HZ_TRY(const std::optional<sync::SegmentRow> row, home.store().outline(run.segment));
                // Where its verdict stands: in the segment's own entry; or in a later one that admitted it, and then it was entered first.
                const bool isOwn = row && row->position == live.order.position;
                if (row && row->state == sync::SegmentState::inLog && (!chosen || isOwn || row->position < chosen->position)) {
                    chosen = row;
                }
                if (isOwn) {
                    break;
                }
            }
            if (chosen) {
                auto& [segment, counters] = byPosition[chosen->position];
                segment = *chosen;
                counters.push_back(live.ref.counter);
                verdicts.insert(live.order.position);
            }
        }
    }
    Receipt receipt;
    receipt.suite = home.suite().id();
    receipt.countyKey = home.me().county.publicKey;
    receipt.record = reading->record.key;
    std::vector<std::uint64_t> positions{0};
    positions.insert(positions.end(), verdicts.begin(), verdicts.end());
    for (auto& [position, part] : byPosition) {
        std::sort(part.second.begin(), part.second.end());
        part.second.erase(std::unique(part.second.begin(), part.second.end()), part.second.end());
        HZ_TRY(ProvedSegment proved, provedSegment(home, part.first, part.second));
        receipt.segments.push_back(std::move(proved));
        positions.push_back(position);
    }
    HZ_TRY(receipt.pages, home.replica().pagesWith(positions));
    return sync::encode(receipt);
}

namespace {

// The proved entries by position; each page is checked against the county's key.
Result<std::map<std::uint64_t, sync::LogEntry>> provedEntries(const sync::Suite& suite, const Receipt& receipt) {
    std::map<std::uint64_t, sync::LogEntry> entries;
    for (const sync::Page& page : receipt.pages) {
        HZ_CHECK(sync::verifyPage(suite, page, receipt.countyKey));
        for (const sync::ProvenEntry& proven : page.entries) {
            HZ_TRY(sync::LogEntry entry, sync::decode<sync::LogEntry>(proven.entry, "log entry"));
            if (sync::encode(entry) != proven.entry || !proven.segment.empty()) {
                return fail(ErrorCode::proofInvalid, "the receipt holds bytes that prove nothing");
            }
            if (!entries.emplace(proven.position, std::move(entry)).second) {
                return fail(ErrorCode::proofInvalid, "the receipt holds an entry twice");
            }
        }
    }
    return entries;
}

Result<void> checkSegment(const sync::Suite& suite, ProvedSegment& proved, const sync::LogEntry& entry, const RecordId& record,
                          const std::set<Hash>& admitted) {
    const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content);
    std::vector<std::uint64_t> indexes;
    std::vector<Hash> ids;
    std::vector<Hash> leaves;
    for (ProvedOp& one : proved.ops) {
        one.unpack();
        const Hash id = sync::opIdOf(suite, proved.lane, one.op, sync::valueHashOf(suite, one.salt, one.op.value));
        indexes.push_back(one.index);
        ids.push_back(id);
        leaves.push_back(sync::merkleLeaf(suite, id.view()));
        if (one.op.record != record) {
            return fail(ErrorCode::proofInvalid, "the receipt speaks of another record");
        }
    }
    const auto root = sync::rootFromInclusion(suite, indexes, leaves, proved.opCount, proved.proof);
    if (segment == nullptr || !root || sync::segmentHashOf(suite, *root, proved.packedHash) != segment->segment) {
        return fail(ErrorCode::proofInvalid, "what the receipt shows is not what the county entered");
    }
    std::uint64_t all = 0;
    for (const sync::VerdictRun& run : segment->verdicts) {
        all += run.count;
    }
    // A receipt may come from anybody, with a county of his own: what it counts is checked before it is counted through.
    if (all != proved.opCount || all > sync::kSegmentOpsMax) {
        return fail(ErrorCode::proofInvalid, "an entry does not fit its segment");
    }
    std::uint64_t judged = 0;
    std::set<std::uint64_t> accepted;
    for (const sync::VerdictRun& run : segment->verdicts) {
        for (std::uint32_t i = 0; i < run.count; ++i, ++judged) {
            if (run.judgement.verdict == sync::Verdict::accepted && !run.isRepeated) {
                accepted.insert(judged);
            }
        }
    }
    // What was set aside proves nothing but that it was sent: it counts with the entry that admitted it only.
    for (std::size_t i = 0; i < indexes.size(); ++i) {
        if (!accepted.contains(indexes[i]) && !admitted.contains(ids[i])) {
            return fail(ErrorCode::proofInvalid, "the receipt shows what the county did not accept");
        }
    }
    return {};
}

}  // namespace

Result<ReceiptFacts> verifyReceipt(BytesView bytes) {
    auto decoded = sync::decode<Receipt>(bytes, "receipt");
    if (!decoded || decoded->magic != Receipt{}.magic) {
        return fail(ErrorCode::proofInvalid, "this is not a receipt, or it was changed");
    }
    Receipt& receipt = *decoded;
    const sync::Suite* suite = sync::suiteFor(receipt.suite);
    if (suite == nullptr || sync::encode(receipt) != copyOf(bytes) || receipt.segments.empty()) {
        return fail(ErrorCode::proofInvalid, "this is not a receipt, or it was changed");
    }
    HZ_TRY(const auto entries, provedEntries(*suite, receipt));
    const auto first = entries.find(0);
    const auto* control = first == entries.end() ? nullptr : std::get_if<sync::ControlEntry>(&first->second.content);
    if (control == nullptr) {
        return fail(ErrorCode::proofInvalid, "the receipt does not say whose log it is of");
    }
    HZ_TRY(const sync::CountyControl county, sync::decode<sync::CountyControl>(control->body, "county"));
    if (county.publicKey != receipt.countyKey || county.suite != receipt.suite) {
        return fail(ErrorCode::proofInvalid, "the receipt is of another county");
    }
    ReceiptFacts facts;
    facts.county = county.name;
    facts.countyKey = receipt.countyKey;
    facts.keyFingerprint = keyFingerprint(*suite, receipt.countyKey);
    facts.record = sync::recordIdOf(*suite, county.county, receipt.record);
    std::set<Hash> admitted;
    for (const auto& [position, entry] : entries) {
        if (const auto* verdict = std::get_if<sync::VerdictEntry>(&entry.content)) {
            admitted.insert(verdict->op);
        }
    }
    for (ProvedSegment& proved : receipt.segments) {
        const auto entry = entries.find(proved.position);
        if (entry == entries.end() || proved.lane.county != county.county) {
            return fail(ErrorCode::proofInvalid, "the receipt lacks an entry of the log");
        }
        HZ_CHECK(checkSegment(*suite, proved, entry->second, facts.record, admitted));
        if (proved.position >= facts.position) {
            facts.position = proved.position;
            facts.at = entry->second.at;
        }
        for (const ProvedOp& one : proved.ops) {
            const auto number = one.op.value.asInteger();
            facts.fields.emplace_back(one.op.field, number ? std::to_string(*number)
                                                           : std::string(one.op.value.asText().value_or("")));
        }
    }
    return facts;
}

}  // namespace hezhang::ledger
