// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The merge function of the rule prose/1: texts are merged three ways, sentence by sentence. A
// better one gets a new number; this one never changes, because two versions that differ would
// never agree again.
//
// Shape:   a sentence is its words and the terminator that ends it: one of 。！？； or a newline,
//          nothing else. Only the last sentence of a text can lack one.
// Meaning: each side is compared with the base: sentences are kept, and between kept ones lie
//          changes, each of which replaces the sentences [i, j) of the base; an insertion is a
//          change of [k, k). The comparison keeps the most bytes, and of equally good ones the
//          earliest, so a sentence that repeats keeps its first place and the repetition is what
//          was inserted. A last sentence without terminator is the same sentence as one with the
//          same words: to go on writing after it is no change of it.
// Overlap: a change of [i, j) and an insertion at gap k overlap only if i < k < j; two changes
//          overlap if their ranges meet, unless they are the same change or both only delete. The
//          same change made twice counts once.
// Order:   what both sides put into one gap stands in the order ours, theirs, an insertion before a
//          change that begins there and after one that ends there; where one insertion begins or
//          ends with the other, the longer one stands for both. Where the sentence before has no
//          terminator, a newline keeps the two apart.
// Moves:   a sentence that the base and a side have once, at places that do not match, has moved.
//          Deleted by the other side it is gone; moved by both it stands where ours has it. Without
//          this a deleted sentence came back where an earlier merge had shown the same insertions
//          in another order.
// Limits:  meant for texts up to the value limit, safe for any. More than kSentencePairsMax pairs
//          of sentences between the common beginning and the common end count as one change, which
//          only adds overlaps.
// Errors:  none. Threads: pure functions.
// Source:  diff3 (Khanna, Kunal, Pierce, "A Formal Investigation of Diff3", 2007) over sentences,
//          with gaps that do not belong to their neighbours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::sync {

inline constexpr std::size_t kSentencePairsMax = 512 * 512;

// The sentences of `text`, in order; together they are the text again. They point into it.
[[nodiscard]] std::vector<std::string_view> sentencesOf(std::string_view text);

struct ProseMerge {
    std::string text;  // with an overlap: ours alone
    bool overlap = false;
};

// Idempotent; commutative up to the places of what both put into one gap or moved.
[[nodiscard]] ProseMerge mergeProse(std::string_view base, std::string_view ours, std::string_view theirs);

// The same merge, for working out a base: where the two overlap, the older text stands; what the newer one
// changed elsewhere is merged.
[[nodiscard]] std::string mergeProseOlderStanding(std::string_view base, std::string_view older,
                                                  std::string_view newer);

}  // namespace hezhang::sync
