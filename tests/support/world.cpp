// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/world.h"

#include <algorithm>
#include <limits>

namespace hezhang::test {

using sync::CellReading;
using sync::EditAnswer;
using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::RecordKey;
using sync::Value;

namespace {

constexpr int kRoundsMax = 20;
constexpr WallMs kInvitationLife = 1'000'000'000'000;

// To decode each message to see what it is would cost the exceptions of all that are something else.
bool isNamedSnapshot(BytesView plain) {
    constexpr std::size_t kNameAt = 1 + DeviceId::kSize + 1;  // behind version, device, size
    return plain.size() >= kNameAt + sync::kSnapshotMessage.size() &&
           std::ranges::equal(plain.subspan(kNameAt, sync::kSnapshotMessage.size()),
                              viewOf(sync::kSnapshotMessage));
}

std::string textOfValue(const Value& value) {
    if (const auto text = value.asText()) {
        return std::string(*text);
    }
    if (const auto number = value.asInteger()) {
        return std::to_string(*number);
    }
    return value.asBoolean().value_or(false) ? "true" : "false";
}

std::vector<std::string> textsOf(const std::vector<Value>& values) {
    std::vector<std::string> texts;
    for (const Value& value : values) {
        texts.push_back(textOfValue(value));
    }
    return texts;
}

std::vector<OpRef> refsOf(const std::vector<LiveRow>& rows) {
    std::vector<OpRef> refs;
    for (const LiveRow& row : rows) {
        refs.push_back(row.ref);
    }
    return refs;
}

// By lane, number and place: after a snapshot a device knows an op by these, not by its id.
std::string rowText(sync::Projection& projection, const LiveRow& row) {
    const auto op = must(projection.history().opAt(row.ref));
    return (op ? op->lane.hex().substr(0, 8) + "/" + std::to_string(row.ref.counter) : "?") + "=" +
           textOfValue(row.value) + "@" +
           (row.isUnanswered() ? "own"
                               : std::to_string(row.order.position) + "." + std::to_string(row.order.place));
}

std::string viewText(const CellReading& cell) {
    std::string text = " shows '" + textOfValue(cell.view.shown) + "'";
    for (const std::string& element : textsOf(cell.view.elements)) {
        text += " +" + element;
    }
    text += " sum " + std::to_string(cell.view.sum);
    if (cell.view.state == sync::CellState::conflict) {
        text += " conflict";
        for (const std::string& value : textsOf(cell.view.distinct)) {
            text += " '" + value + "'";
        }
    }
    return text;
}

std::string cellText(sync::Projection& projection, const CellReading& cell) {
    std::string text = viewText(cell) + " of";
    for (const LiveRow& row : cell.rows) {
        text += " " + rowText(projection, row);
    }
    return text;
}

std::string segmentText(sync::History& history, const sync::SegmentEntry& entry) {
    const auto sealed = must(history.segment(entry.segment));
    std::string text = " segment " + sealed->hash.hex().substr(0, 8) + " of lane " +
                       sealed->segment.lane.lane.hex().substr(0, 8) + " after " +
                       sealed->segment.previous.hex().substr(0, 8) + "\n";
    std::size_t i = 0;
    for (const sync::VerdictRun& run : entry.verdicts) {
        for (std::uint32_t k = 0; k < run.count; ++k, ++i) {
            const sync::Op& op = sealed->segment.ops[i];
            text += "     " + std::to_string(op.counter) + " " + sealed->opIds[i].hex().substr(0, 8) + " " +
                    std::string(sync::name(op.kind)) + " " + op.record.hex().substr(0, 4) + "/" + op.field +
                    " '" + textOfValue(op.value) + "' " +
                    (run.isRepeated ? "repeated" : std::string(sync::name(run.judgement.verdict))) +
                    " seeing";
            for (const sync::SeenDot& seen : op.seen) {
                text += " " + seen.dot.lane.hex().substr(0, 8) + "/" + std::to_string(seen.dot.counter) +
                        "/" + seen.segment.hex().substr(0, 8);
            }
            text += "\n";
        }
    }
    return text;
}

}  // namespace

std::string dumpOf(sync::Projection& projection, std::string_view scope) {
    std::string text;
    must(projection.each("", [&](sync::RecordReading&& reading) -> Result<void> {
        const bool isEmpty = reading.cells.empty() && !reading.deletion;
        if (reading.record.scope != scope || isEmpty) {
            return {};
        }
        text += reading.record.key.registerName;
        for (const auto& [field, value] : reading.record.key.fields) {
            text += " " + textOfValue(value);
        }
        text += reading.isGone ? ": gone\n" : ":\n";
        for (const auto& [field, cell] : reading.cells) {
            text += "    " + field + cellText(projection, cell) + "\n";
        }
        if (reading.deletion) {
            text += "    deleted or not:";
            for (const LiveRow& row : reading.deletion->deletes) {
                text += " " + rowText(projection, row);
            }
            text += " against";
            for (const LiveRow& row : reading.deletion->unnamed) {
                text += " " + rowText(projection, row);
            }
            text += "\n";
        }
        return {};
    }));
    return text;
}

// -- a device

bool StoryPace::isTimeUp() {
    const unsigned permille = m_world.setup().pausesPermille;
    return permille > 0 && m_world.random().below(1000) < permille;
}

Device::Device(World& world, std::string name)
    : m_world(world),
      m_name(std::move(name)),
      m_box(world.setup().stores, world.folder()),
      m_clock(world.clock().now()),
      m_pace(world) {
    start();
}

void Device::start() {
    m_session.reset();
    const sync::Rules& rules = m_program ? m_program->rules : m_world.rules();
    const sync::Judge& judge = m_program ? m_program->judge : m_world.judge();
    m_replica = std::make_unique<sync::Replica>(m_box.store(), *m_world.setup().suite, rules, judge,
                                                m_world.random());
}

void Device::install(const Versions& versions) {
    kill();
    m_program = m_world.programOf(versions);
    start();
}

RecordId Device::person() {
    return must(m_replica->identity()).enrolment.person;
}
DeviceId Device::id() {
    return must(m_replica->identity()).enrolment.device;
}
std::vector<std::string> Device::scopes() {
    return must(m_replica->scopeState()).held;
}

RecordId Device::recordId(const RecordKey& key) {
    return recordIdOf(*m_world.setup().suite, must(m_replica->identity()).county.county, key);
}

Result<EditAnswer> Device::tryEdit(const sync::Edit& edit) {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_box.store()));
    m_clock.advance(1);
    HZ_TRY(EditAnswer answer, m_replica->edit(edit, m_clock.now()));
    HZ_CHECK(scope.commit());
    return answer;
}

