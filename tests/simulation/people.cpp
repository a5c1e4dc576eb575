// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulation_run.h"

#include <algorithm>

namespace hezhang::test {

using sync::EditAnswer;
using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::RecordKey;
using sync::Value;

void SimulationRun::step() {
    using Action = void (SimulationRun::*)();
    struct Weighted {
        unsigned weight;
        Action action;
    };
    static constexpr Weighted kActions[] = {
        {130, &SimulationRun::openForm},    {120, &SimulationRun::saveForm},
        {70, &SimulationRun::quickEdit},    {20, &SimulationRun::eraseRecord},
        {35, &SimulationRun::settleCell},   {20, &SimulationRun::admit},
        {170, &SimulationRun::send},        {150, &SimulationRun::deliver},
        {130, &SimulationRun::receive},     {100, &SimulationRun::wholeRound},
        {15, &SimulationRun::deliverLate},  {15, &SimulationRun::kill},
        {15, &SimulationRun::backUpDevice}, {8, &SimulationRun::restoreDevice},
        {5, &SimulationRun::copyDevice},    {6, &SimulationRun::backUpCounty},
        {5, &SimulationRun::restoreCounty}, {10, &SimulationRun::setClock},
        {20, &SimulationRun::steer},        {5, &SimulationRun::checkRebuild},
        {6, &SimulationRun::cutOff},        {3, &SimulationRun::rush},
        {2, &SimulationRun::revoke},        {4, &SimulationRun::redact},
    };
    if (m_isReorganised && below(kReorganisedEvery) == 0) {
        reorganise();
        return;
    }
    unsigned total = 0;
    for (const Weighted& one : kActions) {
        total += one.weight;
    }
    auto dice = static_cast<unsigned>(below(total));
    for (const Weighted& one : kActions) {
        if (dice < one.weight) {
            (this->*one.action)();
            return;
        }
        dice -= one.weight;
    }
}

std::vector<Hash> SimulationRun::idsOf(Person& person, const std::vector<OpRef>& refs) {
    std::vector<Hash> ids;
    for (const OpRef ref : refs) {
        ids.push_back(idOf(person, ref));
    }
    return ids;
}

// A device that began with a snapshot may not know it: then somebody else does.
Hash SimulationRun::idOf(Person& person, OpRef ref) {
    sync::History& history = person.device->replica().history();
    const auto op = must(history.opAt(ref));
    if (!op) {
        throw Broken{"a value on the screen has no op"};
    }
    if (!op->id.isNone()) {
        return op->id;
    }
    const sync::SeenDot named = must(history.nameOf(ref));
    std::vector<sync::History*> all{&m_world.county().county().projection().history()};
    for (Person& other : m_people) {
        all.push_back(&other.device->replica().history());
    }
    for (sync::History* one : all) {
        const auto found = one->resolve(named, {});
        if (!found && isForWantOfAFile(found.error())) {
            continue;
        }
        const auto there = must(found);
        const auto same = there ? must(one->opAt(*there)) : std::nullopt;
        if (same && !same->id.isNone()) {
            return same->id;
        }
    }
    return {};
}

std::vector<std::string> SimulationRun::dotsOf(Person& person, const std::vector<OpRef>& refs) {
    std::vector<std::string> dots;
    for (const OpRef ref : refs) {
        dots.push_back(must(person.device->replica().history().dotText(ref)));
    }
    return dots;
}

// As the product does where a replica has begun anew: a form names ops as people see them, and what is here
// no more it names no more.
void SimulationRun::bindAnew(Person& person, OpenForm& open) {
    if (!must(person.device->replica().hasBegunAnew())) {
        return;
    }
    OpenForm bound;
    for (std::size_t i = 0; i < open.form.seen.size(); ++i) {
        const auto ref = person.device->replica().history().parseDot(open.dots[i]);
        if (ref) {
            bound.form.seen.push_back(*ref);
            bound.inView.push_back(open.inView[i]);
            bound.dots.push_back(open.dots[i]);
        }
    }
    open.form.seen = bound.form.seen;
    open.inView = bound.inView;
    open.dots = bound.dots;
}

void SimulationRun::openForm() {
    Person& person = anybody();
    const auto record = anyRecord(person);
    if (!record) {
        return;
    }
    const std::string_view known = oneOf(kAssigned);
    Form form = person.device->open(*record, isForANewField(person) ? kNewAssigned : known);
    std::vector<Hash> inView = idsOf(person, form.seen);
    note(person.device->name() + " opens " + form.field);
    std::vector<std::string> dots = dotsOf(person, form.seen);
    person.forms.push_back({std::move(form), std::move(inView), std::move(dots)});
}

std::string SimulationRun::anyText(std::string_view field) {
    static constexpr std::array<std::string_view, 6> kSentences{"甲。", "乙。", "丙。",
                                                                "丁。", "戊。", "己。"};
    if (field != "text") {
        return std::string(1, static_cast<char>('a' + below(3)));
    }
    std::string text;
    for (const std::string_view sentence : kSentences) {
        if (below(2) == 0) {
            text += sentence;
        }
    }
    return text;
}

bool SimulationRun::write(Person& person, sync::Edit edit, const std::vector<Hash>& inView) {
    Device& device = *person.device;
    const bool isDiskFull = breakDisk(30, device.box(), 12, MayGoOff::no);
    edit.scope = scopeOf(edit.key);
    edit.person = device.person();
    if (m_setup.mutant == Mutant::dropContext && below(10) == 0) {
        edit.seen.clear();
    }
    if (m_setup.mutant == Mutant::lazyCommit) {
        person.beforeLastEdit = device.box().snapshot();
    }
    touch(person);
    const auto answer = device.tryEdit(edit);
    device.box().mend();
    if (!answer) {
        const ErrorCode code = answer.error().code;
        if (!(isDiskFull && code == ErrorCode::storageFull) && code != ErrorCode::noRight) {
            throw Broken{"EDIT " + answer.error().text};
        }
        fault(device.name() + " cannot write: " + std::string(hezhang::name(code)));
        return false;
    }
    ++m_counts.edits;
    m_counts.editsOfNewFields += edit.field == kNewAssigned || edit.field == kNewSet ? 1 : 0;
    note(device.name() + " " + std::string(sync::name(edit.kind)) + " " + edit.field + " " +
         shortOf(answer->op));
    m_invariants.wrote(device, answer->op);
    m_ghost.wrote(answer->op, {answer->record, edit.field, edit.kind, edit.value, {}}, inView);
    m_lastWritten = *answer;
    return true;
}

void SimulationRun::saveForm() {
    Person& person = anybody();
    if (person.forms.empty()) {
        return;
    }
    OpenForm& open = oneOf(person.forms);
    bindAnew(person, open);
    sync::Edit edit{
        open.form.record, {}, open.form.field, OpKind::assign, Value::text(anyText(open.form.field)),
        open.form.seen,   {}};
    if (m_setup.mutant == Mutant::contextAtSave) {
        edit.seen = person.device->open(open.form.record, open.form.field).seen;
    }
    if (write(person, edit, open.inView)) {
        open.form.seen = {m_lastWritten.ref};
        open.inView = {m_lastWritten.op};
        open.dots = {m_lastWritten.dot};
        if (below(3) > 0) {
            std::swap(open, person.forms.back());
            person.forms.pop_back();
        }
    }
}

std::vector<OpRef> SimulationRun::refsOf(const std::vector<LiveRow>& rows) {
    std::vector<OpRef> refs;
    for (const LiveRow& row : rows) {
        refs.push_back(row.ref);
    }
    return refs;
}

void SimulationRun::writeSeeing(Person& person, const RecordKey& record, std::string_view field, OpKind kind,
                                Value value, const std::vector<OpRef>& seen) {
    write(person, {record, {}, std::string(field), kind, std::move(value), seen, {}}, idsOf(person, seen));
}

void SimulationRun::quickEditOf(Person& person) {
    const auto record = anyRecord(person);
    if (!record) {
        return;
    }
    Device& device = *person.device;
    const bool isGone = device.isGone(*record);
    const std::vector<OpRef> deletes =
        isGone ? refsOf(device.cell(*record, sync::kDeletedField).rows) : std::vector<OpRef>{};
    const Value element = Value::text(anyText("tags"));
    switch (below(3)) {
    case 0:
        writeSeeing(person, *record, isForANewField(person) ? kNewSet : "tags", OpKind::add, element,
                    deletes);
        break;
    case 1:
        writeSeeing(person, *record, "count", OpKind::increment,
                    Value::integer(static_cast<std::int64_t>(below(9)) - 3), deletes);
        break;
    default: {
        std::vector<OpRef> adds;
        for (const LiveRow& row : isGone ? std::vector<LiveRow>{} : device.cell(*record, "tags").rows) {
            if (row.value == element) {
                adds.push_back(row.ref);
            }
        }
        if (!adds.empty()) {
            writeSeeing(person, *record, "tags", OpKind::remove, element, adds);
        }
    }
    }
}

void SimulationRun::eraseRecord() {
    Person& person = anybody();
    const auto record = anyRecord(person);
    if (record && !person.device->isGone(*record)) {
        writeSeeing(person, *record, sync::kDeletedField, OpKind::assign, Value::boolean(true),
                    must(person.device->replica().projection().liveDots(person.device->recordId(*record))));
    }
}

void SimulationRun::settleCell() {
    Person& person = anybody();
    const auto record = anyRecord(person);
    if (!record) {
        return;
    }
    Device& device = *person.device;
    if (device.hasDeletionConflict(*record)) {
        writeSeeing(person, *record, sync::kDeletedField, OpKind::assign, Value::boolean(false),
                    refsOf(device.cell(*record, sync::kDeletedField).rows));
        return;
    }
    const std::string_view field = oneOf(kAssigned);
    const sync::CellReading cell = device.cell(*record, field);
    if (cell.view.state == sync::CellState::conflict && !device.isGone(*record)) {
        writeSeeing(person, *record, field, OpKind::assign, Value::text(anyText(field)), refsOf(cell.rows));
    }
}

void SimulationRun::admit() {
    Person& person = m_people.front();
    const std::vector<sync::AsideRow> asides = must(person.device->box().store().asides());
    if (asides.empty()) {
        return;
    }
    const sync::AsideRow& row = asides[below(asides.size())];
    const auto op = must(person.device->replica().history().opAt(row.ref));
    const auto record = must(person.device->box().store().record(row.record));
    if (op && record && record->key.registerName == "note") {
        writeSeeing(person, record->key, sync::kAdmittedField, OpKind::add,
                    Value::text(sync::admitText(op->id, "as agreed")), {});
    }
}

}  // namespace hezhang::test
