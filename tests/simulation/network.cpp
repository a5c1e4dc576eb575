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

void SimulationRun::endRound(Person& person) {
    person.device->endRound();
    person.isWaiting = false;
    ++person.request;
}

void SimulationRun::send() {
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

bool SimulationRun::sendNow(Person& person) {
    Device& device = *person.device;
    touch(person);
    if (!m_isCalm && person.cutOffUntil > m_step) {
        fault(device.name() + " has no network");
        endRound(person);
        return false;
    }
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

void SimulationRun::deliver() {
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

void SimulationRun::receive() {
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

void SimulationRun::take(Person& person, BytesView answer, bool isStale) {
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
    touch(person);
    const bool isGarbled = happens(30);
    const std::set<Hash> wereInLog =
        m_setup.mutant == Mutant::forgetAcknowledged ? inLogOf(device) : std::set<Hash>{};
    const auto taken = device.takeAnswer(isGarbled ? garbled(copyOf(answer)) : copyOf(answer));
    device.pace().setMeanwhile({});
    device.box().store().mend();
    person.isWaiting = false;
    breakDevice(person, wereInLog);
    if (taken) {
        note(device.name() + " takes an answer");
        if (isGarbled) {
            throw Broken{"TRUSTED: " + device.name() + " took an answer that the county did not give"};
        }
        return;
    }
    const ErrorCode code = taken.error().code;
    const bool isExpected = (isDiskFull && code == ErrorCode::storageFull) ||
                            ((isStale || isGarbled) && code == ErrorCode::notOurServer) ||
                            (code == ErrorCode::revoked && m_revocations > 0);
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

void SimulationRun::exchange(Person& person, int exchangesMax) {
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

void SimulationRun::deliverLate() {
    if (m_late.empty()) {
        return;
    }
    fault("an old request comes again");
    const auto answers = handle({takeOne(m_late)});
    if (!answers) {
        throw Broken{"COUNTY " + answers.error().text};
    }
}

Bytes SimulationRun::garbled(const Bytes& answer) {
    switch (below(4)) {
    case 0:
        return copyOf(viewOf("<!DOCTYPE html><title>Log in</title>"));
    case 1:
        return {answer.begin(), answer.begin() + static_cast<std::ptrdiff_t>(below(answer.size()))};
    case 2: {
        Bytes changed = answer;
        oneOf(changed) ^= static_cast<std::uint8_t>(1U << below(8));
        return changed;
    }
    default: {
        Bytes longer = answer;
        longer.push_back(0);
        return longer;
    }
    }
}

void SimulationRun::cutOff() {
    for (Person& person : m_people) {
        if (below(2) == 0) {
            person.cutOffUntil = m_step + static_cast<int>(below(60));
        }
    }
    note("some are cut off");
}

void SimulationRun::rush() {
    note("everybody is back");
    std::vector<std::size_t> order(m_people.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
        std::swap(order[i], order[below(i + 1)]);
    }
    for (const std::size_t i : order) {
        m_people[i].cutOffUntil = 0;
        exchange(m_people[i], static_cast<int>(1 + below(4)));
    }
}

Result<std::vector<Bytes>> SimulationRun::handle(const std::vector<Message>& batch) {
    m_isCountyTouched = true;
    std::vector<Bytes> requests;
    for (const Message& message : batch) {
        requests.push_back(message.bytes);
    }
    if (m_setup.mutant == Mutant::none) {
        return m_world.county().tryHandle(requests);
    }
    std::vector<Bytes> answers;
    for (const Message& message : batch) {
        HZ_TRY(Bytes answer, handleMutated(message));
        answers.push_back(std::move(answer));
    }
    breakCounty();
    return answers;
}

}  // namespace hezhang::test
