// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/county.h"

#include <algorithm>
#include <map>
#include <set>

namespace hezhang::sync {
namespace {

constexpr std::string_view kMacSecret = "mac-secret";
constexpr std::size_t kMessageSeenMax = 131'072;         // names in contexts of a request, but always one segment
constexpr std::size_t kBackfillsMax = 16'384;           // scopes a request reads up on; one that was lost and given again may be there twice
constexpr std::size_t kHandBackPagesMax = 16;            // of a request: each costs the check of a signature

}  // namespace

Result<void> County::create(const std::string& countyName, std::span<const DefinitionControl> definitions, WallMs now) {
    const auto secret = m_random.draw<MacKey>();
    HZ_CHECK(m_store.setMeta(kMacSecret, secret.view()));
    HZ_TRY(const CountyControl county, m_log.create(countyName, now));
    HZ_CHECK(m_log.appendControl(ControlKind::enrolment,
                                 EnrolmentControl{deviceIdOf(m_suite, county.publicKey), county.publicKey, {}, {}, "county"}, now));
    for (const DefinitionControl& definition : definitions) {
        HZ_CHECK(m_log.appendControl(ControlKind::definition, definition, now));
    }
    HZ_TRY([[maybe_unused]] const Head signedNow, m_log.signedHead(now));
    return {};
}

// -- requests

Result<MacKey> County::macKeyOf(const DeviceId& device) {
    HZ_TRY(const std::optional<Bytes> secret, m_store.meta(kMacSecret));
    if (!secret) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    return MacKey::of(m_suite.hmac(*secret, {viewOf("device"), device.view()}).view());
}

Result<bool> County::isKnownMacOf(const DeviceId& device, const Frame& frame) {
    HZ_TRY(const MacKey key, macKeyOf(device));
    return isMacOf(m_suite, frame, key, {});
}

Result<std::vector<Bytes>> County::handle(std::span<const Bytes> requests, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    m_feed.begin();
    HZ_CHECK(m_applier.redactions().noticeOthers());   // of an operator's command beside us
    std::vector<Pending> pending(requests.size());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        HZ_CHECK(readRequest(requests[i], pending[i]));
    }
    const OpeningAhead ahead(m_opener, workOf(pending));
    for (Pending& one : pending) {
        HZ_CHECK(one.isReadable ? takeRequest(one, now) : Result<void>());
    }
    std::vector<Bytes> answers;
    for (Pending& one : pending) {
        HZ_TRY(Bytes answer, answerFor(one, now));
        answers.push_back(std::move(answer));
    }
    HZ_CHECK(scope.commit());
    m_feed.keep();
    return answers;
}

std::vector<SegmentOpener::Work> County::workOf(const std::vector<Pending>& pending) {
    std::vector<SegmentOpener::Work> work;
    for (const Pending& one : pending) {
        if (one.device) {
            for (const Bytes& segment : one.request.segments) {
                work.push_back({segment, one.request.device, one.device->enrolment.publicKey});
            }
        }
    }
    return work;
}

Result<void> County::readRequest(BytesView bytes, Pending& pending) {
    auto opened = openFrame(bytes);
    auto request = opened ? decode<SyncRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    if (!request) {
        return {};
    }
    HZ_TRY(pending.key, macKeyOf(request->device));
    if (!isMacOf(m_suite, opened->frame, pending.key, {})) {
        return {};
    }
    pending.isReadable = true;
    pending.request = *std::move(request);
    pending.tag = opened->frame.tag;
    HZ_TRY(pending.device, m_store.device(pending.request.device));
    return {};
}

Result<void> County::takeRequest(Pending& pending, WallMs now) {
    // A request before it may have brought its enrolment, or its end.
    HZ_TRY(pending.device, m_store.device(pending.request.device));
    if (pending.request.handBack.size() > kHandBackPagesMax || pending.request.backfill.size() > kBackfillsMax) {
        pending.answer.status = SyncStatus::badRequest;
        return {};
    }
    HZ_TRY(const bool isOurs, isOnOurHistory(pending, now));
    if (!isOurs) {
        return {};
    }
    std::vector<Ack> backs;
    for (const Page& page : pending.request.handBack) {
        HZ_TRY(const Ack ack, m_handBack.take(page, now));
        backs.push_back(ack);
    }
    if (!backs.empty()) {   // they may have brought its enrolment
        HZ_TRY(pending.device, m_store.device(pending.request.device));
    }
    if (!pending.device) {
        pending.answer.status = SyncStatus::unknownDevice;
        pending.answer.acks.assign(pending.request.segments.size(), Ack{Verdict::refused, Reason::unknownDevice, 0, {}});
        pending.answer.acks.insert(pending.answer.acks.end(), backs.begin(), backs.end());
        return {};
    }
    pending.answer.status = pending.device->isRevoked ? SyncStatus::revoked : SyncStatus::ok;
    HZ_CHECK(takePushed(pending, now));
    pending.answer.acks.insert(pending.answer.acks.end(), backs.begin(), backs.end());
    return {};
}

