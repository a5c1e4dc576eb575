// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/intake.h"

#include <algorithm>
#include <map>
#include <set>

#include "sync/base/check.h"
#include "sync/base/lookup.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kGranted = "granted/";         // + device id: scopes it ever held

constexpr std::size_t kLiveValuesMax = 256;              // of a cell
constexpr std::size_t kElementsMax = 4096;               // of a set
constexpr std::size_t kHeldMax = 10'000;                 // held segments of the county
constexpr std::size_t kToldOfSegmentMax = 4;             // held ops the office is told of one segment
constexpr std::size_t kQuarantineMax = 4 * 1024 * 1024;  // bytes kept of what one device had refused
// Ops of a segment count as having seen what set-aside ops and deletes in their contexts saw: that many may be looked through for it.
constexpr std::size_t kLookedThroughMax = 65'536;


void addRun(std::vector<VerdictRun>& runs, const Judgement& judgement, bool isBranched, bool isRepeated) {
    if (!runs.empty() && runs.back().judgement == judgement && runs.back().isBranched == isBranched &&
        runs.back().isRepeated == isRepeated) {
        ++runs.back().count;
        return;
    }
    runs.push_back({1, judgement, isBranched, isRepeated});
}

}  // namespace

bool hasAccepted(const std::vector<VerdictRun>& runs) {
    return std::any_of(runs.begin(), runs.end(), [](const VerdictRun& run) {
        return run.judgement.verdict == Verdict::accepted;
    });
}

std::vector<const VerdictRun*> runOfEach(const std::vector<VerdictRun>& runs) {
    std::vector<const VerdictRun*> each;
    for (const VerdictRun& run : runs) {
        each.insert(each.end(), run.count, &run);
    }
    return each;
}

std::string admitText(const Hash& op, std::string_view why) { return op.hex() + " " + std::string(why); }

std::optional<std::pair<Hash, std::string>> parseAdmit(std::string_view text) {
    const std::size_t blank = text.find(' ');
    const auto op = Hash::fromHexText(text.substr(0, blank));
    if (!op) {
        return std::nullopt;
    }
    return std::pair(*op, blank == std::string_view::npos ? std::string{} : std::string(text.substr(blank + 1)));
}

// What must be in the log before the segment: its predecessor in the lane, and every segment its contexts name.
Result<std::optional<Hash>> Intake::missingFor(const SealedSegment& sealed) {
    std::set<Hash> needed;
    if (!sealed.segment.previous.isNone()) {
        needed.insert(sealed.segment.previous);
    }
    for (const Op& op : sealed.segment.ops) {
        for (const SeenDot& seen : op.seen) {
            if (!seen.segment.isNone()) {
                needed.insert(seen.segment);
            }
        }
    }
    for (const Hash& hash : needed) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(hash));
        if (!row || row->state != SegmentState::inLog) {
            return std::optional<Hash>(hash);
        }
    }
    return std::optional<Hash>{};
}

Result<std::vector<std::string>> Intake::scopesEverHeld(const DeviceRow& device) {
    HZ_TRY(const std::vector<std::string> present, m_judge.scopesOf(device.enrolment, m_projection));
    return noteHeld(device.enrolment.device, present);
}

Result<std::vector<std::string>> Intake::noteHeld(const DeviceId& device, const std::vector<std::string>& scopes) {
    const std::string key = std::string(kGranted) + device.hex();
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(key));
    std::vector<std::string> before;
    if (bytes) {
        HZ_TRY(before, decode<std::vector<std::string>>(*bytes, "granted scopes"));
    }
    std::set<std::string> all(before.begin(), before.end());
    all.insert(scopes.begin(), scopes.end());
    std::vector<std::string> result(all.begin(), all.end());
    if (result != before) {
        HZ_CHECK(m_store.setMeta(key, encode(result)));
    }
    return result;
}

