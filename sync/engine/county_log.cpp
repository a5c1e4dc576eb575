// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/county_log.h"

namespace hezhang::sync {
namespace {

constexpr std::string_view kKey = "county-key";          // private key: the store is the county's safe
constexpr std::string_view kSize = "log-size";
constexpr std::string_view kEpoch = "epoch";
constexpr std::string_view kHead = "head";
constexpr std::string_view kLostEpoch = "lost/";         // + epoch id: its end is known to be lost
constexpr std::string_view kControlScope = "";           // control entries go to everybody

struct StoredKey {
    FormatVersion<> version;
    KeyPair key;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, key.privateKey, key.publicKey);
    }
};

}  // namespace

Result<Hash> StoreNodes::node(unsigned level, std::uint64_t index) {
    HZ_TRY(const std::optional<Hash> hash, m_store.node(level, index));
    if (!hash) {
        return fail(ErrorCode::storageCorrupt, "a node of the log's tree is missing");
    }
    return *hash;
}

Result<void> StoreNodes::put(unsigned level, std::uint64_t index, const Hash& hash) {
    return m_store.putNode(level, index, hash);
}

Result<KeyPair> CountyLog::key() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kKey));
    if (!bytes) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    HZ_TRY(const StoredKey stored, decode<StoredKey>(*bytes, "county key"));
    return stored.key;
}

Result<CountyControl> CountyLog::control() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(meta::kCounty));
    if (!bytes) {
        return fail(ErrorCode::notFound, "this folder holds no county");
    }
    return decode<CountyControl>(*bytes, "county");
}

Result<EpochId> CountyLog::epoch() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kEpoch));
    return EpochId::of(bytes.value_or(Bytes(EpochId::kSize)));
}

Result<std::uint64_t> CountyLog::size() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kSize));
    if (!bytes) {
        return std::uint64_t{0};
    }
    return decode<std::uint64_t>(*bytes, "log size");
}

Result<std::uint64_t> CountyLog::appendBytes(BytesView entry) {
    HZ_TRY(const std::uint64_t position, size());
    MerkleLog log(m_suite, m_nodes, position);
    HZ_CHECK(log.append(merkleLeaf(m_suite, entry)));
    HZ_CHECK(m_store.putEntry({position, copyOf(entry), 0}));
    HZ_CHECK(m_store.setMeta(kSize, encode(std::uint64_t{position + 1})));
    return position;
}

Result<std::uint64_t> CountyLog::append(const LogEntry& entry) { return appendBytes(encode(entry)); }

Result<void> CountyLog::appendControlBytes(ControlKind kind, const Bytes& body, WallMs now) {
    const LogEntry entry{std::string(kControlScope), now, ControlEntry{kind, body}};
    HZ_TRY(const std::uint64_t position, append(entry));
    HZ_TRY([[maybe_unused]] const Applied applied, m_applier.apply(position, entry, nullptr));
    return {};
}

Result<CountyControl> CountyLog::create(const std::string& countyName, WallMs now) {
    HZ_TRY(const KeyPair keys, m_suite.newKeyPair(m_random));
    HZ_CHECK(m_store.setMeta(kKey, encode(StoredKey{{}, keys})));
    const auto first = m_random.draw<EpochId>();
    HZ_CHECK(m_store.setMeta(kEpoch, first.view()));
    const CountyControl county{countyIdOf(m_suite, keys.publicKey), countyName, m_suite.id(), keys.publicKey, first};
    HZ_CHECK(appendControl(ControlKind::county, county, now));
    return county;
}

Result<void> CountyLog::noteLost(const EpochId& lost) {
    HZ_TRY(const EpochId current, epoch());
    return m_store.setMeta(std::string(kLostEpoch) + lost.hex(), current.view());
}

Result<bool> CountyLog::isLost(const EpochId& asked) {
    HZ_TRY(const std::optional<Bytes> noted, m_store.meta(std::string(kLostEpoch) + asked.hex()));
    return noted.has_value();
}

Result<std::vector<Hash>> CountyLog::inclusion(const std::vector<std::uint64_t>& positions, std::uint64_t at) {
    return MerkleLog(m_suite, m_nodes, at).inclusion(positions, at);
}

Result<std::vector<Hash>> CountyLog::consistency(std::uint64_t older, std::uint64_t at) {
    return MerkleLog(m_suite, m_nodes, at).consistency(older, at);
}

Result<Hash> CountyLog::rootAt(std::uint64_t at) {
    HZ_TRY(const std::uint64_t all, size());
    return MerkleLog(m_suite, m_nodes, all).root(at);
}

Result<Head> CountyLog::head() {
    HZ_TRY(const std::optional<Bytes> bytes, m_store.meta(kHead));
    if (!bytes) {
        return fail(ErrorCode::notFound, "nothing is signed yet");
    }
    return decode<Head>(*bytes, "head");
}

Result<Head> CountyLog::signedHead(WallMs now) {
    HZ_TRY(const std::uint64_t all, size());
    HZ_TRY(const EpochId current, epoch());
    const auto before = head();
    if (before && before->size == all && before->epoch == current) {
        return *before;
    }
    HZ_TRY(const KeyPair keys, key());
    HZ_TRY(const Hash root, rootAt(all));
    HZ_TRY(const Head fresh, signHead(m_suite, keys, {countyIdOf(m_suite, keys.publicKey), current, all, root, now, {}}));
    HZ_CHECK(m_store.setMeta(kHead, encode(fresh)));
    return fresh;
}

Result<void> CountyLog::beginEpoch(const std::string& cause, WallMs now) {
    HZ_TRY(const std::uint64_t fork, size());
    HZ_TRY(const EpochId parent, epoch());
    const auto fresh = m_random.draw<EpochId>();
    HZ_CHECK(m_store.setMeta(kEpoch, fresh.view()));
    HZ_CHECK(noteLost(parent));
    // What we wrote ourselves beyond the fork comes back on these lanes: go on on new ones.
    HZ_TRY(std::vector<LaneRow> lanes, m_store.lanes());
    for (LaneRow& lane : lanes) {
        if (lane.isOpen) {
            lane.isOpen = false;
            HZ_CHECK(m_store.putLane(lane));
        }
    }
    return appendControl(ControlKind::epoch, EpochControl{fresh, parent, fork, cause}, now);
}

}  // namespace hezhang::sync
