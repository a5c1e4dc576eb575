// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/kept_cell.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hezhang::sync {
namespace {

constexpr std::size_t kLookedThrough = 16;
constexpr std::size_t kCellBytes = 320;  // also of one that has no value

std::size_t bytesOf(const CellRow& row) {
    return 160 + row.value.encoded().size() + sizeof(OpRef) * row.hiders.size();
}

bool standsBefore(const CellRow& a, const CellRow& b) {
    return std::tie(a.order, a.ref) < std::tie(b.order, b.ref);
}

template <class T>
bool insertSorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    const bool isNew = at == list.end() || *at != item;
    if (isNew) {
        list.insert(at, item);
    }
    return isNew;
}

template <class T>
bool eraseSorted(std::vector<T>& list, const T& item) {
    const auto at = std::lower_bound(list.begin(), list.end(), item);
    const bool isThere = at != list.end() && *at == item;
    if (isThere) {
        list.erase(at);
    }
    return isThere;
}

auto placeIn(std::vector<CoveredRow>& covered, OpRef ref) {
    return std::lower_bound(covered.begin(), covered.end(), ref,
                            [](const CoveredRow& one, OpRef wanted) { return one.ref < wanted; });
}

}  // namespace

KeptCell::KeptCell(KeptBytes& bytes, std::string_view field) : m_kept(bytes), m_field(field) {
    grow(kCellBytes);
}

void KeptCell::grow(std::size_t bytes) {
    m_bytes += bytes;
    m_kept.all += bytes;
    m_kept.largest = std::max(m_kept.largest, m_bytes);
}

void KeptCell::shrink(std::size_t bytes) {
    m_bytes -= bytes;
    m_kept.all -= bytes;
}

std::vector<Value> KeptCell::elements() const {
    std::vector<Value> elements;
    for (const auto& row : m_rows) {
        if (row->kind == OpKind::add) {
            elements.push_back(row->value);
        }
    }
    std::sort(elements.begin(), elements.end());
    elements.erase(std::unique(elements.begin(), elements.end()), elements.end());
    return elements;
}

// Of a damaged database parts may hold an op twice: the later row counts, as it does where it is written.
void KeptCell::read(CellPart part, std::uint32_t number) {
    for (CellRow& row : part.rows) {
        if (const CellRow* twice = rowOf(row.ref); twice != nullptr) {
            (void)extract(*twice);
        }
        put(std::move(row));
    }
    grow(part.covered.size() * sizeof(CoveredRow));
    m_covered.insert(m_covered.end(), part.covered.begin(), part.covered.end());
    m_partsStored = std::max(m_partsStored, number + 1);
}

void KeptCell::endReading() {
    std::stable_sort(m_covered.begin(), m_covered.end(),
                     [](const CoveredRow& a, const CoveredRow& b) { return a.ref < b.ref; });
    // Of a damaged database: an op stands once.
    const auto isTwice = [&](const CoveredRow& one) { return rowOf(one.ref) != nullptr; };
    const auto end = std::unique(m_covered.begin(), m_covered.end(),
                                 [](const CoveredRow& a, const CoveredRow& b) { return a.ref == b.ref; });
    const auto kept = std::remove_if(m_covered.begin(), end, isTwice);
    shrink(static_cast<std::size_t>(m_covered.end() - kept) * sizeof(CoveredRow));
    m_covered.erase(kept, m_covered.end());
    m_elementsStored = elements();
}

KeptCell::Rows::iterator KeptCell::placeOf(const CellRow& row) {
    return std::lower_bound(m_rows.begin(), m_rows.end(), row, [](const auto& one, const CellRow& wanted) {
        return standsBefore(*one, wanted);
    });
}

CellRow& KeptCell::insert(std::unique_ptr<CellRow> row) {
    CellRow& fresh = *row;
    grow(bytesOf(fresh));
    m_hiders += fresh.hiders.size();
    // Nearly always the last: positions in the log rise, and unanswered ops come after all.
    const bool isLast = m_rows.empty() || standsBefore(*m_rows.back(), fresh);
    m_rows.insert(isLast ? m_rows.end() : placeOf(fresh), std::move(row));
    if (!m_byOp.empty()) {
        m_byOp[fresh.ref] = &fresh;
    } else if (m_rows.size() > kLookedThrough) {
        for (const auto& one : m_rows) {
            m_byOp[one->ref] = one.get();
        }
    }
    return fresh;
}

std::unique_ptr<CellRow> KeptCell::extract(const CellRow& row) {
    const auto at = placeOf(row);
    std::unique_ptr<CellRow> taken = std::move(*at);
    m_rows.erase(at);
    shrink(bytesOf(*taken));
    m_hiders -= taken->hiders.size();
    m_byOp.erase(taken->ref);
    return taken;
}

CellRow& KeptCell::uncover(std::vector<CoveredRow>::iterator at) {
    CellRow row = at->asCellRow();
    m_covered.erase(at);
    shrink(sizeof(CoveredRow));
    return insert(std::make_unique<CellRow>(std::move(row)));
}

// Not where it is covered.
CellRow* KeptCell::rowOf(OpRef ref) const {
    if (!m_byOp.empty()) {
        const auto known = m_byOp.find(ref);
        return known != m_byOp.end() ? known->second : nullptr;
    }
    const auto at =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const auto& row) { return row->ref == ref; });
    return at != m_rows.end() ? at->get() : nullptr;
}

CellRow* KeptCell::find(OpRef ref) {
    if (CellRow* row = rowOf(ref); row != nullptr) {
        return row;
    }
    const auto at = placeIn(m_covered, ref);
    return at != m_covered.end() && at->ref == ref ? &uncover(at) : nullptr;
}

CellRow& KeptCell::put(CellRow row) {
    return insert(std::make_unique<CellRow>(std::move(row)));
}

CellRow KeptCell::take(const CellRow& row) {
    return std::move(*extract(row));
}

bool KeptCell::hide(CellRow& row, OpRef by) {
    const bool isNew = insertSorted(row.hiders, by);
    if (isNew) {
        ++m_hiders;
        grow(sizeof(OpRef));
    }
    return isNew;
}

std::vector<CellRow*> KeptCell::unhide(OpRef by) {
    for (std::size_t i = 0; i < m_covered.size();) {
        if (m_covered[i].by == by) {
            uncover(m_covered.begin() + static_cast<std::ptrdiff_t>(i));
        } else {
            ++i;
        }
    }
    std::vector<CellRow*> fewer;
    for (auto at = m_rows.begin(); m_hiders > 0 && at != m_rows.end(); ++at) {
        if (!(*at)->hiders.empty() && eraseSorted((*at)->hiders, by)) {
            --m_hiders;
            shrink(sizeof(OpRef));
            fewer.push_back(at->get());
        }
    }
    return fewer;
}

void KeptCell::makeBare(CellRow& row) {
    if (!row.turnsBare() || row.hiders.empty()) {
        return;
    }
    std::unique_ptr<CellRow> taken = extract(row);
    if (taken->hiders.size() > 1) {
        taken->becomeBare();
        insert(std::move(taken));
        return;
    }
    m_covered.insert(placeIn(m_covered, taken->ref), {taken->ref, taken->hiders.front(), taken->rank});
    grow(sizeof(CoveredRow));
}

void KeptCell::noteChanged(OpRef ref) {
    insertSorted(m_changed, ref);
}

void KeptCell::noteWritten(std::uint32_t parts, std::vector<Value> elements) {
    m_changed.clear();
    m_partsStored = parts;
    m_elementsStored = std::move(elements);
}

}  // namespace hezhang::sync