Result<bool> Intake::fitsLog(const SealedSegment& sealed) {
    const LaneHeader& lane = sealed.segment.lane;
    HZ_TRY(const std::optional<LaneRow> row, m_store.lane(lane.lane));
    if (row && (row->scope != lane.scope || row->device != lane.device)) {
        return false;
    }
    std::set<Hash> named;
    for (const Op& op : sealed.segment.ops) {
        for (const SeenDot& seen : op.seen) {
            named.insert(seen.segment);
        }
    }
    for (const Hash& hash : named) {
        HZ_TRY(const std::optional<SegmentRow> segment,
               hash.isNone() ? Result<std::optional<SegmentRow>>(std::nullopt) : m_store.outline(hash));
        if (segment && segment->scope != lane.scope) {
            return false;
        }
    }
    return m_history.followsPrevious(sealed);
}

Result<bool> Intake::hasQuarantineRoom(const DeviceId& device, std::size_t bytes) {
    HZ_TRY(const std::uint64_t kept, m_store.quarantineBytes(device));
    return kept + bytes <= kQuarantineMax;
}

Result<Ack> Intake::push(Pushed pushed, const DeviceId& pusher, WallMs now) {
    const Result<SealedSegment>& opened = pushed.opened;
    const auto refuse = [&](Reason reason) -> Result<Ack> {
        // Its author has it as well; beyond the limit only the refusal is left of it here.
        HZ_TRY(const bool hasRoom, hasQuarantineRoom(pusher, pushed.envelope.size()));
        if (hasRoom) {
            HZ_CHECK(m_store.putQuarantine(m_suite.hash({pushed.envelope}), pusher, reason, pushed.envelope));
        }
        return Ack{Verdict::refused, reason, 0, {}};
    };
    if (!opened) {
        return refuse(opened.error().code == ErrorCode::tooLarge ? Reason::overLimit : Reason::malformed);
    }
    HZ_TRY(const std::optional<SegmentRow> known, m_store.outline(opened->hash));
    if (known && known->state == SegmentState::inLog) {
        return Ack{Verdict::accepted, Reason::none, known->position, {}};
    }
    const LaneHeader& lane = opened->segment.lane;
    HZ_TRY(const CountyControl county, m_log.control());
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(lane.device));
    if (!author || lane.county != county.county) {
        return refuse(Reason::unknownDevice);
    }
    const BytesView key = author->enrolment.publicKey;
    const bool isVerified = !pushed.verifiedBy.empty() && std::ranges::equal(pushed.verifiedBy, key);
    if (!isVerified && !sync::verify(m_suite, *opened, key)) {
        return refuse(Reason::badSignature);
    }
    HZ_TRY(const bool isWhole, m_applier.redactions().covers(*opened));
    if (!isWhole) {
        return refuse(Reason::malformed);   // values are missing that nobody has ordered to erase
    }
    HZ_TRY(const std::vector<std::string> everHeld, scopesEverHeld(*author));
    if (!holdsScope(everHeld, lane.scope)) {
        return refuse(Reason::foreignScope);
    }
    HZ_TRY(const std::optional<Hash> missing, missingFor(*opened));
    HZ_TRY(const bool isUndefined, lacksDefinition(*opened));
    if (missing || isUndefined) {
        HZ_TRY(const std::vector<Hash> waiting, known ? Result<std::vector<Hash>>(std::vector<Hash>{})
                                                      : m_store.segmentsIn(SegmentState::held));
        return waiting.size() >= kHeldMax ? refuse(Reason::overLimit) : hold(*opened, known.has_value(), missing);
    }
    HZ_TRY(const bool isFitting, fitsLog(*opened));
    if (!isFitting) {
        return refuse(Reason::malformed);
    }
    HZ_TRY(const std::uint64_t position, enter(*opened, *author, now));
    HZ_CHECK(retryHeld(opened->hash, now));
    return Ack{Verdict::accepted, Reason::none, position, {}};
}

