// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulator.h"

#include <algorithm>
#include <deque>

#include "tests/simulation/ghost.h"

namespace hezhang::test {

using sync::EditAnswer;
using sync::LiveRow;
using sync::OpKind;
using sync::OpRef;
using sync::RecordKey;
using sync::Value;

namespace {

constexpr int kRoundsMax = 40;
constexpr int kBackupsMax = 3;
constexpr int kCopiesMax = 3;
constexpr int kCountyRestoresMax = 3;
constexpr std::array<std::string_view, 2> kScopes{"team", "harbour"};
constexpr std::array<std::string_view, 2> kNotes{"one", "two"};
constexpr std::array<std::string_view, 3> kAssigned{"text", "status", "rank"};

// A promise that was not kept.
struct Broken {
    std::string what;
};

// A form somebody left open, with the ops it showed.
struct OpenForm {
    Form form;
    std::vector<Hash> inView;
};

struct Person {
    explicit Person(Device& its) : device(&its) {}

    Device* device;
    std::vector<OpenForm> forms;
    std::vector<StoreBox::Snapshot> backups;
    bool isWaiting = false;     // for an answer
    std::uint64_t request = 0;  // told apart: an answer belongs to one request
};

struct Message {
    std::size_t person = 0;
    std::uint64_t request = 0;
    Bytes bytes;
};

class Simulator {
public:
    explicit Simulator(const SimulationSetup& setup)
        : m_setup(setup), m_dice(setup.seed * 2 + 1), m_world(worldSetup(setup)) {}

    SimulationResult run() {
        SimulationResult result;
        result.command =
            "hezhang-simulate --seed " + std::to_string(m_setup.seed) + " --steps " +
            std::to_string(m_setup.steps) + (m_setup.stores == StoreKind::sqlite ? " --sqlite" : "") +
            (m_setup.mutant == Mutant::none ? "" : " --mutant " + std::string(name(m_setup.mutant)));
        try {
            populate();
            for (m_step = 0; m_step < m_setup.steps; ++m_step) {
                step();
            }
            m_isCalm = true;
            const std::set<Hash> mustStay = everyOp();
            settle();
            check(mustStay);
        } catch (const Broken& broken) {
            result.failure = broken.what;
        } catch (const std::exception& error) {
            result.failure = std::string("ERROR ") + error.what();
        }
        result.lastSteps.assign(m_trace.begin(), m_trace.end());
        result.traceHash = m_traceHash.hex();
        if (m_setup.stepsTold == SIZE_MAX) {
            result.countyLog = m_world.county().logText();
        }
        result.counts = m_counts;
        return result;
    }

private:
    static WorldSetup worldSetup(const SimulationSetup& setup) {
        SeededRandom dice(setup.seed);
        WorldSetup world{setup.seed, setup.stores};
        // Small messages in most worlds: what fits one answer is cut nowhere.
        world.pageBytesMax = dice.below(4) == 0 ? sync::kPageBytesMax : 200 + dice.below(3000);
        world.pushBytesMax = dice.below(4) == 0 ? sync::kPushBytesMax : 1;
        // In half of the worlds pulls give way to whoever wants to write.
        world.pausesPermille = dice.below(2) == 0 ? 300 : 0;
        return world;
    }

    // -- dice and trace

    std::uint64_t below(std::uint64_t bound) { return m_dice.below(bound); }
    bool happens(unsigned permille) { return !m_isCalm && below(1000) < permille; }
    template <class List>
    auto& oneOf(List& list) {
        return list[below(list.size())];
    }
    void note(const std::string& what) {
        const std::string line = std::to_string(m_step) + " " + what;
        m_traceHash = m_world.setup().suite->hash({m_traceHash.view(), viewOf(line)});
        m_trace.push_back(line);
        if (m_trace.size() > m_setup.stepsTold) {
            m_trace.pop_front();
        }
    }
    void fault(const std::string& what) {
        ++m_counts.faults;
        note(what);
    }
    static std::string shortOf(const Hash& id) { return id.hex().substr(0, 8); }

    // -- the cast

