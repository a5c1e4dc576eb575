// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The formats are frozen as version 1 of the project: every kind of message with every field filled gives the
// bytes of tests/fixtures/frozen-messages.txt, one `name hex` a line, and they are read again. What the
// document shows as its worked example stands in wire_format_test and bundle_test.
//
// Whoever sees this fail has changed what devices in the field send and read: docs/wire-format.md, Versions.
// A line of the file is never changed; a new kind of message adds one (`HEZHANG_PRINT=1` prints it).
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include "sync/engine/enrolment.h"
#include "sync/op/segment.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/office_messages.h"
#include "sync/transport/repair_messages.h"
#include "sync/transport/snapshot_messages.h"
#include "sync/transport/wipe_messages.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kFrozen =
    "this is frozen: a new version is needed (docs/wire-format.md, Versions). ";

template <class Id>
Id filled(std::uint8_t byte) {
    Id id;
    id.bytes.fill(byte);
    return id;
}

Bytes bytes(std::string_view text) {
    return copyOf(viewOf(text));
}

std::map<std::string, std::string> frozenMessages() {
    std::ifstream file(HZ_SOURCE_DIR "/tests/fixtures/frozen-messages.txt");
    std::map<std::string, std::string> messages;
    for (std::string name, hex; file >> name >> hex;) {
        messages[name] = hex;
    }
    return messages;
}

// -- one of each, every field filled with something of its own

Head head() {
    return {filled<CountyId>(0x01), filled<EpochId>(0x02), 300,
            filled<Hash>(0x03),     1'767'225'600'000,     bytes("head signature")};
}

RecordKey key() {
    return {"filing",
            {{"task", Value::text("00112233445566778899aabbccddeeff")},
             {"year", Value::integer(2026)},
             {"shared", Value::boolean(true)}}};
}

CountyControl county() {
    return {filled<CountyId>(0x01), "示例县", SuiteId::sm, bytes("county public key"), filled<EpochId>(0x02)};
}

Page page() {
    return {head(), {filled<Hash>(0x04), filled<Hash>(0x05)}, {{7, bytes("entry"), bytes("envelope")}}};
}

Cursor cursor() {
    return {filled<EpochId>(0x02), 299, filled<HeadMark>(0x06), 3};
}

SyncRequest syncRequest() {
    SyncRequest request;
    request.device = filled<DeviceId>(0x07);
    request.cursor = cursor();
    request.scopes = filled<HeadMark>(0x08);
    request.backfill = {{"task:1", 5, 2}};
    request.proven = {300, filled<HeadMark>(0x09)};
    request.segments = {bytes("first"), bytes("second")};
    request.handBack = {page()};
    request.marks = {{200, filled<HeadMark>(0x0a)}};
    request.shownHead = head();
    return request;
}

SyncAnswer syncAnswer() {
    SyncAnswer answer;
    answer.status = SyncStatus::stepBack;
    answer.acks = {{Verdict::held, Reason::none, 0, filled<Hash>(0x0b)},
                   {Verdict::refused, Reason::foreignScope, 0, {}}};
    answer.page = page();
    answer.consistency = {filled<Hash>(0x0c)};
    answer.cursor = cursor();
    answer.skipped = {{filled<Hash>(0x0d), filled<Hash>(0x0e)}};
    answer.hasMore = true;
    answer.scopes = {{"common", "task:1"}};
    answer.backfill = {{"unit:2", 6, 1}};
    answer.stepBackTo = 250;
    answer.durable = 100;
    answer.wanted = {filled<Hash>(0x0f)};
    answer.held = {{filled<Hash>(0x10), "common", key(), "text", filled<RecordId>(0x11),
                    filled<DeviceId>(0x12), filled<Hash>(0x13)}};
    answer.now = 1'767'225'600'001;
    return answer;
}

EnrolRequest enrolRequest() {
    return {{}, bytes("code id"), bytes("public key"), bytes("signature"), bytes("proof")};
}

EnrolAnswer enrolAnswer() {
    EnrolAnswer answer;
    answer.county = county();
    answer.macKey = filled<MacKey>(0x14);
    answer.person = filled<RecordId>(0x15);
    answer.unit = filled<RecordId>(0x16);
    answer.role = "clerk";
    answer.personName = "张三";
    answer.unitName = "甲镇";
    answer.scopes = {"common", "unit:16"};
    answer.proof = bytes("proof");
    answer.now = 1'767'225'600'002;
    return answer;
}

