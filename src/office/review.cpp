// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/review.h"

#include <algorithm>
#include <array>

#include "src/ledger/filing.h"
#include "src/ledger/one_transaction.h"

namespace hezhang::office {

using ledger::FilingState;
using ledger::Home;
using nlohmann::json;
using sync::OpKind;

namespace {

class Reviewer {
public:
    Reviewer(Home& home, const ReviewRequest& request) : m_home(home), m_request(request) {}

    Result<void> run() {
        HZ_TRY(const sync::RecordKey key,
               ledger::filingKey(m_home, m_request.task, m_request.unit, m_request.window));
        m_filing = m_home.idOf(key);
        HZ_TRY(const std::optional<sync::RecordReading> reading, m_home.state().read(m_filing));
        const bool isThere = reading && !reading->isGone && !reading->cells.empty();
        HZ_CHECK(assign(m_request.task, "decided_status", m_request.decidedStatus));
        const bool isOfFiling =
            m_request.verifiedStatus || m_request.verifiedNote || m_request.outcome != ReviewOutcome::none;
        if (!isOfFiling) {
            return {};
        }
        if (!isThere) {
            return fail(ErrorCode::badInput, "nothing was filed");
        }
        HZ_CHECK(assign(m_filing, "verified_status", m_request.verifiedStatus));
        HZ_CHECK(assign(m_filing, "verified_note", m_request.verifiedNote));
        return m_request.outcome == ReviewOutcome::none ? Result<void>{} : conclude(*reading);
    }

private:
    Result<void> assign(const RecordId& record, const std::string& field,
                        const std::optional<std::string>& value) {
        if (!value) {
            return {};
        }
        ledger::EditRequest edit;
        edit.record = record;
        edit.field = field;
        edit.json = json(*value);
        if (const auto seen = m_request.seen.find(field); seen != m_request.seen.end()) {
            edit.seen = seen->second;
        }
        HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home.edit(edit));
        return {};
    }
    Result<void> changeApproval(OpKind kind) {
        ledger::EditRequest edit;
        edit.record = m_filing;
        edit.field = "approved";
        edit.kind = kind;
        edit.json = json(m_request.fingerprint);
        HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home.edit(edit));
        return {};
    }
    Result<void> conclude(const sync::RecordReading& reading) {
        HZ_TRY(const Hash now, ledger::fingerprintOf(m_home.state(), m_filing));
        if (now.hex() != m_request.fingerprint) {
            return fail(ErrorCode::changed, "the filing was edited since it was shown");
        }
        HZ_TRY(const FilingState state, ledger::filingState(m_home, reading));
        HZ_TRY(const bool isApproved, ledger::isApproved(m_home, reading));
        if (m_request.outcome == ReviewOutcome::approve) {
            if (state != FilingState::submitted) {
                return fail(ErrorCode::badInput, "what stands was not submitted");
            }
            if (!ledger::openReturn(reading, state).empty()) {
                HZ_CHECK(assign(m_filing, "returned", ""));
            }
            return isApproved ? Result<void>{} : changeApproval(OpKind::add);
        }
        if (m_request.reason.empty()) {
            return fail(ErrorCode::badInput, "a return needs a reason");
        }
        if (isApproved) {
            HZ_CHECK(changeApproval(OpKind::remove));
        }
        return assign(m_filing, "returned", m_request.reason);
    }

    Home& m_home;
    const ReviewRequest& m_request;
    RecordId m_filing;
};

}  // namespace

Result<std::size_t> editsSinceApproval(Home& home, const sync::RecordReading& filing) {
    static constexpr std::array<std::string_view, 5> kApproved{"text", "status", "percent", "done_count",
                                                               "evidence"};
    HZ_TRY(const bool isApproved, ledger::isApproved(home, filing));
    if (isApproved || ledger::cellElements(filing, "approved").empty()) {
        return 0;
    }
    HZ_TRY(const std::vector<ledger::HistoryRow> history, ledger::history(home, filing.record.id));
    std::size_t edits = 0;
    for (const ledger::HistoryRow& row : history) {
        const bool counts = row.verdict != "aside" && row.verdict != "refused" && row.verdict != "held";
        if (counts && row.field == "approved" && row.kind == "add") {
            edits = 0;
        } else if (counts && std::ranges::find(kApproved, row.field) != kApproved.end()) {
            ++edits;
        }
    }
    // What makes it another one may have been written before, by somebody who had not seen the approval.
    return std::max<std::size_t>(edits, 1);
}

Result<ReviewView> reviewView(Home& home, const RecordId& task, const RecordId& unit,
                              const RecordId& window) {
    ReviewView view;
    HZ_TRY(view.filing, ledger::filingView(home, task, unit, window));
    HZ_TRY(const std::optional<sync::RecordRow> taskRecord, home.store().record(task));
    if (!taskRecord) {
        return fail(ErrorCode::unknownRecord, "the task is not here");
    }
    HZ_TRY(view.decidedStatus, ledger::shownCell(home, *taskRecord, "decided_status"));
    HZ_TRY(const std::optional<sync::RecordRow> filing, home.store().record(view.filing.filing.record));
    if (filing) {
        HZ_TRY(view.verifiedStatus, ledger::shownCell(home, *filing, "verified_status"));
        HZ_TRY(view.verifiedNote, ledger::shownCell(home, *filing, "verified_note"));
        if (view.filing.filing.state != FilingState::none) {
            HZ_TRY(const Hash now, ledger::fingerprintOf(home.state(), filing->id));
            view.fingerprint = now.hex();
            HZ_TRY(const std::optional<sync::RecordReading> reading, home.state().read(filing->id));
            HZ_TRY(view.editsSinceApproval,
                   reading ? editsSinceApproval(home, *reading) : Result<std::size_t>(0U));
        }
    }
    return view;
}

Result<void> review(Home& home, const ReviewRequest& request) {
    return ledger::inOneTransaction(home, [&] { return Reviewer(home, request).run(); });
}

}  // namespace hezhang::office
