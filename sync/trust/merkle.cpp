// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/trust/merkle.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "sync/base/check.h"

namespace hezhang::sync {

namespace {

using Indexes = std::span<const std::uint64_t>;

// The leaves of the left half. REQUIRES: size > 1
std::uint64_t leftSize(std::uint64_t size) {
    return std::bit_floor(size - 1);
}

// Of the indexes of a subtree, those in its left and in its right half.
std::pair<Indexes, Indexes> splitAt(Indexes indexes, std::uint64_t middle) {
    const auto left = static_cast<std::size_t>(std::ranges::lower_bound(indexes, middle) - indexes.begin());
    return {indexes.first(left), indexes.subspan(left)};
}

bool ascendBelow(Indexes indexes, std::uint64_t size) {
    return !indexes.empty() && indexes.back() < size &&
           std::ranges::adjacent_find(indexes, std::ranges::greater_equal()) == indexes.end();
}

// Hands out a proof's nodes one by one.
class ProofReader {
public:
    explicit ProofReader(std::span<const Hash> proof) : m_rest(proof) {}
    [[nodiscard]] std::optional<Hash> next() {
        if (m_rest.empty()) {
            return std::nullopt;
        }
        const Hash hash = m_rest.front();
        m_rest = m_rest.subspan(1);
        return hash;
    }
    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    std::span<const Hash> m_rest;
};

// Rebuilds the roots of both sizes from a consistency proof: RFC 6962 2.1.2 read backwards.
class ConsistencyCheck {
public:
    struct Roots {
        Hash before;
        Hash after;
    };

    ConsistencyCheck(const Suite& suite, const Hash& oldRoot, std::span<const Hash> proof)
        : m_suite(suite), m_oldRoot(oldRoot), m_proof(proof) {}

    // oldIsWhole: the old tree is this subtree's beginning and nothing before it, so its root is known.
    [[nodiscard]] std::optional<Roots> roots(std::uint64_t oldSize, std::uint64_t size, bool oldIsWhole) {
        if (oldSize == size) {
            return unchanged(oldIsWhole);
        }
        const std::uint64_t left = leftSize(size);
        const bool goLeft = oldSize <= left;
        const auto inner =
            goLeft ? roots(oldSize, left, oldIsWhole) : roots(oldSize - left, size - left, false);
        const auto sibling = inner ? m_proof.next() : std::nullopt;
        if (!sibling) {
            return std::nullopt;
        }
        if (goLeft) {
            return Roots{inner->before, merkleNode(m_suite, inner->after, *sibling)};
        }
        return Roots{merkleNode(m_suite, *sibling, inner->before),
                     merkleNode(m_suite, *sibling, inner->after)};
    }
    [[nodiscard]] bool atEnd() const { return m_proof.atEnd(); }

private:
    [[nodiscard]] std::optional<Roots> unchanged(bool oldIsWhole) {
        const auto root = oldIsWhole ? std::optional(m_oldRoot) : m_proof.next();
        return root ? std::optional(Roots{*root, *root}) : std::nullopt;
    }

    const Suite& m_suite;
    const Hash& m_oldRoot;
    ProofReader m_proof;
};

// Rebuilds the root from an inclusion proof. Takes leaves and nodes in the order of the walk.
class InclusionCheck {
public:
    InclusionCheck(const Suite& suite, std::span<const Hash> leaves, std::span<const Hash> proof)
        : m_suite(suite), m_leaves(leaves), m_proof(proof) {}

    [[nodiscard]] std::optional<Hash> root(Indexes indexes, std::uint64_t begin, std::uint64_t size) {
        if (indexes.empty()) {
            return m_proof.next();
        }
        if (size == 1) {
            return m_leaves.next();
        }
        const std::uint64_t left = leftSize(size);
        const auto [inLeft, inRight] = splitAt(indexes, begin + left);
        const auto leftRoot = root(inLeft, begin, left);
        const auto rightRoot = leftRoot ? root(inRight, begin + left, size - left) : std::nullopt;
        return rightRoot ? std::optional(merkleNode(m_suite, *leftRoot, *rightRoot)) : std::nullopt;
    }
    [[nodiscard]] bool atEnd() const { return m_proof.atEnd() && m_leaves.atEnd(); }

private:
    const Suite& m_suite;
    ProofReader m_leaves;
    ProofReader m_proof;
};

std::size_t proofLength(Indexes indexes, std::uint64_t begin, std::uint64_t size) {
    if (indexes.empty()) {
        return 1;
    }
    if (size == 1) {
        return 0;
    }
    const std::uint64_t left = leftSize(size);
    const auto [inLeft, inRight] = splitAt(indexes, begin + left);
    return proofLength(inLeft, begin, left) + proofLength(inRight, begin + left, size - left);
}

void collectFromLeaves(const Suite& suite, std::span<const Hash> leaves, Indexes indexes, std::uint64_t begin,
                       std::vector<Hash>& proof) {
    if (indexes.empty()) {
        proof.push_back(merkleRoot(suite, leaves));
        return;
    }
    if (leaves.size() == 1) {
        return;
    }
    const std::size_t left = leftSize(leaves.size());
    const auto [inLeft, inRight] = splitAt(indexes, begin + left);
    collectFromLeaves(suite, leaves.first(left), inLeft, begin, proof);
    collectFromLeaves(suite, leaves.subspan(left), inRight, begin + left, proof);
}

tl::unexpected<Error> outside() {
    return fail(ErrorCode::badInput, "a proof was asked for outside the log");
}

// Walks a proof that was found valid; what holds no kept leaf any more becomes one node of the new proof.
class InclusionNarrowing {
public:
    InclusionNarrowing(const Suite& suite, std::span<const Hash> leaves, std::span<const Hash> proof)
        : m_suite(suite), m_leaves(leaves), m_proof(proof) {}

