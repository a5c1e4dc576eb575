// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One paragraph out of several units' texts, and what becomes of an edit of it when a unit changes its text.
//
// Shape:   a sentence is what sync/merge/prose.h calls one. Put into the paragraph, it is trimmed and has a
//          terminator: where it had a newline or none, 。 after a word, else a newline. What several filings
//          say in the same words (blanks do not count) stands once, where it is said first; what one filing
//          says twice stands twice.
//          A *base* is what is kept of a composed text: kBaseDigits hex digits of the hash of each sentence,
//          in order. Texts themselves would be too long for a value: 35 units' texts are more than 16 KiB.
// Meaning: two sentences with equal digits count as the same one: in a paragraph of a thousand that happens
//          to two different ones once in 10^8 times.
// Errors:  none. Threads: pure functions.
#pragma once

#include <span>

#include "sync/merge/prose.h"
#include "sync/op/op.h"
#include "sync/trust/suite.h"

namespace hezhang::office {

inline constexpr std::size_t kBaseDigits = 12;

struct ParagraphSource {
    RecordId filing;
    RecordId unit;
    std::string unitName;
    bool operator==(const ParagraphSource&) const = default;
};
struct ParagraphSentence {
    std::string text;  // with its terminator
    std::vector<ParagraphSource> sources;
    bool operator==(const ParagraphSentence&) const = default;
};

struct UnitText {
    ParagraphSource source;
    std::string text;
};
// The sentences of the texts, in the order given.
[[nodiscard]] std::vector<ParagraphSentence> compose(std::span<const UnitText> texts);
[[nodiscard]] std::string textOf(std::span<const ParagraphSentence> sentences);

// `text` cut into sentences: each with the sources of the composed one of the same words, or none.
[[nodiscard]] std::vector<ParagraphSentence> withSources(std::string_view text,
                                                         std::span<const ParagraphSentence> composed);

// What the base of a text is found by among several; as many digits as a sentence has.
[[nodiscard]] std::string markOf(const sync::Suite& suite, std::string_view text);
[[nodiscard]] std::string baseOf(const sync::Suite& suite, std::string_view composed);
[[nodiscard]] bool isBase(std::string_view text);

struct EditedText {
    std::string base;  // of what was composed when the edit was begun
    std::string text;
};
// The office's text with what was composed anew since. Several edits, made at once on several devices, are
// folded in the order given, each on what the ones before it gave: merged by themselves they would each bring
// along what was composed. With an overlap the earlier text stands, and the first edit before what is
// composed.
[[nodiscard]] sync::ProseMerge mergeParagraph(const sync::Suite& suite, std::span<const EditedText> edits,
                                              std::string_view composed);

}  // namespace hezhang::office