// It waits outside the log for a segment, and is told anew each time what for; or for a definition that only an upgrade brings.
Result<Ack> Intake::hold(const SealedSegment& sealed, bool isKnown, const std::optional<Hash>& missing) {
    if (!isKnown) {
        HZ_CHECK(m_store.putSegment(rowOf(sealed, SegmentState::held, 0, false)));
    }
    HZ_CHECK(m_store.eraseWant(sealed.hash));
    if (missing) {
        HZ_CHECK(m_store.putWant(sealed.hash, *missing));
    }
    return Ack{Verdict::held, Reason::none, 0, missing.value_or(Hash{})};
}

Result<std::uint32_t> Intake::definedVersion(std::string_view registerName) {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(std::string(meta::kDefinition) + std::string(registerName)));
    if (!bytes) {
        return std::uint32_t{0};
    }
    HZ_TRY(const DefinitionControl control, decode<DefinitionControl>(*bytes, "definition"));
    return control.version;
}

// Devices write by definitions that stand in the log only: what a newer program wrote waits for the county's upgrade.
Result<bool> Intake::lacksDefinition(const SealedSegment& sealed) {
    for (const auto& [registerName, version] : sealed.segment.definitions) {
        HZ_TRY(const std::uint32_t defined, definedVersion(registerName));
        // An older program beside a newer log cannot judge what it does not know; it may not even know the register.
        if (defined < version || m_projection.rules().versionOf(registerName) < version) {
            return true;
        }
    }
    return false;
}

Result<bool> Intake::retry(const Hash& held, WallMs now) {
    HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(held));
    HZ_TRY(const std::optional<Hash> missing, missingFor(*sealed));
    HZ_TRY(const bool isUndefined, lacksDefinition(*sealed));
    if (missing || isUndefined) {
        HZ_TRY([[maybe_unused]] const Ack ack, hold(*sealed, true, missing));
        return false;
    }
    HZ_CHECK(m_store.eraseWant(held));
    HZ_TRY(const std::optional<DeviceRow> author, m_store.device(sealed->segment.lane.device));
    HZ_TRY(const bool isFitting, fitsLog(*sealed));
    if (!isFitting || !author) {
        HZ_CHECK(m_store.putQuarantine(held, sealed->segment.lane.device, Reason::malformed, sealed->envelope));
        HZ_CHECK(m_store.setSegmentState(held, SegmentState::refused, 0));
        return false;
    }
    HZ_TRY([[maybe_unused]] const std::uint64_t position, enter(*sealed, *author, now));
    return true;
}

Result<void> Intake::retryHeld(const Hash& arrived, WallMs now) {
    std::vector<Hash> open{arrived};
    while (!open.empty()) {
        const Hash want = open.back();
        open.pop_back();
        HZ_TRY(const std::vector<Hash> waiting, m_store.heldFor(want));
        for (const Hash& hash : waiting) {
            HZ_TRY(const bool isEntered, retry(hash, now));
            if (isEntered) {
                open.push_back(hash);
            }
        }
    }
    return {};
}

Result<void> Intake::retryUndefined(WallMs now) {
    HZ_TRY(const std::vector<Hash> waiting, m_store.segmentsIn(SegmentState::held));
    for (const Hash& hash : waiting) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(hash));
        if (!row || row->state != SegmentState::held) {
            continue;   // entered with one before it
        }
        HZ_TRY(const bool isEntered, retry(hash, now));
        if (isEntered) {
            HZ_CHECK(retryHeld(hash, now));
        }
    }
    return {};
}

