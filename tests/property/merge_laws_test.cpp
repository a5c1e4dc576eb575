// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Laws of the merge rules. The prose cell is driven by a small county: three tablets edit one text, push and
// pull when the case says so, and see what resolveCell shows them.
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <string>

#include "sync/merge/cell.h"
#include "sync/merge/prose.h"

namespace hezhang::sync {
namespace {

constexpr int kSentenceCount = 8;

template <class Parts>
std::string joined(const Parts& parts) {
    std::string text;
    for (const auto& part : parts) {
        text += part;
    }
    return text;
}

// Few sentences, so that repetitions, common parts and texts without a terminator at the end are frequent.
rc::Gen<std::string> anyProse() {
    return rc::gen::map(
        rc::gen::pair(rc::gen::container<std::vector<std::string>>(
                          rc::gen::element<std::string>("a。", "b。", "c！", "d。", "\n", "e\n")),
                      rc::gen::element<std::string>("", "", "a", "b")),
        [](const auto& parts) { return joined(parts.first) + parts.second; });
}

// Different sentences in any order and number.
rc::Gen<std::string> anyProseWithoutRepetition() {
    return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::element(0, 1, 2, 3, 4, 5, 6, 7)),
                        [](const auto& numbers) {
                            std::set<int> used;
                            std::string text;
                            for (const auto number : numbers) {
                                if (used.insert(number).second) {
                                    text += std::to_string(number) + "。";
                                }
                            }
                            return text;
                        });
}

std::multiset<std::string> sentenceBag(std::string_view text) {
    const auto sentences = sentencesOf(text);
    return {sentences.begin(), sentences.end()};
}

std::set<std::string> sentenceSet(std::string_view text) {
    const auto sentences = sentencesOf(text);
    return {sentences.begin(), sentences.end()};
}

RC_GTEST_PROP(SentenceLaws, AllSentencesTogetherAreTheText, (const std::string& bytes)) {
    const auto sentences = sentencesOf(bytes);

    RC_ASSERT(std::ranges::count(sentences, "") == 0);
    RC_ASSERT(joined(sentences) == bytes);
}

RC_GTEST_PROP(ProseLaws, WhatOnlyOneSideChangedStands, ()) {
    const auto base = *anyProse();
    const auto side = *anyProse();

    RC_ASSERT(mergeProse(base, side, base).text == side);
    RC_ASSERT(mergeProse(base, base, side).text == side);
    RC_ASSERT(mergeProse(base, side, side).text == side);
    RC_ASSERT(mergeProseOlderStanding(base, base, side) == side);
}

RC_GTEST_PROP(ProseLaws, WhoseTextComesFirstDecidesPlacesOnly, ()) {
    const auto base = *anyProseWithoutRepetition();
    const auto ours = *anyProseWithoutRepetition();
    const auto theirs = *anyProseWithoutRepetition();

    const auto merge = mergeProse(base, ours, theirs);
    const auto mirrored = mergeProse(base, theirs, ours);

    RC_ASSERT(merge.overlap == mirrored.overlap);
    RC_ASSERT((merge.overlap || sentenceSet(merge.text) == sentenceSet(mirrored.text)));
}

RC_GTEST_PROP(ProseLaws, AnOverlapLeavesOurs, ()) {
    const auto base = *anyProse();
    const auto ours = *anyProse();
    const auto theirs = *anyProse();
    const auto merge = mergeProse(base, ours, theirs);

    RC_ASSERT((!merge.overlap || merge.text == ours));
}

RC_GTEST_PROP(ProseLaws, WithoutOverlapEachSentenceIsThereExactlyIfSomebodyWantsIt, ()) {
    const auto base = *anyProseWithoutRepetition();
    const auto ours = *anyProseWithoutRepetition();
    const auto theirs = *anyProseWithoutRepetition();
    const auto merge = mergeProse(base, ours, theirs);
    if (merge.overlap) {
        return;
    }

    const auto inBase = sentenceSet(base);
    const auto inOurs = sentenceSet(ours);
    const auto inTheirs = sentenceSet(theirs);
    const auto inMerge = sentenceSet(merge.text);
    for (int number = 0; number < kSentenceCount; ++number) {
        const auto sentence = std::to_string(number) + "。";
        const bool byOurs = inOurs.contains(sentence);
        const bool byTheirs = inTheirs.contains(sentence);
        const bool isWanted = inBase.contains(sentence) ? byOurs && byTheirs : byOurs || byTheirs;
        RC_ASSERT(inMerge.contains(sentence) == isWanted);
    }
}