    std::vector<Hash> proofOf(Indexes asked, Indexes kept, std::uint64_t size) {
        (void)root(asked, kept, 0, size, true);
        return std::move(m_narrowed);
    }

private:
    Hash root(Indexes asked, Indexes kept, std::uint64_t begin, std::uint64_t size, bool isShown) {
        const Hash hash = rootBelow(asked, kept, begin, size, isShown && !kept.empty());
        if (isShown && kept.empty()) {
            m_narrowed.push_back(hash);
        }
        return hash;
    }
    Hash rootBelow(Indexes asked, Indexes kept, std::uint64_t begin, std::uint64_t size, bool isShown) {
        if (asked.empty() || size == 1) {
            std::span<const Hash>& from = asked.empty() ? m_proof : m_leaves;
            const Hash hash = from.front();
            from = from.subspan(1);
            return hash;
        }
        const std::uint64_t left = leftSize(size);
        const auto [askedLeft, askedRight] = splitAt(asked, begin + left);
        const auto [keptLeft, keptRight] = splitAt(kept, begin + left);
        const Hash leftRoot = root(askedLeft, keptLeft, begin, left, isShown);
        return merkleNode(m_suite, leftRoot, root(askedRight, keptRight, begin + left, size - left, isShown));
    }

    const Suite& m_suite;
    std::span<const Hash> m_leaves;
    std::span<const Hash> m_proof;
    std::vector<Hash> m_narrowed;
};

}  // namespace

Hash merkleLeaf(const Suite& suite, BytesView data) {
    static constexpr std::uint8_t kLeaf[] = {0};
    return suite.hash({kLeaf, data});
}

Hash merkleNode(const Suite& suite, const Hash& left, const Hash& right) {
    static constexpr std::uint8_t kNode[] = {1};
    return suite.hash({kNode, left.view(), right.view()});
}

Hash merkleRoot(const Suite& suite, std::span<const Hash> leaves) {
    if (leaves.empty()) {
        return suite.hash({});
    }
    if (leaves.size() == 1) {
        return leaves.front();
    }
    const std::size_t left = leftSize(leaves.size());
    return merkleNode(suite, merkleRoot(suite, leaves.first(left)), merkleRoot(suite, leaves.subspan(left)));
}

Result<Hash> MemoryMerkleNodes::node(unsigned level, std::uint64_t index) {
    if (level >= m_levels.size() || index >= m_levels[level].size()) {
        return fail(ErrorCode::storageCorrupt, "a node of the Merkle log is missing");
    }
    return m_levels[level][index];
}

Result<void> MemoryMerkleNodes::put(unsigned level, std::uint64_t index, const Hash& hash) {
    if (level >= m_levels.size()) {
        m_levels.resize(level + 1);
    }
    std::vector<Hash>& nodes = m_levels[level];
    HZ_ASSERT(index <= nodes.size());
    if (index == nodes.size()) {
        nodes.push_back(hash);
    } else {
        nodes[index] = hash;
    }
    return {};
}

Result<void> MerkleLog::append(const Hash& leaf) {
    HZ_CHECK(m_nodes.put(0, m_size, leaf));
    Hash hash = leaf;
    std::uint64_t index = m_size;
    // An odd index is a right half: it completes the subtree above.
    for (unsigned level = 0; (index & 1) != 0; index >>= 1) {
        HZ_TRY(const Hash left, m_nodes.node(level, index - 1));
        hash = merkleNode(m_suite, left, hash);
        ++level;
        HZ_CHECK(m_nodes.put(level, index >> 1, hash));
    }
    ++m_size;
    return {};
}

// REQUIRES: size > 0, and begin is a multiple of the smallest power of two that is at least size.
Result<Hash> MerkleLog::subtree(std::uint64_t begin, std::uint64_t size) const {
    if (std::has_single_bit(size)) {
        const auto level = static_cast<unsigned>(std::countr_zero(size));
        return m_nodes.node(level, begin >> level);
    }
    const std::uint64_t left = leftSize(size);
    HZ_TRY(const Hash leftRoot, subtree(begin, left));
    HZ_TRY(const Hash rightRoot, subtree(begin + left, size - left));
    return merkleNode(m_suite, leftRoot, rightRoot);
}

Result<Hash> MerkleLog::root(std::uint64_t size) const {
    if (size > m_size) {
        return outside();
    }
    if (size == 0) {
        return merkleRoot(m_suite, {});
    }
    return subtree(0, size);
}

// SUBPROOF of RFC 6962 2.1.2; oldSize counts from `begin`.
Result<void> MerkleLog::collectConsistency(std::uint64_t oldSize, std::uint64_t begin, std::uint64_t size,
                                           bool oldIsWhole, std::vector<Hash>& proof) const {
    if (oldSize == size) {
        if (!oldIsWhole) {
            HZ_TRY(const Hash unchanged, subtree(begin, size));
            proof.push_back(unchanged);
        }
        return {};
    }
    const std::uint64_t left = leftSize(size);
    const bool goLeft = oldSize <= left;
    if (goLeft) {
        HZ_CHECK(collectConsistency(oldSize, begin, left, oldIsWhole, proof));
    } else {
        HZ_CHECK(collectConsistency(oldSize - left, begin + left, size - left, false, proof));
    }
    HZ_TRY(const Hash sibling, goLeft ? subtree(begin + left, size - left) : subtree(begin, left));
    proof.push_back(sibling);
    return {};
}

Result<std::vector<Hash>> MerkleLog::consistency(std::uint64_t oldSize, std::uint64_t newSize) const {
    if (oldSize > newSize || newSize > m_size) {
        return outside();
    }
    std::vector<Hash> proof;
    if (oldSize > 0) {
        HZ_CHECK(collectConsistency(oldSize, 0, newSize, true, proof));
    }
    return proof;
}

Result<void> MerkleLog::collectInclusion(Indexes indexes, std::uint64_t begin, std::uint64_t size,
                                         std::vector<Hash>& proof) const {
    if (indexes.empty()) {
        HZ_TRY(const Hash hash, subtree(begin, size));
        proof.push_back(hash);
        return {};
    }
    if (size == 1) {
        return {};
    }
    const std::uint64_t left = leftSize(size);
    const auto [inLeft, inRight] = splitAt(indexes, begin + left);
    HZ_CHECK(collectInclusion(inLeft, begin, left, proof));
    return collectInclusion(inRight, begin + left, size - left, proof);
}

Result<std::vector<Hash>> MerkleLog::inclusion(Indexes sortedIndexes, std::uint64_t size) const {
    if (size > m_size || !ascendBelow(sortedIndexes, size)) {
        return outside();
    }
    std::vector<Hash> proof;
    HZ_CHECK(collectInclusion(sortedIndexes, 0, size, proof));
    return proof;
}

std::vector<Hash> merkleInclusion(const Suite& suite, std::span<const Hash> leaves, Indexes sortedIndexes) {
    HZ_ASSERT(ascendBelow(sortedIndexes, leaves.size()));
    std::vector<Hash> proof;
    collectFromLeaves(suite, leaves, sortedIndexes, 0, proof);
    return proof;
}

bool verifyConsistency(const Suite& suite, std::uint64_t oldSize, const Hash& oldRoot, std::uint64_t newSize,
                       const Hash& newRoot, std::span<const Hash> proof) {
    if (oldSize > newSize) {
        return false;
    }
    if (oldSize == 0) {
        const Hash empty = merkleRoot(suite, {});
        return proof.empty() && oldRoot == empty && (newSize != 0 || newRoot == empty);
    }
    ConsistencyCheck check(suite, oldRoot, proof);
    const auto roots = check.roots(oldSize, newSize, true);
    return roots && check.atEnd() && roots->before == oldRoot && roots->after == newRoot;
}

std::optional<Hash> rootFromInclusion(const Suite& suite, Indexes sortedIndexes,
                                      std::span<const Hash> leafHashes, std::uint64_t size,
                                      std::span<const Hash> proof) {
    if (!ascendBelow(sortedIndexes, size) || leafHashes.size() != sortedIndexes.size()) {
        return std::nullopt;
    }
    InclusionCheck check(suite, leafHashes, proof);
    const auto root = check.root(sortedIndexes, 0, size);
    return check.atEnd() ? root : std::nullopt;
}

std::optional<std::vector<Hash>> narrowInclusion(const Suite& suite, Indexes sortedIndexes,
                                                 std::span<const Hash> leafHashes, std::uint64_t size,
                                                 std::span<const Hash> proof, Indexes kept) {
    if (!rootFromInclusion(suite, sortedIndexes, leafHashes, size, proof) ||
        !std::includes(sortedIndexes.begin(), sortedIndexes.end(), kept.begin(), kept.end())) {
        return std::nullopt;
    }
    InclusionNarrowing narrowing(suite, leafHashes, proof);
    return narrowing.proofOf(sortedIndexes, kept, size);
}

std::optional<std::size_t> inclusionProofLength(Indexes sortedIndexes, std::uint64_t size) {
    if (!ascendBelow(sortedIndexes, size)) {
        return std::nullopt;
    }
    return proofLength(sortedIndexes, 0, size);
}

}  // namespace hezhang::sync
