// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which unit goes on with what was another's: units are merged and split, and their work is not.
//
// Meaning: a unit's cell `predecessors` names the units it came from; those it is a *successor* of. A unit
//          with successors is over. Ids keep their meaning: what was filed as A stays A's.
//          *standing* unit of A: where all that came from A leads to one unit, that one; else A itself: of a
//          unit that was split nobody but the office can say whose its duties are now.
//          A unit *acts for* itself, its standing unit, and all that this one came from, however far back.
// Shape:   docs/sync-model.md section 12. Reads the state when asked, each unit once: one Succession belongs
//          to one moment. Circles, which only an admission can make, end where they close.
// Errors:  storage errors.
// Threads: those of the projection.
#pragma once

#include <map>
#include <set>

#include "sync/engine/projection.h"

namespace hezhang::ledger {

inline constexpr std::string_view kPredecessorsCell = "predecessors";
inline constexpr std::size_t kSuccessionsMax = 64;  // one after the other: what comes then is not followed

class Succession {
public:
    explicit Succession(sync::Projection& state) : m_state(state) {}

    // Those that name the unit as one they came from, by id.
    [[nodiscard]] Result<std::vector<RecordId>> successors(const RecordId& unit);
    [[nodiscard]] Result<RecordId> standing(const RecordId& unit);
    // The unit and all it came from.
    [[nodiscard]] Result<std::set<RecordId>> past(const RecordId& unit);
    // The unit and all that came from it: whom a filing of the unit counts for.
    [[nodiscard]] Result<std::set<RecordId>> heirs(const RecordId& unit);
    // For which units the people of one may write, and whose scopes they hold.
    [[nodiscard]] Result<std::set<RecordId>> actsFor(const RecordId& unit);
    [[nodiscard]] Result<bool> mayActFor(const RecordId& unit, const RecordId& other);

private:
    [[nodiscard]] Result<std::vector<RecordId>> predecessors(const RecordId& unit);
    struct Walk;
    [[nodiscard]] Result<RecordId> standing(const RecordId& unit, Walk& walk);
    template <class Next>
    [[nodiscard]] Result<std::set<RecordId>> closure(const RecordId& unit, const Next& next);

    sync::Projection& m_state;
    std::map<RecordId, std::vector<RecordId>> m_successors;
    std::map<RecordId, std::vector<RecordId>> m_predecessors;
    std::map<RecordId, RecordId> m_standing;
    std::map<RecordId, std::set<RecordId>> m_actsFor;
};

// The unit a person belongs to: as the person's record says, else as the device was enrolled.
[[nodiscard]] Result<RecordId> unitOf(const sync::EnrolmentControl& enrolment, sync::Projection& state);
// The unit the person belonged to when something was entered at `position` of the log.
[[nodiscard]] Result<RecordId> unitAt(const sync::EnrolmentControl& enrolment, std::uint64_t position,
                                      sync::Projection& state);

}  // namespace hezhang::ledger