// Up to the limit of a message. What was taken before it stays taken: a repeat finds it there.
Result<void> County::takePushed(Pending& pending, WallMs now) {
    std::size_t ops = 0;
    std::size_t seen = 0;
    for (const Bytes& segment : pending.request.segments) {
        const Bytes& key = pending.device->enrolment.publicKey;
        std::optional<SealedSegment> good = m_opener != nullptr ? m_opener->take(segment, key) : std::nullopt;
        const BytesView verifiedBy = good ? BytesView(key) : BytesView{};
        auto opened = good ? Result<SealedSegment>(*std::move(good)) : openSegment(m_suite, segment);
        HZ_TRY(const std::optional<SegmentRow> known,
               opened ? m_store.outline(opened->hash) : Result<std::optional<SegmentRow>>(std::nullopt));
        if (!known || known->state != SegmentState::inLog) {   // so that a repeat gets further
            ops += opened ? opened->segment.ops.size() : 1;
            for (const Op& op : opened ? opened->segment.ops : std::vector<Op>{}) {
                seen += op.seen.size();
            }
        }
        const bool isFirst = &segment == &pending.request.segments.front();
        if (ops > kMessageOpsMax || (seen > kMessageSeenMax && !isFirst)) {
            pending.answer.status = SyncStatus::badRequest;
            return {};
        }
        HZ_TRY(const Ack ack, m_intake.push({segment, std::move(opened), verifiedBy}, pending.request.device, now));
        pending.answer.acks.push_back(ack);
    }
    return {};
}

Result<bool> County::isOnOurHistory(Pending& pending, WallMs now) {
    const SyncRequest& request = pending.request;
    HZ_TRY(const std::uint64_t all, m_log.size());
    // Most devices stand at the newest head, with cursor and proof: its root is known without a walk through the tree.
    const auto newest = m_log.head();
    std::optional<std::pair<std::uint64_t, Hash>> last = newest ? std::optional(std::pair(newest->size, newest->root)) : std::nullopt;
    const auto stands = [&](std::uint64_t at, const HeadMark& mark) -> Result<bool> {
        if (at == 0) {
            return true;
        }
        if (at > all) {
            return false;
        }
        if (!last || last->first != at) {
            HZ_TRY(const Hash root, m_log.rootAt(at));
            last = {at, root};
        }
        return markOf(last->second) == mark;
    };
    HZ_TRY(const bool isCursorOurs, stands(request.cursor.position, request.cursor.mark));
    HZ_TRY(const bool isProvenOurs, stands(request.proven.size, request.proven.mark));
    if (isCursorOurs && isProvenOurs) {
        return true;
    }
    if (!request.shownHead) {
        pending.answer.status = request.marks.empty() ? SyncStatus::showMarks : SyncStatus::badRequest;
        return false;
    }
    // Our own signature on a head we do not have: this database is older than what the county once said.
    HZ_TRY(const KeyPair keys, m_log.key());
    if (!isSignedBy(m_suite, *request.shownHead, keys.publicKey)) {
        pending.answer.status = SyncStatus::badRequest;
        return false;
    }
    pending.answer.status = SyncStatus::stepBack;
    for (const SizeMark& mark : request.marks) {
        HZ_TRY(const bool isOurs, stands(mark.size, mark.mark));
        if (isOurs) {
            pending.answer.stepBackTo = std::max(pending.answer.stepBackTo, mark.size);
        }
    }
    HZ_TRY(const bool isHeadOurs, stands(request.shownHead->size, markOf(request.shownHead->root)));
    if (isHeadOurs) {
        return false;   // a head we have proves nothing of a lost history
    }
    HZ_TRY(const EpochId current, m_log.epoch());
    HZ_TRY(const bool isKnownLost, m_log.isLost(request.shownHead->epoch));
    if (request.shownHead->epoch == current || !isKnownLost) {
        HZ_CHECK(m_log.beginEpoch("a device showed a head this database does not have", now));
        HZ_CHECK(m_log.noteLost(request.shownHead->epoch));
    }
    return false;
}

