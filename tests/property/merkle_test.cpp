// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/trust/merkle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>
#include <set>
#include <string>

namespace hezhang::sync {
namespace {

using Indexes = std::vector<std::uint64_t>;

constexpr std::uint64_t kSizeMax = 70;

const Suite& suite() {
    return *suiteFor(SuiteId::international);
}

std::vector<Hash> leavesUpTo(std::uint64_t size) {
    std::vector<Hash> leaves;
    for (std::uint64_t i = 0; i < size; ++i) {
        leaves.push_back(merkleLeaf(suite(), viewOf("leaf " + std::to_string(i))));
    }
    return leaves;
}

// A log of `size` leaves with its nodes.
struct Fixture {
    explicit Fixture(std::uint64_t size) : leaves(leavesUpTo(size)), log(suite(), nodes, 0) {
        for (const Hash& leaf : leaves) {
            EXPECT_TRUE(log.append(leaf));
        }
    }
    [[nodiscard]] std::vector<Hash> leavesAt(const Indexes& indexes) const {
        std::vector<Hash> chosen;
        for (const std::uint64_t index : indexes) {
            chosen.push_back(leaves.at(index));
        }
        return chosen;
    }

    std::vector<Hash> leaves;
    MemoryMerkleNodes nodes;
    MerkleLog log;
};

const Fixture& sharedFixture() {
    static const Fixture fixture(kSizeMax);
    return fixture;
}

// RFC 6962 2.1, word by word.
std::uint64_t largestPowerBelow(std::uint64_t n) {
    std::uint64_t k = 1;
    while (k * 2 < n) {
        k *= 2;
    }
    return k;
}

Hash mth(std::span<const Hash> leaves) {
    if (leaves.empty()) {
        return suite().hash({});
    }
    if (leaves.size() == 1) {
        return leaves[0];
    }
    const auto k = largestPowerBelow(leaves.size());
    return merkleNode(suite(), mth(leaves.first(k)), mth(leaves.subspan(k)));
}

std::vector<Hash> plus(std::vector<Hash> list, const Hash& last) {
    list.push_back(last);
    return list;
}

std::vector<Hash> path(std::uint64_t m, std::span<const Hash> leaves) {
    if (leaves.size() == 1) {
        return {};
    }
    const auto k = largestPowerBelow(leaves.size());
    return m < k ? plus(path(m, leaves.first(k)), mth(leaves.subspan(k)))
                 : plus(path(m - k, leaves.subspan(k)), mth(leaves.first(k)));
}

std::vector<Hash> subproof(std::uint64_t m, std::span<const Hash> leaves, bool whole) {
    if (m == leaves.size()) {
        return whole ? std::vector<Hash>{} : std::vector<Hash>{mth(leaves)};
    }
    const auto k = largestPowerBelow(leaves.size());
    return m <= k ? plus(subproof(m, leaves.first(k), whole), mth(leaves.subspan(k)))
                  : plus(subproof(m - k, leaves.subspan(k), false), mth(leaves.first(k)));
}

Indexes bitsOf(std::uint64_t mask) {
    Indexes indexes;
    for (std::uint64_t bit = 0; bit < 64; ++bit) {
        if ((mask >> bit & 1) != 0) {
            indexes.push_back(bit);
        }
    }
    return indexes;
}

struct Question {
    std::uint64_t size;
    Indexes indexes;
};

Question anyQuestion() {
    const auto size = *rc::gen::inRange<std::uint64_t>(1, kSizeMax + 1);
    const auto chosen = *rc::gen::nonEmpty(
        rc::gen::container<std::set<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, size)));
    return {size, Indexes(chosen.begin(), chosen.end())};
}

Hash withBitFlipped(Hash hash, std::size_t bit) {
    hash.bytes[bit / 8] = static_cast<std::uint8_t>(hash.bytes[bit / 8] ^ 1U << bit % 8);
    return hash;
}

// Of each wrong proof near `proof`: one node less, one more, one changed.
template <class Use>
void forEachWrongProof(const std::vector<Hash>& proof, Use use) {
    const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
    for (std::size_t i = 0; i <= proof.size(); ++i) {
        std::vector<Hash> more = proof;
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), i == 0 ? Hash{} : proof[i - 1]);
        use(more);
    }
    for (std::size_t i = 0; i < proof.size(); ++i) {
        std::vector<Hash> less = proof;
        less.erase(less.begin() + static_cast<std::ptrdiff_t>(i));
        use(less);
        std::vector<Hash> changed = proof;
        changed[i] = withBitFlipped(changed[i], bit);
        use(changed);
    }
}

