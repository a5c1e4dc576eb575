// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What replica and county say to each other. One round trip of kSyncPath pushes and pulls.
//
// Shape:   docs/wire-format.md section 5. A request is a frame: body, then its authentication. An answer is a
// frame that is bound to
//          the request: a captive portal, a replay or an answer to somebody else is never taken for the
//          county's.
// Limits:  kMessageMax packed, kMessageUnpackedMax unpacked; kMessageOpsMax ops.
// Errors:  malformed, tooLarge, notOurServer (authentication of an answer).
#pragma once

#include "sync/log/log_entry.h"

namespace hezhang::sync {

inline constexpr std::size_t kMessageMax = 1024 * 1024;
inline constexpr std::size_t kMessageUnpackedMax = 8 * 1024 * 1024;
inline constexpr std::size_t kMessageOpsMax = 16'384;
inline constexpr std::string_view kSyncPath = "/v1/sync";
inline constexpr std::string_view kEnrolPath = "/v1/enroll";
inline constexpr std::string_view kBlobPutPath = "/v1/blob/put";
inline constexpr std::string_view kBlobGetPath = "/v1/blob/get";
inline constexpr std::string_view kOfficePath = "/v1/office";
inline constexpr std::string_view kContentType = "application/x-hezhang";

using HeadMark = FixedBytes<struct HeadMarkTag, 8>;  // the start of the root at a position
[[nodiscard]] inline HeadMark markOf(const Hash& root) { return HeadMark::of(root.view().first(HeadMark::kSize)); }
using MacKey = FixedBytes<struct MacKeyTag, 32>;

// How far a replica has taken the log into account.
struct Cursor {
    EpochId epoch;
    std::uint64_t position = 0;  // entries [0, position) of the log, as far as its scopes go
    HeadMark mark;               // of the root at `position`
    std::uint32_t released = 0;  // how many of the entries that go out before `position` are taken as well
    auto operator<=>(const Cursor&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(epoch, position, mark, released);
    }
};

// A size of the log and the mark of its root there.
struct SizeMark {
    std::uint64_t size = 0;
    HeadMark mark;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(size, mark);
    }
};

// How far a scope that was given later has been read; from there to the cursor it is still to come.
struct Backfill {
    std::string scope;
    std::uint64_t position = 0;
    std::uint32_t released = 0;  // as in Cursor
    auto operator<=>(const Backfill&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(scope, position, released);
    }
};

struct SyncRequest {
    FormatVersion<> version;
    DeviceId device;
    Cursor cursor;
    HeadMark scopes;                // of the list of scopes the replica holds (scopesMark)
    std::vector<Backfill> backfill;
    SizeMark proven;                // the newest head the replica holds: the answer proves that its head extends it
    std::vector<Bytes> segments;    // pushed, in lane order
    std::vector<Page> handBack;     // entries the county has lost, in old order
    std::vector<SizeMark> marks;    // only when asked: the heads the replica holds, newest first
    std::optional<Head> shownHead;  // with marks: the newest of them, whole
    std::uint64_t answerBytes = 0;  // of entries the answer may hold: less than the county gives by itself, on a slow link. 0: as it likes

    template <class Archive>
    void save(Archive& out) const {
        out(version, device, cursor, scopes, backfill, proven, segments, handBack, marks, shownHead);
        if (answerBytes != 0) {
            out(answerBytes);
        }
    }
    // The last field came later, so it stands there only where it says something.
    template <class Archive>
    void load(Archive& in) {
        in(version, device, cursor, scopes, backfill, proven, segments, handBack, marks, shownHead);
        if (!in.isAtEnd()) {
            in(answerBytes);
            if (answerBytes == 0) {
                throw cereal::Exception("a request says twice that it says nothing");
            }
        }
    }
};

enum class SyncStatus : std::uint8_t {
    ok = 0,
    showMarks = 1,      // the cursor is not of this history: ask again with marks
    stepBack = 2,       // go back to `stepBackTo`, hand back what lies beyond
    unknownDevice = 3,  // not enrolled here: hand back entries, or enrol
    revoked = 4,        // what was pushed is kept, aside; nothing more is given
    badRequest = 5
};

[[nodiscard]] constexpr bool isKnown(SyncStatus status) { return status <= SyncStatus::badRequest; }

// The fate of one pushed segment, in the request's order.
struct Ack {
    Verdict state = Verdict::accepted;  // accepted: in the log (verdicts in the feed) · held · refused
    Reason reason = Reason::none;
    std::uint64_t position = 0;  // accepted: where
    Hash want;                   // held: a segment that is missing

    template <class Archive>
    void serialize(Archive& archive) {
        archive(state, reason, position, want);
    }
};