OfficeAnswer officeAnswer() {
    OfficeAnswer answer;
    answer.status = OfficeStatus::unknownUnit;
    answer.devices.resize(1);
    ListedDevice& device = answer.devices[0];
    device.device = filled<DeviceId>(0x17);
    device.person = filled<RecordId>(0x18);
    device.personName = "李四";
    device.unit = filled<RecordId>(0x19);
    device.unitName = "乙镇";
    device.role = "leader";
    device.enrolledAt = 1'767'225'600'003;
    device.isRevoked = true;
    device.isEnded = true;
    device.branches = 2;
    answer.next = 77;
    answer.invitations.resize(1);
    OpenInvitation& invitation = answer.invitations[0];
    invitation.codeId.bytes.fill(0x1a);
    invitation.invitedBy = filled<DeviceId>(0x1b);
    invitation.person = filled<RecordId>(0x1c);
    invitation.personName = "王五";
    invitation.unit = filled<RecordId>(0x1d);
    invitation.unitName = "丙镇";
    invitation.role = "checker";
    invitation.expiresAt = 1'767'225'600'004;
    answer.expiresAt = 1'767'225'600'005;
    answer.url = "https://a.example";
    return answer;
}

RepairRequest repairRequest() {
    RepairRequest request;
    request.device = filled<DeviceId>(0x1e);
    request.epoch = filled<EpochId>(0x1f);
    request.end = 300;
    request.proven = {299, filled<HeadMark>(0x20)};
    request.scopes = {"common"};
    request.from = 256;
    request.digests = {filled<HeadMark>(0x21)};
    request.wanted = {3, 300};
    request.given = {{4, bytes("entry"), bytes("envelope")}};
    return request;
}

RepairAnswer repairAnswer() {
    RepairAnswer answer;
    answer.status = RepairStatus::otherScopes;
    answer.differing = {1};
    answer.entries = {{8, filled<HeadMark>(0x22)}};
    answer.page = page();
    answer.consistency = {filled<Hash>(0x23)};
    answer.needed = {9};
    return answer;
}

SnapshotRequest snapshotRequest() {
    SnapshotRequest request;
    request.device = filled<DeviceId>(0x40);
    request.ask = SnapshotAsk::past;
    request.cursor = cursor();
    request.proven = {299, filled<HeadMark>(0x41)};
    request.id = filled<Hash>(0x42);
    request.from = 3;
    request.answerBytes = 65'536;
    request.dots = {{{filled<LaneId>(0x43), 300}, filled<Hash>(0x44)}};
    request.segments = {filled<Hash>(0x45)};
    return request;
}

// Three ops of two entries: their fields do not ascend, the third is of a record that was named before.
SnapshotOps snapshotOps() {
    SnapshotOps ops;
    ops.scopes = {"common", "task:1"};
    ops.records = {{0, true, key()}, {1, false, key()}};
    ops.fields = {"text", "status"};
    ops.persons = {filled<RecordId>(0x46), filled<RecordId>(0x47)};
    ops.ops.resize(3);
    SnapshotOp& live = ops.ops[0];
    live.ref = {7, 2};
    live.role = 1;
    live.flags = SnapshotOp::kHasOrder;
    live.judged = 3;
    live.field = 1;
    live.at = 1'767'225'600'009;
    live.value = Value::text("已完成");
    live.position = 299;
    live.place = 300;
    SnapshotOp& aside = ops.ops[1];
    aside.ref = {7, 5};
    aside.role = 2;
    aside.flags = SnapshotOp::kHasId;
    aside.judged = 2;
    aside.record = 1;
    aside.person = 1;
    aside.kind = OpKind::add;
    aside.at = 1'767'225'600'010;
    aside.value = Value::integer(2026);
    aside.seen.resize(3);
    aside.seen[0].back = 3;
    aside.seen[1].kind = SnapshotSeen::Kind::told;
    aside.seen[1].ref = {6, 1};
    aside.seen[2].kind = SnapshotSeen::Kind::asItIs;
    aside.seen[2].dot = {{filled<LaneId>(0x48), 300}, filled<Hash>(0x49)};
    aside.id = filled<Hash>(0x4a);
    SnapshotOp& past = ops.ops[2];
    past.ref = {300, 1};
    past.flags = SnapshotOp::kIsErased;
    past.field = 1;
    past.kind = OpKind::increment;
    past.at = 1'767'225'600'008;
    past.seen.resize(1);
    past.erased = filled<Hash>(0x4b);
    return ops;
}