    void populate() {
        const std::size_t count = 5 + below(5);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string who = "d" + std::to_string(i);
            const std::string role = i == 0 ? "office" : below(4) == 0 ? "lead" : "clerk";
            std::vector<std::string> scopes;
            for (const std::string_view scope : kScopes) {
                if (below(3) > 0) {
                    scopes.emplace_back(scope);
                }
            }
            m_people.emplace_back(m_world.enrol(who, role, scopes));
        }
        for (Person& person : m_people) {
            person.device->sync();
            person.backups.push_back(person.device->box().snapshot());
        }
        m_countyBackups.push_back(m_world.county().box().snapshot());
    }

    Person& anybody() { return oneOf(m_people); }

    std::optional<RecordKey> anyRecord(Person& person) {
        std::vector<std::string> scopes = person.device->scopes();
        std::erase(scopes, std::string(kCommonScope));
        if (scopes == std::vector<std::string>{"*"}) {
            scopes.assign(kScopes.begin(), kScopes.end());
        }
        if (scopes.empty()) {
            return std::nullopt;
        }
        return noteKey(oneOf(kNotes), oneOf(scopes));
    }

    // -- steps

    void step() {
        using Action = void (Simulator::*)();
        struct Weighted {
            unsigned weight;
            Action action;
        };
        static constexpr Weighted kActions[] = {
            {130, &Simulator::openForm},    {120, &Simulator::saveForm},    {70, &Simulator::quickEdit},
            {20, &Simulator::eraseRecord},  {35, &Simulator::settleCell},   {20, &Simulator::admit},
            {170, &Simulator::send},        {150, &Simulator::deliver},     {130, &Simulator::receive},
            {100, &Simulator::wholeRound},  {15, &Simulator::deliverLate},  {15, &Simulator::kill},
            {15, &Simulator::backUpDevice}, {8, &Simulator::restoreDevice}, {5, &Simulator::copyDevice},
            {6, &Simulator::backUpCounty},  {5, &Simulator::restoreCounty}, {10, &Simulator::setClock},
            {20, &Simulator::steer},        {5, &Simulator::checkRebuild},
        };
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

    std::vector<Hash> idsOf(Person& person, const std::vector<OpRef>& refs) {
        std::vector<Hash> ids;
        for (const OpRef ref : refs) {
            const auto op = must(person.device->replica().history().opAt(ref));
            if (!op) {
                throw Broken{"a value on the screen has no op"};
            }
            ids.push_back(op->id);
        }
        return ids;
    }

    void openForm() {
        Person& person = anybody();
        const auto record = anyRecord(person);
        if (!record) {
            return;
        }
        Form form = person.device->open(*record, oneOf(kAssigned));
        std::vector<Hash> inView = idsOf(person, form.seen);
        note(person.device->name() + " opens " + form.field);
        person.forms.push_back({std::move(form), std::move(inView)});
    }

    std::string anyText(std::string_view field) {
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

    // Writes and tells the ghost. A full disk or a rule that stops the edit leaves nothing behind.
    bool write(Person& person, sync::Edit edit, const std::vector<Hash>& inView) {
        Device& device = *person.device;
        const bool isDiskFull = happens(30);
        if (isDiskFull) {
            device.box().store().failAfter(below(12));
        }
        edit.scope = scopeOf(edit.key);
        edit.person = device.person();
        const auto answer = device.tryEdit(edit);
        device.box().store().mend();
        if (!answer) {
            const ErrorCode code = answer.error().code;
            if (!(isDiskFull && code == ErrorCode::storageFull) && code != ErrorCode::noRight) {
                throw Broken{"EDIT " + answer.error().text};
            }
            fault(device.name() + " cannot write: " + std::string(hezhang::name(code)));
            return false;
        }
        ++m_counts.edits;
        note(device.name() + " " + std::string(sync::name(edit.kind)) + " " + edit.field + " " +
             shortOf(answer->op));
        m_ghost.wrote(answer->op, {answer->record, edit.field, edit.kind, edit.value, {}}, inView);
        m_lastWritten = *answer;
        return true;
    }

    void saveForm() {
        Person& person = anybody();
        if (person.forms.empty()) {
            return;
        }
        OpenForm& open = oneOf(person.forms);
        sync::Edit edit{
            open.form.record, {}, open.form.field, OpKind::assign, Value::text(anyText(open.form.field)),
            open.form.seen,   {}};
        if (m_setup.mutant == Mutant::contextAtSave) {
            edit.seen = person.device->open(open.form.record, open.form.field).seen;
        }
        if (write(person, edit, open.inView)) {
            open.form.seen = {m_lastWritten.ref};
            open.inView = {m_lastWritten.op};
            if (below(3) > 0) {
                std::swap(open, person.forms.back());
                person.forms.pop_back();
            }
        }
    }

    std::vector<OpRef> refsOf(const std::vector<LiveRow>& rows) {
        std::vector<OpRef> refs;
        for (const LiveRow& row : rows) {
            refs.push_back(row.ref);
        }
        return refs;
    }

    void writeSeeing(Person& person, const RecordKey& record, std::string_view field, OpKind kind,
                     Value value, const std::vector<OpRef>& seen) {
        write(person, {record, {}, std::string(field), kind, std::move(value), seen, {}},
              idsOf(person, seen));
    }

    void quickEdit() { quickEditOf(anybody()); }

    void quickEditOf(Person& person) {
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
            writeSeeing(person, *record, "tags", OpKind::add, element, deletes);
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

    void eraseRecord() {
        Person& person = anybody();
        const auto record = anyRecord(person);
        if (record && !person.device->isGone(*record)) {
            writeSeeing(
                person, *record, sync::kDeletedField, OpKind::assign, Value::boolean(true),
                must(person.device->replica().projection().liveDots(person.device->recordId(*record))));
        }
    }

    void settleCell() {
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
            writeSeeing(person, *record, field, OpKind::assign, Value::text(anyText(field)),
                        refsOf(cell.rows));
        }
    }

    void admit() {
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

    // -- the network

    void endRound(Person& person) {
        person.device->endRound();
        person.isWaiting = false;
        ++person.request;
    }

    void send() {
        Person& person = anybody();
        if (person.isWaiting) {
            if (happens(150)) {
                fault(person.device->name() + " gives up waiting");
                endRound(person);
            }
            return;
        }
        (void)sendNow(person);
    }

    // False: the round is over.
    bool sendNow(Person& person) {
        Device& device = *person.device;
        const bool isDiskFull = happens(15);
        if (isDiskFull) {
            device.box().store().failAfter(below(20));
        }
        const auto request = device.nextRequest();
        device.box().store().mend();
        if (!request) {
            if (!isDiskFull || request.error().code != ErrorCode::storageFull) {
                throw Broken{"REQUEST of " + device.name() + ": " + request.error().text};
            }
            fault(device.name() + " dies while it seals");
            device.kill();
            endRound(person);
            return false;
        }
        if (!*request) {
            note(device.name() + " is up to date");
            endRound(person);
            return false;
        }
        note(device.name() + " sends");
        ++person.request;
        const Message message{static_cast<std::size_t>(&person - m_people.data()), person.request, **request};
        if (happens(60)) {
            m_late.push_back(message);
        }
        if (happens(80)) {
            fault("lost on the way");
            endRound(person);
            return false;
        }
        m_requests.push_back(message);
        person.isWaiting = true;
        return true;
    }

    template <class List>
    Message takeOne(List& list) {
        const auto at = list.begin() + static_cast<std::ptrdiff_t>(below(list.size()));
        Message message = std::move(*at);
        list.erase(at);
        return message;
    }

    void deliver() {
        std::vector<Message> batch;
        for (std::size_t count = 1 + below(3); count > 0 && !m_requests.empty(); --count) {
            batch.push_back(takeOne(m_requests));
        }
        if (batch.empty()) {
            return;
        }
        const bool isDiskFull = happens(30);
        if (isDiskFull) {
            m_world.county().box().store().failAfter(below(60));
        }
        note("the county handles " + std::to_string(batch.size()));
        const auto answers = handle(batch);
        m_world.county().box().store().mend();
        if (!answers) {
            if (!isDiskFull || answers.error().code != ErrorCode::storageFull) {
                throw Broken{"COUNTY " + answers.error().text};
            }
            fault("the county dies in a commit");
            m_world.county().restart();
            return;
        }
        for (std::size_t i = 0; i < batch.size(); ++i) {
            if (happens(80)) {
                fault("an answer is lost");
                continue;
            }
            m_answers.push_back({batch[i].person, batch[i].request, (*answers)[i]});
        }
    }

    void receive() {
        if (m_answers.empty()) {
            return;
        }
        const Message message = takeOne(m_answers);
        Person& person = m_people[message.person];
        const bool isStale = !person.isWaiting || message.request != person.request;
        if (person.isWaiting && (!isStale || happens(200))) {
            take(person, message.bytes, isStale);
        }
    }

    void take(Person& person, BytesView answer, bool isStale) {
        Device& device = *person.device;
        const bool isDiskFull = happens(60);
        if (isDiskFull) {
            device.box().store().failAfter(below(80));
        }
        // While the page is taken in turns, its person goes on writing.
        device.pace().setMeanwhile([&] {
            if (!isDiskFull && happens(300)) {
                quickEditOf(person);
            }
        });
        const auto taken = device.takeAnswer(answer);
        device.pace().setMeanwhile({});
        device.box().store().mend();
        person.isWaiting = false;
        if (m_setup.mutant == Mutant::reofferOwnOnly) {
            dropOrphans(device);
        }
        if (taken) {
            note(device.name() + " takes an answer");
            return;
        }
        const ErrorCode code = taken.error().code;
        const bool isExpected =
            (isDiskFull && code == ErrorCode::storageFull) || (isStale && code == ErrorCode::notOurServer);
        if (!isExpected) {
            throw Broken{"ANSWER to " + device.name() + ": " + taken.error().text};
        }
        fault(device.name() + " cannot take an answer: " + std::string(hezhang::name(code)));
        if (isDiskFull) {
            device.kill();
            person.forms.clear();
        }
        endRound(person);
    }

    // A good link: a round from its beginning to its end, or nearly so.
    void wholeRound() { exchange(anybody(), static_cast<int>(1 + below(12))); }

    void exchange(Person& person, int exchangesMax) {
        endRound(person);
        for (int i = 0; i < exchangesMax; ++i) {
            if (!sendNow(person)) {
                return;
            }
            const std::vector<Message> batch{takeLast(m_requests)};
            const auto answers = handle(batch);
            if (!answers) {
                throw Broken{"COUNTY " + answers.error().text};
            }
            const std::uint64_t request = person.request;
            take(person, answers->front(), false);
            if (request != person.request) {
                return;
            }
        }
    }

    template <class List>
    static Message takeLast(List& list) {
        Message message = std::move(list.back());
        list.pop_back();
        return message;
    }

    void deliverLate() {
        if (m_late.empty()) {
            return;
        }
        fault("an old request comes again");
        const auto answers = handle({takeOne(m_late)});
        if (!answers) {
            throw Broken{"COUNTY " + answers.error().text};
        }
    }

    Result<std::vector<Bytes>> handle(const std::vector<Message>& batch) {
        std::vector<Bytes> requests;
        for (const Message& message : batch) {
            requests.push_back(message.bytes);
        }
        if (m_setup.mutant == Mutant::none || m_setup.mutant == Mutant::contextAtSave) {
            return m_world.county().tryHandle(requests);
        }
        std::vector<Bytes> answers;
        for (const Message& message : batch) {
            HZ_TRY(Bytes answer, handleMutated(message));
            answers.push_back(std::move(answer));
        }
        return answers;
    }

    // -- mutants: what they change is changed in the messages, so the product knows nothing of them

    Result<Bytes> handleMutated(const Message& message) {
        const sync::Suite& suite = *m_world.setup().suite;
        const auto key = must(m_people[message.person].device->replica().identity()).macKey;
        const sync::OpenedFrame opened = must(sync::openFrame(message.bytes));
        auto request = must(sync::decode<sync::SyncRequest>(opened.plain, "request"));
        std::vector<bool> isSwallowed;
        if (m_setup.mutant == Mutant::dedupeByNumber) {
            isSwallowed = swallowKnownNumbers(request);
        }
        const Bytes changed = sync::frameWithMac(suite, sync::encode(request), key, {});
        HZ_TRY(const std::vector<Bytes> answers, m_world.county().tryHandle({changed}));
        auto answer =
            must(sync::decode<sync::SyncAnswer>(must(sync::openFrame(answers.front())).plain, "answer"));
        for (std::size_t i = 0; i < isSwallowed.size() && answer.status == sync::SyncStatus::ok; ++i) {
            if (isSwallowed[i]) {
                answer.acks.insert(answer.acks.begin() + static_cast<std::ptrdiff_t>(i), sync::Ack{});
            }
        }
        if (m_setup.mutant == Mutant::reofferOwnOnly) {
            answer.wanted.clear();
        }
        return sync::frameWithMac(suite, sync::encode(answer), key, opened.frame.tag);
    }

    std::vector<bool> swallowKnownNumbers(sync::SyncRequest& request) {
        const sync::Suite& suite = *m_world.setup().suite;
        std::vector<bool> isSwallowed;
        std::vector<Bytes> kept;
        for (const Bytes& envelope : request.segments) {
            const sync::SealedSegment sealed = must(sync::openSegment(suite, envelope));
            bool isKnown = false;
            for (const Hash& hash :
                 must(m_world.county().box().store().segmentsOfLane(sealed.segment.lane.lane))) {
                const auto row = must(m_world.county().box().store().segment(hash));
                isKnown = isKnown || (row && row->first == sealed.segment.first && row->hash != sealed.hash);
            }
            isSwallowed.push_back(isKnown);
            if (!isKnown) {
                kept.push_back(envelope);
            }
        }
        request.segments = std::move(kept);
        return isSwallowed;
    }

    void dropOrphans(Device& device) {
        auto scope = must(sync::WriteScope::begin(device.box().store()));
        for (const sync::EntryRow& row : must(device.box().store().orphans())) {
            must(device.box().store().eraseOrphan(row.position, row.page));
        }
        must(scope.commit());
    }

    // -- what happens to machines

    void kill() {
        Person& person = anybody();
        fault(person.device->name() + " dies");
        person.device->kill();
        person.forms.clear();
        endRound(person);
    }

    void backUpDevice() {
        Person& person = anybody();
        person.backups.push_back(person.device->box().snapshot());
        if (person.backups.size() > kBackupsMax) {
            person.backups.erase(person.backups.begin());
        }
        note(person.device->name() + " is backed up");
    }

    void restoreDevice() {
        Person& person = anybody();
        fault(person.device->name() + " is restored");
        person.device->box().restore(oneOf(person.backups));
        person.device->kill();
        person.forms.clear();
        endRound(person);
        if (below(2) == 0) {
            person.device->openNewLanes();
        }
    }

    void copyDevice() {
        if (m_copies >= kCopiesMax) {
            return;
        }
        const std::size_t original = below(m_people.size());
        const std::string who = m_people[original].device->name() + "c" + std::to_string(++m_copies);
        fault(m_people[original].device->name() + " is copied to " + who);
        Person copy(m_people[original].device->copyTo(who));
        copy.backups.push_back(copy.device->box().snapshot());
        m_people.push_back(std::move(copy));
        if (below(3) == 0) {
            m_people.back().device->openNewLanes();
        }
    }

    void backUpCounty() {
        m_countyBackups.push_back(m_world.county().box().snapshot());
        if (m_countyBackups.size() > kBackupsMax) {
            m_countyBackups.erase(m_countyBackups.begin());
        }
        note("the county is backed up");
    }

    void restoreCounty() {
        if (m_counts.countyRestores >= kCountyRestoresMax) {
            return;
        }
        ++m_counts.countyRestores;
        const bool isNoticed = below(2) == 0;
        fault(isNoticed ? "the county is restored" : "the county falls back unnoticed");
        m_world.county().box().restore(oneOf(m_countyBackups));
        m_world.county().restart();
        if (isNoticed) {
            auto scope = must(sync::WriteScope::begin(m_world.county().box().store()));
            must(m_world.county().county().beginEpoch("restored", m_world.clock().now()));
            must(scope.commit());
        }
    }

    void setClock() {
        Person& person = anybody();
        person.device->clock().set(static_cast<WallMs>(below(4'000'000'000'000)) - 1'000'000'000);
        note(person.device->name() + " has another time");
    }

    // The county changes who may do what.
    void steer() {
        Person& person = oneOf(m_people);
        const std::string& who = person.device->name().substr(0, 2);
        const std::string scope(oneOf(kScopes));
        CountySide& county = m_world.county();
        switch (below(6)) {
        case 0:
            county.ban(who);
            break;
        case 1:
            county.unban(who);
            break;
        case 2:
            county.closeScope(scope);
            break;
        case 3:
            county.reopenScope(scope);
            break;
        case 4:
            county.grant(who, scope);
            break;
        default:
            county.withdraw(who, scope);
            break;
        }
        note("the county changes the rights of " + who);
    }

    void checkRebuild() {
        Person& person = anybody();
        if (const std::string difference = person.device->rebuildDifference(); !difference.empty()) {
            throw Broken{"REBUILD " + difference};
        }
    }

    // -- the end

    void settle() {
        for (Person& person : m_people) {
            endRound(person);
        }
        m_requests.clear();
        std::string before;
        for (int round = 0; round < kRoundsMax; ++round) {
            std::string now;
            for (Person& person : m_people) {
                exchange(person, 10'000);
                now += std::to_string(must(person.device->replica().cursor()).position) + " " +
                       std::to_string(must(person.device->box().store().orphans()).size()) + " ";
            }
            now += std::to_string(must(m_world.county().county().size()));
            if (now == before) {
                return;
            }
            before = now;
        }
        throw Broken{"ENDLESS: syncing does not come to an end"};
    }

    std::set<Hash> opsIn(sync::Store& store, sync::History& history) {
        std::set<Hash> ids;
        for (const sync::SegmentState state : {sync::SegmentState::inLog, sync::SegmentState::unsent,
                                               sync::SegmentState::received, sync::SegmentState::held}) {
            for (const Hash& hash : must(store.segmentsIn(state))) {
                const auto sealed = must(history.segment(hash));
                ids.insert(sealed->opIds.begin(), sealed->opIds.end());
            }
        }
        for (const sync::LaneRow& lane : must(store.lanes())) {
            for (const sync::TailRow& row : must(store.tail(lane.lane))) {
                ids.insert(row.id);
            }
        }
        return ids;
    }

    std::set<Hash> everyOp() {
        sync::County& county = m_world.county().county();
        std::set<Hash> ids = opsIn(m_world.county().box().store(), county.projection().history());
        for (const Person& person : m_people) {
            const std::set<Hash> here =
                opsIn(person.device->box().store(), person.device->replica().history());
            ids.insert(here.begin(), here.end());
        }
        return ids;
    }

    void check(const std::set<Hash>& mustStay) {
        checkNothingUnsent();
        checkNothingLost(mustStay);
        if (const std::string difference = m_world.difference(); !difference.empty()) {
            throw Broken{"DISAGREE\n" + difference};
        }
        checkGhost();
        m_counts.branches = must(m_world.county().county().status()).branches;
        note(m_world.county().dump("team") + m_world.county().dump("harbour"));
        m_trace.pop_back();
    }

    // Own segments without an answer. One that was refused for its scope is an answer where the county lost
    // the grant itself.
    std::string unanswered(Device& device) {
        std::string text;
        for (const sync::SegmentState state :
             {sync::SegmentState::unsent, sync::SegmentState::received, sync::SegmentState::refused}) {
            for (const Hash& hash : must(device.box().store().segmentsIn(state))) {
                const auto here = must(device.box().store().segment(hash));
                const bool isGrantLost =
                    state == sync::SegmentState::refused && m_counts.countyRestores > 0 &&
                    here->position == static_cast<std::uint64_t>(sync::Reason::foreignScope);
                if (isGrantLost) {
                    const auto sealed = must(device.replica().history().segment(hash));
                    m_refused.insert(sealed->opIds.begin(), sealed->opIds.end());
                    continue;
                }
                const auto there = must(m_world.county().box().store().segment(hash));
                text += ": segment " + shortOf(hash) + " of " + here->scope + " state " +
                        std::to_string(static_cast<int>(state)) + ", at the county " +
                        (there ? std::to_string(static_cast<int>(there->state)) + " at " +
                                     std::to_string(there->position)
                               : "absent");
            }
        }
        return text;
    }

    void checkNothingUnsent() {
        for (const Person& person : m_people) {
            if (const std::string text = unanswered(*person.device); !text.empty()) {
                throw Broken{"STUCK " + person.device->name() + text};
            }
            for (const sync::EntryRow& row : must(person.device->box().store().orphans())) {
                throw Broken{"STUCK " + person.device->name() + " has an entry to hand back: it was " +
                             std::to_string(row.position) + m_world.county().entryText(row.entry)};
            }
        }
    }

    std::set<Hash> opsInLog() {
        sync::Store& store = m_world.county().box().store();
        std::set<Hash> ids;
        for (const Hash& hash : must(store.segmentsIn(sync::SegmentState::inLog))) {
            const auto sealed = must(m_world.county().county().projection().history().segment(hash));
            ids.insert(sealed->opIds.begin(), sealed->opIds.end());
        }
        return ids;
    }

    void checkNothingLost(const std::set<Hash>& mustStay) {
        const std::set<Hash> there = opsInLog();
        for (const Hash& id : mustStay) {
            if (!there.contains(id) && !m_refused.contains(id)) {
                throw Broken{"LOST " + shortOf(id)};
            }
        }
    }

    void checkGhost() {
        sync::Projection& state = m_world.county().county().projection();
        sync::Store& store = m_world.county().box().store();
        std::set<Hash> applied = opsInLog();
        for (const sync::AsideRow& row : must(store.asides())) {
            ++m_counts.asides;
            applied.erase(must(state.history().opAt(row.ref))->id);
        }
        const auto expected = m_ghost.live(applied);
        std::map<Ghost::Cell, std::set<Hash>> found;
        must(store.eachLive("", [&](LiveRow&& row) {
            const Hash id = must(state.history().opAt(row.ref))->id;
            if (m_ghost.knows(id)) {
                found[{row.record, row.field}].insert(id);
            }
        }));
        for (const auto& [cell, ids] : found) {
            const auto it = expected.find(cell);
            for (const Hash& id : ids) {
                if (it == expected.end() || !it->second.contains(id)) {
                    throw Broken{"FALSE_CONFLICT " + cell.second + " " + shortOf(id)};
                }
            }
        }
        for (const auto& [cell, ids] : expected) {
            for (const Hash& id : ids) {
                const auto it = found.find(cell);
                if (it == found.end() || !it->second.contains(id)) {
                    throw Broken{"SILENT_OVERWRITE " + cell.second + " " + shortOf(id)};
                }
            }
        }
        for (const auto& [cell, ids] : expected) {
            if (cell.second == "count" &&
                must(state.read(cell.first))->cells.at("count").view.sum != m_ghost.sum(ids)) {
                throw Broken{"SUM of a counter is wrong"};
            }
            if (must(state.isGone(cell.first)) != m_ghost.isGone(cell.first, expected)) {
                throw Broken{"DELETED: the record is gone for one and not for the other"};
            }
        }
    }

    SimulationSetup m_setup;
    SeededRandom m_dice;
    World m_world;
    Ghost m_ghost;
    std::vector<Person> m_people;
    std::vector<Message> m_requests;
    std::vector<Message> m_answers;
    std::vector<Message> m_late;
    std::vector<StoreBox::Snapshot> m_countyBackups;
    EditAnswer m_lastWritten;
    std::deque<std::string> m_trace;
    Hash m_traceHash;
    SimulationCounts m_counts;
    std::set<Hash> m_refused;
    int m_copies = 0;
    int m_step = 0;
    bool m_isCalm = false;
};

}  // namespace

std::string_view name(Mutant mutant) {
    switch (mutant) {
    case Mutant::none:
        return "none";
    case Mutant::contextAtSave:
        return "contextAtSave";
    case Mutant::dedupeByNumber:
        return "dedupeByNumber";
    case Mutant::reofferOwnOnly:
        return "reofferOwnOnly";
    }
    return "";
}

std::optional<Mutant> mutantNamed(std::string_view text) {
    for (const Mutant mutant :
         {Mutant::none, Mutant::contextAtSave, Mutant::dedupeByNumber, Mutant::reofferOwnOnly}) {
        if (name(mutant) == text) {
            return mutant;
        }
    }
    return std::nullopt;
}

std::string SimulationResult::report() const {
    std::string text =
        failure.empty() ? std::string("fine\n") : failure + "\nrepeat with: " + command + "\nlast steps:\n";
    for (const std::string& step : failure.empty() ? std::vector<std::string>{} : lastSteps) {
        text += "    " + step + "\n";
    }
    return text + countyLog;
}

SimulationResult simulate(const SimulationSetup& setup) {
    return Simulator(setup).run();
}

}  // namespace hezhang::test