Result<std::vector<HeldOp>> Intake::heldOps(std::size_t most) {
    std::vector<HeldOp> ops;
    HZ_TRY(const std::vector<Hash> waiting, m_store.segmentsIn(SegmentState::held));
    for (const Hash& hash : waiting) {
        HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
        HZ_TRY(const std::optional<Hash> missing, missingFor(*sealed));
        const LaneHeader& lane = sealed->segment.lane;
        std::map<RecordId, const RecordKey*> keys;
        for (const RecordKey& key : sealed->segment.records) {
            keys.emplace(recordIdOf(m_suite, lane.county, key), &key);
        }
        for (std::size_t i = 0; i < std::min(sealed->segment.ops.size(), kToldOfSegmentMax); ++i) {
            if (ops.size() >= most) {
                return ops;
            }
            const Op& op = sealed->segment.ops[i];
            ops.push_back({sealed->opIds[i], lane.scope, *keys.at(op.record), op.field, op.person, lane.device,
                           missing.value_or(Hash{})});
        }
    }
    return ops;
}

// A context may only name ops of its own record: of another one it may lie in a scope that readers of this one do not hold, and they
// could never apply the op.
Result<bool> Intake::namesOpOf(const Op& op, const SeenDot& seen, OpRef author) {
    HZ_TRY(const std::optional<OpRef> named, m_history.resolve(seen, author));
    if (!named) {
        return false;
    }
    HZ_TRY(const std::optional<LiveRow> live, m_store.liveRow(op.record, op.field, *named));
    if (live) {
        return true;
    }
    HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(*named));
    return found && found->op.record == op.record;
}

// What the op counts as having seen; nullopt where it makes the county look through more than one segment may: each op that it
// counts as having seen through others.
Result<std::optional<std::vector<SeenOp>>> Intake::lookThrough(const Op& op, OpRef ref, Effort& effort) {
    auto seen = m_projection.seenBy(op, ref, std::max(effort.opsLeft, op.seen.size()));
    if (!seen && seen.error().code != ErrorCode::tooLarge) {
        return fail(seen.error());
    }
    if (!seen) {
        effort.opsLeft = 0;
        return std::optional<std::vector<SeenOp>>{};
    }
    // Nothing is looked through where every value it names is live.
    const bool isPlain = seen->size() == op.seen.size() && std::all_of(seen->begin(), seen->end(), [](const SeenOp& one) {
        return one.live && one.live->field != kDeletedField;
    });
    if (!isPlain && seen->size() > effort.opsLeft) {
        effort.opsLeft = 0;
        return std::optional<std::vector<SeenOp>>{};
    }
    effort.opsLeft -= isPlain ? 0 : seen->size();
    return std::optional<std::vector<SeenOp>>(*std::move(seen));
}

Result<Judgement> Intake::judgeOp(const SealedSegment& sealed, std::size_t index, const PlacedOp& placed,
                                  const Author& asked, const RecordKey& key, Effort& effort, std::vector<SeenOp>& seen) {
    const Op& op = sealed.segment.ops[index];
    const DeviceRow& author = asked.device;
    const auto aside = [](Reason reason) { return Judgement{Verdict::aside, reason, 0}; };
    if (effort.person != op.person) {
        HZ_TRY(const std::optional<Bytes> ended, m_store.meta(std::string(meta::kPersonEnded) + op.person.hex()));
        effort.person = op.person;
        effort.isPersonEnded = ended.has_value();
    }
    if (author.isRevoked || effort.isPersonEnded) {
        return aside(Reason::revoked);
    }
    const bool isCounty = author.enrolment.role == "county";
    HZ_TRY(const std::optional<RecordRow> record, m_store.record(op.record));
    const bool isForeignScope = asked.isLaneForeign || (record && record->scope != sealed.segment.lane.scope);
    if (isForeignScope || (!isCounty && op.person != author.enrolment.person)) {
        return aside(Reason::noRight);
    }
    for (const SeenDot& dot : op.seen) {
        HZ_TRY(const bool isOfRecord, namesOpOf(op, dot, placed.ref));
        if (!isOfRecord) {
            return aside(Reason::missingContext);
        }
    }
    HZ_TRY(const Judgement judgement,
           m_judge.judge({op, key, sealed.segment.lane.scope, author.enrolment}, m_projection));
    if (judgement.verdict != Verdict::accepted) {
        return judgement;
    }
    // Only what would be applied is looked through: a row of saves into a closed window costs nothing.
    HZ_TRY(auto looked, lookThrough(op, placed.ref, effort));
    if (!looked) {
        return aside(Reason::limit);
    }
    seen = *std::move(looked);
    if (op.kind == OpKind::assign || op.kind == OpKind::add) {
        HZ_TRY(const std::size_t live, m_store.liveCount(op.record, op.field));
        const std::size_t most = op.kind == OpKind::add ? kElementsMax : kLiveValuesMax;
        const auto replaced = static_cast<std::size_t>(std::count_if(seen.begin(), seen.end(), [&](const SeenOp& one) {
            return one.live && one.live->field == op.field;
        }));
        if (live - replaced >= most) {
            return aside(Reason::limit);
        }
    }
    return judgement;
}

