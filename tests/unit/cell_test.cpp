// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/merge/cell.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <string>

namespace hezhang::sync {

void PrintTo(const OpRef& op, std::ostream* out) {
    *out << op.branch << '/' << op.counter;
}
void PrintTo(const Value& value, std::ostream* out) {
    if (const auto text = value.asText()) {
        *out << '"' << *text << '"';
    } else {
        *out << toHex(value.encoded());
    }
}

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

// A cell in which ops are written in the one order, each with its text and what its author saw.
class Cell final : public Past {
public:
    OpRef write(std::string_view text, std::vector<OpRef> seen = {}) {
        return write(Value::text(text), seen);
    }
    OpRef write(const Value& value, std::vector<OpRef> seen) {
        const OpRef op{1, m_ops.size() + 1};
        m_ops[op] = {value, std::move(seen), m_ops.size()};
        return op;
    }
    void see(OpRef op, OpRef seen) { m_ops.at(op).seen.push_back(seen); }

    Result<std::vector<OpRef>> seenBy(OpRef op) override {
        ++asked;
        if (!m_ops.contains(op)) {
            return fail(ErrorCode::notFound, "no such op");
        }
        return m_ops.at(op).seen;
    }
    Result<Value> valueOf(OpRef op) override { return m_ops.at(op).value; }
    Result<OrderKey> orderOf(OpRef op) override { return OrderKey{m_ops.at(op).order, 0}; }

    [[nodiscard]] std::vector<LiveValue> live(const std::vector<OpRef>& ops) const {
        std::vector<LiveValue> values;
        for (const auto op : ops) {
            values.push_back({op, m_ops.at(op).value, 0});
        }
        return values;
    }
    [[nodiscard]] CellView prose(const std::vector<OpRef>& ops) {
        return resolveCell(MergeRule::prose, live(ops), *this).value();
    }
    [[nodiscard]] std::string text(const std::vector<OpRef>& ops) {
        const auto view = prose(ops);
        return (view.state == CellState::conflict ? "CONFLICT " : "") + std::string(*view.shown.asText());
    }
    [[nodiscard]] std::optional<Value> base(const std::vector<OpRef>& ops) {
        return commonBase(live(ops), *this).value();
    }

