// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/succession.h"

namespace hezhang::ledger {

using sync::Projection;

Result<std::vector<RecordId>> Succession::successors(const RecordId& unit) {
    if (const auto known = m_successors.find(unit); known != m_successors.end()) {
        return known->second;
    }
    std::vector<RecordId> found;
    HZ_TRY(const std::vector<RecordId> naming,
           m_state.store().recordsHolding(kPredecessorsCell, sync::Value::text(unit.hex())));
    for (const RecordId& one : naming) {
        HZ_TRY(const bool isGone, m_state.isGone(one));
        if (!isGone) {
            found.push_back(one);
        }
    }
    m_successors.emplace(unit, found);
    return found;
}

Result<std::vector<RecordId>> Succession::predecessors(const RecordId& unit) {
    if (const auto known = m_predecessors.find(unit); known != m_predecessors.end()) {
        return known->second;
    }
    std::vector<RecordId> found;
    HZ_TRY(const std::vector<sync::Value> named, m_state.elements(unit, kPredecessorsCell));
    HZ_TRY(const bool isGone, named.empty() ? Result<bool>(true) : m_state.isGone(unit));
    for (const sync::Value& one : named) {
        const auto id = RecordId::fromHexText(one.asText().value_or(""));
        if (id && !isGone) {
            found.push_back(*id);
        }
    }
    m_predecessors.emplace(unit, found);
    return found;
}

// The way from one unit on. What it finds depends on nothing but the state and where it begins.
struct Succession::Walk {
    std::map<RecordId, RecordId> found;
    std::set<RecordId> open;
};

Result<RecordId> Succession::standing(const RecordId& unit) {
    if (const auto known = m_standing.find(unit); known != m_standing.end()) {
        return known->second;
    }
    Walk walk;
    HZ_TRY(const RecordId found, standing(unit, walk));
    m_standing.emplace(unit, found);
    return found;
}

Result<RecordId> Succession::standing(const RecordId& unit, Walk& walk) {
    if (const auto known = walk.found.find(unit); known != walk.found.end()) {
        return known->second;
    }
    if (walk.open.size() >= kSuccessionsMax || !walk.open.insert(unit).second) {
        return unit;
    }
    HZ_TRY(const std::vector<RecordId> next, successors(unit));
    std::set<RecordId> standing;
    for (const RecordId& one : next) {
        HZ_TRY(const RecordId found, this->standing(one, walk));
        standing.insert(found);
    }
    walk.open.erase(unit);
    const RecordId found = standing.size() == 1 ? *standing.begin() : unit;
    walk.found.emplace(unit, found);
    return found;
}

template <class Next>
Result<std::set<RecordId>> Succession::closure(const RecordId& unit, const Next& next) {
    std::set<RecordId> all{unit};
    std::vector<RecordId> open{unit};
    while (!open.empty()) {
        const RecordId at = open.back();
        open.pop_back();
        HZ_TRY(const std::vector<RecordId> found, next(at));
        for (const RecordId& one : found) {
            if (all.insert(one).second) {
                open.push_back(one);
            }
        }
    }
    return all;
}

Result<std::set<RecordId>> Succession::past(const RecordId& unit) {
    return closure(unit, [this](const RecordId& one) { return predecessors(one); });
}

Result<std::set<RecordId>> Succession::heirs(const RecordId& unit) {
    return closure(unit, [this](const RecordId& one) { return successors(one); });
}

Result<std::set<RecordId>> Succession::actsFor(const RecordId& unit) {
    if (const auto known = m_actsFor.find(unit); known != m_actsFor.end()) {
        return known->second;
    }
    HZ_TRY(const RecordId now, standing(unit));
    HZ_TRY(std::set<RecordId> all, past(now));
    all.insert(unit);
    m_actsFor.emplace(unit, all);
    return all;
}

Result<bool> Succession::mayActFor(const RecordId& unit, const RecordId& other) {
    if (unit == other) {
        return true;
    }
    HZ_TRY(const std::set<RecordId> all, actsFor(unit));
    return all.contains(other);
}

Result<RecordId> unitOf(const sync::EnrolmentControl& enrolment, Projection& state) {
    HZ_TRY(const std::optional<sync::Value> unit, state.shown(enrolment.person, "unit"));
    const auto id = unit ? RecordId::fromHexText(unit->asText().value_or("")) : std::nullopt;
    return id.value_or(enrolment.unit);
}

Result<RecordId> unitAt(const sync::EnrolmentControl& enrolment, std::uint64_t position, Projection& state) {
    HZ_TRY(const std::vector<sync::LiveRow> live, state.visible(enrolment.person, "unit"));
    if (live.size() != 1) {
        return unitOf(enrolment, state);
    }
    // From the present one back through what each replaced.
    sync::Order order = live.front().order;
    sync::OpRef ref = live.front().ref;
    std::string unit(live.front().value.asText().value_or(""));
    while (order.position > position) {
        HZ_TRY(const std::optional<sync::HistoricOp> op, state.history().opAt(ref));
        HZ_TRY(const std::optional<sync::OpRef> before,
               op && op->op.seen.size() == 1 ? state.history().resolve(op->op.seen.front(), ref)
                                             : Result<std::optional<sync::OpRef>>(std::nullopt));
        HZ_TRY(
            const std::optional<sync::HistoricOp> earlier,
            before ? state.history().opAt(*before) : Result<std::optional<sync::HistoricOp>>(std::nullopt));
        if (!earlier) {
            return enrolment.unit;
        }
        ref = *before;
        unit = earlier->op.value.asText().value_or("");
        HZ_TRY(order, state.orderOf(ref));
    }
    return RecordId::fromHexText(unit).value_or(enrolment.unit);
}

}  // namespace hezhang::ledger