TEST(MerkleTree, HasTheRootsOfTheReferenceVectors) {
    const char* const kData[] = {
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
    const char* const kRoots[] = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    std::vector<Hash> leaves;
    for (const char* const data : kData) {
        leaves.push_back(merkleLeaf(suite(), fromHex(data).value()));
    }

    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        EXPECT_EQ(merkleRoot(suite(), std::span(leaves).first(size)).hex(), kRoots[size]);
    }
}

TEST(MerkleLog, HasTheRootOfEverySizeItHad) {
    const Fixture& fixture = sharedFixture();

    for (std::uint64_t size = 0; size <= kSizeMax; ++size) {
        const auto root = fixture.log.root(size);
        ASSERT_TRUE(root);
        EXPECT_EQ(*root, mth(std::span(fixture.leaves).first(size))) << size;
        EXPECT_EQ(*root, merkleRoot(suite(), std::span(fixture.leaves).first(size))) << size;
    }
}

TEST(MerkleLog, GoesOnOverStoredNodes) {
    Fixture fixture(13);
    MerkleLog again(suite(), fixture.nodes, 13);
    const Hash leaf = merkleLeaf(suite(), viewOf("next"));

    ASSERT_TRUE(again.append(leaf));

    EXPECT_EQ(again.size(), 14U);
    EXPECT_EQ(again.root(14).value(), mth(plus(fixture.leaves, leaf)));
    EXPECT_EQ(again.root(13).value(), mth(fixture.leaves));
}

TEST(MerkleLog, ReplacesWhatWasAppendedAndNotCommitted) {
    Fixture fixture(8);
    MerkleLog back(suite(), fixture.nodes, 5);
    const Hash leaf = merkleLeaf(suite(), viewOf("other"));

    ASSERT_TRUE(back.append(leaf));

    EXPECT_EQ(back.root(6).value(), mth(plus(leavesUpTo(5), leaf)));
}

TEST(MerkleLog, RefusesQuestionsOutsideTheLog) {
    const MerkleLog& log = sharedFixture().log;

    EXPECT_FALSE(log.root(kSizeMax + 1));
    EXPECT_FALSE(log.consistency(1, kSizeMax + 1));
    EXPECT_FALSE(log.consistency(4, 3));
    EXPECT_FALSE(log.inclusion(Indexes{0}, kSizeMax + 1));
    EXPECT_FALSE(log.inclusion(Indexes{3}, 3));
    EXPECT_FALSE(log.inclusion(Indexes{}, 3));
    EXPECT_FALSE(log.inclusion(Indexes{1, 1}, 3));
    EXPECT_FALSE(log.inclusion(Indexes{2, 1}, 3));
    EXPECT_FALSE(log.inclusion(Indexes{0}, 0));
}

// Nodes that fail after a while, as a full disk does.
class FailingNodes final : public MerkleNodes {
public:
    explicit FailingNodes(int calls) : m_calls(calls) {}
    Result<Hash> node(unsigned level, std::uint64_t index) override {
        HZ_CHECK(spend());
        return m_inner.node(level, index);
    }
    Result<void> put(unsigned level, std::uint64_t index, const Hash& hash) override {
        HZ_CHECK(spend());
        return m_inner.put(level, index, hash);
    }
    void repair() { m_calls = std::numeric_limits<int>::max(); }

private:
    Result<void> spend() {
        if (m_calls-- <= 0) {
            return fail(ErrorCode::storageFull, "test");
        }
        return {};
    }
    int m_calls;
    MemoryMerkleNodes m_inner;
};

TEST(MerkleLog, AFailedAppendCanBeRepeated) {
    for (int calls = 0; calls < 60; ++calls) {
        FailingNodes nodes(calls);
        MerkleLog log(suite(), nodes, 0);
        const auto leaves = leavesUpTo(16);
        std::size_t done = 0;
        while (done < leaves.size() && log.append(leaves[done])) {
            ++done;
        }
        EXPECT_EQ(log.size(), done);

        nodes.repair();
        for (; done < leaves.size(); ++done) {
            ASSERT_TRUE(log.append(leaves[done]));
        }

        EXPECT_EQ(log.root(16).value(), mth(leaves));
    }
}