Result<Bytes> County::answerFor(Pending& pending, WallMs now) {
    if (!pending.isReadable) {
        return Bytes{};
    }
    pending.answer.now = now;
    if (pending.answer.status == SyncStatus::ok) {
        Reader reader{*pending.device, pending.request, {}, {}};
        HZ_TRY(reader.held, m_judge.scopesOf(pending.device->enrolment, m_projection));
        HZ_CHECK(m_feed.fill(reader, pending.answer, now));
    }
    return frameWithMac(m_suite, encode(pending.answer), pending.key, pending.tag);
}

Result<Bytes> County::handleEnrol(BytesView bytes, WallMs now) {
    auto opened = openFrame(bytes);
    auto request = opened ? decode<EnrolRequest>(opened->plain, "request") : fail(ErrorCode::malformed, "request");
    // The id says that it is one: other messages can be read as one, too, by chance.
    if (!request || request->codeId.size() != kCodeIdBytes) {
        return Bytes{};
    }
    EnrolAnswer answer;
    answer.now = now;
    answer.refused = ErrorCode::badCode;
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(std::optional<InvitationRow> invitation, m_store.invitation(request->codeId));
    const DeviceId device = deviceIdOf(m_suite, request->publicKey);
    // Whoever used it in time may ask again after it has expired: his answer was lost.
    const bool isAgain = invitation && invitation->usedBy == device;
    HZ_TRY(const bool isFree, invitation ? isOpen(*invitation, now) : Result<bool>(false));
    if ((!isFree && !isAgain) ||
        request->proof != enrolmentProof(m_suite, invitation->codeKey, *request) ||
        !m_suite.verify(request->publicKey, enrolmentSignedBytes(*request), request->signature)) {
        return frameWithoutAuth(encode(answer));
    }
    // The same device again: its answer was lost. It gets it once more, the log has it once.
    if (invitation->usedBy.isNone()) {
        invitation->usedBy = device;
        HZ_CHECK(m_store.putInvitation(*invitation));
        HZ_CHECK(m_log.appendControl(
            ControlKind::enrolment,
            EnrolmentControl{device, request->publicKey, invitation->person, invitation->unit, invitation->role}, now));
        HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
        HZ_TRY(const std::optional<DeviceRow> row, m_store.device(device));
        HZ_TRY([[maybe_unused]] const std::vector<std::string> noted, m_intake.scopesEverHeld(*row));
    }
    answer.refused = ErrorCode::internal;
    HZ_TRY(answer.county, m_log.control());
    HZ_TRY(const MacKey key, macKeyOf(device));
    answer.macKey = masked(m_suite, invitation->codeKey, key, request->publicKey);
    answer.person = invitation->person;
    answer.unit = invitation->unit;
    answer.role = invitation->role;
    answer.personName = invitation->personName;
    answer.unitName = invitation->unitName;
    HZ_TRY(answer.scopes, m_judge.scopesOf({device, request->publicKey, invitation->person, invitation->unit,
                                            invitation->role}, m_projection));
    answer.proof = enrolmentAnswerProof(m_suite, invitation->codeKey, *request, answer);
    HZ_CHECK(scope.commit());
    return frameWithoutAuth(encode(answer));
}

Result<RepairAnswer> County::handleRepair(const DeviceRow& device, const RepairRequest& request, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(RepairAnswer answer, m_repair.answer(device, request, now));
    HZ_CHECK(scope.commit());
    if (!request.given.empty()) {
        m_feed.forget();
    }
    return answer;
}

Result<SnapshotAnswer> County::handleSnapshot(const DeviceRow& device, const SnapshotRequest& request, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    m_feed.begin();
    HZ_CHECK(m_applier.redactions().noticeOthers());
    HZ_TRY(SnapshotAnswer answer, m_snapshots.answer(device, request, now));
    HZ_CHECK(scope.commit());
    m_feed.keep();
    return answer;
}

// -- the operator

Result<CountyDamage> County::inspect() {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_TRY(CountyDamage damage, m_repair.inspect());
    HZ_CHECK(scope.commit());
    return damage;
}