EditAnswer Device::edit(const RecordKey& record, std::string_view field, OpKind kind, Value value,
                        std::vector<OpRef> seen) {
    return must(tryEdit(
        {record, scopeOf(record), std::string(field), kind, std::move(value), std::move(seen), person()}));
}

CellReading Device::cell(const RecordKey& record, std::string_view field) {
    const auto row = must(m_box.store().record(recordId(record)));
    return row ? must(m_replica->projection().cell(*row, field)) : CellReading{};
}

// What the form shows: the value or values the shown text is made of; of a record that is gone, the deletes.
Form Device::open(const RecordKey& record, std::string_view field) {
    Form form{record, std::string(field), {}};
    const auto reading = must(m_replica->projection().read(recordId(record)));
    if (reading && reading->isGone) {
        form.seen = refsOf(cell(record, sync::kDeletedField).rows);
        return form;
    }
    const CellReading shown = cell(record, field);
    const auto own = std::find_if(shown.rows.begin(), shown.rows.end(),
                                  [](const LiveRow& row) { return row.isUnanswered(); });
    const bool isOwnAlone = shown.view.state == sync::CellState::conflict && own != shown.rows.end();
    form.seen = isOwnAlone ? std::vector<OpRef>{own->ref} : shown.view.shownFrom;
    return form;
}