TEST(MerkleLog, PassesOnTheErrorOfItsNodes) {
    MemoryMerkleNodes empty;
    const MerkleLog log(suite(), empty, 7);

    EXPECT_EQ(log.root(7).error().code, ErrorCode::storageCorrupt);
    EXPECT_EQ(log.consistency(3, 7).error().code, ErrorCode::storageCorrupt);
    EXPECT_EQ(log.inclusion(Indexes{2}, 7).error().code, ErrorCode::storageCorrupt);
}

TEST(Consistency, IsTheProofOfTheRfcForAllSizesUpTo40) {
    const Fixture& fixture = sharedFixture();

    for (std::uint64_t newSize = 1; newSize <= 40; ++newSize) {
        const auto leaves = std::span(fixture.leaves).first(newSize);
        for (std::uint64_t oldSize = 1; oldSize <= newSize; ++oldSize) {
            const auto proof = fixture.log.consistency(oldSize, newSize);

            ASSERT_TRUE(proof);
            EXPECT_EQ(*proof, subproof(oldSize, leaves, true)) << oldSize << " to " << newSize;
            EXPECT_TRUE(verifyConsistency(suite(), oldSize, mth(leaves.first(oldSize)), newSize, mth(leaves),
                                          *proof));
        }
    }
}

TEST(Consistency, HoldsForOneSizeOnly) {
    const Fixture& fixture = sharedFixture();

    for (std::uint64_t oldSize = 1; oldSize < 20; ++oldSize) {
        const auto proof = fixture.log.consistency(oldSize, 20).value();
        const Hash oldRoot = fixture.log.root(oldSize).value();
        const Hash newRoot = fixture.log.root(20).value();
        for (std::uint64_t claimed = 0; claimed <= 21; ++claimed) {
            EXPECT_EQ(verifyConsistency(suite(), claimed, oldRoot, 20, newRoot, proof), claimed == oldSize)
                << oldSize << " as " << claimed;
        }
    }
}

TEST(Consistency, FromNothingNeedsNoProof) {
    const Hash nothing = suite().hash({});
    const Hash root = sharedFixture().log.root(5).value();

    EXPECT_EQ(sharedFixture().log.consistency(0, 5).value(), std::vector<Hash>{});
    EXPECT_TRUE(verifyConsistency(suite(), 0, nothing, 5, root, {}));
    EXPECT_TRUE(verifyConsistency(suite(), 0, nothing, 0, nothing, {}));
    EXPECT_FALSE(verifyConsistency(suite(), 0, root, 5, root, {}));
    EXPECT_FALSE(verifyConsistency(suite(), 0, nothing, 0, root, {}));
    EXPECT_FALSE(verifyConsistency(suite(), 0, nothing, 5, root, std::vector{root}));
}

RC_GTEST_PROP(Consistency, AnyChangeOfTheProofOrTheRootsFails, ()) {
    const MerkleLog& log = sharedFixture().log;
    const auto newSize = *rc::gen::inRange<std::uint64_t>(1, kSizeMax + 1);
    const auto oldSize = *rc::gen::inRange<std::uint64_t>(1, newSize + 1);
    const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
    const auto proof = log.consistency(oldSize, newSize).value();
    const Hash before = log.root(oldSize).value();
    const Hash after = log.root(newSize).value();

    RC_ASSERT(verifyConsistency(suite(), oldSize, before, newSize, after, proof));
    RC_ASSERT(!verifyConsistency(suite(), oldSize, withBitFlipped(before, bit), newSize, after, proof));
    RC_ASSERT(!verifyConsistency(suite(), oldSize, before, newSize, withBitFlipped(after, bit), proof));
    RC_ASSERT(!verifyConsistency(suite(), newSize + 1, before, newSize, after, proof));
    forEachWrongProof(proof, [&](const std::vector<Hash>& wrong) {
        RC_ASSERT(!verifyConsistency(suite(), oldSize, before, newSize, after, wrong));
    });
}