RC_GTEST_PROP(ProseLaws, NoBytesBreakTheMerge,
              (const std::string& base, const std::string& ours, const std::string& theirs)) {
    const auto merge = mergeProse(base, ours, theirs);
    RC_ASSERT(mergeProse(base, ours, theirs).text == merge.text);
    RC_ASSERT(merge.text.size() <= base.size() + 2 * (ours.size() + theirs.size()));
}

constexpr std::size_t kTablets = 3;

// One history of one prose cell. Ops are numbered as they are written; `m_entry` is the county log.
class County final : public Past {
public:
    void edit(std::size_t tablet, std::size_t at, std::size_t kind) {
        const auto view = viewOf(tablet);
        m_hadConflict = m_hadConflict || view.state == CellState::conflict;
        auto sentences = sentencesOf(view.shown.asText().value());
        const auto place = at % (sentences.size() + 1);
        const auto fresh = std::to_string(m_ops.size()) + "。";
        const bool isAtEnd = place == sentences.size();
        if (kind != kInsert && !isAtEnd) {
            m_deleted.insert(std::string(sentences[place]));
            sentences.erase(std::next(sentences.begin(), static_cast<std::ptrdiff_t>(place)));
        }
        if (kind != kDelete || isAtEnd) {
            m_created.insert(fresh);
            sentences.insert(sentences.begin() + static_cast<std::ptrdiff_t>(place), fresh);
        }
        write(tablet, view.shownFrom, joined(sentences));
    }

    // Sees and settles everything, conflict or not.
    void settle(std::size_t tablet, const std::string& text) {
        std::vector<OpRef> seen;
        for (const auto& live : viewOf(tablet).values) {
            seen.push_back(live.op);
        }
        write(tablet, seen, text);
    }

    void sync(std::size_t tablet) {
        for (std::size_t i = 0; i < m_ops.size(); ++i) {
            if (m_ops[i].author == tablet && m_ops[i].entry == kPositionUnanswered) {
                m_ops[i].entry = ++m_entries;
            }
        }
        for (auto& op : m_ops) {
            op.isKnownBy[tablet] = op.isKnownBy[tablet] || op.entry != kPositionUnanswered;
        }
    }
    void syncAll() {
        for (int round = 0; round < 2; ++round) {
            for (std::size_t tablet = 0; tablet < kTablets; ++tablet) {
                sync(tablet);
            }
        }
    }

    [[nodiscard]] CellView viewOf(std::size_t tablet) {
        return resolveCell(MergeRule::prose, liveOn(tablet), *this).value();
    }
    [[nodiscard]] std::vector<LiveValue> liveOn(std::size_t tablet) {
        std::set<std::size_t> live;
        for (std::size_t i = 0; i < m_ops.size(); ++i) {
            if (m_ops[i].isKnownBy[tablet]) {
                live.insert(i);
            }
        }
        for (std::size_t i = 0; i < m_ops.size(); ++i) {
            if (m_ops[i].isKnownBy[tablet]) {
                for (const auto seen : m_ops[i].seen) {
                    live.erase(seen);
                }
            }
        }
        std::vector<std::size_t> ordered(live.begin(), live.end());
        std::ranges::stable_sort(ordered, {}, [&](std::size_t i) { return m_ops[i].entry; });
        std::vector<LiveValue> values;
        for (const auto i : ordered) {
            values.push_back({refOf(i), Value::text(m_ops[i].text), 0});
        }
        return values;
    }

    // Other numbers for the same ops, and what an op saw in another order.
    void renumber(std::uint64_t by) { m_renumbered = by; }

    Result<std::vector<OpRef>> seenBy(OpRef op) override {
        std::vector<OpRef> seen;
        for (const auto i : m_ops.at(indexOf(op)).seen) {
            seen.push_back(refOf(i));
        }
        std::ranges::sort(seen);
        return seen;
    }
    Result<Value> valueOf(OpRef op) override { return Value::text(m_ops.at(indexOf(op)).text); }
    Result<OrderKey> orderOf(OpRef op) override {
        const auto i = indexOf(op);
        return OrderKey{m_ops.at(i).entry, i};
    }