// An op the county cannot enter yet, as the office is told of it: who wrote to which cell, without the text.
struct HeldOp {
    Hash op;
    std::string scope;
    RecordKey record;
    std::string field;
    RecordId person;
    DeviceId device;
    Hash missing;   // the segment it waits for; none: a definition
    auto operator<=>(const HeldOp&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, scope, record, field, person, device, missing);
    }
};

struct SyncAnswer {
    FormatVersion<> version;
    SyncStatus status = SyncStatus::ok;
    std::vector<Ack> acks;          // one a pushed segment, then one a page handed back
    std::optional<Page> page;       // feed: entries after the cursor; absent when nothing is new
    std::vector<Hash> consistency;  // proven.size → page->head.size
    Cursor cursor;                  // where the replica stands after the page
    std::vector<std::pair<Hash, Hash>> skipped;  // segments before those of the page that this device does not get, each with
                                                 // the one before it
    bool hasMore = false;
    std::optional<std::vector<std::string>> scopes;  // the list the device holds now, where the request's is another
    std::vector<Backfill> backfill;                  // where each stands now; one that reached the cursor is left out
    std::uint64_t stepBackTo = 0;
    std::uint64_t durable = 0;  // entries [0, durable) are in a backup
    std::vector<Hash> wanted;   // segments that held ones wait for
    std::vector<HeldOp> held;   // to the office only: what waits outside the log
    WallMs now = 0;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, status, acks, page, consistency, cursor, skipped, hasMore, scopes, backfill, stepBackTo, durable, wanted, held,
                now);
    }
};

struct EnrolRequest {
    FormatVersion<> version;
    Bytes codeId;  // names the invitation without giving the code away
    Bytes publicKey;
    Bytes signature;  // by the device, over codeId and publicKey: it has the key
    Bytes proof;      // keyed with the code: it has the code

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, codeId, publicKey, signature, proof);
    }
};

struct EnrolAnswer {
    FormatVersion<> version;
    ErrorCode refused = ErrorCode::internal;  // internal: not refused
    CountyControl county;
    MacKey macKey;
    RecordId person;
    RecordId unit;
    std::string role;
    std::string personName;
    std::string unitName;
    std::vector<std::string> scopes;  // as granted; "*": all of the county
    Bytes proof;  // keyed with the code over request and the rest: this is the county that invited
    WallMs now = 0;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, refused, county, macKey, person, unit, role, personName, unitName, scopes, proof,
                now);
    }
};

// The mark of a sorted list of scopes.
[[nodiscard]] HeadMark scopesMark(const Suite& suite, const std::vector<std::string>& scopes);

// A frame: the packed body, then how it is authenticated.
// A tag: keyed hash over the packed body and what it is bound to; none where the body proves itself (enrolment).
enum class AuthKind : std::uint8_t { none = 0, mac = 1 };
struct Frame {
    FormatVersion<> version;
    AuthKind auth = AuthKind::none;
    Bytes packed;
    Bytes tag;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, auth, packed, tag);
    }
};

[[nodiscard]] Bytes packSmall(BytesView plain);  // one byte tells raw from zstd
[[nodiscard]] Result<Bytes> unpackSmall(BytesView packed, std::size_t limit);

// `bound`: the tag of the request an answer belongs to; empty for requests.
[[nodiscard]] Bytes frameWithMac(const Suite& suite, BytesView plain, const MacKey& key, BytesView bound);
[[nodiscard]] Bytes frameWithoutAuth(BytesView plain);

// What stands in a frame, with the tag kept for binding the answer. Authentication is the caller's: isMacOf.
struct OpenedFrame {
    Frame frame;
    Bytes plain;
};
[[nodiscard]] Result<OpenedFrame> openFrame(BytesView bytes);
// Every byte is compared whatever differs: how long it takes says nothing of the key.
[[nodiscard]] bool isEqualInConstantTime(BytesView a, BytesView b);
[[nodiscard]] bool isMacOf(const Suite& suite, const Frame& frame, const MacKey& key, BytesView bound);

// What the answer to a request is bound to. REQUIRES: frameWithMac() made it.
[[nodiscard]] Bytes tagOf(BytesView request);
// What stands in an answer, if the county gave it to the request with this tag. Errors: notOurServer.
[[nodiscard]] Result<Bytes> openAnswer(const Suite& suite, BytesView answer, const MacKey& key,
                                       BytesView requestTag);
// Errors: also malformed.
template <class Answer>
[[nodiscard]] Result<Answer> answerTo(const Suite& suite, BytesView answer, const MacKey& key,
                                      BytesView requestTag) {
    HZ_TRY(const Bytes plain, openAnswer(suite, answer, key, requestTag));
    return decode<Answer>(plain, "answer");
}

}  // namespace hezhang::sync