EditAnswer Device::save(Form& form, std::string_view text) {
    EditAnswer answer = edit(form.record, form.field, OpKind::assign, Value::text(text), form.seen);
    form.seen = {answer.ref};
    return answer;
}

EditAnswer Device::set(const RecordKey& record, std::string_view field, std::string_view text) {
    Form form = open(record, field);
    return save(form, text);
}

EditAnswer Device::add(const RecordKey& record, std::string_view field, std::string_view element) {
    const auto reading = must(m_replica->projection().read(recordId(record)));
    const bool isGone = reading && reading->isGone;
    return edit(record, field, OpKind::add, Value::text(element),
                isGone ? refsOf(cell(record, sync::kDeletedField).rows) : std::vector<OpRef>{});
}

EditAnswer Device::remove(const RecordKey& record, std::string_view field, std::string_view element) {
    std::vector<OpRef> seen;
    for (const LiveRow& row : cell(record, field).rows) {
        if (row.value == Value::text(element)) {
            seen.push_back(row.ref);
        }
    }
    return edit(record, field, OpKind::remove, Value::text(element), std::move(seen));
}

EditAnswer Device::increment(const RecordKey& record, std::string_view field, std::int64_t by) {
    const auto reading = must(m_replica->projection().read(recordId(record)));
    const bool isGone = reading && reading->isGone;
    return edit(record, field, OpKind::increment, Value::integer(by),
                isGone ? refsOf(cell(record, sync::kDeletedField).rows) : std::vector<OpRef>{});
}

EditAnswer Device::erase(const RecordKey& record) {
    return edit(record, sync::kDeletedField, OpKind::assign, Value::boolean(true),
                must(m_replica->projection().liveDots(recordId(record))));
}

EditAnswer Device::admit(const RecordKey& record, const Hash& op, std::string_view why) {
    return edit(record, sync::kAdmittedField, OpKind::add, Value::text(sync::admitText(op, why)), {});
}

EditAnswer Device::resolve(const RecordKey& record, std::string_view field, std::string_view text) {
    return edit(record, field, OpKind::assign, Value::text(text), refsOf(cell(record, field).rows));
}

EditAnswer Device::settleDeletion(const RecordKey& record, bool isDeleted) {
    const auto seen = isDeleted ? must(m_replica->projection().liveDots(recordId(record)))
                                : refsOf(cell(record, sync::kDeletedField).rows);
    return edit(record, sync::kDeletedField, OpKind::assign, Value::boolean(isDeleted), seen);
}

std::optional<std::string> Device::shown(const RecordKey& record, std::string_view field) {
    const CellReading reading = cell(record, field);
    return reading.rows.empty() ? std::nullopt : std::optional(textOfValue(reading.view.shown));
}

std::vector<std::string> Device::conflict(const RecordKey& record, std::string_view field) {
    const CellReading reading = cell(record, field);
    return reading.view.state == sync::CellState::conflict ? textsOf(reading.view.distinct)
                                                           : std::vector<std::string>{};
}

std::vector<std::string> Device::elements(const RecordKey& record, std::string_view field) {
    return textsOf(cell(record, field).view.elements);
}

std::int64_t Device::sum(const RecordKey& record, std::string_view field) {
    return cell(record, field).view.sum;
}

bool Device::isGone(const RecordKey& record) {
    return must(m_replica->projection().isGone(recordId(record)));
}

bool Device::hasDeletionConflict(const RecordKey& record) {
    const auto reading = must(m_replica->projection().read(recordId(record)));
    return reading && reading->deletion.has_value();
}

std::vector<std::string> Device::asideReasons() {
    std::vector<std::string> reasons;
    for (const sync::AsideRow& row : must(m_box.store().asides())) {
        reasons.emplace_back(sync::name(row.reason));
    }
    return reasons;
}