SnapshotAnswer snapshotAnswer() {
    return {{}, SnapshotStatus::badRequest, filled<Hash>(0x4c), 300, 3, {bytes("block")}, snapshotOps()};
}

SnapshotLog snapshotLog() {
    SnapshotLog log;
    log.proof = {filled<Hash>(0x4d)};
    log.entries = {{7, bytes("entry"), bytes("envelope")}, {300, bytes("entry"), {}}};
    log.lanes = {{filled<LaneId>(0x4e), filled<DeviceId>(0x4f)}};
    log.outlines = {{0, 300, 5, filled<Hash>(0x50)}, {0, 305, 1, {}}};
    log.skipped = {{filled<Hash>(0x51), filled<Hash>(0x52)}};
    return log;
}

template <class Control>
LogEntry control(ControlKind kind, const Control& content) {
    return {"", 1'767'225'600'006, ControlEntry{kind, encode(content)}};
}

// -- the comparison

class FrozenFormat {
public:
    ~FrozenFormat() {
        EXPECT_EQ(m_seen.size(), m_frozen.size()) << "a frozen message is not made any more; " << kFrozen;
    }
    // What is made now has the frozen bytes, and what is read of those is made again.
    template <class Message>
    void holds(const std::string& name, const Message& message) {
        const std::string now = toHex(encode(message));
        if (std::getenv("HEZHANG_PRINT") != nullptr) {
            std::cout << "FROZEN " << name << " " << now << "\n";
        }
        m_seen.insert({name, now});
        const auto frozen = m_frozen.find(name);
        if (frozen == m_frozen.end()) {
            ADD_FAILURE() << name << " has no line in tests/fixtures/frozen-messages.txt";
            return;
        }
        EXPECT_EQ(now, frozen->second) << name << ": " << kFrozen;
        const auto read = decode<Message>(fromHex(frozen->second).value(), "frozen message");
        ASSERT_TRUE(read) << name << ": " << kFrozen << read.error().text;
        EXPECT_EQ(toHex(encode(*read)), frozen->second) << name << ": " << kFrozen;
    }

private:
    std::map<std::string, std::string> m_frozen = frozenMessages();
    std::map<std::string, std::string> m_seen;
};