Result<std::string> County::invite(const Invitation& invitation) {
    const std::string code = newCode(m_random);
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(enterInvitation(invitation, codeIdOf(m_suite, code), codeKeyOf(m_suite, code)));
    HZ_CHECK(scope.commit());
    return code;
}

Result<void> County::enterInvitation(const Invitation& invitation, BytesView codeId, BytesView codeKey) {
    return m_store.putInvitation({copyOf(codeId), copyOf(codeKey), invitation.person, invitation.unit, invitation.role,
                                  invitation.personName, invitation.unitName, invitation.expiresAt, {},
                                  invitation.invitedBy});
}

Result<bool> County::hasLeft(const RecordId& person) {
    HZ_TRY(const std::optional<Bytes> ended, m_store.meta(std::string(meta::kPersonEnded) + person.hex()));
    return ended.has_value();
}

Result<bool> County::isOpen(const InvitationRow& invitation, WallMs now) {
    if (!invitation.usedBy.isNone() || now > invitation.expiresAt) {
        return false;
    }
    HZ_TRY(const bool hasInvitedLeft, hasLeft(invitation.person));
    if (hasInvitedLeft || invitation.invitedBy.isNone()) {
        return !hasInvitedLeft;
    }
    HZ_TRY(const std::optional<DeviceRow> inviter, m_store.device(invitation.invitedBy));
    if (!inviter || inviter->isRevoked) {
        return false;
    }
    HZ_TRY(const bool hasInviterLeft, hasLeft(inviter->enrolment.person));
    return !hasInviterLeft;
}

Result<void> County::enterWithdrawal(BytesView codeId) {
    HZ_TRY(std::optional<InvitationRow> invitation, m_store.invitation(codeId));
    if (!invitation || !invitation->usedBy.isNone()) {
        return fail(ErrorCode::notFound, "no open invitation " + toHex(codeId));
    }
    invitation->expiresAt = 0;
    return m_store.putInvitation(*invitation);
}

Result<void> County::revoke(const DeviceId& device, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(enterRevocation(device, now));
    return scope.commit();
}

Result<void> County::enterRevocation(const DeviceId& device, WallMs now) {
    HZ_TRY(const std::optional<DeviceRow> row, m_store.device(device));
    if (!row) {
        return fail(ErrorCode::notFound, "no device " + device.hex());
    }
    if (!row->isRevoked) {
        HZ_CHECK(m_log.appendControl(ControlKind::revocation, DeviceControl{device}, now));
        HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    }
    return {};
}

Result<bool> County::isWipeOrdered(const DeviceId& device) {
    HZ_TRY(const std::optional<Bytes> order, m_store.meta(std::string(meta::kWipe) + device.hex()));
    return order.has_value();
}

Result<void> County::enterWipe(const DeviceId& device, WallMs now) {
    HZ_CHECK(enterRevocation(device, now));
    HZ_TRY(const bool isOrdered, isWipeOrdered(device));
    if (!isOrdered) {
        HZ_CHECK(m_log.appendControl(ControlKind::wipe, DeviceControl{device}, now));
        HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    }
    return {};
}