TEST(Inclusion, OfOneLeafIsTheAuditPath) {
    const Fixture& fixture = sharedFixture();

    for (std::uint64_t size = 1; size <= kSizeMax; ++size) {
        const auto leaves = std::span(fixture.leaves).first(size);
        for (std::uint64_t index = 0; index < size; ++index) {
            const auto proof = fixture.log.inclusion(Indexes{index}, size);

            ASSERT_TRUE(proof);
            EXPECT_THAT(*proof, ::testing::UnorderedElementsAreArray(path(index, leaves)));
            EXPECT_EQ(rootFromInclusion(suite(), Indexes{index}, leaves.subspan(index, 1), size, *proof),
                      mth(leaves));
        }
    }
}

TEST(Inclusion, OfEverySubsetOfSmallTreesLeadsToTheRoot) {
    const Fixture& fixture = sharedFixture();

    for (std::uint64_t size = 1; size <= 11; ++size) {
        const Hash root = fixture.log.root(size).value();
        for (std::uint64_t mask = 1; mask < std::uint64_t{1} << size; ++mask) {
            const Indexes indexes = bitsOf(mask);
            const auto proof = fixture.log.inclusion(indexes, size).value();
            EXPECT_EQ(rootFromInclusion(suite(), indexes, fixture.leavesAt(indexes), size, proof), root);
        }
    }
}

TEST(Inclusion, OfAllLeavesNeedsNoProof) {
    const Fixture& fixture = sharedFixture();

    const auto proof = fixture.log.inclusion(bitsOf(0xfff), 12);

    EXPECT_EQ(proof.value(), std::vector<Hash>{});
}

RC_GTEST_PROP(Inclusion, OfAnySubsetLeadsToTheRoot, ()) {
    const Fixture& fixture = sharedFixture();
    const Question asked = anyQuestion();

    const auto proof = fixture.log.inclusion(asked.indexes, asked.size).value();

    RC_ASSERT(rootFromInclusion(suite(), asked.indexes, fixture.leavesAt(asked.indexes), asked.size, proof) ==
              fixture.log.root(asked.size).value());
    RC_ASSERT(inclusionProofLength(asked.indexes, asked.size) == proof.size());
    RC_ASSERT(merkleInclusion(suite(), std::span(fixture.leaves).first(asked.size), asked.indexes) == proof);
}

RC_GTEST_PROP(Inclusion, NarrowedToSomeOfItsLeavesIsTheirOwnProof, ()) {
    const Fixture& fixture = sharedFixture();
    const Question asked = anyQuestion();
    const auto proof = fixture.log.inclusion(asked.indexes, asked.size).value();
    Indexes kept;
    for (const std::uint64_t index : asked.indexes) {
        if (kept.empty() || *rc::gen::arbitrary<bool>()) {
            kept.push_back(index);
        }
    }

    const auto narrowed =
        narrowInclusion(suite(), asked.indexes, fixture.leavesAt(asked.indexes), asked.size, proof, kept);

    RC_ASSERT(narrowed == fixture.log.inclusion(kept, asked.size).value());
}

// The union of the audit paths, less what the asked leaves and each other give, is the least there can be.
RC_GTEST_PROP(Inclusion, IsNoLargerThanTheAuditPathsTogether, ()) {
    const Fixture& fixture = sharedFixture();
    const Question asked = anyQuestion();
    std::set<Hash> together;
    for (const std::uint64_t index : asked.indexes) {
        const auto nodes = path(index, std::span(fixture.leaves).first(asked.size));
        together.insert(nodes.begin(), nodes.end());
    }

    const auto proof = fixture.log.inclusion(asked.indexes, asked.size).value();

    RC_ASSERT(std::set<Hash>(proof.begin(), proof.end()).size() == proof.size());
    for (const Hash& node : proof) {
        RC_ASSERT(together.contains(node));
    }
}

RC_GTEST_PROP(Inclusion, AnyChangeOfTheProofOrTheLeavesFails, ()) {
    const Fixture& fixture = sharedFixture();
    const Question asked = anyQuestion();
    const auto proof = fixture.log.inclusion(asked.indexes, asked.size).value();
    const auto leaves = fixture.leavesAt(asked.indexes);
    const Hash root = fixture.log.root(asked.size).value();
    const auto accepted = [&](const std::vector<Hash>& leafHashes, const std::vector<Hash>& nodes) {
        return rootFromInclusion(suite(), asked.indexes, leafHashes, asked.size, nodes) == root;
    };

    forEachWrongProof(proof, [&](const std::vector<Hash>& wrong) { RC_ASSERT(!accepted(leaves, wrong)); });
    forEachWrongProof(leaves, [&](const std::vector<Hash>& wrong) { RC_ASSERT(!accepted(wrong, proof)); });
}

