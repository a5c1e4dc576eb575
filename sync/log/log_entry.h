// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One entry of the county log: a segment with a verdict for each of its ops, a later verdict, or a control entry.
//
// Shape:   docs/wire-format.md section 3. An entry's position is its index in the log; it is not part of the bytes, so an entry
//          handed back after a restore keeps its bytes, its time and its verdicts. The leaf of the Merkle log is over these bytes.
//          A segment entry names the segment by hash: whoever has the segment need not be sent it again.
// Errors:  decode: malformed.
// Threads: value types.
#pragma once

#include <variant>

#include "sync/op/archive.h"
#include "sync/op/op.h"

namespace hezhang::sync {

enum class Verdict : std::uint8_t { accepted = 1, held = 2, aside = 3, refused = 4 };

enum class Reason : std::uint8_t {
    none = 0,
    noRight = 1,
    windowClosed = 2,
    sealed = 3,
    revoked = 4,
    unknownRecord = 5,
    missingContext = 6,
    badValue = 7,
    limit = 8,
    wrongKind = 9,
    // of refused
    badSignature = 20,
    unknownDevice = 21,
    foreignScope = 22,
    overLimit = 23,
    malformed = 24
};

[[nodiscard]] std::string_view name(Verdict verdict);
[[nodiscard]] std::string_view name(Reason reason);

// How authority ranks the author of an op for its cell; larger wins.
using Rank = std::uint8_t;

// What the judge says of one op.
struct Judgement {
    Verdict verdict = Verdict::accepted;
    Reason reason = Reason::none;
    Rank rank = 0;
    auto operator<=>(const Judgement&) const = default;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(verdict, reason, rank);
    }
};

// Whether an op with this judgement makes its record known, with the scope of its lane. One that was set aside because its author had
// no right there, or for what it says, does not: else anybody could take a key for a wrong scope.
[[nodiscard]] constexpr bool opensRecord(const Judgement& judgement) {
    switch (judgement.reason) {
    case Reason::noRight:
    case Reason::badValue:
    case Reason::wrongKind:
    case Reason::unknownRecord: return false;
    default: return true;
    }
}

// `count` consecutive ops with the same judgement.
struct VerdictRun {
    std::uint32_t count = 0;
    Judgement judgement;
    bool isBranched = false;   // from a branch: a copied or restored home
    bool isRepeated = false;   // the op stands in the log already; its verdict is the one it has there

    template <class Archive>
    void serialize(Archive& archive) {
        archive(count, judgement, isBranched, isRepeated);
    }
};

struct SegmentEntry {
    Hash segment;
    std::vector<VerdictRun> verdicts;
    bool isIncomplete = false;   // the office took it in although something before it was missing

    template <class Archive>
    void serialize(Archive& archive) {
        archive(segment, verdicts, isIncomplete);
    }
};

// A later verdict for one op: aside → accepted, by an `admit`.
struct VerdictEntry {
    Hash op;                 // op id
    Hash segment;            // a segment it lies in
    OpCounter counter = 0;
    Rank rank = 0;
    RecordId person;         // who admitted it
    std::string why;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, segment, counter, rank, person, why);
    }
};

enum class ControlKind : std::uint8_t {
    county = 1,      // the first entry: CountyControl
    enrolment = 2,   // EnrolmentControl
    revocation = 3,  // DeviceControl
    definition = 4,  // DefinitionControl
    epoch = 5,       // EpochControl
    personEnd = 6,   // PersonControl
    backup = 7,      // BackupControl
    redaction = 8,   // RedactionControl
    wipe = 9         // DeviceControl
};

// A program passes over kinds after its newest one, and keeps them in its log.
inline constexpr ControlKind kNewestControl = ControlKind::wipe;

struct ControlEntry {
    ControlKind kind = ControlKind::county;
    Bytes body;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(kind, body);
    }
};

struct CountyControl {
    CountyId county;
    std::string name;
    SuiteId suite = SuiteId::international;
    Bytes publicKey;
    EpochId epoch;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(county, name, suite, publicKey, epoch);
    }
};

