// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The code on a printed form: which form of this home it is.
//
// Shape:   the code is the hash of what is printed, so it is found by printing: every unit and window of
//          every ledger as they stand now; then those of one unit (the hinted one, else one's own) as each
//          edit of its filings left them. Tasks are taken as they are now, and texts that were merged from
//          two edits are not composed anew.
// Errors:  badInput (no code), those of exportForm(); cancelled.
// Threads: those of the home.
#pragma once

#include "src/documents/export.h"

namespace hezhang::documents {

struct FormCode {
    std::string form;  // empty: the digits alone were given
    std::string hash;  // kFormCodeDigits hexadecimal digits, small letters
};
// `HZFORM1 FORM HASH` or the digits alone; blanks between them do not matter. nullopt: it is no code.
[[nodiscard]] std::optional<FormCode> formCodeIn(std::string_view text);
inline constexpr std::size_t kFormCodeDigits = 64;
// How many of them a text has that is being typed.
[[nodiscard]] std::size_t formCodeDigits(std::string_view text);

struct FoundForm {
    ExportRequest request;  // what prints it
    std::string title;
    std::string unit;
    std::string window;                // closing day; empty: all
    std::size_t editsSince = 0;        // of the filings, after that state; 0: as it stands now
    std::optional<WallMs> lastEdit{};  // of the last edit in it, where edits followed
};
// What is known of the paper beside its code.
struct FormHints {
    std::optional<RecordId> unit{};
    std::optional<std::string> templateFile{};  // instead of the built-in description
};
[[nodiscard]] Result<std::optional<FoundForm>> findForm(ledger::Home& home, const FormCode& code,
                                                        const FormHints& hints,
                                                        const Progress& progress = {});

}  // namespace hezhang::documents