RC_GTEST_PROP(Inclusion, HoldsAtItsIndexesOnly, ()) {
    const Fixture& fixture = sharedFixture();
    const auto size = *rc::gen::inRange<std::uint64_t>(2, kSizeMax + 1);
    const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
    const auto other = *rc::gen::distinctFrom(rc::gen::inRange<std::uint64_t>(0, size), index);
    const auto proof = fixture.log.inclusion(Indexes{index}, size).value();

    RC_ASSERT(rootFromInclusion(suite(), Indexes{other}, fixture.leavesAt({index}), size, proof) !=
              fixture.log.root(size).value());
}

TEST(Inclusion, NeedsAscendingIndexesInsideTheTree) {
    const std::vector<Hash> two(2);
    const std::vector<Hash> proof(1);

    EXPECT_FALSE(rootFromInclusion(suite(), {}, {}, 3, proof));
    EXPECT_FALSE(rootFromInclusion(suite(), Indexes{0, 3}, two, 3, proof));
    EXPECT_FALSE(rootFromInclusion(suite(), Indexes{1, 0}, two, 3, proof));
    EXPECT_FALSE(rootFromInclusion(suite(), Indexes{1, 1}, two, 3, proof));
    EXPECT_FALSE(rootFromInclusion(suite(), Indexes{0}, two, 3, proof));
    EXPECT_FALSE(rootFromInclusion(suite(), Indexes{0}, std::span(two).first(1), 0, {}));
    EXPECT_TRUE(rootFromInclusion(suite(), Indexes{0, 1}, two, 3, proof));
    EXPECT_FALSE(inclusionProofLength({}, 3));
    EXPECT_FALSE(inclusionProofLength(Indexes{3}, 3));
}

constexpr std::uint64_t kHuge[] = {std::uint64_t{1} << 63, (std::uint64_t{1} << 63) + 1,
                                   std::numeric_limits<std::uint64_t>::max()};

TEST(HostileProof, OfAHugeTreeIsCheckedInLittleWork) {
    for (const std::uint64_t size : kHuge) {
        const Indexes ends = {0, size / 2, size - 1};
        const std::vector<Hash> leaves(3);
        const auto length = inclusionProofLength(ends, size);

        ASSERT_TRUE(length);
        EXPECT_LE(*length, 3U * 64U);
        EXPECT_TRUE(rootFromInclusion(suite(), ends, leaves, size, std::vector<Hash>(*length)));
        EXPECT_FALSE(rootFromInclusion(suite(), ends, leaves, size, std::vector<Hash>(*length - 1)));
        EXPECT_FALSE(rootFromInclusion(suite(), ends, leaves, size, {}));
        for (const std::uint64_t oldSize : {std::uint64_t{1}, size / 3, size - 1}) {
            EXPECT_FALSE(verifyConsistency(suite(), oldSize, Hash{}, size, Hash{}, std::vector<Hash>(64)));
            EXPECT_FALSE(verifyConsistency(suite(), oldSize, Hash{}, size, Hash{}, {}));
        }
    }
}

TEST(HostileProof, WithAHugeIndexListEndsWhereTheProofEnds) {
    Indexes indexes;
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        indexes.push_back(i * 180'000'000'000'000);
    }
    const std::vector<Hash> leaves(indexes.size());

    EXPECT_FALSE(
        rootFromInclusion(suite(), indexes, leaves, std::numeric_limits<std::uint64_t>::max(), leaves));
    EXPECT_LE(inclusionProofLength(indexes, std::numeric_limits<std::uint64_t>::max()), indexes.size() * 64);
}

RC_GTEST_PROP(HostileProof, OfAnyContentIsRefusedWithoutHarm, (std::uint64_t size, std::uint64_t oldSize)) {
    const auto indexes = *rc::gen::arbitrary<Indexes>();
    const std::vector<Hash> leaves(indexes.size());
    const std::vector<Hash> proof(*rc::gen::inRange<std::size_t>(0, 200));
    const Hash root = suite().hash({viewOf("a root")});

    RC_ASSERT(rootFromInclusion(suite(), indexes, leaves, size, proof) != root);
    RC_ASSERT((oldSize == 0 || !verifyConsistency(suite(), oldSize, root, size, Hash{}, proof)));
}

}  // namespace
}  // namespace hezhang::sync
