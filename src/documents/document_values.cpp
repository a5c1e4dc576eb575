// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/document_values.h"

#include <algorithm>
#include <charconv>

namespace hezhang::documents {

using sync::OpCounter;

namespace {

constexpr const char* kCell = "imported";

struct DotParts {
    std::string lane;  // with the branch, where one is named
    OpCounter counter = 0;
};

OpCounter counterOf(std::string_view digits) {
    OpCounter counter = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), counter);
    return counter;
}

// LANE/counter or LANE/counter/BRANCH.
DotParts partsOf(const std::string& dot) {
    const std::size_t first = dot.find('/');
    const std::size_t second = first == std::string::npos ? first : dot.find('/', first + 1);
    if (first == std::string::npos) {
        return {dot, 0};
    }
    const std::string branch = second == std::string::npos ? "" : dot.substr(second);
    return {dot.substr(0, first) + branch,
            counterOf(std::string_view(dot).substr(first + 1, second - first - 1))};
}

std::string runText(const std::string& lane, OpCounter first, OpCounter last) {
    const std::size_t branch = lane.find('/');
    return lane.substr(0, branch) + "/" + std::to_string(first) + "-" + std::to_string(last) +
           (branch == std::string::npos ? "" : lane.substr(branch));
}

}  // namespace

Result<DocumentValues> DocumentValues::of(ledger::Home& home, const std::optional<RecordId>& ledgerId) {
    DocumentValues values(home);
    if (!ledgerId) {
        values.m_isNotedAtAll = true;
        return values;
    }
    HZ_TRY(const std::vector<sync::Value> runs, home.state().elements(*ledgerId, kCell));
    for (const sync::Value& run : runs) {
        // A run looks like a dot whose number is first-last.
        const std::string text(run.asText().value_or(""));
        const DotParts first = partsOf(text);
        const std::size_t dash = text.find('-');
        if (first.counter > 0 && dash != std::string::npos) {
            OpCounter& last = values.m_noted[first.lane][first.counter];
            last = std::max(last, counterOf(std::string_view(text).substr(dash + 1)));
        }
    }
    values.m_isNotedAtAll = !runs.empty();
    return values;
}

bool DocumentValues::isNoted(const std::string& dot) const {
    const DotParts parts = partsOf(dot);
    const auto lane = m_noted.find(parts.lane);
    return lane != m_noted.end() && std::ranges::any_of(lane->second, [&](const auto& run) {
               return run.first <= parts.counter && parts.counter <= run.second;
           });
}

bool DocumentValues::isDocuments(const ledger::HistoryRow& row) const {
    return m_isNotedAtAll ? isNoted(row.dot) : row.seen.empty();
}

Result<const std::vector<ledger::HistoryRow>*> DocumentValues::historyOf(const RecordId& record) {
    if (!m_history || m_history->first != record) {
        Result<std::vector<ledger::HistoryRow>> rows = ledger::history(*m_home, record);
        if (!rows && rows.error().code != ErrorCode::unknownRecord) {
            return fail(rows.error());
        }
        m_history.emplace(record, rows ? std::move(*rows) : std::vector<ledger::HistoryRow>());
    }
    return &m_history->second;
}

Result<bool> DocumentValues::isDocuments(const sync::LiveRow& row) {
    HZ_TRY(const std::string dot, m_home->replica().history().dotText(row.ref));
    return isNoted(dot);
}

Result<bool> DocumentValues::isUnknown(const sync::LiveRow& row) {
    if (m_isNotedAtAll) {
        return false;
    }
    HZ_TRY(const std::string dot, m_home->replica().history().dotText(row.ref));
    HZ_TRY(const auto* const history, historyOf(row.record));
    const auto op = std::ranges::find(*history, dot, &ledger::HistoryRow::dot);
    return op != history->end() && op->seen.empty();
}

Result<std::optional<std::string>> DocumentValues::lastSaid(const RecordId& record,
                                                            const std::string& field) {
    HZ_TRY(const auto* const history, historyOf(record));
    const auto last = std::find_if(history->rbegin(), history->rend(), [&](const ledger::HistoryRow& row) {
        return row.field == field && isDocuments(row);
    });
    if (last != history->rend()) {
        return last->isErased            ? std::nullopt
               : last->value.is_string() ? std::optional(last->value.get<std::string>())
                                         : std::optional(last->value.dump());
    }
    HZ_TRY(const std::uint64_t missing, m_home->historyMissing());
    return missing > 0 ? std::nullopt : std::optional(std::string());
}

Result<std::optional<ledger::Authorship>> DocumentValues::takenAwayBy(const RecordId& record,
                                                                      const std::string& field,
                                                                      const std::string& element) {
    HZ_TRY(const auto* const history, historyOf(record));
    const auto last = std::find_if(history->rbegin(), history->rend(), [&](const ledger::HistoryRow& row) {
        return row.field == field && row.value == element;
    });
    const bool isTaken =
        last != history->rend() && last->kind == name(sync::OpKind::remove) && !isDocuments(*last);
    return isTaken ? std::optional(last->by) : std::nullopt;
}

void DocumentValues::note(const std::string& dot) {
    if (isNoted(dot)) {
        return;
    }
    const DotParts parts = partsOf(dot);
    auto& runs = m_new[parts.lane];
    const auto before =
        std::ranges::find(runs, parts.counter - 1, [](const auto& run) { return run.second; });
    if (before != runs.end()) {
        before->second = parts.counter;
    } else {
        runs.emplace(parts.counter, parts.counter);
    }
}

Result<void> DocumentValues::note(const sync::LiveRow& row) {
    HZ_TRY(const std::string dot, m_home->replica().history().dotText(row.ref));
    note(dot);
    return {};
}

Result<void> DocumentValues::write(const RecordId& ledgerId) {
    for (const auto& [lane, runs] : m_new) {
        for (const auto& [first, last] : runs) {
            ledger::EditRequest request;
            request.record = ledgerId;
            request.field = kCell;
            request.kind = sync::OpKind::add;
            request.json = runText(lane, first, last);
            HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, m_home->edit(request));
        }
    }
    return {};
}

}  // namespace hezhang::documents
