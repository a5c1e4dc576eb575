// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One filing before the office: what the unit wrote, and the office's three answers beside it: verified
// (核验), returned with a reason, approved as it stands; and what is finally decided of the task (认定).
//
// Errors:  changed: the filing is not what the reviewer saw any more; badInput: nothing to return or approve,
// or no reason; those of
//          Home::edit. All in one transaction.
// Threads: those of the home.
#pragma once

#include "src/ledger/views.h"

namespace hezhang::office {

struct ReviewView {
    ledger::FilingView filing;
    ledger::CellShown verifiedStatus;
    ledger::CellShown verifiedNote;
    ledger::CellShown decidedStatus;  // of the task
    std::string fingerprint;          // of what stands; empty where nothing was written
    std::size_t editsSinceApproval = 0;
};
[[nodiscard]] Result<ReviewView> reviewView(ledger::Home& home, const RecordId& task, const RecordId& unit,
                                            const RecordId& window);

// Edits of what an approval is about that entered the log after the last approval, own unanswered ones too; 0
// where it was never approved, or is approved as it stands.
[[nodiscard]] Result<std::size_t> editsSinceApproval(ledger::Home& home, const sync::RecordReading& filing);

enum class ReviewOutcome : std::uint8_t {
    none,     // only the fields
    approve,  // the fingerprint goes into `approved`; an open return is taken back
    giveBack  // `returned`; an approval of what stands is taken back
};

struct ReviewRequest {
    RecordId task{};
    RecordId unit{};
    RecordId window{};
    std::optional<std::string> verifiedStatus{};
    std::optional<std::string> verifiedNote{};
    std::optional<std::string> decidedStatus{};
    // What the form showed, by field; a field that is not here: what is shown now.
    std::map<std::string, std::vector<std::string>> seen{};
    ReviewOutcome outcome = ReviewOutcome::none;
    std::string reason{};       // of giveBack
    std::string fingerprint{};  // of approve and giveBack: what the reviewer saw
};
[[nodiscard]] Result<void> review(ledger::Home& home, const ReviewRequest& request);

}  // namespace hezhang::office