    int asked = 0;

private:
    struct Op {
        Value value;
        std::vector<OpRef> seen;
        std::uint64_t order = 0;
    };
    std::map<OpRef, Op> m_ops;
};

OpRef op(OpCounter counter) {
    return {1, counter};
}

LiveValue live(OpCounter counter, std::string_view text, std::uint8_t rank = 0) {
    return {op(counter), Value::text(text), rank};
}

LiveValue increment(OpCounter counter, std::int64_t by) {
    return {op(counter), Value::integer(by), 0};
}

CellView resolved(MergeRule rule, const std::vector<LiveValue>& values) {
    Cell nobodyAsks;
    auto view = resolveCell(rule, values, nobodyAsks);
    EXPECT_EQ(nobodyAsks.asked, 0);
    return view.value();
}

TEST(EveryRule, OfNoValueIsEmpty) {
    for (const auto rule :
         {MergeRule::keepBoth, MergeRule::authority, MergeRule::prose, MergeRule::set, MergeRule::counter}) {
        const auto view = resolved(rule, {});
        EXPECT_EQ(view.state, CellState::empty);
        EXPECT_THAT(view.shownFrom, IsEmpty());
    }
}

TEST(EveryAssignRule, ShowsTheOnlyValueWithoutLookingAtThePast) {
    for (const auto rule : {MergeRule::keepBoth, MergeRule::authority, MergeRule::prose}) {
        const auto view = resolved(rule, {live(1, "a。")});
        EXPECT_EQ(view.state, CellState::single);
        EXPECT_EQ(view.shown, Value::text("a。"));
        EXPECT_THAT(view.shownFrom, ElementsAre(op(1)));
        EXPECT_THAT(view.distinct, IsEmpty());
    }
}

TEST(EveryAssignRule, EqualValuesAreNoConflictAndAreAllNamedByASave) {
    for (const auto rule : {MergeRule::keepBoth, MergeRule::authority, MergeRule::prose}) {
        const auto view = resolved(rule, {live(1, "a。"), live(2, "a。")});
        EXPECT_EQ(view.state, CellState::single);
        EXPECT_THAT(view.shownFrom, ElementsAre(op(1), op(2)));
    }
}

TEST(KeepBoth, DifferentValuesAreAConflictThatShowsTheFirst) {
    const auto view = resolved(MergeRule::keepBoth, {live(1, "b"), live(2, "a"), live(3, "b")});

    EXPECT_EQ(view.state, CellState::conflict);
    EXPECT_EQ(view.shown, Value::text("b"));
    EXPECT_THAT(view.shownFrom, ElementsAre(op(1), op(3)));
    EXPECT_THAT(view.distinct, ElementsAre(Value::text("a"), Value::text("b")));
    EXPECT_EQ(view.values.size(), 3U);
}

TEST(KeepBoth, AValueOfAnotherClassIsAnotherValue) {
    const auto view =
        resolved(MergeRule::keepBoth, {live(1, ""), {op(2), Value::boolean(false), 0}, increment(3, 0)});

    EXPECT_EQ(view.state, CellState::conflict);
    EXPECT_THAT(view.distinct, ElementsAre(Value::text(""), Value::integer(0), Value::boolean(false)));
}

TEST(Authority, TheValueOfHigherRankStandsAndTheOtherIsListed) {
    const auto view = resolved(MergeRule::authority, {live(1, "town", 0), live(2, "office", 2)});

    EXPECT_EQ(view.state, CellState::merged);
    EXPECT_EQ(view.shown, Value::text("office"));
    EXPECT_THAT(view.shownFrom, ElementsAre(op(2)));
    EXPECT_EQ(view.values.size(), 2U);
    EXPECT_THAT(view.distinct, IsEmpty());
}

TEST(Authority, DifferentValuesOfTheHighestRankAreAConflictAmongThemselves) {
    const auto view =
        resolved(MergeRule::authority, {live(1, "town", 0), live(2, "office b", 2), live(3, "office a", 2)});

    EXPECT_EQ(view.state, CellState::conflict);
    EXPECT_EQ(view.shown, Value::text("office b"));
    EXPECT_THAT(view.distinct, ElementsAre(Value::text("office a"), Value::text("office b")));
    EXPECT_EQ(view.values.size(), 3U);
}

TEST(Authority, ALowerRankThatSaysTheSameIsNotOverruled) {
    const auto view = resolved(MergeRule::authority, {live(1, "same", 0), live(2, "same", 2)});

    EXPECT_EQ(view.state, CellState::single);
    EXPECT_THAT(view.shownFrom, ElementsAre(op(1), op(2)));
}

TEST(Set, ShowsEachElementOnceInByteOrderAndKeepsEveryAdd) {
    const auto view = resolved(MergeRule::set, {live(1, "b"), live(2, "a"), live(3, "b")});

    EXPECT_EQ(view.state, CellState::single);
    EXPECT_THAT(view.elements, ElementsAre(Value::text("a"), Value::text("b")));
    EXPECT_THAT(view.shownFrom, ElementsAre(op(1), op(2), op(3)));
}

TEST(Set, AnAddThatTheRemoveDidNotSeeKeepsTheElement) {
    // The remove retired add 1 of "a" before the cell was asked; add 2 of "a" is live.
    EXPECT_THAT(resolved(MergeRule::set, {live(2, "a")}).elements, ElementsAre(Value::text("a")));
}

TEST(Counter, IsTheSumOfAllIncrements) {
    const auto view = resolved(MergeRule::counter, {increment(1, 5), increment(2, 5), increment(3, -3)});

    EXPECT_EQ(view.sum, 7);
    EXPECT_EQ(view.values.size(), 3U);
}

TEST(Counter, IsClampedOnlyAfterEverythingIsAdded) {
    EXPECT_EQ(resolved(MergeRule::counter, {increment(1, kMost), increment(2, 1)}).sum, kMost);
    EXPECT_EQ(resolved(MergeRule::counter, {increment(1, kLeast), increment(2, -1)}).sum, kLeast);
    EXPECT_EQ(resolved(MergeRule::counter, {increment(1, kMost), increment(2, 1), increment(3, -2)}).sum,
              kMost - 1);
    EXPECT_EQ(resolved(MergeRule::counter, {increment(1, kLeast), increment(2, kMost)}).sum, -1);
    EXPECT_EQ(resolved(MergeRule::counter,
                       {increment(1, kLeast), increment(2, kLeast), increment(3, kMost), increment(4, kMost)})
                  .sum,
              -2);
}

TEST(Counter, WhatIsNoIntegerCountsNothing) {
    EXPECT_EQ(resolved(MergeRule::counter, {live(1, "7"), increment(2, 2)}).sum, 2);
}

TEST(ProseCell, DifferentSentencesAreMergedFromTheTextBothStartedFrom) {
    Cell cell;
    const auto start = cell.write("a。b。");
    const auto alice = cell.write("a1。b。", {start});
    const auto bob = cell.write("a。b1。", {start});

    const auto view = cell.prose({alice, bob});

    EXPECT_EQ(view.state, CellState::merged);
    EXPECT_EQ(view.shown, Value::text("a1。b1。"));
    EXPECT_THAT(view.shownFrom, ElementsAre(alice, bob));
    EXPECT_THAT(view.distinct, IsEmpty());
}

TEST(ProseCell, AnOverlapIsAConflictThatShowsTheFirstValueAlone) {
    Cell cell;
    const auto start = cell.write("a。b。");
    const auto alice = cell.write("x。a。b。", {start});
    const auto bob = cell.write("a。b1。", {start});
    const auto carol = cell.write("a。b2。", {start});

    const auto view = cell.prose({alice, bob, carol});

    EXPECT_EQ(view.state, CellState::conflict);
    EXPECT_EQ(view.shown, Value::text("x。a。b。"));
    EXPECT_THAT(view.shownFrom, ElementsAre(alice));
    EXPECT_THAT(view.distinct,
                ElementsAre(Value::text("a。b1。"), Value::text("a。b2。"), Value::text("x。a。b。")));
}

TEST(ProseCell, TextsThatStartedFromNothingStandInTheOneOrder) {
    Cell cell;
    const auto alice = cell.write("甲");
    const auto bob = cell.write("乙");

    EXPECT_EQ(cell.text({alice, bob}), "甲\n乙");
    EXPECT_EQ(cell.text({bob, alice}), "乙\n甲");
}

// A=`a。`, then B=`a。b。`; from B one edits b, one appends c; then an old tablet sends `x。a。` from A.
struct HardCase {
    Cell cell;
    OpRef start = cell.write("a。");
    OpRef second = cell.write("a。b。", {start});
    std::vector<OpRef> live{cell.write("a。b1。", {second}), cell.write("a。b。c。", {second}),
                            cell.write("x。a。", {start})};
};

TEST(ProseCell, AnOldTabletsTextIsMergedFromWhatItSawInEveryOrder) {
    HardCase hard;
    std::ranges::sort(hard.live);
    do {
        EXPECT_EQ(hard.cell.text(hard.live), "x。a。b1。c。") << testing::PrintToString(hard.live);
    } while (std::ranges::next_permutation(hard.live).found);
}

TEST(ProseCell, WhatSomebodyDeletedNeverComesBackFromAnOldTablet) {
    Cell cell;
    const auto start = cell.write("a。b。");
    const auto deleted = cell.write("a。", {start});
    const auto after = cell.write("a。c。", {deleted});
    const auto old = cell.write("x。a。b。", {start});

    EXPECT_EQ(cell.text({after, old}), "x。a。c。");
    EXPECT_EQ(cell.text({old, after}), "x。a。c。");
}

TEST(ProseCell, WhatWasDeletedFromAMergedTextStaysDeletedForThoseWhoHadWrittenIt) {
    Cell cell;
    const auto alice = cell.write("a。");
    const auto bob = cell.write("b。");
    const auto merged = cell.write("a。b。", {alice, bob});
    const auto without = cell.write("b。c。", {merged});
    const auto offline = cell.write("a。d。", {alice});

    EXPECT_EQ(cell.text({without, offline}), "b。c。d。");
}

TEST(ProseCell, WhatSomebodyDeletedStaysDeletedThoughAnotherSawItInAnotherOrder) {
    Cell cell;
    const auto first = cell.write("0。");
    const auto second = cell.write("1。");
    const auto continued = cell.write("2。0。", {first});
    const auto deleted = cell.write("1。", {first, second});
    const auto appended = cell.write("1。4。2。0。", {second, continued});

    EXPECT_EQ(cell.text({deleted, appended}), "1。4。2。");
    EXPECT_EQ(cell.text({appended, deleted}), "1。4。2。");
}

TEST(ProseCell, TwoLatestTextsAreFoldedIntoOneBaseInTheOneOrder) {
    Cell cell;
    const auto start = cell.write("a。");
    const auto alice = cell.write("a。z。", {start});
    const auto bob = cell.write("a。y。", {start});
    const auto carol = cell.write("a。z。y。c。", {alice, bob});
    const auto dave = cell.write("d。a。z。y。", {alice, bob});

    EXPECT_EQ(cell.text({carol, dave}), "d。a。z。y。c。");
}

TEST(ProseCell, InABaseOfTwoThatOverlapTheOlderTextStands) {
    Cell cell;
    const auto start = cell.write("a。m。");
    const auto alice = cell.write("a1。m。", {start});
    const auto bob = cell.write("a2。m。e。", {start});
    const auto settled = cell.write("a2。m。e。", {alice, bob});
    const auto other = cell.write("a1。m。e。f。", {alice, bob});

    EXPECT_EQ(cell.text({settled, other}), "a2。m。e。f。");
}

TEST(ProseCell, EqualTextsCountOnceAndKnowWhatEachOfThemKnew) {
    Cell cell;
    const auto start = cell.write("a。");
    const auto second = cell.write("a。b。", {start});
    const auto early = cell.write("a。c。", {start});
    const auto appended = cell.write("a。b。d。", {second});
    const auto late = cell.write("a。c。", {second});

    EXPECT_EQ(cell.text({early, appended, late}), "a。c。d。");
}

TEST(ProseCell, AnEmptiedTextIsADeletionLikeAnyOther) {
    Cell cell;
    const auto start = cell.write("a。b。");
    const auto emptied = cell.write("", {start});
    const auto appended = cell.write("a。b。c。", {start});

    EXPECT_EQ(cell.text({emptied, appended}), "c。");
}

TEST(ProseCell, ATextLongerThanAValueMayBeIsAConflict) {
    Cell cell;
    const auto alice = cell.write(std::string(10'000, 'a'));
    const auto bob = cell.write(std::string(10'000, 'b'));

    EXPECT_EQ(cell.prose({alice, bob}).state, CellState::conflict);
}

TEST(ProseCell, AValueThatIsNoReadableTextIsAConflictNotAGuess) {
    Cell cell;
    const auto start = cell.write(Value::integer(1), {});
    const auto alice = cell.write("a。", {start});
    const auto bob = cell.write("b。", {start});
    const auto number = cell.write(Value::integer(2), {start});

    EXPECT_EQ(cell.prose({alice, bob}).state, CellState::conflict);
    EXPECT_EQ(cell.prose({alice, number}).state, CellState::conflict);
}

TEST(ProseCell, LooksThroughAVeryLongPast) {
    Cell cell;
    const auto start = cell.write("a。");
    auto latest = start;
    for (int i = 0; i < 100'000; ++i) {
        latest = cell.write("a。b。", {latest});
    }
    const auto old = cell.write("x。a。", {start});

    EXPECT_EQ(cell.text({latest, old}), "x。a。b。");
}

// Each round two people save at once, each having seen both texts of the round before: one rewrites the first
// sentence, the other the last.
std::pair<OpRef, OpRef> crissCross(Cell& cell, std::size_t rounds) {
    auto alice = cell.write("p0。");
    auto bob = cell.write("m。q0。");
    for (std::size_t i = 1; i <= rounds; ++i) {
        const auto before = std::to_string(i - 1) + "。";
        const auto now = std::to_string(i) + "。";
        const auto newer = cell.write("p" + now + "m。q" + before, {alice, bob});
        bob = cell.write("p" + before + "m。q" + now, {alice, bob});
        alice = newer;
    }
    return {alice, bob};
}

TEST(ProseCell, MergesPeopleWhoAgainAndAgainSavedAtOnce) {
    Cell cell;
    const auto [alice, bob] = crissCross(cell, kProseDepthMax);

    EXPECT_EQ(cell.text({alice, bob}), "p64。m。q64。");
}

TEST(ProseCell, GivesUpWithAConflictWhereTheBasesNestTooDeeply) {
    Cell cell;
    const auto [alice, bob] = crissCross(cell, kProseDepthMax + 1);

    EXPECT_EQ(cell.text({alice, bob}), "CONFLICT p65。m。q64。");
}

TEST(ProseCell, ManyTextsThatCrossManyTimesEndInBoundedTime) {
    Cell cell;
    std::vector<OpRef> round(12);
    for (int depth = 0; depth < 30; ++depth) {
        const auto seen = depth == 0 ? std::vector<OpRef>{} : round;
        for (std::size_t i = 0; i < round.size(); ++i) {
            round[i] = cell.write(std::to_string(depth) + " " + std::to_string(i) + "。", seen);
        }
    }

    EXPECT_EQ(cell.prose(round).state, CellState::conflict);
}

TEST(ProseCell, AnUnknownOrCircularPastIsAnError) {
    Cell cell;
    const auto alice = cell.write("a。", {op(99)});
    const auto bob = cell.write("b。");
    const auto carol = cell.write("c。", {bob});
    cell.see(bob, carol);

    EXPECT_EQ(resolveCell(MergeRule::prose, cell.live({alice, bob}), cell).error().code, ErrorCode::notFound);
    EXPECT_EQ(resolveCell(MergeRule::prose, cell.live({carol, bob}), cell).error().code,
              ErrorCode::malformed);
}

TEST(CommonBase, IsTheLatestValueInThePastOfAll) {
    Cell cell;
    const auto start = cell.write("a");
    const auto second = cell.write("b", {start});
    const auto alice = cell.write("c", {second});
    const auto bob = cell.write("d", {second});
    const auto carol = cell.write("e", {start});

    EXPECT_EQ(cell.base({alice, bob}), Value::text("b"));
    EXPECT_EQ(cell.base({alice, bob, carol}), Value::text("a"));
    EXPECT_EQ(cell.base({alice}), Value::text("b"));
}

TEST(CommonBase, IsNoneWithoutACommonPastAndWhereSeveralDiffer) {
    Cell cell;
    const auto alice = cell.write("a");
    const auto bob = cell.write("b");
    const auto carol = cell.write("c", {alice, bob});
    const auto dave = cell.write("d", {alice, bob});

    EXPECT_EQ(cell.base({}), std::nullopt);
    EXPECT_EQ(cell.base({alice, bob}), std::nullopt);
    EXPECT_EQ(cell.base({carol, dave}), std::nullopt);
}

TEST(CommonBase, OfSeveralEqualOnesIsTheirValue) {
    Cell cell;
    const auto alice = cell.write("a");
    const auto bob = cell.write("a");
    const auto carol = cell.write("c", {alice, bob});
    const auto dave = cell.write("d", {alice, bob});

    EXPECT_EQ(cell.base({carol, dave}), Value::text("a"));
}

}  // namespace
}  // namespace hezhang::sync