std::string Device::dump(std::string_view scope) {
    return dumpOf(m_replica->projection(), scope);
}

Result<std::optional<Bytes>> Device::nextRequest() {
    if (!m_session) {
        m_session = std::make_unique<sync::SyncSession>(*m_replica, m_world.setup().pushBytesMax, &m_pace,
                                                        m_beginning);
    }
    HZ_TRY(std::optional<Bytes> request, m_session->nextRequest());
    if (!request) {
        m_session.reset();
    }
    return request;
}

Result<void> Device::takeAnswer(BytesView answer) {
    return m_session->onAnswer(answer);
}

Result<sync::SyncReport> Device::trySync() {
    m_session.reset();
    const auto session =
        std::make_unique<sync::SyncSession>(*m_replica, m_world.setup().pushBytesMax, &m_pace, m_beginning);
    for (;;) {
        HZ_TRY(const std::optional<Bytes> request, session->nextRequest());
        if (!request) {
            return session->report();
        }
        HZ_CHECK(session->onAnswer(m_world.county().handle(*request)));
    }
}

bool Device::fetchHistory() {
    sync::HistoryFetch fetch(*m_replica, m_world.setup().pushBytesMax);
    while (const auto request = must(fetch.nextRequest())) {
        must(fetch.onAnswer(m_world.county().handle(*request)));
    }
    return must(fetch.finish());
}

Result<sync::Compacted> Device::compact() {
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(m_box.store()));
    HZ_TRY(const sync::Compacted done, sync::compact(*m_replica, std::numeric_limits<WallMs>::max()));
    HZ_CHECK(scope.commit());
    return done;
}

sync::SyncReport Device::sync() {
    return must(trySync());
}

void Device::kill(std::optional<std::uint64_t> power) {
    if (power) {
        m_box.cutPower(*power);
    } else {
        m_box.store().rollback();
        m_box.mend();
    }
    start();
}

void Device::backup() {
    m_backup = m_box.snapshot();
}

void Device::restore() {
    m_box.restore(m_backup.value());
    start();
}

Device& Device::copyTo(const std::string& name) {
    auto copy = std::make_unique<Device>(m_world, name);
    copy->m_box.restore(m_box.snapshot());
    copy->start();
    return *(m_world.m_devices[name] = std::move(copy));
}

void Device::openNewLanes() {
    auto scope = must(sync::WriteScope::begin(m_box.store()));
    must(m_replica->openNewLanes());
    must(scope.commit());
}

std::string Device::everythingStored() {
    std::string all = m_box.fileBytes();
    sync::Store& store = m_box.store();
    for (const sync::EntryRow& row : must(store.entries(0, SIZE_MAX))) {
        all += textOf(row.entry);
    }
    for (const sync::SegmentState state :
         {sync::SegmentState::inLog, sync::SegmentState::unsent, sync::SegmentState::received,
          sync::SegmentState::held, sync::SegmentState::refused}) {
        for (const Hash& hash : must(store.segmentsIn(state))) {
            if (!must(store.segment(hash))->hasText()) {
                continue;
            }
            const auto sealed = must(m_replica->history().segment(hash));
            all += textOf(encode(sealed->segment.records));
            for (const sync::Op& op : sealed->segment.ops) {
                all += textOfValue(op.value) + "\n";
            }
        }
    }
    for (const sync::LooseRow& row :
         must(store.looseAfter({std::numeric_limits<std::int64_t>::min(), 0}, SIZE_MAX / 2))) {
        all += textOfValue(row.op.value) + "\n";
    }
    return all;
}

