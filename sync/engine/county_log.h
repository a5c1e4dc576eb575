// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's one log as the county writes it: gap-free positions, one Merkle tree over all entries, the key that signs its heads,
// its epochs.
//
// Shape:   docs/sync-model.md section 7. An entry never changes; what is appended is a leaf and, for control entries, has its effect
//          in the same transaction.
// Errors:  notFound where the store holds no county; storage errors.
// Threads: that of its store. What decides is read inside the write transaction, so several processes may append.
#pragma once

#include "sync/engine/log_applier.h"
#include "sync/base/random_source.h"
#include "sync/trust/merkle.h"

namespace hezhang::sync {

// The nodes of a log's tree as a store keeps them.
class StoreNodes final : public MerkleNodes {
public:
    explicit StoreNodes(Store& store) : m_store(store) {}
    [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index) override;
    [[nodiscard]] Result<void> put(unsigned level, std::uint64_t index, const Hash& hash) override;

private:
    Store& m_store;
};

class CountyLog {
public:
    CountyLog(Store& store, const Suite& suite, RandomSource& random, LogApplier& applier)
        : m_store(store), m_suite(suite), m_random(random), m_applier(applier), m_nodes(store) {}
    CountyLog(const CountyLog&) = delete;
    CountyLog& operator=(const CountyLog&) = delete;

    // Draws key and first epoch and appends the first entry. REQUIRES: an empty store, inside a write transaction.
    [[nodiscard]] Result<CountyControl> create(const std::string& countyName, WallMs now);

    // -- writing; inside a write transaction
    // Appends an entry without applying it; its position.
    [[nodiscard]] Result<std::uint64_t> append(const LogEntry& entry);
    [[nodiscard]] Result<std::uint64_t> appendBytes(BytesView entry);
    template <class Body>
    [[nodiscard]] Result<void> appendControl(ControlKind kind, const Body& body, WallMs now) {
        return appendControlBytes(kind, encode(body), now);
    }
    // The head over all that is appended by now, signed at most once for the same size.
    [[nodiscard]] Result<Head> signedHead(WallMs now);
    // A new epoch whose history keeps all present entries. The present one's end counts as lost from now on.
    [[nodiscard]] Result<void> beginEpoch(const std::string& cause, WallMs now);
    // What an epoch had beyond the present log is known to be lost: it asks for no new epoch again.
    [[nodiscard]] Result<void> noteLost(const EpochId& epoch);

    // -- reading
    [[nodiscard]] Result<KeyPair> key();
    [[nodiscard]] Result<CountyControl> control();
    [[nodiscard]] Result<EpochId> epoch();
    [[nodiscard]] Result<bool> isLost(const EpochId& epoch);
    [[nodiscard]] Result<std::uint64_t> size();
    [[nodiscard]] Result<Hash> rootAt(std::uint64_t size);
    [[nodiscard]] Result<Head> head();
    // Proofs over the first `size` entries: that these positions stand in it; that it continues the first `older` ones.
    [[nodiscard]] Result<std::vector<Hash>> inclusion(const std::vector<std::uint64_t>& positions, std::uint64_t size);
    [[nodiscard]] Result<std::vector<Hash>> consistency(std::uint64_t older, std::uint64_t size);

private:
    [[nodiscard]] Result<void> appendControlBytes(ControlKind kind, const Bytes& body, WallMs now);

    Store& m_store;
    const Suite& m_suite;
    RandomSource& m_random;
    LogApplier& m_applier;
    StoreNodes m_nodes;
};

}  // namespace hezhang::sync
