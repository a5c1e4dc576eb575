// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The one paragraph that a consolidated ledger has of a task in a window: composed of the units' filings,
// edited by the office, and merged anew when a unit changes its text.
//
// Shape:   plain structs, complete at the moment they were read.
//          Composed of the filings that were ever submitted, as they stand: lead units first, then
//          responsible ones, then those that co-operate, then others; among equals by the unit's first name
//          (a rename moves no text), then by record. Rules: composing.h. Equal state gives equal text. Where
//          the office has edited it (register `paragraph`), what is shown is its text with what the units
//          have changed since. Where both changed the same sentences its text alone is shown, and the state
//          says so until somebody saves again.
//          The number done is the sum of the filings' counters, never read out of prose; so is what was
//          counted towards the task's targets, in all windows.
// Errors:  unknownRecord; badInput: a window of another ledger, a base that is none; those of Home::edit;
//          storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/tallies.h"
#include "src/ledger/views.h"
#include "src/office/composing.h"

namespace hezhang::office {

enum class ParagraphState : std::uint8_t {
    composed,  // what the units' texts give
    edited,    // the office's text
    merged,    // the office's text, with what units have changed since
    overlap    // the office's text; units have changed what it is about: a person decides
};
[[nodiscard]] std::string_view name(ParagraphState state);

struct ParagraphFiling {
    ParagraphSource source;
    std::string role;  // lead responsible cooperate; empty: the unit has no part in the task (any more)
    std::string text;
    ledger::FilingState state = ledger::FilingState::none;
    bool isTaken = false;      // into the paragraph: it was submitted
    bool hasConflict = false;  // in its text: the first value stands
};

struct ParagraphTarget {
    ledger::Target target;
    ledger::Tally sum;
    std::size_t units = 0;  // that have counted
};

struct Paragraph {
    RecordId record;  // there or not
    RecordId task;
    RecordId window;
    std::int64_t serial = 0;  // of the task
    std::string taskItem;
    std::string taskContent;
    ParagraphState state = ParagraphState::composed;
    std::string text;                          // what is shown
    std::vector<ParagraphSentence> sentences;  // of `text`; without sources: the office's own words
    std::vector<ParagraphSentence> composed;   // what the units' texts give now
    std::vector<ParagraphFiling> filings;      // in the order of the paragraph
    std::int64_t sum = 0;                      // of the counters
    std::size_t unitsCounted = 0;              // that have one
    std::vector<ParagraphTarget> targets;      // of the task's text, that were counted
    bool isWhole = false;                      // this home holds the filings of all units
    bool hasConflict = false;                  // two devices of the office edited the same sentences
    std::vector<std::string> seen;             // context of an edit of what is shown
    std::string base;                          // of what is composed now
};
[[nodiscard]] Result<Paragraph> paragraph(ledger::Home& home, const RecordId& task, const RecordId& window);
// Of every task of the window's ledger, by serial.
[[nodiscard]] Result<std::vector<Paragraph>> paragraphs(ledger::Home& home, const RecordId& window);

struct ParagraphEdit {
    RecordId task{};
    RecordId window{};
    std::string text{};  // empty: composed again
    // What the form showed when it was opened; none: what stands now.
    std::optional<std::vector<std::string>> seen{};
    std::optional<std::string> base{};
};
// One transaction.
[[nodiscard]] Result<sync::EditAnswer> editParagraph(ledger::Home& home, const ParagraphEdit& edit);

}  // namespace hezhang::office