TEST(FrozenFormats, EveryMessageHasTheBytesOfVersion1) {
    FrozenFormat format;
    format.holds("sync-request", syncRequest());
    SyncRequest slow = syncRequest();
    slow.answerBytes = 65'536;
    format.holds("sync-request-slow", slow);
    format.holds("sync-answer", syncAnswer());
    format.holds("enrol-request", enrolRequest());
    format.holds("enrol-answer", enrolAnswer());
    format.holds("frame", Frame{{}, AuthKind::mac, bytes("packed"), bytes("tag")});
    format.holds("blob-put", BlobPut{{}, filled<DeviceId>(0x24), filled<Hash>(0x25), 9, 4, bytes("photo")});
    format.holds("blob-put-answer", BlobPutAnswer{{}, BlobStatus::wrongOffset, 9});
    format.holds("blob-get", BlobGet{{}, filled<DeviceId>(0x24), filled<Hash>(0x25), 4});
    format.holds("blob-get-answer", BlobGetAnswer{{}, BlobStatus::notFound, 9, bytes("photo")});
    format.holds(
        "thumb-request",
        ThumbRequest{filled<DeviceId>(0x24), {{filled<Hash>(0x36), bytes("picture")}}, {filled<Hash>(0x37)}});
    format.holds("thumb-answer",
                 ThumbAnswer{{}, BlobStatus::refused, {{filled<Hash>(0x36), bytes("picture")}}});
    const auto device = filled<DeviceId>(0x26);
    format.holds("office-list", OfficeRequest{device, ListDevices{5}});
    format.holds("office-invite", OfficeRequest{device, InvitePerson{{},
                                                                     filled<Hash>(0x27),
                                                                     filled<RecordId>(0x28),
                                                                     filled<RecordId>(0x29),
                                                                     "赵六",
                                                                     "auditor",
                                                                     3'600'000}});
    format.holds("office-revoke", OfficeRequest{device, RevokeDevice{filled<DeviceId>(0x2a)}});
    format.holds("office-withdraw", OfficeRequest{device, WithdrawInvitation{}});
    format.holds("office-answer", officeAnswer());
    format.holds("repair-request", repairRequest());
    format.holds("repair-answer", repairAnswer());
    format.holds("wipe-request",
                 WipeRequest{device, filled<Nonce>(0x38), WipeAsk::order, filled<DeviceId>(0x39)});
    format.holds("wipe-answer", WipeAnswer{{},
                                           WipeStatus::ordered,
                                           filled<EpochId>(0x3a),
                                           {{filled<DeviceId>(0x39), 1'767'225'600'007, 1'767'225'600'008}}});
    format.holds("snapshot-request", snapshotRequest());
    format.holds("snapshot-answer", snapshotAnswer());
    format.holds("snapshot-header", SnapshotHeader{{}, head(), {filled<Hash>(0x53)}, {"common", "task:1"}});
    format.holds("snapshot-log", snapshotLog());
    format.holds("snapshot-ops", snapshotOps());
    format.holds("snapshot-rest", SnapshotRest{{{{7, 2}, {6, 300}}}, {{300, 1}}});
    format.holds("head", head());
    format.holds("page", page());
    format.holds("entry-segment",
                 LogEntry{"common", 1'767'225'600'006,
                          SegmentEntry{filled<Hash>(0x2b),
                                       {{2, {Verdict::accepted, Reason::none, 3}, true, false},
                                        {1, {Verdict::aside, Reason::windowClosed, 1}, false, true}},
                                       true}});
    format.holds("entry-verdict", LogEntry{"common", 1'767'225'600'006,
                                           VerdictEntry{filled<Hash>(0x2c), filled<Hash>(0x2d), 6, 2,
                                                        filled<RecordId>(0x2e), "情况属实"}});
    format.holds("control-county", control(ControlKind::county, county()));
    format.holds(
        "control-enrolment",
        control(ControlKind::enrolment, EnrolmentControl{device, bytes("public key"), filled<RecordId>(0x2f),
                                                         filled<RecordId>(0x30), "clerk"}));
    format.holds("control-revocation", control(ControlKind::revocation, DeviceControl{device}));
    format.holds("control-definition",
                 control(ControlKind::definition, DefinitionControl{"filing", 2, "{}"}));
    format.holds("control-epoch",
                 control(ControlKind::epoch,
                         EpochControl{filled<EpochId>(0x31), filled<EpochId>(0x32), 12, "restored"}));
    format.holds("control-person-end",
                 control(ControlKind::personEnd, PersonControl{filled<RecordId>(0x33)}));
    format.holds("control-backup", control(ControlKind::backup, BackupControl{300}));
    format.holds("control-redaction", control(ControlKind::redaction,
                                              RedactionControl{filled<Hash>(0x34), filled<Hash>(0x35), 300}));
    format.holds("control-wipe", control(ControlKind::wipe, DeviceControl{device}));
}

// A segment without a value that was erased: its envelope and hash, as hezhangd wrote them. The packer of
// another release may pack otherwise, so the bytes are read, not made.
TEST(FrozenFormats, AnExtractOfVersion1IsRead) {
    std::ifstream file(HZ_SOURCE_DIR "/tests/fixtures/frozen-extract.txt");
    std::string hex;
    std::string hash;
    ASSERT_TRUE(file >> hex >> hash);

    const auto extract = openSegment(*suiteFor(SuiteId::international), fromHex(hex).value());

    ASSERT_TRUE(extract) << kFrozen << extract.error().text;
    EXPECT_EQ(extract->hash.hex(), hash) << kFrozen;
    std::map<std::string, const Op*> ops;
    for (const Op& op : extract->segment.ops) {
        ops[op.field] = &op;
    }
    ASSERT_TRUE(ops.contains("kind") && ops.contains("address")) << kFrozen;
    EXPECT_TRUE(ops["kind"]->isErased());
    EXPECT_FALSE(ops["address"]->isErased());
    EXPECT_EQ(ops["address"]->value.asText(), "镇北堡镇一号");
}

TEST(FrozenFormats, TheNumbersOfOpKindsAreThoseOfVersion1) {
    EXPECT_EQ(static_cast<int>(OpKind::assign), 1) << kFrozen;
    EXPECT_EQ(static_cast<int>(OpKind::add), 2) << kFrozen;
    EXPECT_EQ(static_cast<int>(OpKind::remove), 3) << kFrozen;
    EXPECT_EQ(static_cast<int>(OpKind::increment), 4) << kFrozen;
    EXPECT_EQ(static_cast<int>(ErrorCode::internal), 0) << "an enrolment that is not refused; " << kFrozen;
}

}  // namespace
}  // namespace hezhang::sync