// What the log says of an op that stands in it. Whoever gets only the repetition, or gets it first after a restore, needs it.
Result<Judgement> Intake::standingJudgement(OpRef ref) {
    HZ_TRY(const std::optional<AsideRow> aside, m_store.asideOf(ref));
    if (aside) {
        return Judgement{Verdict::aside, aside->reason, 0};
    }
    HZ_TRY(const std::optional<HistoricOp> op, m_history.opAt(ref));
    HZ_TRY(const std::optional<LiveRow> live, op ? m_store.liveRow(op->op.record, op->op.field, ref) : Result<std::optional<LiveRow>>(std::nullopt));
    return Judgement{Verdict::accepted, Reason::none, live ? live->rank : Rank{0}};
}

Result<std::uint64_t> Intake::enter(const SealedSegment& sealed, const DeviceRow& author, WallMs now) {
    return enterAs(sealed, author, false, now);
}

Result<std::uint64_t> Intake::enterAs(const SealedSegment& given, const DeviceRow& author, bool isIncomplete, WallMs now) {
    HZ_TRY(const std::optional<SealedSegment> extract, m_applier.redactions().extractFor(given));
    const SealedSegment& sealed = extract ? *extract : given;
    const Segment& segment = sealed.segment;
    HZ_TRY(const std::uint64_t position, m_log.size());
    HZ_TRY(const std::vector<PlacedOp> placed, m_history.place(sealed));
    HZ_TRY(const CountyControl county, m_log.control());
    HZ_TRY(const std::vector<std::string> scopes, m_judge.scopesOf(author.enrolment, m_projection));
    const Author asked{author, !holdsScope(scopes, segment.lane.scope)};
    Effort effort{kLookedThroughMax};
    Lookup<RecordId, const RecordKey*> keys;
    for (const RecordKey& key : segment.records) {
        keys.add(recordIdOf(m_suite, county.county, key), &key);
    }
    // Before its ops are judged: a later one may name an earlier one.
    HZ_TRY(const bool isHere, m_store.hasSegment(sealed.hash));
    if (isHere && !extract) {
        HZ_CHECK(m_store.setSegmentState(sealed.hash, SegmentState::inLog, position));
    } else {
        HZ_CHECK(m_store.putSegment(rowOf(sealed, SegmentState::inLog, position, author.enrolment.role == "county")));
    }
    SegmentEntry entry{sealed.hash, {}, isIncomplete};
    for (std::size_t i = 0; i < segment.ops.size(); ++i) {
        if (placed[i].isKnown) {
            HZ_TRY(const Judgement standing, standingJudgement(placed[i].ref));
            HZ_CHECK(standing.verdict == Verdict::accepted ? releaseFor(segment.ops[i], placed[i].ref, position)
                                                           : Result<void>());
            addRun(entry.verdicts, standing, placed[i].isBranched, true);
            continue;
        }
        const Op& op = segment.ops[i];
        const RecordKey** const listed = keys.find(op.record);
        HZ_ASSERT(listed != nullptr);
        const RecordKey& key = **listed;
        std::vector<SeenOp> seen;
        HZ_TRY(const Judgement judgement, judgeOp(sealed, i, placed[i], asked, key, effort, seen));
        if (opensRecord(judgement)) {
            HZ_CHECK(m_store.putRecord({op.record, segment.lane.scope, key}));
        }
        if (judgement.verdict == Verdict::accepted) {
            HZ_CHECK(releaseSeen(seen, position));
            HZ_CHECK(m_projection.applySeen(op, placed[i].ref, judgement.rank, {position, i}, seen));
        } else {
            HZ_CHECK(m_applier.setAside(segment, i, placed[i], judgement.reason));
        }
        addRun(entry.verdicts, judgement, placed[i].isBranched, false);
    }
    HZ_TRY(const std::uint64_t entered, m_log.append({segment.lane.scope, now, entry}));
    HZ_ASSERT(entered == position);
    if (!hasAccepted(entry.verdicts)) {
        HZ_CHECK(m_store.putRestricted(position, segment.lane.device));
    }
    HZ_CHECK(followAdmits(sealed, placed, entry.verdicts, now));
    return position;
}

