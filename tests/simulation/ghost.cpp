// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/ghost.h"

#include <algorithm>

namespace hezhang::test {

void Ghost::wrote(const Hash& id, GhostOp op, const std::vector<Hash>& inView) {
    for (const Hash& seen : inView) {
        op.past.insert(seen);
        const auto it = m_ops.find(seen);
        if (it == m_ops.end()) {
            continue;
        }
        // Who settled a delete with `false` wanted to keep what the delete had named: he hands on the
        // deletes, not that (seed 5361).
        const bool isKept = it->second.field == sync::kDeletedField && !it->second.isDelete();
        for (const Hash& older : it->second.past) {
            const auto named = m_ops.find(older);
            if (!isKept || (named != m_ops.end() && named->second.field == sync::kDeletedField)) {
                op.past.insert(older);
            }
        }
    }
    // A copied home may write the very same op again; what either of its authors saw counts.
    const auto [it, isNew] = m_ops.emplace(id, op);
    if (!isNew) {
        it->second.past.insert(op.past.begin(), op.past.end());
    }
}

std::map<Ghost::Cell, std::set<Hash>> Ghost::live(const std::set<Hash>& applied,
                                                  const std::set<Hash>& erased) const {
    std::set<Hash> dead = erased;
    for (const Hash& id : applied) {
        const auto author = m_ops.find(id);
        if (author == m_ops.end()) {
            continue;
        }
        for (const Hash& seen : author->second.past) {
            const auto named = m_ops.find(seen);
            if (named == m_ops.end()) {
                continue;
            }
            if (named->second.record == author->second.record &&
                named->second.field == author->second.field) {
                dead.insert(seen);
            } else if (named->second.isDelete() && author->second.field != sync::kDeletedField &&
                       isLatestDeletion(seen, author->second)) {
                // Written on a record that was shown as deleted: all that the delete saw is gone with it.
                dead.insert(seen);
                dead.insert(named->second.past.begin(), named->second.past.end());
            }
        }
    }
    std::map<Cell, std::set<Hash>> result;
    for (const Hash& id : applied) {
        const auto op = m_ops.find(id);
        if (op != m_ops.end() && op->second.kind != sync::OpKind::remove && !dead.contains(id)) {
            result[{op->second.record, op->second.field}].insert(id);
        }
    }
    return result;
}

// Whether nothing later in the author's past decided the same question: what settled a delete, or deleted
// anew.
bool Ghost::isLatestDeletion(const Hash& deletion, const GhostOp& author) const {
    const RecordId& record = m_ops.at(deletion).record;
    for (const Hash& id : author.past) {
        const auto later = m_ops.find(id);
        if (later != m_ops.end() && later->second.record == record &&
            later->second.field == sync::kDeletedField && later->second.past.contains(deletion)) {
            return false;
        }
    }
    return true;
}

bool Ghost::isGone(const RecordId& record, const std::map<Cell, std::set<Hash>>& live) const {
    std::set<Hash> named;
    bool hasDelete = false;
    bool hasContent = false;
    const auto deletes = live.find({record, std::string(sync::kDeletedField)});
    for (const Hash& id : deletes == live.end() ? std::set<Hash>{} : deletes->second) {
        if (m_ops.at(id).isDelete()) {
            hasDelete = true;
            named.insert(id);
            named.insert(m_ops.at(id).past.begin(), m_ops.at(id).past.end());
        }
    }
    bool isUnnamed = false;
    for (const auto& [cell, values] : live) {
        if (cell.first != record || cell.second == sync::kAdmittedField) {
            continue;
        }
        hasContent = hasContent || cell.second != sync::kDeletedField;
        isUnnamed = isUnnamed || !std::includes(named.begin(), named.end(), values.begin(), values.end());
    }
    return hasDelete ? !isUnnamed : !hasContent;
}

std::int64_t Ghost::sum(const std::set<Hash>& increments) const {
    std::int64_t total = 0;
    for (const Hash& id : increments) {
        total += m_ops.at(id).value.asInteger().value_or(0);
    }
    return total;
}

}  // namespace hezhang::test
