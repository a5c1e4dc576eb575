// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/entry_index.h"

#include <algorithm>
#include <numeric>

#include "sync/log/log_entry.h"

namespace hezhang::sync {
namespace {

using Positions = std::vector<std::uint64_t>;

constexpr std::size_t kReadAtOnce = 1024;

void cutFrom(Positions& positions, std::uint64_t end) {
    positions.erase(std::lower_bound(positions.begin(), positions.end(), end), positions.end());
}

// At most `most` of [from, end), which is what is needed of it even if nothing else comes before.
void addRange(const Positions& from, std::uint64_t begin, std::uint64_t end, std::size_t most, Positions& to) {
    const auto first = std::lower_bound(from.begin(), from.end(), begin);
    const auto last = std::lower_bound(first, from.end(), end);
    to.insert(to.end(), first, first + static_cast<std::ptrdiff_t>(std::min(most, static_cast<std::size_t>(last - first))));
}

}  // namespace

void EntryIndex::begin() {
    if (m_end == m_keptEnd) {
        return;
    }
    m_end = m_keptEnd;
    cutFrom(m_lists.ofControls, m_end);
    for (auto& [scope, positions] : m_lists.ofScope) {
        cutFrom(positions, m_end);
    }
    m_from = std::min(m_from, m_end);
}

void EntryIndex::forget() {
    m_lists = {};
    m_from = m_end = m_keptEnd = 0;
}

Result<EntryIndex::Lists> EntryIndex::read(std::uint64_t from, std::uint64_t end) {
    Lists lists;
    for (std::uint64_t at = from; at < end;) {
        const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(end - at, kReadAtOnce));
        HZ_TRY(const std::vector<EntryRow> rows, m_store.entries(at, count));
        for (const EntryRow& row : rows) {
            if (row.position != at) {
                break;
            }
            const auto read = decode<LogEntry>(row.entry, "log entry");
            if (!read) {
                return fail(ErrorCode::storageCorrupt, "entry " + std::to_string(at) + ": " + read.error().text);
            }
            const LogEntry& entry = *read;
            (isControl(entry) ? lists.ofControls : lists.ofScope[entry.scope]).push_back(at++);
        }
        if (rows.size() < count || at != rows.back().position + 1) {
            return fail(ErrorCode::storageCorrupt, "entry " + std::to_string(at) + " is missing");
        }
    }
    return lists;
}

void EntryIndex::append(Lists& to, const Lists& later) {
    to.ofControls.insert(to.ofControls.end(), later.ofControls.begin(), later.ofControls.end());
    for (const auto& [scope, positions] : later.ofScope) {
        Positions& known = to.ofScope[scope];
        known.insert(known.end(), positions.begin(), positions.end());
    }
}

Result<void> EntryIndex::cover(std::uint64_t from, std::uint64_t end) {
    if (m_from == m_end) {
        m_from = m_end = from;
        m_keptEnd = 0;   // of what follows nothing is sure before keep()
    }
    if (end > m_end) {
        HZ_TRY(const Lists later, read(m_end, end));
        append(m_lists, later);
        m_end = end;
    }
    if (from < m_from) {
        HZ_TRY(Lists earlier, read(from, m_from));
        append(earlier, m_lists);
        m_lists = std::move(earlier);
        m_from = from;
    }
    return {};
}

Result<Positions> EntryIndex::positions(const std::set<std::string>& scopes, bool withControls, std::uint64_t from, std::uint64_t end,
                                        std::size_t most) {
    Positions found;
    if (from >= end) {
        return found;
    }
    if (scopes.contains("*")) {
        found.resize(static_cast<std::size_t>(std::min<std::uint64_t>(end - from, most)));
        std::iota(found.begin(), found.end(), from);
        return found;
    }
    HZ_CHECK(cover(from, end));
    if (withControls) {
        addRange(m_lists.ofControls, from, end, most, found);
    }
    for (const std::string& scope : scopes) {
        const auto known = m_lists.ofScope.find(scope);
        if (known != m_lists.ofScope.end()) {
            addRange(known->second, from, end, most, found);
        }
    }
    std::sort(found.begin(), found.end());
    found.resize(std::min(found.size(), most));
    return found;
}

}  // namespace hezhang::sync