// An entry without an accepted op is known to office and author only; as soon as an accepted op names one of its ops everybody in
// the scope needs it, before the entry that names it.
Result<void> Intake::releaseEntryOf(OpRef ref, std::uint64_t before) {
    HZ_TRY(const std::vector<Run> runs, m_store.runsAt(ref));
    for (const Run& run : runs) {
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(run.segment));
        if (!row || row->state != SegmentState::inLog || row->position >= before) {
            continue;
        }
        HZ_TRY(const std::optional<DeviceId> restricted, m_store.restrictedTo(row->position));
        if (restricted) {
            HZ_CHECK(m_store.release(row->position, before));
        }
    }
    return {};
}

// The entries of the set-aside ops that the op counts as having seen: who applies it looks through them.
Result<void> Intake::releaseFor(const Op& op, OpRef ref, std::uint64_t before) {
    HZ_TRY(const std::vector<SeenOp> seen, m_projection.seenBy(op, ref));
    return releaseSeen(seen, before);
}

Result<void> Intake::releaseSeen(const std::vector<SeenOp>& seen, std::uint64_t before) {
    for (const SeenOp& one : seen) {
        HZ_CHECK(one.aside ? releaseEntryOf(one.ref, before) : Result<void>());
    }
    return {};
}

Result<void> Intake::releaseNamed(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                  const std::vector<VerdictRun>& runs, std::uint64_t position) {
    const auto each = runOfEach(runs);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        if (each[i]->judgement.verdict == Verdict::accepted) {
            HZ_CHECK(releaseFor(sealed.segment.ops[i], placed[i].ref, position));
        }
    }
    return {};
}

Result<void> Intake::followAdmits(const SealedSegment& sealed, const std::vector<PlacedOp>& placed,
                                  const std::vector<VerdictRun>& runs, WallMs now) {
    const auto each = runOfEach(runs);
    for (std::size_t i = 0; i < placed.size(); ++i) {
        const Op& op = sealed.segment.ops[i];
        const auto text = op.value.asText();
        if (op.field != kAdmittedField || op.kind != OpKind::add || !text || each[i]->isRepeated ||
            each[i]->judgement.verdict != Verdict::accepted) {
            continue;
        }
        if (const auto parsed = parseAdmit(*text)) {
            HZ_CHECK(admit(op, parsed->first, parsed->second, now));
        }
    }
    return {};
}

Result<void> Intake::admit(const Op& by, const Hash& op, const std::string& why, WallMs now) {
    HZ_TRY(const bool isRaised, admitAside(by, op, why, now));
    if (isRaised) {
        return {};
    }
    // A held one is taken in as it is. Should it then be aside, that is what is admitted; but for missing context: what it saw may
    // still come, and could not be taken away any more then.
    HZ_TRY(const bool isTakenIn, takeIn(by.record, op, now));
    HZ_TRY(const bool isContextMissing, isTakenIn ? isAsideFor(op, Reason::missingContext) : Result<bool>(true));
    if (!isContextMissing) {
        HZ_TRY([[maybe_unused]] const bool isRaisedNow, admitAside(by, op, why, now));
    }
    return {};
}