    [[nodiscard]] bool hadConflict() const { return m_hadConflict; }
    [[nodiscard]] const std::set<std::string>& created() const { return m_created; }
    [[nodiscard]] const std::set<std::string>& deleted() const { return m_deleted; }

    static constexpr std::size_t kInsert = 0;
    static constexpr std::size_t kDelete = 1;
    static constexpr std::size_t kChange = 2;

private:
    struct Op {
        std::string text;
        std::vector<std::size_t> seen;
        std::size_t author = 0;
        std::array<bool, kTablets> isKnownBy{};
        std::uint64_t entry = kPositionUnanswered;
    };

    void write(std::size_t tablet, const std::vector<OpRef>& seen, const std::string& text) {
        Op op;
        op.text = text;
        for (const auto ref : seen) {
            op.seen.push_back(indexOf(ref));
        }
        op.author = tablet;
        op.isKnownBy[tablet] = true;
        m_ops.push_back(std::move(op));
    }

    [[nodiscard]] OpRef refOf(std::size_t i) const {
        return {static_cast<std::int64_t>((i ^ m_renumbered) % 5), static_cast<OpCounter>(i ^ m_renumbered)};
    }
    [[nodiscard]] std::size_t indexOf(OpRef op) const { return op.counter ^ m_renumbered; }

    std::vector<Op> m_ops;
    std::set<std::string> m_created;
    std::set<std::string> m_deleted;
    std::uint64_t m_entries = 0;
    std::uint64_t m_renumbered = 0;
    bool m_hadConflict = false;
};

struct Step {
    std::size_t tablet = 0;
    std::size_t at = 0;
    std::size_t kind = 0;  // of edit, or beyond them: sync
};

std::ostream& operator<<(std::ostream& out, const Step& step) {
    constexpr std::array kNames{"insert", "delete", "change", "sync", "sync"};
    return out << kNames[step.kind] << '(' << step.tablet << ", " << step.at << ')';
}

rc::Gen<std::vector<Step>> anySteps() {
    // element, not inRange: that one leaves out the upper numbers while cases are small.
    return rc::gen::container<std::vector<Step>>(rc::gen::construct<Step>(
        rc::gen::element<std::size_t>(0, 1, 2), rc::gen::element<std::size_t>(0, 1, 2, 3, 4, 5, 6, 7),
        rc::gen::element<std::size_t>(0, 1, 2, 3, 4)));
}

// Half of the histories begin with a text that everybody has.
County anyCounty() {
    County county;
    if (*rc::gen::arbitrary<bool>()) {
        for (int i = 0; i < 4; ++i) {
            county.edit(0, 0, County::kInsert);
        }
        county.syncAll();
    }
    const auto steps = *anySteps();
    for (const auto& step : steps) {
        if (step.kind > County::kChange) {
            county.sync(step.tablet);
        } else {
            county.edit(step.tablet, step.at, step.kind);
        }
    }
    return county;
}

void expectSameAnswer(const CellView& a, const CellView& b) {
    RC_ASSERT(a.state == b.state);
    RC_ASSERT(a.shown == b.shown);
    RC_ASSERT(a.distinct == b.distinct);
    RC_ASSERT(a.shownFrom.size() == b.shownFrom.size());
}

RC_GTEST_PROP(ProseCellLaws, TabletsThatHaveSyncedShowTheSame, ()) {
    auto county = anyCounty();
    county.syncAll();

    expectSameAnswer(county.viewOf(0), county.viewOf(1));
    expectSameAnswer(county.viewOf(0), county.viewOf(2));
}

RC_GTEST_PROP(ProseCellLaws, TheNumbersOfOpsDoNotMatter, ()) {
    auto county = anyCounty();
    const auto before = county.viewOf(0);
    county.renumber(*rc::gen::arbitrary<std::uint32_t>());

    expectSameAnswer(before, county.viewOf(0));
}

RC_GTEST_PROP(ProseCellLaws, ASaveThatSawEverythingIsWhatEverybodySees, ()) {
    auto county = anyCounty();
    county.syncAll();
    const auto text = *anyProse();
    county.settle(1, text);
    county.syncAll();

    const auto view = county.viewOf(2);
    RC_ASSERT(view.state == CellState::single);
    RC_ASSERT(view.shown == Value::text(text));
}