namespace {

// What a rebuild must leave as it is. Rows are compared as rows: to write each as text would cost more than
// the rebuild.
struct Rebuilt {
    std::vector<LiveRow> live;
    std::vector<sync::AsideRow> asides;
    std::string shown;
    bool operator==(const Rebuilt&) const = default;
};

Rebuilt rebuiltOf(sync::Store& store, sync::Projection& projection) {
    Rebuilt state;
    must(store.eachLive("", [&](LiveRow&& row) { state.live.push_back(std::move(row)); }));
    state.asides = must(store.asides());
    for (const sync::RecordRow& row : must(store.recordsOf(""))) {
        const auto reading = must(projection.read(row.id));
        for (const auto& [field, cell] : reading->cells) {
            state.shown += field + viewText(cell) + (reading->isGone ? " gone\n" : "\n");
        }
    }
    return state;
}

std::string textOfState(sync::Projection& projection, const Rebuilt& state) {
    std::string text;
    for (const LiveRow& row : state.live) {
        text += row.field + " " + rowText(projection, row) + " rank " + std::to_string(row.rank) +
                (row.isHidden ? " hidden\n" : "\n");
    }
    for (const sync::AsideRow& row : state.asides) {
        text += row.field + " aside " + std::string(sync::name(row.reason)) + " " +
                must(projection.history().dotText(row.ref)) + "\n";
    }
    return text + state.shown;
}

}  // namespace

std::string Device::rebuildDifference() {
    const auto scope = must(sync::WriteScope::begin(m_box.store()));
    sync::Projection& projection = m_replica->projection();
    const Rebuilt before = rebuiltOf(m_box.store(), projection);
    must(m_replica->rebuild());
    const Rebuilt after = rebuiltOf(m_box.store(), projection);
    return before == after ? std::string{}
                           : m_name + " has\n" + textOfState(projection, before) + "a rebuild gives\n" +
                                 textOfState(projection, after);
}

// -- the county

CountySide::CountySide(World& world) : m_world(world), m_box(world.setup().stores, world.folder()) {
    restart();
    auto scope = must(sync::WriteScope::begin(m_box.store()));
    must(m_county->create("Testing", noteDefinitions(), m_world.clock().now()));
    must(scope.commit());
}

void CountySide::restart() {
    const sync::Rules& rules = m_program ? m_program->rules : m_world.rules();
    const sync::Judge& judge = m_program ? m_program->judge : m_world.judge();
    m_county =
        std::make_unique<sync::County>(m_box.store(), *m_world.setup().suite, rules, judge, m_world.random());
    m_county->setPageBytesMax(m_world.setup().pageBytesMax);
    if (m_world.setup().isSnapshotWorthIt) {
        m_county->setSnapshotWorthFrom(0);
    }
}

void CountySide::install(const Versions& versions) {
    m_program = m_world.programOf(versions);
    restart();
    std::vector<sync::DefinitionControl> definitions;
    for (const auto& [registerName, version] : versions) {
        definitions.push_back({registerName, version, "{}"});
    }
    must(m_county->define(definitions, m_world.clock().now()));
}

Result<std::vector<Bytes>> CountySide::tryHandle(const std::vector<Bytes>& requests) {
    m_world.clock().advance(1);
    std::vector<Bytes> others;
    std::vector<Bytes> answers(requests.size());
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        HZ_TRY(std::optional<Bytes> answer, handleSnapshot(requests[i]));
        if (answer) {
            answers[i] = *std::move(answer);
        } else {
            others.push_back(requests[i]);
            places.push_back(i);
        }
    }
    HZ_TRY(std::vector<Bytes> rest, m_county->handle(others, m_world.clock().now()));
    for (std::size_t i = 0; i < rest.size(); ++i) {
        answers[places[i]] = std::move(rest[i]);
    }
    return answers;
}

