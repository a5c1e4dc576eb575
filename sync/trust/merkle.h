// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Merkle trees over a suite's hash, shaped and hashed as RFC 6962 says: a leaf is H(00 || data), a node
// H(01 || left || right), the left half of n leaves is the largest power of two below n. A log keeps the
// nodes of complete subtrees, which never change; roots and proofs for any earlier size come out of them.
//
// A consistency proof is PROOF(m, D[n]) of RFC 6962 2.1.2. An inclusion proof covers a set of leaves at once:
// the roots of the largest subtrees that hold none of them, in the order in which this walk meets them:
//
//   walk(subtree):  holds no asked leaf -> its root is the next of the proof
//                   is one leaf         -> nothing
//                   else                -> walk(left half), walk(right half)
//
// For one leaf these are the nodes of the RFC's audit path, left to right instead of upwards.
//
// Sizes and indexes of proofs may be hostile, up to 2^64-1: checking one takes no memory, recursion at most
// 64 deep, and at most 64 hashes for each index. Threads: functions are pure; a MerkleLog belongs to its
// nodes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sync/base/bytes.h"
#include "sync/base/result.h"
#include "sync/trust/suite.h"

namespace hezhang::sync {

[[nodiscard]] Hash merkleLeaf(const Suite& suite, BytesView data);
[[nodiscard]] Hash merkleNode(const Suite& suite, const Hash& left, const Hash& right);
// Of no leaves: the hash of nothing.
[[nodiscard]] Hash merkleRoot(const Suite& suite, std::span<const Hash> leaves);

// Where a log keeps its nodes. Node (level, index) is the root over the leaves from index * 2^level on,
// 2^level of them, all there; level 0 holds the leaves.
class MerkleNodes {
public:
    virtual ~MerkleNodes() = default;
    // Errors: the store's own; storageCorrupt for a node that was never put.
    [[nodiscard]] virtual Result<Hash> node(unsigned level, std::uint64_t index) = 0;
    // May repeat an index, for a size that was not committed.
    [[nodiscard]] virtual Result<void> put(unsigned level, std::uint64_t index, const Hash& hash) = 0;
};

class MemoryMerkleNodes final : public MerkleNodes {
public:
    [[nodiscard]] Result<Hash> node(unsigned level, std::uint64_t index) override;
    [[nodiscard]] Result<void> put(unsigned level, std::uint64_t index, const Hash& hash) override;

private:
    std::vector<std::vector<Hash>> m_levels;
};

// A log of `size` leaves over its nodes. It holds nothing else, so where a store's transaction rolled back,
// start again with the size of before. Errors: those of the nodes; badInput for what is outside the log.
class MerkleLog {
public:
    MerkleLog(const Suite& suite, MerkleNodes& nodes, std::uint64_t size)
        : m_suite(suite), m_nodes(nodes), m_size(size) {}

    // Puts two nodes and reads one, on average. After an error the size is as before.
    [[nodiscard]] Result<void> append(const Hash& leaf);
    [[nodiscard]] std::uint64_t size() const { return m_size; }

    // The root when the log had `size` leaves.
    [[nodiscard]] Result<Hash> root(std::uint64_t size) const;
    // That the first oldSize leaves of newSize are those of oldSize. Empty for equal sizes and from 0.
    [[nodiscard]] Result<std::vector<Hash>> consistency(std::uint64_t oldSize, std::uint64_t newSize) const;
    // That these leaves stand at these indexes. REQUIRES: the indexes ascend; one at least.
    [[nodiscard]] Result<std::vector<Hash>> inclusion(std::span<const std::uint64_t> sortedIndexes,
                                                      std::uint64_t size) const;

private:
    [[nodiscard]] Result<Hash> subtree(std::uint64_t begin, std::uint64_t size) const;
    [[nodiscard]] Result<void> collectConsistency(std::uint64_t oldSize, std::uint64_t begin,
                                                  std::uint64_t size, bool oldIsWhole,
                                                  std::vector<Hash>& proof) const;
    [[nodiscard]] Result<void> collectInclusion(std::span<const std::uint64_t> indexes, std::uint64_t begin,
                                                std::uint64_t size, std::vector<Hash>& proof) const;

    const Suite& m_suite;
    MerkleNodes& m_nodes;
    std::uint64_t m_size;
};

// The inclusion proof in a tree whose leaves are all at hand, as those of a segment are.
// REQUIRES: the indexes ascend and are below leaves.size(); one at least.
[[nodiscard]] std::vector<Hash> merkleInclusion(const Suite& suite, std::span<const Hash> leaves,
                                                std::span<const std::uint64_t> sortedIndexes);

// false unless the proof has exactly the nodes it needs and leads from one root to the other. From size 0 the
// old root is the hash of nothing.
[[nodiscard]] bool verifyConsistency(const Suite& suite, std::uint64_t oldSize, const Hash& oldRoot,
                                     std::uint64_t newSize, const Hash& newRoot, std::span<const Hash> proof);

// The root that the proof leads to, to be compared with a signed one. nullopt unless there is an index, the
// indexes strictly ascend below `size`, each has its leaf hash, and the proof has exactly the nodes it needs.
[[nodiscard]] std::optional<Hash> rootFromInclusion(const Suite& suite,
                                                    std::span<const std::uint64_t> sortedIndexes,
                                                    std::span<const Hash> leafHashes, std::uint64_t size,
                                                    std::span<const Hash> proof);

// The inclusion proof of `kept`, some of the indexes, out of the proof of all of them. nullopt as above.
// REQUIRES: `kept` ascends and is not empty.
[[nodiscard]] std::optional<std::vector<Hash>> narrowInclusion(const Suite& suite,
                                                               std::span<const std::uint64_t> sortedIndexes,
                                                               std::span<const Hash> leafHashes, std::uint64_t size,
                                                               std::span<const Hash> proof,
                                                               std::span<const std::uint64_t> kept);

// How many nodes the inclusion proof has: what a decoder may expect. nullopt for indexes as above.
[[nodiscard]] std::optional<std::size_t> inclusionProofLength(std::span<const std::uint64_t> sortedIndexes,
                                                              std::uint64_t size);

}  // namespace hezhang::sync
