// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The oracle of the simulation: it knows of every edit what its author had on the screen, and says which
// values must stand.
//
// A value may be hidden only if an author of an applied edit had it in view, directly or through what was in
// view (no silent overwrite); and what such an author had in view may not come back (no false conflict). It
// knows ops by their ids and nothing of how the engine stores or names them.
//
// Threads: one.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "sync/op/op.h"

namespace hezhang::test {

struct GhostOp {
    RecordId record;
    std::string field;
    sync::OpKind kind = sync::OpKind::assign;
    sync::Value value;
    std::set<Hash> past;  // all that its author had in view, and what their authors had
    [[nodiscard]] bool isDelete() const {
        return field == sync::kDeletedField && value.asBoolean().value_or(false);
    }
};

class Ghost {
public:
    using Cell = std::pair<RecordId, std::string>;

    // Remembers an edit. `inView`: the ops whose values its form showed.
    void wrote(const Hash& id, GhostOp op, const std::vector<Hash>& inView);
    [[nodiscard]] bool knows(const Hash& id) const { return m_ops.contains(id); }

    // The values that must stand in each cell when these ops are applied; those of `erased` are gone, what
    // their authors saw too.
    [[nodiscard]] std::map<Cell, std::set<Hash>> live(const std::set<Hash>& applied,
                                                      const std::set<Hash>& erased) const;
    // Whether the record is gone when these values stand.
    [[nodiscard]] bool isGone(const RecordId& record, const std::map<Cell, std::set<Hash>>& live) const;
    [[nodiscard]] std::int64_t sum(const std::set<Hash>& increments) const;

private:
    [[nodiscard]] bool isLatestDeletion(const Hash& deletion, const GhostOp& author) const;

    std::map<Hash, GhostOp> m_ops;
};

}  // namespace hezhang::test