// nullopt: it is none that asks for a snapshot.
Result<std::optional<Bytes>> CountySide::handleSnapshot(BytesView bytes) {
    const auto opened = sync::openFrame(bytes);
    const auto request = opened && isNamedSnapshot(opened->plain)
                             ? sync::decode<sync::SnapshotRequest>(opened->plain, "request")
                             : fail(ErrorCode::malformed, "");
    if (!request) {
        return std::optional<Bytes>{};
    }
    HZ_TRY(const bool isAuthentic, m_county->isKnownMacOf(request->device, opened->frame));
    if (!isAuthentic) {
        return std::optional<Bytes>(Bytes{});
    }
    HZ_TRY(const std::optional<sync::DeviceRow> device, m_box.store().device(request->device));
    sync::SnapshotAnswer answer;
    answer.status = sync::SnapshotStatus::refused;
    if (device && !device->isRevoked) {
        HZ_TRY(answer, m_county->handleSnapshot(*device, *request, m_world.clock().now()));
    }
    HZ_TRY(const sync::MacKey key, m_county->macKeyOf(request->device));
    return std::optional<Bytes>(
        sync::frameWithMac(*m_world.setup().suite, sync::encode(answer), key, opened->frame.tag));
}

Bytes CountySide::handle(const Bytes& request) {
    return must(tryHandle({request})).front();
}

void CountySide::write(const RecordKey& record, std::string_view field, OpKind kind, std::string_view text) {
    const std::vector<sync::CountyEdit> edits{
        {record, scopeOf(record), std::string(field), kind, Value::text(text)}};
    must(m_county->write(edits, m_world.clock().now()));
}

void CountySide::revoke(Device& device) {
    must(m_county->revoke(device.id(), m_world.clock().now()));
}

sync::RedactedOp CountySide::redact(const Hash& op) {
    return must(m_county->redact(op, m_world.clock().now()));
}

void CountySide::backup() {
    m_backup = m_box.snapshot();
}

void CountySide::restoreSilently() {
    m_box.restore(m_backup.value());
    restart();
}

void CountySide::restore() {
    restoreSilently();
    auto scope = must(sync::WriteScope::begin(m_box.store()));
    must(m_county->beginEpoch("restored", m_world.clock().now()));
    must(scope.commit());
}

std::string CountySide::entryText(BytesView bytes) {
    const auto entry = must(sync::decode<sync::LogEntry>(bytes, "log entry"));
    std::string text = " " + entry.scope;
    if (const auto* verdict = std::get_if<sync::VerdictEntry>(&entry.content)) {
        return text + " raises " + verdict->op.hex().substr(0, 8) + "\n";
    }
    if (const auto* control = std::get_if<sync::ControlEntry>(&entry.content)) {
        return text + " control " + std::to_string(static_cast<int>(control->kind)) + "\n";
    }
    const auto& segment = std::get<sync::SegmentEntry>(entry.content);
    const bool isHere = must(m_box.store().hasSegment(segment.segment));
    return text + (isHere ? segmentText(m_county->projection().history(), segment)
                          : " segment " + segment.segment.hex().substr(0, 8) + ", which is not here\n");
}

sync::HeadMark CountySide::markAt(std::uint64_t size) {
    sync::LogApplier applier(m_box.store(), m_county->projection());
    sync::CountyLog log(m_box.store(), *m_world.setup().suite, m_world.random(), applier);
    return sync::markOf(must(log.rootAt(size)));
}

bool CountySide::isRevoked(const DeviceId& device) {
    const auto row = must(m_box.store().device(device));
    return row && row->isRevoked;
}

std::string CountySide::logText() {
    sync::Store& store = m_box.store();
    std::string text;
    for (const sync::EntryRow& row : must(store.entries(0, SIZE_MAX))) {
        for (const std::uint64_t released : must(store.releasedBefore(row.position))) {
            text += "     releases " + std::to_string(released) + "\n";
        }
        text += std::to_string(row.position) + (must(store.restrictedTo(row.position)) ? " restricted" : "") +
                entryText(row.entry);
    }
    return text;
}

std::string CountySide::dump(std::string_view scope) {
    return dumpOf(m_county->projection(), scope);
}

// -- the world

World::World(WorldSetup setup) : m_setup(setup), m_random(setup.seed) {
    m_county = std::make_unique<CountySide>(*this);
    m_judge.setCounty(must(m_county->county().control()).county);
}

