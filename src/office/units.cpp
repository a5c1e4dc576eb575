// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/units.h"

#include <algorithm>

#include "src/ledger/one_transaction.h"
#include "src/ledger/units_import.h"

namespace hezhang::office {

using ledger::EditRequest;
using ledger::Home;
using ledger::NamedUnit;
using ledger::Succession;
using nlohmann::json;
using sync::OpKind;

namespace {

Result<void> write(Home& home, const RecordId& unit, std::string_view field, OpKind kind, const json& value) {
    EditRequest request;
    request.record = unit;
    request.field = field;
    request.kind = kind;
    request.json = value;
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(request));
    return {};
}

const NamedUnit* withId(const std::vector<NamedUnit>& units, const RecordId& id) {
    const auto found =
        std::find_if(units.begin(), units.end(), [&](const NamedUnit& one) { return one.id == id; });
    return found == units.end() ? nullptr : &*found;
}

bool isCalled(const NamedUnit& unit, const std::string& name) {
    return unit.name == name ||
           std::find(unit.shortNames.begin(), unit.shortNames.end(), name) != unit.shortNames.end();
}

Result<const NamedUnit*> present(const std::vector<NamedUnit>& units, const RecordId& id) {
    const NamedUnit* const unit = withId(units, id);
    if (unit == nullptr) {
        return fail(ErrorCode::unknownUnit, "the unit is not here or was deleted");
    }
    return unit;
}

// Whoever names a unit that is over gets to know what became of it.
Result<void> checkGoesOn(Succession& succession, const std::vector<NamedUnit>& units, const NamedUnit& unit) {
    HZ_TRY(const std::vector<RecordId> successors, succession.successors(unit.id));
    if (successors.empty()) {
        return {};
    }
    std::string names;
    for (const RecordId& id : successors) {
        const NamedUnit* const one = withId(units, id);
        names += (names.empty() ? "" : ", ") + (one == nullptr ? id.hex() : one->name);
    }
    return fail(ErrorCode::badInput, unit.name + " is over, its work goes on at " + names);
}

Result<void> checkMayComeFrom(Succession& succession, const NamedUnit& unit, const NamedUnit& from) {
    HZ_TRY(const std::set<RecordId> past, succession.past(from.id));
    if (past.contains(unit.id)) {
        return fail(ErrorCode::badInput, unit.name + " cannot come from itself");
    }
    return {};
}

Result<void> readNaming(Home& home, UnitsChanged& changed) {
    const std::string hex = changed.unit.hex();
    std::set<RecordId> tasks;
    for (const std::string_view role : ledger::kUnitRoles) {
        HZ_TRY(const std::vector<RecordId> naming, home.store().recordsHolding(role, sync::Value::text(hex)));
        tasks.insert(naming.begin(), naming.end());
    }
    for (const RecordId& task : tasks) {
        HZ_TRY(const bool isGone, home.state().isGone(task));
        if (!isGone) {
            changed.tasks.push_back(task);
        }
    }
    return home.state().each("person", [&](sync::RecordReading&& person) -> Result<void> {
        if (!person.isGone && ledger::cellText(person, "unit") == hex) {
            changed.persons.push_back(person.record.id);
        }
        return {};
    });
}

Result<void> goOn(Home& home, const RecordId& unit, const RecordId& into, const std::string& date) {
    HZ_CHECK(write(home, into, ledger::kPredecessorsCell, OpKind::add, unit.hex()));
    return write(home, unit, "valid_to", OpKind::assign, date);
}

// The unit that is meant, or a new one beside `like`.
Result<RecordId> foundOrMade(Home& home, const NamedUnit& like, const std::string& name,
                             const std::string& date, UnitsChanged& changed) {
    auto found = ledger::findUnit(home.state(), name);
    if (found || found.error().code != ErrorCode::unknownUnit) {
        return found;
    }
    EditRequest request;
    request.registerName = "unit";
    request.key = {{"first_name", name}};
    request.field = "name";
    request.json = json(name);
    HZ_TRY(const sync::EditAnswer made, home.edit(request));
    HZ_CHECK(write(home, made.record, "kind", OpKind::assign, like.kind));
    HZ_CHECK(write(home, made.record, "valid_from", OpKind::assign, date));
    if (!like.parent.isNone()) {
        HZ_CHECK(write(home, made.record, "parent", OpKind::assign, like.parent.hex()));
    }
    changed.created.push_back(made.record);
    return made.record;
}

Result<UnitsChanged> mergeInBatch(Home& home, const RecordId& unit, const RecordId& into,
                                  const std::string& date) {
    Succession succession(home.state());
    HZ_TRY(const std::vector<NamedUnit> units, ledger::units(home.state()));
    HZ_TRY(const NamedUnit* const from, present(units, unit));
    HZ_TRY(const NamedUnit* const to, present(units, into));
    HZ_CHECK(checkGoesOn(succession, units, *from));
    HZ_CHECK(checkGoesOn(succession, units, *to));
    HZ_CHECK(checkMayComeFrom(succession, *to, *from));
    UnitsChanged changed{unit, {into}, {to->name}, {}, {}, {}};
    HZ_CHECK(goOn(home, unit, into, date));
    HZ_CHECK(readNaming(home, changed));
    return changed;
}

Result<UnitsChanged> splitInBatch(Home& home, const RecordId& unit, const std::vector<std::string>& into,
                                  const std::string& date) {
    HZ_TRY(const std::vector<NamedUnit> before, ledger::units(home.state()));
    HZ_TRY(const NamedUnit* const from, present(before, unit));
    UnitsChanged changed{unit, {}, {}, {}, {}, {}};
    for (const std::string& name : into) {
        HZ_TRY(const RecordId one, foundOrMade(home, *from, name, date, changed));
        if (std::find(changed.into.begin(), changed.into.end(), one) == changed.into.end()) {
            changed.into.push_back(one);
        }
    }
    if (changed.into.size() < 2) {
        return fail(ErrorCode::badInput, "a unit is split into two or more; into one it is merged");
    }
    Succession succession(home.state());
    HZ_TRY(const std::vector<NamedUnit> units, ledger::units(home.state()));
    HZ_CHECK(checkGoesOn(succession, units, *from));
    for (const RecordId& id : changed.into) {
        HZ_TRY(const NamedUnit* const to, present(units, id));
        HZ_CHECK(checkGoesOn(succession, units, *to));
        HZ_CHECK(checkMayComeFrom(succession, *to, *from));
        changed.intoNames.push_back(to->name);
    }
    for (const RecordId& id : changed.into) {
        HZ_CHECK(goOn(home, unit, id, date));
    }
    HZ_CHECK(readNaming(home, changed));
    return changed;
}

Result<void> renameInBatch(Home& home, const RecordId& id, const std::string& name) {
    HZ_TRY(const std::vector<NamedUnit> units, ledger::units(home.state()));
    HZ_TRY(const NamedUnit* const unit, present(units, id));
    const auto isOther = [&](const NamedUnit& one) { return one.id != id && !one.isOver; };
    if (std::any_of(units.begin(), units.end(),
                    [&](const NamedUnit& one) { return isOther(one) && one.name == name; })) {
        return fail(ErrorCode::badInput, "another unit is called " + name);
    }
    if (unit->name == name) {
        return {};
    }
    HZ_CHECK(write(home, id, "name", OpKind::assign, name));
    const bool isKept = std::none_of(units.begin(), units.end(), [&](const NamedUnit& one) {
        return isOther(one) && isCalled(one, unit->name);
    });
    const auto& known = unit->shortNames;
    if (isKept && std::find(known.begin(), known.end(), unit->name) == known.end()) {
        HZ_CHECK(write(home, id, "short_names", OpKind::add, unit->name));
    }
    return {};
}

}  // namespace

Result<UnitsChanged> mergeUnit(Home& home, const RecordId& unit, const RecordId& into,
                               const std::string& date) {
    return ledger::inOneTransaction(home, [&] { return mergeInBatch(home, unit, into, date); });
}

Result<UnitsChanged> splitUnit(Home& home, const RecordId& unit, const std::vector<std::string>& into,
                               const std::string& date) {
    return ledger::inOneTransaction(home, [&] { return splitInBatch(home, unit, into, date); });
}

Result<void> renameUnit(Home& home, const RecordId& unit, const std::string& name) {
    return ledger::inOneTransaction(home, [&] { return renameInBatch(home, unit, name); });
}

}  // namespace hezhang::office
