// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The worked example of docs/wire-format.md, byte for byte, and what every decoder owes to hostile bytes.
// Packed bytes are compared after unpacking: another release of the packer may pack the same body
// differently, and both stay valid.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <new>

#include "src/ledger/receipt.h"
#include "sync/engine/enrolment.h"
#include "sync/op/segment.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/office_messages.h"
#include "sync/trust/merkle.h"

namespace {
std::size_t g_largestAllocation = 0;
}  // namespace

void* operator new(std::size_t size) {
    g_largestAllocation = std::max(g_largestAllocation, size);
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace hezhang::sync {
namespace {

const Suite& suite() {
    return *suiteFor(SuiteId::international);
}

template <class Id>
Id idFilledWith(std::uint8_t byte) {
    Id id;
    id.bytes.fill(byte);
    return id;
}

KeyPair keysFrom(std::uint64_t seed) {
    SeededRandom random(seed);
    return suite().newKeyPair(random).value();
}

const KeyPair& countyKeys() {
    static const KeyPair keys = keysFrom(1);
    return keys;
}
const KeyPair& deviceKeys() {
    static const KeyPair keys = keysFrom(2);
    return keys;
}
CountyId county() {
    return countyIdOf(suite(), countyKeys().publicKey);
}
DeviceId device() {
    return deviceIdOf(suite(), deviceKeys().publicKey);
}

constexpr WallMs kNow = 1'767'225'600'000;  // 2026-01-01T00:00:00Z

// -- the example of the document

RecordKey exampleKey() {
    return {"task",
            {{"ledger", Value::text("00112233445566778899aabbccddeeff")}, {"serial", Value::integer(12)}}};
}

// Two ops: the status is set, then set again by somebody who saw that and one more value, of another lane.
Segment exampleSegment() {
    Segment segment;
    segment.lane = {county(), device(), idFilledWith<LaneId>(0x11), "common"};
    segment.seed = idFilledWith<Seed>(0x22);
    segment.records = {exampleKey()};
    const RecordId record = recordIdOf(suite(), county(), exampleKey());
    const auto person = idFilledWith<RecordId>(0x33);
    const SeenDot own{{segment.lane.lane, 1}, {}};
    const SeenDot foreign{{idFilledWith<LaneId>(0x44), 7}, idFilledWith<Hash>(0x55)};
    segment.ops = {
        {1, record, "joint_status", OpKind::assign, Value::text("in-progress"), person, kNow, {}},
        {2,
         record,
         "joint_status",
         OpKind::assign,
         Value::text("done"),
         person,
         kNow + 60'000,
         {own, foreign}},
    };
    return segment;
}

SealedSegment exampleSealed() {
    return seal(suite(), deviceKeys(), exampleSegment()).value();
}

constexpr std::size_t kPackedAt =
    1 + 1 + Seed::kSize + 1 + Signature::kSize;  // in an envelope, before the size

Bytes bodyIn(const Bytes& envelope) {
    Bytes packed;
    BoundedIn in(BytesView(envelope).subspan(kPackedAt));
    in(packed);
    return unpack(packed, kSegmentUnpackedMax).value();
}

constexpr std::string_view kSegmentHashHex =
    "18e21254bfd97494d05b7fce5536d745db01b8097ddad1af51da0122b0600574";

LogEntry exampleEntry() {
    const Hash segment = Hash::fromHexText(kSegmentHashHex).value();
    return {"common", kNow + 120'000,
            SegmentEntry{segment, {{2, {Verdict::accepted, Reason::none, 1}, false, false}}}};
}

std::vector<Bytes> exampleLog() {
    const CountyControl control{county(), "示例县", SuiteId::international, countyKeys().publicKey,
                                idFilledWith<EpochId>(0x66)};
    const EnrolmentControl enrolment{device(), deviceKeys().publicKey, idFilledWith<RecordId>(0x33),
                                     idFilledWith<RecordId>(0x77), "clerk"};
    return {encode(LogEntry{"", kNow, ControlEntry{ControlKind::county, encode(control)}}),
            encode(LogEntry{"", kNow, ControlEntry{ControlKind::enrolment, encode(enrolment)}}),
            encode(exampleEntry())};
}

std::vector<Hash> leavesOf(const std::vector<Bytes>& entries) {
    std::vector<Hash> leaves;
    for (const Bytes& entry : entries) {
        leaves.push_back(merkleLeaf(suite(), entry));
    }
    return leaves;
}

Head exampleHead() {
    const Hash root = merkleRoot(suite(), leavesOf(exampleLog()));
    return signHead(suite(), countyKeys(),
                    {county(), idFilledWith<EpochId>(0x66), 3, root, kNow + 120'000, {}})
        .value();
}

SyncRequest exampleRequest() {
    SyncRequest request;
    request.device = device();
    request.cursor = {idFilledWith<EpochId>(0x66), 3, markOf(exampleHead().root)};
    request.scopes = scopesMark(suite(), {"common", "unit:77777777777777777777777777777777"});
    request.proven = {3, markOf(exampleHead().root)};
    return request;
}

Page examplePage() {
    const std::vector<std::uint64_t> positions{2};
    return {exampleHead(),
            merkleInclusion(suite(), leavesOf(exampleLog()), positions),
            {{2, exampleLog()[2], {}}}};
}

Bytes examplePut() {
    return encode(BlobPut{{}, device(), idFilledWith<Hash>(0x99), 5, 0, copyOf(viewOf("photo"))});
}

ThumbRequest exampleThumb() {
    ThumbRequest request;
    request.device = device();
    request.brought.push_back({idFilledWith<Hash>(0x99), {0xff, 0xd8, 0xff, 0xe0}});
    request.asked.push_back(idFilledWith<Hash>(0xaa));
    return request;
}

// The code of the document, for a clerk of unit 77…, good for seven days; the device's message key is 88….
OfficeRequest exampleInvitation() {
    constexpr std::string_view kCode = "7K2M-9QXD-4TRW-0B1C";
    const Bytes codeId = codeIdOf(suite(), kCode);
    const Hash codeKey = Hash::of(codeKeyOf(suite(), kCode));
    return {device(), InvitePerson{decltype(InvitePerson::codeId)::of(codeId),
                                   maskedCodeKey(suite(), idFilledWith<MacKey>(0x88), codeId, codeKey),
                                   idFilledWith<RecordId>(0x77),
                                   {},
                                   "张三",
                                   "clerk",
                                   604'800'000}};
}

std::string hexOf(const Bytes& bytes) {
    return toHex(bytes);
}
Bytes bytesOf(std::string_view hex) {
    return fromHex(hex).value();
}

// -- the bytes of the document

constexpr std::string_view kKeyHex =
    "047461736b"
    "02"
    "066c6564676572"
    "2100"
    "3030313132323333343435353636373738383939616162626363646465656666"
    "0673657269616c"
    "0901"
    "000000000000000c";
constexpr std::string_view kRecordHex = "1d877cfc39d3c9883fea61566bcc86a5";
constexpr std::string_view kBodyHex =
    "0001"
    "7819db58a0d2f9539b2a3441c899d0f4"
    "c38a5424b2ee898bb2f2437a0d994009"
    "11111111111111111111111111111111"
    "06636f6d6d6f6e"
    "01"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "00"
    "01"
    "047461736b02066c6564676572210030303131323233333434353536363737383839396161626263636464656566660673657269"
    "616c"
    "0901000000000000000c"
    "01"
    "0c6a6f696e745f737461747573"
    "01"
    "33333333333333333333333333333333"
    "01"
    "5555555555555555555555555555555555555555555555555555555555555555"
    "01"
    "00"
    "44444444444444444444444444444444"
    "07"
    "02"
    "000000"
    "80a0d5edee66"
    "00"
    "0c00"
    "696e2d70726f6772657373"
    "000000"
    "c0a907"
    "020201"
    "0500"
    "646f6e65";
constexpr std::string_view kEnvelopeHex =
    "0000"
    "22222222222222222222222222222222"
    "40"
    "7c7885b81cf99a9e5a0856973dd3af0b86a89f2744e86bbc9d2369aedf92bfb0"
    "f9a979a1b9c3712f459f5ec9ee02a0c348fc49ef31f22fc41217c0ab8628f70b"
    "be01"
    "28b52ffd601600a50500240a00017819db58a0d2f9539b2a3441c899d0f4c38a5424b2ee898bb2f2437a0d9940091106636f6d6d"
    "6f6e0100"
    "01047461736b02066c65646765722100303031313232333334343535363637373838393961616262636364646565666606736572"
    "69616c09"
    "0c010c6a6f696e745f73746174757301330155010044070200000080a0d5edee66000c00696e2d70726f6772657373000000c0a9"
    "07020201"
    "0500646f6e650600a01ba0c1f1beb00b0404f859079e";
constexpr std::string_view kFirstOpHex = "128d52b6491c2258bf3d449b33a8912a22dfd4f8af021b0a4ec916c979cb9104";
constexpr std::string_view kSecondOpHex = "bd0cdc9d1141558064668b13324ada12272e8e0b47bfb94b632b7a20da87eb19";
constexpr std::string_view kEntryHex =
    "0000"
    "06636f6d6d6f6e"
    "80f3e3edee66"
    "18e21254bfd97494d05b7fce5536d745db01b8097ddad1af51da0122b0600574"
    "01"
    "02"
    "010001"
    "0000"
    "00";
constexpr std::string_view kHeadHex =
    "00"
    "7819db58a0d2f9539b2a3441c899d0f4"
    "66666666666666666666666666666666"
    "03"
    "169c1450143470965eedf33c2675663f60b569a1fd892d8d273113278e5218f7"
    "80f3e3edee66"
    "40"
    "d069ce805a480e2d7b578247f87030714dbeeab7ef11e570ee6b092ad4c20637"
    "98d0baaab87ebb0e2e5d7b863a2c42565c1ad17dbf82448ff0f7393e1cb5c80f";
constexpr std::string_view kSiblingHex = "2ecbd836fcabbc89b7c2942c82a679ae1418e099b14bb1c7210a1b63075a31c4";
constexpr std::string_view kRequestHex =
    "00"
    "c38a5424b2ee898bb2f2437a0d994009"
    "66666666666666666666666666666666"
    "03"
    "169c145014347096"
    "00"
    "fc0f7847b01b1e0d"
    "00"
    "03"
    "169c145014347096"
    "00"
    "00"
    "00"
    "01";
constexpr std::string_view kFrameHex =
    "0001"
    "3b"
    "01"
    "28b52ffd20418d0100840200c38a5424b2ee898bb2f2437a0d9940096603169c14501434709600fc0f7847b01b1e0d0000000102"
    "006d6e41"
    "07ec"
    "20"
    "9866ff49b3cad48e40b7071fdec1af0e301bcddf7951aebd267e8dd28831af95";

TEST(WireFormat, NumbersAndListsHaveTheBytesOfTheDocument) {
    EXPECT_EQ(hexOf(encode(std::uint32_t{0})), "00");
    EXPECT_EQ(hexOf(encode(std::uint32_t{300})), "ac02");
    EXPECT_EQ(hexOf(encode(std::int64_t{-1})), "01");
    EXPECT_EQ(hexOf(encode(std::int64_t{60'000})), "c0a907");
    EXPECT_EQ(hexOf(encode(std::string("合账"))), "06e59088e8b4a6");
    EXPECT_EQ(hexOf(encode(std::vector<std::string>{"a", "bc"})), "020161026263");
    EXPECT_EQ(hexOf(encode(std::optional<std::uint32_t>{})), "01");
    EXPECT_EQ(hexOf(encode(std::optional<std::uint32_t>{5})), "0005");
}

TEST(WireFormat, ARecordKeyAndItsIdAreThoseOfTheDocument) {
    EXPECT_EQ(hexOf(encode(exampleKey())), kKeyHex);
    EXPECT_EQ(recordIdOf(suite(), county(), exampleKey()).hex(), kRecordHex);
}

TEST(WireFormat, AnOpIdIsTheHashOfTheCanonicalForm) {
    const Segment segment = exampleSegment();
    const Hash salt = suite().hash({viewOf("hezhang/salt/0"), segment.seed.view(), bytesOf("02")});
    const Hash value = suite().hash({viewOf("hezhang/value/0"), salt.view(), bytesOf("00646f6e65")});
    EXPECT_EQ(valueHashOf(suite(), segment.seed, 2, segment.ops[1].value), value);
    const Bytes canonical = bytesOf(
        "7819db58a0d2f9539b2a3441c899d0f4c38a5424b2ee898bb2f2437a0d994009111111111111111111111111111111110663"
        "6f6d6d6f6e"
        "02"
        "1d877cfc39d3c9883fea61566bcc86a5"
        "0c6a6f696e745f737461747573"
        "01"
        "33333333333333333333333333333333"
        "c0c9dcedee66"
        "02"
        "11111111111111111111111111111111"
        "01"
        "0000000000000000000000000000000000000000000000000000000000000000"
        "44444444444444444444444444444444"
        "07"
        "5555555555555555555555555555555555555555555555555555555555555555" +
        value.hex());
    EXPECT_EQ(suite().hash({viewOf("hezhang/op/0"), canonical}).hex(), kSecondOpHex);
}

TEST(WireFormat, SealingGivesTheBodyAndTheIdsOfTheDocument) {
    const SealedSegment sealed = exampleSealed();
    EXPECT_EQ(hexOf(bodyIn(sealed.envelope)), kBodyHex);
    EXPECT_EQ(sealed.opIds[0].hex(), kFirstOpHex);
    EXPECT_EQ(sealed.opIds[1].hex(), kSecondOpHex);
}

TEST(WireFormat, TheEnvelopeOfTheDocumentOpensToItsSegment) {
    const auto opened = openSegment(suite(), bytesOf(kEnvelopeHex));
    ASSERT_TRUE(opened) << opened.error().text;
    EXPECT_EQ(opened->hash.hex(), kSegmentHashHex);
    EXPECT_EQ(opened->segment.ops, exampleSegment().ops);
    EXPECT_EQ(opened->opIds[1].hex(), kSecondOpHex);
    EXPECT_TRUE(verify(suite(), *opened, deviceKeys().publicKey));
}

TEST(WireFormat, ASegmentHashIsMadeOfTheOpsAndThePackedBody) {
    const Bytes envelope = bytesOf(kEnvelopeHex);
    const SealedSegment opened = openSegment(suite(), envelope).value();
    const std::vector<Hash> leaves{merkleLeaf(suite(), opened.opIds[0].view()),
                                   merkleLeaf(suite(), opened.opIds[1].view())};
    const Hash root = merkleNode(suite(), leaves[0], leaves[1]);
    EXPECT_EQ(segmentHashOf(suite(), root, opened.packedHash), opened.hash);
}

TEST(WireFormat, AnEntryIsThatOfTheDocument) {
    EXPECT_EQ(hexOf(encode(exampleEntry())), kEntryHex);
}

TEST(WireFormat, AHeadIsSignedOverItsBytesWithoutSignature) {
    const auto head = decode<Head>(bytesOf(kHeadHex), "head");
    ASSERT_TRUE(head);
    EXPECT_TRUE(isSignedBy(suite(), *head, countyKeys().publicKey));
    Bytes signedBytes = copyOf(viewOf("hezhang/head/0"));
    const Bytes unsignedHead = bytesOf(std::string(kHeadHex.substr(0, kHeadHex.size() - 130)) + "00");
    signedBytes.insert(signedBytes.end(), unsignedHead.begin(), unsignedHead.end());
    EXPECT_EQ(head->signedBytes(), signedBytes);
}

TEST(WireFormat, APageProvesItsEntryWithOneHash) {
    const Page page = examplePage();
    EXPECT_EQ(hexOf(encode(page.head)), kHeadHex);
    EXPECT_EQ(hexOf(encode(page)), std::string(kHeadHex) + "01" + std::string(kSiblingHex) +
                                       "01"
                                       "02"
                                       "37" +
                                       std::string(kEntryHex) + "00");
    EXPECT_TRUE(verifyPage(suite(), page, countyKeys().publicKey));
    Page other = page;
    other.entries[0].entry.back() ^= 1;
    EXPECT_FALSE(verifyPage(suite(), other, countyKeys().publicKey));
}

TEST(WireFormat, ARequestWithNothingNewIsThatOfTheDocument) {
    EXPECT_EQ(hexOf(encode(exampleRequest())), kRequestHex);
    const auto opened = openFrame(bytesOf(kFrameHex));
    ASSERT_TRUE(opened) << opened.error().text;
    EXPECT_EQ(hexOf(opened->plain), kRequestHex);
    EXPECT_TRUE(isMacOf(suite(), opened->frame, idFilledWith<MacKey>(0x88), {}));
    EXPECT_FALSE(isMacOf(suite(), opened->frame, idFilledWith<MacKey>(0x89), {}));
    EXPECT_FALSE(isMacOf(suite(), opened->frame, idFilledWith<MacKey>(0x88), opened->frame.tag));
}

TEST(WireFormat, ABlobPutIsThatOfTheDocument) {
    EXPECT_EQ(hexOf(examplePut()),
              "00c38a5424b2ee898bb2f2437a0d994009"
              "9999999999999999999999999999999999999999999999999999999999999999"
              "0500"
              "0570686f746f");
}

TEST(WireFormat, AThumbnailIsThatOfTheDocument) {
    EXPECT_EQ(hexOf(encode(exampleThumb())),
              "00c38a5424b2ee898bb2f2437a0d994009"
              "0d68657a68616e672f7468756d62"
              "01999999999999999999999999999999999999999999999999999999999999999904ffd8ffe0"
              "01aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    EXPECT_TRUE(isThumb(exampleThumb().brought.front().picture));
    EXPECT_FALSE(isThumb(Bytes(kThumbMax + 1, 0xff)));
    EXPECT_FALSE(isThumb(Bytes{0xff, 0xd8, 0xff}));
    EXPECT_FALSE(isThumb(copyOf(viewOf("<svg/>"))));
}

TEST(WireFormat, AnInvitationOfTheOfficeIsThatOfTheDocument) {
    EXPECT_EQ(hexOf(encode(exampleInvitation())),
              "00c38a5424b2ee898bb2f2437a0d9940090e68657a68616e672f6f666669636501"
              "58455be9ee7dbb4e"
              "880de37f91dc09d7c0745c978c45754148a3a027b3845e53d460053e11a19cd2"
              "77777777777777777777777777777777"
              "00000000000000000000000000000000"
              "06e5bca0e4b889"
              "05636c65726b"
              "8090e4c004");
}

TEST(WireFormat, TheMaskOfACodeComesOffWithTheSameKeyOnly) {
    const auto sent = std::get<InvitePerson>(exampleInvitation().content);
    const auto unmasked = [&](std::uint8_t key) {
        return maskedCodeKey(suite(), idFilledWith<MacKey>(key), sent.codeId.view(), sent.codeKey);
    };
    const Hash codeKey = Hash::of(codeKeyOf(suite(), "7K2M-9QXD-4TRW-0B1C"));
    EXPECT_EQ(unmasked(0x88), codeKey);
    EXPECT_NE(unmasked(0x89), codeKey);
    EXPECT_NE(sent.codeKey, codeKey);
}

TEST(WireFormat, ACodeIsTheSameHoweverItIsTyped) {
    EXPECT_EQ(toHex(codeIdOf(suite(), "7K2M-9QXD-4TRW-0B1C")), "58455be9ee7dbb4e");
    EXPECT_EQ(codeIdOf(suite(), "7k2m 9qxd 4trw obic"), codeIdOf(suite(), "7K2M-9QXD-4TRW-0B1C"));
}

// -- extracts

Bytes exampleExtract() {
    const SealedSegment sealed = openSegment(suite(), bytesOf(kEnvelopeHex)).value();
    return extractOf(suite(), sealed, std::span(sealed.opIds).first(1));
}

TEST(Extract, IsTheSameSegmentWithoutTheValue) {
    const SealedSegment sealed = openSegment(suite(), bytesOf(kEnvelopeHex)).value();
    const SealedSegment extract = openSegment(suite(), exampleExtract()).value();
    EXPECT_TRUE(isExtract(extract.envelope));
    EXPECT_FALSE(isExtract(sealed.envelope));
    EXPECT_EQ(extract.hash, sealed.hash);
    EXPECT_EQ(extract.opIds, sealed.opIds);
    EXPECT_EQ(extract.signature, sealed.signature);
    EXPECT_EQ(extract.segment.previous, sealed.segment.previous);
    EXPECT_TRUE(extract.segment.ops[0].isErased());
    EXPECT_EQ(extract.segment.ops[0].value, Value());
    EXPECT_EQ(extract.segment.ops[1], sealed.segment.ops[1]);
    EXPECT_EQ(saltAt(suite(), extract.segment, 1), saltAt(suite(), sealed.segment, 1));
    EXPECT_TRUE(verify(suite(), extract, deviceKeys().publicKey));
}

TEST(Extract, OfAnExtractKeepsWhatIsErased) {
    const SealedSegment first = openSegment(suite(), exampleExtract()).value();
    const SealedSegment both =
        openSegment(suite(), extractOf(suite(), first, std::span(first.opIds).last(1))).value();
    EXPECT_EQ(both.hash, first.hash);
    EXPECT_TRUE(both.segment.ops[0].isErased() && both.segment.ops[1].isErased());
}

TEST(Extract, WithAnyByteChangedIsNeverAnotherValueOfTheSameSegment) {
    const Bytes extract = exampleExtract();
    const SealedSegment sound = openSegment(suite(), extract).value();
    std::size_t opened = 0;
    for (std::size_t at = 0; at < extract.size(); ++at) {
        for (const int change : {0x01, 0x80, 0xff}) {
            Bytes damaged = extract;
            damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ change);
            const auto other = openSegment(suite(), damaged);
            if (!other) {
                continue;
            }
            ++opened;
            if (other->hash == sound.hash) {
                EXPECT_EQ(other->opIds, sound.opIds) << at;
                EXPECT_EQ(other->segment.ops, sound.segment.ops) << at;
            }
        }
    }
    EXPECT_GT(opened, 0u);  // signature bytes, at least
    for (std::size_t size = 0; size < extract.size(); ++size) {
        EXPECT_FALSE(openSegment(suite(), BytesView(extract).first(size))) << size;
    }
}

// -- hostile bytes

bool isTaken(const Bytes& envelope) {
    const auto opened = openSegment(suite(), envelope);
    return opened && verify(suite(), *opened, deviceKeys().publicKey).has_value();
}

TEST(HostileBytes, AnyFlippedByteOfAnEnvelopeIsRefused) {
    const Bytes envelope = bytesOf(kEnvelopeHex);
    ASSERT_TRUE(isTaken(envelope));
    for (std::size_t i = 0; i < envelope.size(); ++i) {
        for (const int flip : {0x01, 0x80, 0xff}) {
            Bytes changed = envelope;
            changed[i] = static_cast<std::uint8_t>(changed[i] ^ flip);
            EXPECT_FALSE(isTaken(changed)) << "byte " << i;
        }
    }
}

TEST(HostileBytes, AMissingOrExtraByteOfAnEnvelopeIsRefused) {
    const Bytes envelope = bytesOf(kEnvelopeHex);
    for (std::size_t size = 0; size < envelope.size(); ++size) {
        EXPECT_FALSE(openSegment(suite(), BytesView(envelope).first(size)));
    }
    Bytes longer = envelope;
    longer.push_back(0);
    EXPECT_FALSE(openSegment(suite(), longer));
}

TEST(HostileBytes, AnUnknownVersionIsRefused) {
    const auto newer = [](std::string_view hex) {
        Bytes bytes = bytesOf(hex);
        bytes[0] = 1;
        return bytes;
    };
    EXPECT_FALSE(openSegment(suite(), newer(kEnvelopeHex)));
    EXPECT_FALSE(decode<LogEntry>(newer(kEntryHex), "log entry"));
    EXPECT_FALSE(decode<Head>(newer(kHeadHex), "head"));
    EXPECT_FALSE(decode<SyncRequest>(newer(kRequestHex), "request"));
    EXPECT_FALSE(openFrame(newer(kFrameHex)));
}

TEST(HostileBytes, ASegmentOfAnotherSuiteIsRefused) {
    EXPECT_FALSE(openSegment(*suiteFor(SuiteId::sm), bytesOf(kEnvelopeHex)));
}

TEST(HostileBytes, AnUnknownFormOrKindIsRefused) {
    Bytes envelope = bytesOf(kEnvelopeHex);
    envelope[1] = 1;
    EXPECT_FALSE(openSegment(suite(), envelope));
    Bytes entry = bytesOf(kEntryHex);
    entry[1] = 3;
    EXPECT_FALSE(decode<LogEntry>(entry, "log entry"));
}

// An empty frame of the packer that declares so many bytes.
Bytes packedThatDeclares(std::uint64_t size) {
    Bytes packed = bytesOf("28b52ffde0");
    for (int i = 0; i < 8; ++i) {
        packed.push_back(static_cast<std::uint8_t>(size >> 8 * i));
    }
    packed.insert(packed.end(), {0x01, 0x00, 0x00});
    return packed;
}

TEST(HostileBytes, ADeclaredSizeOverTheLimitIsRefusedBeforeMemoryIsTaken) {
    for (const std::uint64_t declared :
         {std::uint64_t{kSegmentUnpackedMax + 1}, std::uint64_t{1} << 40, ~std::uint64_t{2}}) {
        const Bytes packed = packedThatDeclares(declared);
        g_largestAllocation = 0;
        const auto unpacked = unpack(packed, kSegmentUnpackedMax);
        ASSERT_FALSE(unpacked);
        EXPECT_EQ(unpacked.error().code, ErrorCode::tooLarge);
        EXPECT_LT(g_largestAllocation, 1024U);
    }
}

TEST(HostileBytes, AClaimedSizeCostsNothingByItself) {
    // A list that claims 2^62 segments, and one that claims 60 where 3 bytes are left.
    for (const std::string_view size : {"808080808080808040", "3c000000"}) {
        const Bytes request =
            bytesOf(std::string(kRequestHex.substr(0, kRequestHex.size() - 8)) + std::string(size));
        g_largestAllocation = 0;
        EXPECT_FALSE(decode<SyncRequest>(request, "request"));
        EXPECT_LT(g_largestAllocation, 1024U);
    }
}

TEST(HostileBytes, AListOfVeryManyEmptyThingsIsRefusedBeforeMemoryIsTaken) {
    Bytes request = bytesOf(std::string(kRequestHex.substr(0, kRequestHex.size() - 8)));
    CompactOut(request).varint(4'000'000);
    request.resize(request.size() + 4'000'000);
    g_largestAllocation = 0;
    EXPECT_FALSE(decode<SyncRequest>(request, "request"));
    EXPECT_LT(g_largestAllocation, 1024U);
}

TEST(HostileBytes, AListOfDevicesThatClaimsMoreThanItHasIsRefusedBeforeMemoryIsTaken) {
    // Version, status, and a list that claims 2^62 devices.
    const Bytes answer = bytesOf("0000808080808080808040");
    g_largestAllocation = 0;
    EXPECT_FALSE(decode<OfficeAnswer>(answer, "answer"));
    EXPECT_LT(g_largestAllocation, 1024U);
}

TEST(HostileBytes, AMessageOfAnotherRouteIsNoOfficeRequest) {
    EXPECT_FALSE(decode<OfficeRequest>(examplePut(), "request"));
    EXPECT_FALSE(decode<OfficeRequest>(bytesOf(kRequestHex), "request"));
    EXPECT_FALSE(decode<BlobPut>(encode(exampleInvitation()), "request"));
    EXPECT_FALSE(decode<ThumbRequest>(examplePut(), "request"));
    EXPECT_FALSE(decode<ThumbRequest>(encode(exampleInvitation()), "request"));
    EXPECT_FALSE(decode<BlobPut>(encode(exampleThumb()), "request"));
    EXPECT_FALSE(decode<BlobGet>(encode(exampleThumb()), "request"));
}

TEST(HostileBytes, AFrameThatUnpacksToTooMuchIsRefused) {
    const Bytes frame = encode(Frame{{}, AuthKind::none, packSmall(Bytes(kMessageUnpackedMax + 1)), {}});
    EXPECT_LT(frame.size(), 2048U);
    g_largestAllocation = 0;
    const auto opened = openFrame(frame);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::tooLarge);
    EXPECT_LT(g_largestAllocation, 4096U);
}

// Mostly like `good`: some bytes changed, left out or put in.
Bytes damaged(const Bytes& good) {
    Bytes bytes = good;
    const auto changes = *rc::gen::inRange(1, 6);
    for (int i = 0; i < changes; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, bytes.size());
        const auto where = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        switch (*rc::gen::inRange(0, 3)) {
        case 0:
            *where = *rc::gen::arbitrary<std::uint8_t>();
            break;
        case 1:
            bytes.insert(where, *rc::gen::arbitrary<std::uint8_t>());
            break;
        default:
            bytes.size() > 1 ? (void)bytes.erase(where) : (void)0;
            break;
        }
    }
    return bytes;
}

Bytes anyBytes(const Bytes& good) {
    return *rc::gen::inRange(0, 4) == 0 ? *rc::gen::arbitrary<Bytes>() : damaged(good);
}

// What can be read has one encoding only: the very bytes it was read from.
template <class T>
void isRefusedOrExact(const Bytes& bytes) {
    if (const auto read = decode<T>(bytes, "message")) {
        RC_ASSERT(encode(*read) == bytes);
    }
}

RC_GTEST_PROP(HostileBytes, WhatIsReadOfAnEntryIsExactlyItsBytes, ()) {
    const std::vector<Bytes> log = exampleLog();
    isRefusedOrExact<LogEntry>(anyBytes(log[*rc::gen::inRange<std::size_t>(0, log.size())]));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfAPageIsExactlyItsBytes, ()) {
    isRefusedOrExact<Page>(anyBytes(encode(examplePage())));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfARequestIsExactlyItsBytes, ()) {
    SyncRequest request = exampleRequest();
    request.segments = {bytesOf(kEnvelopeHex)};
    request.handBack = {examplePage()};
    request.shownHead = exampleHead();
    isRefusedOrExact<SyncRequest>(anyBytes(encode(request)));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfAnAnswerIsExactlyItsBytes, ()) {
    SyncAnswer answer;
    answer.acks = {{Verdict::accepted, Reason::none, 2, {}}};
    answer.page = examplePage();
    answer.scopes = {{"common"}};
    isRefusedOrExact<SyncAnswer>(anyBytes(encode(answer)));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfAnEnrolmentIsExactlyItsBytes, ()) {
    SeededRandom random(3);
    const Bytes framed = Enrolment::begin(suite(), random, "7K2M-9QXD-4TRW-0B1C").value().request();
    isRefusedOrExact<EnrolRequest>(anyBytes(openFrame(framed).value().plain));
    EnrolAnswer answer;
    answer.role = "clerk";
    answer.scopes = {"common"};
    isRefusedOrExact<EnrolAnswer>(anyBytes(encode(answer)));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfABlobMessageIsExactlyItsBytes, ()) {
    isRefusedOrExact<BlobPut>(anyBytes(examplePut()));
    isRefusedOrExact<BlobGetAnswer>(anyBytes(encode(BlobGetAnswer{{}, BlobStatus::ok, 5, {1, 2, 3}})));
    isRefusedOrExact<ThumbRequest>(anyBytes(encode(exampleThumb())));
    isRefusedOrExact<ThumbAnswer>(anyBytes(encode(ThumbAnswer{{}, BlobStatus::ok, exampleThumb().brought})));
}
RC_GTEST_PROP(HostileBytes, WhatIsReadOfAnOfficeMessageIsExactlyItsBytes, ()) {
    isRefusedOrExact<OfficeRequest>(anyBytes(encode(exampleInvitation())));
    OfficeAnswer answer;
    answer.devices.resize(2);
    answer.devices[1].personName = "张三";
    answer.invitations.resize(1);
    answer.url = "https://a.example";
    isRefusedOrExact<OfficeAnswer>(anyBytes(encode(answer)));
}
RC_GTEST_PROP(HostileBytes, ADamagedEnvelopeIsNeverTaken, ()) {
    const Bytes good = bytesOf(kEnvelopeHex);
    const Bytes bytes = anyBytes(good);
    RC_ASSERT((bytes == good || !isTaken(bytes)));
}
RC_GTEST_PROP(HostileBytes, ADamagedBodyIsReadOrRefused, ()) {
    const Bytes good = bytesOf(kEnvelopeHex);
    Bytes envelope(good.begin(), good.begin() + kPackedAt);
    const Bytes packed = encode(pack(anyBytes(bytesOf(kBodyHex))));
    envelope.insert(envelope.end(), packed.begin(), packed.end());
    if (const auto opened = openSegment(suite(), envelope)) {
        RC_ASSERT(opened->opIds.size() == opened->segment.ops.size());
    }
}
RC_GTEST_PROP(HostileBytes, ADamagedFrameIsNeverAuthentic, ()) {
    const Bytes good = bytesOf(kFrameHex);
    const Bytes bytes = anyBytes(good);
    const auto opened = openFrame(bytes);
    RC_ASSERT((bytes == good || !opened || !isMacOf(suite(), opened->frame, idFilledWith<MacKey>(0x88), {})));
}
RC_GTEST_PROP(HostileBytes, WhatIsNoReceiptProvesNothing, ()) {
    const Bytes start = encode(std::string("hezhang receipt"));
    Bytes bytes = *rc::gen::inRange(0, 2) == 0 ? Bytes{} : start;
    const Bytes rest = *rc::gen::arbitrary<Bytes>();
    bytes.insert(bytes.end(), rest.begin(), rest.end());
    RC_ASSERT(!ledger::verifyReceipt(bytes));
}

// A receipt of the example's first op, whose entry claims these verdicts.
Bytes receiptWith(const std::vector<VerdictRun>& verdicts) {
    const SealedSegment sealed = openSegment(suite(), bytesOf(kEnvelopeHex)).value();
    const Segment& segment = sealed.segment;
    std::vector<Bytes> log = exampleLog();
    log[2] = encode(LogEntry{"common", kNow, SegmentEntry{sealed.hash, verdicts}});
    const std::vector<Hash> leaves = leavesOf(log);
    const Head head =
        signHead(suite(), countyKeys(),
                 {county(), idFilledWith<EpochId>(0x66), 3, merkleRoot(suite(), leaves), kNow, {}})
            .value();
    const std::vector<std::uint64_t> positions{0, 2};
    const Page page{head, merkleInclusion(suite(), leaves, positions), {{0, log[0], {}}, {2, log[2], {}}}};
    const std::vector<Hash> opLeaves{merkleLeaf(suite(), sealed.opIds[0].view()),
                                     merkleLeaf(suite(), sealed.opIds[1].view())};
    const std::vector<std::uint64_t> index{0};
    const Hash salt = suite().hash({viewOf("hezhang/salt/0"), segment.seed.view(), bytesOf("01")});
    const Op& op = segment.ops[0];
    Bytes bytes;
    CompactOut out(bytes);
    out(std::string("hezhang receipt"), FormatVersion<>{}, SuiteId::international, countyKeys().publicKey,
        exampleKey());
    out.varint(1);
    out(std::uint64_t{2}, segment.lane, std::uint64_t{segment.ops.size()}, sealed.packedHash,
        merkleInclusion(suite(), opLeaves, index));
    out.varint(1);
    out(op.counter, op.record, op.field, op.kind, op.value, op.person, op.at);
    out.varint(0);
    out(salt, std::uint32_t{0}, std::vector<Page>{page});
    return bytes;
}

TEST(Receipt, OfTheDocumentsShapeIsValid) {
    const auto facts =
        ledger::verifyReceipt(receiptWith({{2, {Verdict::accepted, Reason::none, 1}, false, false}}));
    ASSERT_TRUE(facts) << facts.error().text;
    EXPECT_EQ(facts->record.hex(), kRecordHex);
    EXPECT_EQ(facts->position, 2U);
}

TEST(Receipt, AnyFlippedByteOfItIsRefused) {
    const Bytes good = receiptWith({{2, {Verdict::accepted, Reason::none, 1}, false, false}});
    for (std::size_t i = 0; i < good.size(); ++i) {
        Bytes changed = good;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1);
        EXPECT_FALSE(ledger::verifyReceipt(changed)) << "byte " << i;
    }
}

TEST(Receipt, OfAnOpThatWasSetAsideIsRefused) {
    EXPECT_FALSE(
        ledger::verifyReceipt(receiptWith({{2, {Verdict::aside, Reason::noRight, 0}, false, false}})));
}

TEST(HostileBytes, AReceiptThatCountsBillionsOfVerdictsIsRefusedAtOnce) {
    const VerdictRun many{0xffffffff, {Verdict::accepted, Reason::none, 1}, false, false};
    EXPECT_FALSE(ledger::verifyReceipt(receiptWith(std::vector<VerdictRun>(64, many))));
}

// -- round trips

template <class Id>
Id anyId() {
    return idFilledWith<Id>(*rc::gen::inRange<std::uint8_t>(1, 9));
}

Value anyValue() {
    switch (*rc::gen::inRange(0, 4)) {
    case 0:
        return Value::integer(*rc::gen::arbitrary<std::int64_t>());
    case 1:
        return Value::boolean(*rc::gen::arbitrary<bool>());
    case 2:
        return Value::text(
            *rc::gen::element<std::string>("", "合账。", "已完成初稿；", std::string(4000, 'x')));
    default:
        return Value::text(*rc::gen::string<std::string>());
    }
}

std::vector<SeenDot> anyContext(const Segment& segment, OpCounter counter) {
    std::vector<SeenDot> seen;
    const auto size = *rc::gen::inRange(0, 5);
    for (int i = 0; i < size; ++i) {
        const bool isOwn = counter > 1 && *rc::gen::arbitrary<bool>();
        seen.push_back(
            isOwn ? SeenDot{{segment.lane.lane, *rc::gen::inRange<OpCounter>(1, counter)}, {}}
                  : SeenDot{{anyId<LaneId>(), *rc::gen::inRange<OpCounter>(1, 1000)}, anyId<Hash>()});
    }
    std::sort(seen.begin(), seen.end());
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    return seen;
}

Segment anySegment() {
    Segment segment;
    segment.lane = {county(), device(), anyId<LaneId>(), *rc::gen::element<std::string>("common", "unit:11")};
    segment.first = *rc::gen::element<OpCounter>(1, 2, 1000, OpCounter{1} << 62);
    segment.previous = segment.first == 1 ? Hash{} : anyId<Hash>();
    segment.seed = anyId<Seed>();
    const auto size = *rc::gen::inRange<std::size_t>(1, 30);
    for (std::size_t i = 0; i < size; ++i) {
        const RecordKey key{*rc::gen::element<std::string>("task", "filing"),
                            {{"serial", Value::integer(*rc::gen::inRange(0, 3))}}};
        if (std::find(segment.records.begin(), segment.records.end(), key) == segment.records.end()) {
            segment.records.push_back(key);
        }
        const OpCounter counter = segment.first + i;
        segment.ops.push_back({counter, recordIdOf(suite(), county(), key),
                               *rc::gen::element<std::string>("text", "percent"),
                               static_cast<OpKind>(*rc::gen::inRange(1, 5)), Value(), anyId<RecordId>(),
                               *rc::gen::arbitrary<WallMs>(), anyContext(segment, counter)});
        const Value value = anyValue();
        segment.ops.back().value = Value::fromEncoded(value.encoded()) ? value : Value();
    }
    return segment;
}

RC_GTEST_PROP(SegmentLaws, ASealedSegmentOpensToItself, ()) {
    const Segment segment = anySegment();
    const SealedSegment sealed = seal(suite(), deviceKeys(), segment).value();
    const auto opened = openSegment(suite(), sealed.envelope);
    RC_ASSERT(opened.has_value());
    RC_ASSERT(opened->segment.lane == segment.lane);
    RC_ASSERT(opened->segment.first == segment.first);
    RC_ASSERT(opened->segment.previous == segment.previous);
    RC_ASSERT(opened->segment.records == segment.records);
    RC_ASSERT(opened->segment.ops == segment.ops);
    RC_ASSERT(opened->opIds == sealed.opIds);
    RC_ASSERT(opened->hash == sealed.hash);
    RC_ASSERT(verify(suite(), *opened, deviceKeys().publicKey).has_value());
}

// An op keeps its id whatever segment it is sealed in: that is how a repeated op is known.
RC_GTEST_PROP(SegmentLaws, AnOpHasTheSameIdInAShorterSegment, ()) {
    Segment segment = anySegment();
    const SealedSegment whole = seal(suite(), deviceKeys(), segment).value();
    segment.ops.resize(*rc::gen::inRange<std::size_t>(1, segment.ops.size() + 1));
    const SealedSegment shorter = seal(suite(), deviceKeys(), segment).value();
    RC_ASSERT(std::equal(shorter.opIds.begin(), shorter.opIds.end(), whole.opIds.begin()));
}

RC_GTEST_PROP(SegmentLaws, ATailThatCountsItsBytesFitsASegment, ()) {
    const Segment segment = anySegment();
    SegmentSize size;
    std::size_t bound = 512;
    for (const Op& op : segment.ops) {
        const auto key = std::find_if(
            segment.records.begin(), segment.records.end(),
            [&](const RecordKey& one) { return recordIdOf(suite(), county(), one) == op.record; });
        const std::size_t expected = size.with(op, *key);
        size.add(op, *key);
        RC_ASSERT(size.with(op, *key) - expected <= SegmentSize().with(op, *key));
        bound = 512 + expected;
    }
    RC_ASSERT(bodyIn(seal(suite(), deviceKeys(), segment).value().envelope).size() <= bound);
}

}  // namespace
}  // namespace hezhang::sync