std::unique_ptr<NoteProgram> World::programOf(const Versions& versions) {
    auto program = std::make_unique<NoteProgram>();
    program->judge.setCounty(must(m_county->county().control()).county);
    for (const auto& [registerName, version] : versions) {
        program->rules.upgrade(registerName, version);
        program->judge.upgrade(registerName, version);
    }
    return program;
}

Device& World::device(const std::string& name) {
    const auto it = m_devices.find(name);
    return it == m_devices.end() ? enrol(name, "clerk") : *it->second;
}

Device& World::enrol(const std::string& name, const std::string& role,
                     const std::vector<std::string>& scopes) {
    for (const std::string& scope : scopes) {
        if (role != "office") {
            m_county->grant(name, scope);
        }
    }
    auto device = std::make_unique<Device>(*this, name);
    const std::string code =
        must(m_county->county().invite({personNamed(name), {}, role, name, "unit", kInvitationLife * 9}));
    const auto enrolment = must(sync::Enrolment::begin(*m_setup.suite, m_random, code));
    const Bytes answer = must(m_county->county().handleEnrol(enrolment.request(), m_clock.now()));
    const auto identity = must(enrolment.onAnswer(*m_setup.suite, answer));
    auto scope = must(sync::WriteScope::begin(device->m_box.store()));
    must(device->m_replica->initialise(identity));
    must(scope.commit());
    return *(m_devices[name] = std::move(device));
}

void World::syncAll() {
    std::string before;
    for (int round = 0; round < kRoundsMax; ++round) {
        std::string now = std::to_string(must(m_county->county().size()));
        for (const auto& [name, device] : m_devices) {
            device->sync();
            now += " " + std::to_string(must(device->replica().cursor()).position);
        }
        now += " " + std::to_string(must(m_county->county().size()));
        if (now == before) {
            return;
        }
        before = now;
    }
    throw std::runtime_error("syncing does not come to an end");
}

void World::push(Device& device, sync::SegmentState state, const std::vector<Hash>& without) {
    sync::Store& store = device.box().store();
    sync::SyncRequest request;
    request.device = device.id();
    for (const Hash& hash : must(store.segmentsIn(state))) {
        if (std::find(without.begin(), without.end(), hash) == without.end()) {
            request.segments.push_back(must(store.segment(hash))->envelope);
        }
    }
    const sync::Identity me = must(device.replica().identity());
    static_cast<void>(county().handle(frameWithMac(*m_setup.suite, encode(request), me.macKey, {})));
}

std::string World::difference(const std::set<std::pair<std::string, std::string>>& except) {
    std::string text;
    std::map<std::string, std::string> ofCounty;
    for (const auto& [name, device] : m_devices) {
        text += differenceOf(*device, except, ofCounty);
    }
    for (const std::string& finding : must(m_county->county().verify())) {
        text += "the county: " + finding + "\n";
    }
    return text;
}

std::string World::differenceOf(Device& device, const std::set<std::pair<std::string, std::string>>& except,
                                std::map<std::string, std::string>& ofCounty) {
    std::string text;
    std::vector<std::string> scopes =
        m_county->isRevoked(device.id()) ? std::vector<std::string>{} : device.scopes();
    if (scopes == std::vector<std::string>{"*"}) {
        scopes.clear();
        for (const sync::RecordRow& row : must(m_county->box().store().recordsOf(""))) {
            scopes.push_back(row.scope);
        }
    }
    std::sort(scopes.begin(), scopes.end());
    scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
    for (const std::string& scope : scopes) {
        if (except.contains({device.name(), scope})) {
            continue;
        }
        const auto known = ofCounty.find(scope);
        const std::string& there =
            known != ofCounty.end() ? known->second : (ofCounty[scope] = m_county->dump(scope));
        const std::string here = device.dump(scope);
        if (here != there) {
            text += device.name() + " has in " + scope + ":\n" + here + "the county:\n" + there;
        }
    }
    return text + device.rebuildDifference();
}

}  // namespace hezhang::test