RC_GTEST_PROP(ProseCellLaws, TheSameTextAgainFromTheSamePastChangesNothing, ()) {
    auto county = anyCounty();
    auto live = county.liveOn(0);
    RC_PRE(!live.empty());
    const auto before = resolveCell(MergeRule::prose, live, county).value();
    live.push_back(*rc::gen::elementOf(live));
    const auto after = resolveCell(MergeRule::prose, live, county).value();

    RC_ASSERT(before.state == after.state);
    RC_ASSERT(before.shown == after.shown);
}

// Every sentence is written once in its life, so what must be there at the end is known.
RC_GTEST_PROP(ProseCellLaws, WithoutConflictsNothingWrittenIsLostAndNothingDeletedComesBack, ()) {
    auto county = anyCounty();
    county.syncAll();
    const auto view = county.viewOf(0);
    if (county.hadConflict() || view.state == CellState::conflict) {
        return;
    }

    std::multiset<std::string> expected;
    std::ranges::set_difference(county.created(), county.deleted(), std::inserter(expected, expected.end()));
    RC_ASSERT(sentenceBag(*view.shown.asText()) == expected);
}

RC_GTEST_PROP(ProseCellLaws, AConflictListsEveryTextAndShowsTheFirst, ()) {
    auto county = anyCounty();
    const auto view = county.viewOf(0);
    if (view.state != CellState::conflict) {
        return;
    }

    RC_ASSERT(view.shown == view.values.front().value);
    RC_ASSERT(view.distinct.size() > 1);
    RC_ASSERT(std::ranges::is_sorted(view.distinct));
    RC_ASSERT(std::ranges::all_of(view.values, [&](const LiveValue& live) {
        return std::ranges::count(view.distinct, live.value) == 1;
    }));
}

class NoPast final : public Past {
public:
    Result<std::vector<OpRef>> seenBy(OpRef) override { return fail(ErrorCode::notFound, "no past"); }
    Result<Value> valueOf(OpRef) override { return fail(ErrorCode::notFound, "no past"); }
    Result<OrderKey> orderOf(OpRef) override { return fail(ErrorCode::notFound, "no past"); }
};

std::vector<LiveValue> anyLiveIntegers() {
    const auto numbers = *rc::gen::container<std::vector<std::int64_t>>(
        rc::gen::oneOf(rc::gen::element<std::int64_t>(-1, 0, 1), rc::gen::arbitrary<std::int64_t>(),
                       rc::gen::element(std::numeric_limits<std::int64_t>::max(),
                                        std::numeric_limits<std::int64_t>::min())));
    std::vector<LiveValue> values;
    for (const auto number : numbers) {
        values.push_back(
            {OpRef{1, values.size() + 1}, Value::integer(number), *rc::gen::element<std::uint8_t>(0, 1, 2)});
    }
    return values;
}

RC_GTEST_PROP(OtherRuleLaws, SetsAndCountersDoNotDependOnTheOrder, ()) {
    NoPast past;
    auto values = anyLiveIntegers();
    const auto elements = resolveCell(MergeRule::set, values, past).value().elements;
    const auto sum = resolveCell(MergeRule::counter, values, past).value().sum;
    std::ranges::reverse(values);

    RC_ASSERT(resolveCell(MergeRule::set, values, past).value().elements == elements);
    RC_ASSERT(resolveCell(MergeRule::counter, values, past).value().sum == sum);
}

RC_GTEST_PROP(OtherRuleLaws, KeepBothIsAConflictExactlyIfTwoValuesDiffer, ()) {
    NoPast past;
    const auto values = anyLiveIntegers();
    const auto view = resolveCell(MergeRule::keepBoth, values, past).value();

    const bool differ =
        std::ranges::any_of(values, [&](const LiveValue& live) { return live.value != values[0].value; });
    RC_ASSERT((view.state == CellState::conflict) == differ);
    RC_ASSERT(view.shown == (values.empty() ? Value() : values.front().value));
}

RC_GTEST_PROP(OtherRuleLaws, AuthorityNeverShowsAValueThatAHigherRankContradicts, ()) {
    NoPast past;
    const auto values = anyLiveIntegers();
    RC_PRE(!values.empty());
    const auto view = resolveCell(MergeRule::authority, values, past).value();

    const auto rankMax = std::ranges::max(values, {}, &LiveValue::rank).rank;
    const auto first = std::ranges::find(values, rankMax, &LiveValue::rank);
    RC_ASSERT(view.shown == first->value);
    RC_ASSERT(view.values.size() == values.size());
}

}  // namespace
}  // namespace hezhang::sync