struct EnrolmentControl {
    DeviceId device;
    Bytes publicKey;
    RecordId person;
    RecordId unit;
    std::string role;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(device, publicKey, person, unit, role);
    }
};

struct DeviceControl {
    DeviceId device;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(device);
    }
};

struct PersonControl {
    RecordId person;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(person);
    }
};

struct DefinitionControl {
    std::string registerName;
    std::uint32_t version = 0;
    std::string source;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(registerName, version, source);
    }
};

// A new history: `fork` entries of the parent's remain.
struct EpochControl {
    EpochId epoch;
    EpochId parent;
    std::uint64_t fork = 0;
    std::string cause;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(epoch, parent, fork, cause);
    }
};

struct BackupControl {
    std::uint64_t size = 0;  // entries that are in a backup
    template <class Archive>
    void serialize(Archive& archive) {
        archive(size);
    }
};

// The value of an op is erased by law: wherever the op lies, its segment gives way to an extract without it.
struct RedactionControl {
    Hash op;                 // op id
    Hash segment;            // a segment it lies in
    OpCounter counter = 0;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, segment, counter);
    }
};

// Control entries go to everybody; the others to those who hold their scope.
struct LogEntry {
    std::string scope;
    WallMs at = 0;  // the county's time of entry
    std::variant<SegmentEntry, VerdictEntry, ControlEntry> content;

    template <class Archive>
    void save(Archive& out) const {
        out(FormatVersion<>{}, static_cast<std::uint8_t>(content.index()), scope, at);
        std::visit([&](const auto& part) { out(part); }, content);
    }
    template <class Archive>
    void load(Archive& in) {
        FormatVersion<> version;
        std::uint8_t kind = 0;
        in(version, kind, scope, at);
        switch (kind) {
        case 0: in(content.emplace<SegmentEntry>()); break;
        case 1: in(content.emplace<VerdictEntry>()); break;
        case 2: in(content.emplace<ControlEntry>()); break;
        default: throw cereal::Exception("unknown kind of entry");
        }
    }
};

[[nodiscard]] inline bool isControl(const LogEntry& entry) { return std::holds_alternative<ControlEntry>(entry.content); }

[[nodiscard]] inline bool isRedaction(const LogEntry& entry) {
    const auto* control = std::get_if<ControlEntry>(&entry.content);
    return control != nullptr && control->kind == ControlKind::redaction;
}

// What the county signs: its whole history up to `size` entries.
struct Head {
    CountyId county;
    EpochId epoch;
    std::uint64_t size = 0;
    Hash root;
    WallMs at = 0;
    Bytes signature;  // by the county's key, over the rest

    [[nodiscard]] Bytes signedBytes() const;

    template <class Archive>
    void serialize(Archive& archive) {
        FormatVersion<> version;
        archive(version, county, epoch, size, root, at, signature);
    }
};

[[nodiscard]] Result<Head> signHead(const Suite& suite, const KeyPair& county, Head head);
[[nodiscard]] bool isSignedBy(const Suite& suite, const Head& head, BytesView countyPublicKey);
// The county's id is the start of the hash of its public key, so whoever knows the id knows the key.
[[nodiscard]] CountyId countyIdOf(const Suite& suite, BytesView publicKey);
[[nodiscard]] DeviceId deviceIdOf(const Suite& suite, BytesView publicKey);

// A set of entries with one proof that they stand in the log of `head`: how entries travel, rest on devices and are handed back.
struct ProvenEntry {
    std::uint64_t position = 0;
    Bytes entry;
    Bytes segment;  // the envelope of a segment entry; empty where the receiver has it

    template <class Archive>
    void serialize(Archive& archive) {
        archive(position, entry, segment);
    }
};
struct Page {
    Head head;
    std::vector<Hash> proof;            // merkle.h: one multiproof for all positions
    std::vector<ProvenEntry> entries;   // ascending positions

    template <class Archive>
    void serialize(Archive& archive) {
        archive(head, proof, entries);
    }
};
// Errors: proofInvalid unless every entry is in the log of the head and the head is signed by the county.
[[nodiscard]] Result<void> verifyPage(const Suite& suite, const Page& page, BytesView countyPublicKey);

}  // namespace hezhang::sync
