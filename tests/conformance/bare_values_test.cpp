// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Own unanswered values that own later ones hide: of them a store keeps the place only.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/conformance/store_rows.h"

namespace hezhang::sync {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// In cell "a": an answered value, and own unanswered ones 2/1 … 2/4 of which each hides the one before.
class Chain {
public:
    explicit Chain(Store& store) : m_store(store) {
        LiveRow answered = liveRow(1, "a", {1, 1}, {3, 0});
        must(store.putLive(answered));
        for (unsigned i = 1; i <= 4; ++i) {
            must(store.hide(recordOf(1), "a", before(i), {2, i}));
            must(store.putLive(own(i)));
        }
    }
    static OpRef before(unsigned i) { return i == 1 ? OpRef{1, 1} : OpRef{2, i - 1}; }
    static LiveRow own(unsigned i) {
        LiveRow row = liveRow(1, "a", {2, i}, {kUnanswered, i});
        row.rank = static_cast<Rank>(10 + i);
        return row;
    }
    static LiveRow bareOwn(unsigned i) {
        LiveRow row = own(i).bare();
        row.isHidden = true;
        return row;
    }
    [[nodiscard]] std::string all() {
        std::string rows;
        must(m_store.eachLive("", [&](LiveRow&& row) { rows += text(row) + "\n"; }));
        return rows;
    }

private:
    Store& m_store;
};

TEST_P(EveryStore, HiddenUnansweredValuesAreBare) {
    Chain chain(store());
    LiveRow answered = liveRow(1, "a", {1, 1}, {3, 0});
    answered.isHidden = true;

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{answered, Chain::own(4)}));
    EXPECT_EQ(text(store().liveOfCell(recordOf(1), "a")), text(std::vector{answered, Chain::own(4)}));
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 2})), text(Chain::bareOwn(2)));
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), 5u);
    EXPECT_EQ(chain.all(), text(answered) + "\n" + text(Chain::bareOwn(1)) + "\n" + text(Chain::bareOwn(2)) +
                               "\n" + text(Chain::bareOwn(3)) + "\n" + text(Chain::own(4)) + "\n");
}

TEST_P(EveryStore, BareValuesAreNothingToSettle) {
    must(store().putLive(Chain::own(1)));
    must(store().hide(recordOf(1), "a", {2, 1}, {2, 2}));
    must(store().putLive(Chain::own(2)));
    EXPECT_THAT(must(store().recordsWithSeveral("none")), IsEmpty());

    must(store().putLive(liveRow(1, "a", {1, 1}, {3, 0})));

    EXPECT_THAT(must(store().recordsWithSeveral("none")), ElementsAre(recordOf(1)));
}

TEST_P(EveryStore, ABareValueThatIsSeenAgainIsToldAndPutAnew) {
    const Chain chain(store());
    must(store().eraseLive(recordOf(1), "a", {2, 4}));

    const std::vector<OpRef> bare = must(store().unhide(recordOf(1), "a", {2, 4}));

    EXPECT_THAT(bare, ElementsAre(OpRef{2, 3}));
    EXPECT_TRUE(must(store().liveRow(recordOf(1), "a", {2, 3}))->isBare);
    must(store().putLive(Chain::own(3)));
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 3})), text(Chain::own(3)));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 1})), IsEmpty());  // 1/1 is not bare
}

// As an answer comes: 2/1 gets its place in the log, still hidden by 2/2.
TEST_P(EveryStore, AnAnsweredValueIsNotBare) {
    const Chain chain(store());
    must(store().unhide(recordOf(1), "a", {2, 1}));
    must(store().eraseLive(recordOf(1), "a", {2, 1}));
    LiveRow answered = Chain::own(1);
    answered.order = {9, 0};

    must(store().putLive(answered));

    answered.isHidden = true;
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 1})), text(answered));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 2})), IsEmpty());
    EXPECT_FALSE(must(store().liveRow(recordOf(1), "a", {2, 1}))->isHidden);
}

// 2/2 was not accepted: 2/3 hides what 2/2 hid.
TEST_P(EveryStore, ABareValueStaysBareWhereItIsHandedOn) {
    const Chain chain(store());

    must(store().handOn(recordOf(1), {2, 2}));

    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 2})), IsEmpty());
    EXPECT_EQ(text(store().liveRow(recordOf(1), "a", {2, 1})), text(Chain::bareOwn(1)));
    must(store().handOn(recordOf(1), {2, 3}));
    must(store().unhide(recordOf(1), "a", {2, 3}));
    must(store().handOn(recordOf(1), {2, 4}));
    EXPECT_THAT(must(store().unhide(recordOf(1), "a", {2, 4})),
                ElementsAre(OpRef{2, 1}, OpRef{2, 2}, OpRef{2, 3}));
}

// Who revives a deleted record hides the delete, and what it named, in other cells.
TEST_P(EveryStore, ValuesOfOtherCellsAreHiddenToo) {
    must(store().putLive(liveRow(1, "deleted", {1, 1}, {3, 0})));
    must(store().putLive(liveRow(1, "b", {1, 2}, {3, 1})));
    must(store().hide(recordOf(1), "a", {1, 1}, {2, 1}));
    must(store().hide(recordOf(1), "a", {1, 2}, {2, 1}));
    must(store().putLive(Chain::own(1)));
    const auto isHidden = [&](const char* field) {
        return must(store().liveOfCell(recordOf(1), field)).front().isHidden;
    };
    EXPECT_TRUE(isHidden("deleted"));
    EXPECT_TRUE(isHidden("b"));

    must(store().unhide(recordOf(1), "a", {2, 1}));

    EXPECT_FALSE(isHidden("deleted"));
    EXPECT_FALSE(isHidden("b"));
}

TEST_P(EveryStore, ACellOfHundredsOfBareValuesIsReadAsItWasWritten) {
    constexpr unsigned kEdits = 300;
    must(store().begin());
    for (unsigned i = 1; i <= kEdits; ++i) {
        must(store().hide(recordOf(1), "a", Chain::before(i), {2, i}));
        must(store().putLive(Chain::own(i)));
        if (i % 50 == 0) {
            must(store().commit());
            must(store().begin());
        }
    }
    must(store().commit());

    EXPECT_EQ(text(store().liveOf(recordOf(1))), text(std::vector{Chain::own(kEdits)}));
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), kEdits);
    for (unsigned i = 1; i < kEdits; ++i) {
        EXPECT_EQ(text(store().liveRow(recordOf(1), "b", {2, i})), text(Chain::bareOwn(i)));
        EXPECT_TRUE(must(store().eraseLive(recordOf(1), "a", {2, i})));
    }
    EXPECT_EQ(must(store().liveCount(recordOf(1), "a")), 1u);
}

}  // namespace
}  // namespace hezhang::sync