Result<bool> Intake::isAsideFor(const Hash& op, Reason reason) {
    HZ_TRY(const std::vector<AsideRow> asides, m_store.asides());
    for (const AsideRow& row : asides) {
        HZ_TRY(const std::optional<HistoricOp> found,
               row.reason == reason ? m_history.opAt(row.ref) : Result<std::optional<HistoricOp>>(std::nullopt));
        if (found && found->id == op) {
            return true;
        }
    }
    return false;
}

Result<bool> Intake::admitAside(const Op& by, const Hash& op, const std::string& why, WallMs now) {
    HZ_TRY(const std::vector<AsideRow> asides, m_store.asides());
    for (const AsideRow& row : asides) {
        if (row.record != by.record) {
            continue;
        }
        HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(row.ref));
        if (!found || found->id != op) {
            continue;
        }
        HZ_TRY(const std::shared_ptr<const SealedSegment> in, m_history.segment(found->segment));
        HZ_TRY(const std::optional<DeviceRow> author, m_store.device(in->segment.lane.device));
        HZ_TRY(const std::optional<RecordRow> record, m_store.record(by.record));
        if (!author || !record) {
            continue;
        }
        HZ_TRY(const Judgement judged,
               m_judge.judge({found->op, record->key, in->segment.lane.scope, author->enrolment}, m_projection));
        HZ_CHECK(raiseOp({found->id, found->segment, row.ref.counter, judged.rank, by.person, why}, row.ref,
                         in->segment.lane.scope, now));
        return true;
    }
    return false;
}

// Enters the held segment that has the op of the record, though something before it is missing. Its entry says so, and with it every
// later county takes it back without what is missing.
Result<bool> Intake::takeIn(const RecordId& record, const Hash& op, WallMs now) {
    HZ_TRY(const std::vector<Hash> waiting, m_store.segmentsIn(SegmentState::held));
    for (const Hash& hash : waiting) {
        HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
        const auto id = std::find(sealed->opIds.begin(), sealed->opIds.end(), op);
        if (id == sealed->opIds.end() || sealed->segment.ops[static_cast<std::size_t>(id - sealed->opIds.begin())].record != record) {
            continue;
        }
        HZ_TRY(const std::optional<DeviceRow> author, m_store.device(sealed->segment.lane.device));
        HZ_TRY(const bool isUndefined, lacksDefinition(*sealed));
        HZ_TRY(const bool isFitting, fitsLog(*sealed));
        if (!author || isUndefined || !isFitting) {
            continue;   // no person can say what a definition that is not here means
        }
        HZ_CHECK(m_store.eraseWant(hash));
        HZ_TRY([[maybe_unused]] const std::uint64_t position, enterAs(*sealed, *author, true, now));
        HZ_CHECK(retryHeld(hash, now));
        return true;
    }
    return false;
}

Result<void> Intake::raiseOp(const VerdictEntry& verdict, OpRef ref, const std::string& scope, WallMs now) {
    const LogEntry entry{scope, now, verdict};
    HZ_TRY(const std::uint64_t position, m_log.append(entry));
    HZ_CHECK(releaseRaised(ref, position));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
    return {};
}

Result<void> Intake::releaseRaised(OpRef ref, std::uint64_t before) {
    HZ_CHECK(releaseEntryOf(ref, before));
    HZ_TRY(const std::optional<HistoricOp> found, m_history.opAt(ref));
    if (!found) {
        return fail(ErrorCode::storageCorrupt, "an op that is shown is not here");
    }
    return releaseFor(found->op, ref, before);
}

}  // namespace hezhang::sync