Result<void> County::takeUpControls() {
    HZ_TRY(const bool isUpToDate, m_applier.knowsItsControls());
    if (isUpToDate) {
        return {};
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(m_applier.takeUpControls([](const Op&) -> Result<Rank> { return Rank{0}; }));
    return scope.commit();
}

Result<void> County::define(std::span<const DefinitionControl> definitions, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    bool isNew = false;
    for (const DefinitionControl& definition : definitions) {
        HZ_TRY(const std::uint32_t known, m_intake.definedVersion(definition.registerName));
        if (known < definition.version) {
            HZ_CHECK(m_log.appendControl(ControlKind::definition, definition, now));
            isNew = true;
        }
    }
    HZ_TRY(const std::vector<Hash> waiting, m_store.segmentsIn(SegmentState::held));
    if (!isNew && waiting.empty()) {
        return {};
    }
    HZ_CHECK(m_intake.retryUndefined(now));
    HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    return scope.commit();
}

Result<void> County::endPerson(const RecordId& person, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(m_log.appendControl(ControlKind::personEnd, PersonControl{person}, now));
    HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    return scope.commit();
}

// Ops have no index by id: they lie in segments. A search through all of them is a matter of seconds, and rare.
Result<RedactedOp> County::redact(const Hash& op, WallMs now) {
    HZ_TRY(const std::vector<Hash> entered, m_store.segmentsIn(SegmentState::inLog));
    return redactAmong(entered, op, now);
}

Result<RedactedOp> County::redactIn(const Hash& segment, const Hash& op, WallMs now) {
    return redactAmong(std::span(&segment, 1), op, now);
}

Result<RedactedOp> County::redactAmong(std::span<const Hash> segments, const Hash& op, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    for (const Hash& hash : segments) {
        HZ_TRY(const std::shared_ptr<const SealedSegment> sealed, m_history.segment(hash));
        const auto id = std::find(sealed->opIds.begin(), sealed->opIds.end(), op);
        if (id == sealed->opIds.end()) {
            continue;
        }
        const Op& found = sealed->segment.ops[static_cast<std::size_t>(id - sealed->opIds.begin())];
        if (found.field == kDeletedField || found.field == kAdmittedField) {
            return fail(ErrorCode::badValue, "op " + op.hex() + " is a deletion or an admission: its value cannot be erased");
        }
        HZ_TRY(const std::optional<SegmentRow> row, m_store.outline(hash));
        // A text may lack the value though the log has no order: a database that was put back, beside texts that were not.
        HZ_TRY(const bool isOrdered, m_applier.redactions().isOrdered(op));
        const RedactedOp redacted{op, found.record, found.field, row->position, !found.isErased() || !isOrdered};
        if (redacted.isNew) {
            HZ_CHECK(m_log.appendControl(ControlKind::redaction, RedactionControl{op, hash, found.counter}, now));
            HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
        }
        HZ_CHECK(scope.commit());
        return redacted;
    }
    return fail(ErrorCode::notFound, "no op " + op.hex() + " is in the log");
}

Result<void> County::markBackup(std::uint64_t backedUp, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(m_log.appendControl(ControlKind::backup, BackupControl{backedUp}, now));
    HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    return scope.commit();
}

Result<void> County::write(std::span<const CountyEdit> edits, WallMs now) {
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    HZ_CHECK(enterEdits(edits, now));
    return scope.commit();
}

Result<void> County::enterEdits(std::span<const CountyEdit> edits, WallMs now) {
    HZ_TRY(const KeyPair keys, m_log.key());
    HZ_TRY(const CountyControl county, m_log.control());
    const DeviceId device = deviceIdOf(m_suite, keys.publicKey);
    HZ_TRY(const std::optional<DeviceRow> self, m_store.device(device));
    if (!self) {
        return fail(ErrorCode::storageCorrupt, "the county's own device is missing");
    }
    for (std::size_t next = 0; next < edits.size();) {
        HZ_TRY(std::optional<LaneRow> open, m_store.openLane(edits[next].scope));
        LaneRow lane = open.value_or(LaneRow{});
        if (!open) {
            lane.lane = m_random.draw<LaneId>();
            lane.scope = edits[next].scope;
            lane.device = device;
            lane.isMine = true;
            lane.isOpen = true;
        }
        Segment segment{{county.county, device, lane.lane, lane.scope}, lane.tip + 1, lane.tipSegment, m_random.draw<Seed>(), {}, {}, {}};
        std::set<RecordId> listed;
        SegmentSize size;
        for (; next < edits.size() && edits[next].scope == lane.scope && segment.ops.size() < kSegmentOpsMax; ++next) {
            const CountyEdit& edit = edits[next];
            Op op{lane.tip + 1, recordIdOf(m_suite, county.county, edit.key), edit.field, edit.kind, edit.value, {}, now, {}};
            // A record appears once in a batch's cell: what is live now is what the county saw.
            if (edit.kind == OpKind::assign || edit.kind == OpKind::remove) {
                HZ_TRY(const std::vector<LiveRow> live, m_store.liveOfCell(op.record, op.field));
                for (const LiveRow& row : live) {
                    if (edit.kind == OpKind::assign || row.value == edit.value) {
                        HZ_TRY(const SeenDot seen, m_history.seenDotOf(row.ref, lane.lane));
                        op.seen.push_back(seen);
                    }
                }
                std::sort(op.seen.begin(), op.seen.end());
            }
            if (size.with(op, edit.key) > kSegmentBytesMax && !segment.ops.empty()) {
                break;
            }
            size.add(op, edit.key);
            if (listed.insert(op.record).second) {
                segment.records.push_back(edit.key);
            }
            ++lane.tip;
            segment.ops.push_back(std::move(op));
        }
        segment.definitions = definitionsOf(segment.records, m_projection.rules());
        HZ_TRY(const SealedSegment sealed, seal(m_suite, keys, std::move(segment)));
        HZ_TRY([[maybe_unused]] const std::uint64_t position, m_intake.enter(sealed, *self, now));
        lane.tipSegment = sealed.hash;
        HZ_CHECK(m_store.putLane(lane));
    }
    HZ_TRY([[maybe_unused]] const Head head, m_log.signedHead(now));
    return {};
}

// -- reading

Result<CountyStatus> County::status() {
    CountyStatus status;
    HZ_TRY(status.epoch, m_log.epoch());
    HZ_TRY(status.entries, m_log.size());
    HZ_TRY(const std::vector<Hash> entered, m_store.segmentsIn(SegmentState::inLog));
    status.segments = entered.size();
    HZ_TRY(const std::vector<Hash> held, m_store.segmentsIn(SegmentState::held));
    status.held = held.size();
    HZ_TRY(const std::vector<LaneRow> lanes, m_store.lanes());
    for (const LaneRow& lane : lanes) {
        HZ_TRY(const std::uint64_t forks, m_history.forksOf(lane.lane));
        status.branches += forks;
    }
    return status;
}

Result<std::vector<std::string>> County::verify() {
    std::vector<std::string> findings;
    HZ_TRY(const std::uint64_t all, m_log.size());
    HZ_TRY(const KeyPair keys, m_log.key());
    std::vector<Hash> leaves;
    std::map<DeviceId, Bytes> publicKeys;
    for (std::uint64_t position = 0; position < all; ++position) {
        const auto finding = [&](const std::string& what) {
            findings.push_back("entry " + std::to_string(position) + ": " + what);
        };
        HZ_TRY(const std::optional<EntryRow> row, m_store.entry(position));
        if (!row) {
            finding("is missing");
            leaves.emplace_back();
            continue;
        }
        leaves.push_back(merkleLeaf(m_suite, row->entry));
        HZ_TRY(const std::optional<Hash> node, m_store.node(0, position));
        if (!node || *node != leaves.back()) {
            finding("its bytes are not those of the tree");
        }
        const auto entry = decode<LogEntry>(row->entry, "log entry");
        if (!entry) {
            finding("cannot be read");
            continue;
        }
        if (const auto* control = std::get_if<ControlEntry>(&entry->content)) {
            if (control->kind == ControlKind::enrolment) {
                if (const auto enrolment = decode<EnrolmentControl>(control->body, "enrolment")) {
                    publicKeys[enrolment->device] = enrolment->publicKey;
                }
            }
            continue;
        }
        const auto* segment = std::get_if<SegmentEntry>(&entry->content);
        if (segment == nullptr) {
            continue;
        }
        HZ_TRY(const std::optional<SegmentRow> stored, m_store.segment(segment->segment));
        const auto opened = stored ? openSegment(m_suite, stored->envelope) : Result<SealedSegment>(fail(ErrorCode::notFound, ""));
        if (!opened || opened->hash != segment->segment) {
            finding("its segment " + segment->segment.hex().substr(0, 16) + " is damaged or missing");
        } else if (!sync::verify(m_suite, *opened, publicKeys[opened->segment.lane.device])) {
            finding("its segment is not signed by its device");
        } else {
            HZ_TRY(const bool isOrdered, m_applier.redactions().covers(*opened));
            if (!isOrdered) {
                finding("its segment lacks values that nobody ordered to erase");
            }
        }
    }
    HZ_TRY(const Head signedNow, m_log.head());
    if (signedNow.size != all || merkleRoot(m_suite, leaves) != signedNow.root || !isSignedBy(m_suite, signedNow, keys.publicKey)) {
        findings.push_back("head: is not the signed root of the log");
    }
    if (!findings.empty()) {
        return findings;   // a projection of a damaged log says nothing
    }
    HZ_TRY(WriteScope scope, WriteScope::begin(m_store));
    std::vector<LiveRow> before;
    HZ_CHECK(m_store.eachLive("", [&](LiveRow&& row) { before.push_back(std::move(row)); }));
    HZ_CHECK(m_applier.rebuild([](const Op&) -> Result<Rank> { return Rank{0}; }));
    std::vector<LiveRow> after;
    HZ_CHECK(m_store.eachLive("", [&](LiveRow&& row) { after.push_back(std::move(row)); }));
    if (before != after) {
        findings.push_back("table live: is not what the log gives");
    }
    return findings;
}

}  // namespace hezhang::sync
