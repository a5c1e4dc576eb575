// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/simulation/simulation_run.h"

#include <algorithm>
#include <utility>

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
    person.request = std::max(person.request, std::exchange(person.ahead, 0)) + 1;
}

// In one county of three, mostly: what is asked next is under way while the answer is taken.
void SimulationRun::sendAhead(Person& person, BytesView answer) {
    if (!m_isGoingAhead || m_ahead.below(4) == 0) {
        return;
    }
    const auto request = person.device->ahead(answer);
    if (!request || !*request) {
        return;
    }
    person.ahead = person.request + 1;
    note(person.device->name() + " sends ahead");
    if (m_ahead.below(12) == 0) {
        fault("lost on the way");
        return;
    }
    m_requests.push_back({static_cast<std::size_t>(&person - m_people.data()), person.ahead, **request});
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
    const bool isDiskBroken = breakDisk(15, device.box(), 20, MayGoOff::yes);
    const auto request = device.nextRequest();
    const bool isOff = device.box().isOff();
    device.box().mend();
    if (!request || isOff) {
        if (!isDiskBroken || !(isOff || request.error().code == ErrorCode::storageFull)) {
            throw Broken{"REQUEST of " + device.name() + ": " + request.error().text};
        }
        fault(device.name() + " dies while it seals");
        device.kill(isOff ? std::optional(cutPower()) : std::nullopt);
        endRound(person);
        return false;
    }
    if (!*request) {
        note(device.name() + " is up to date");
        endRound(person);
        return false;
    }
    person.isWaiting = device.isAhead();
    if (person.isWaiting) {
        note(device.name() + " waits for what it has sent");
        ++m_counts.ahead;
        person.request = std::exchange(person.ahead, 0);
        return true;
    }
    note(device.name() + " sends");
    person.request = std::max(person.request, std::exchange(person.ahead, 0)) + 1;
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
    StoreBox& disk = m_world.county().box();
    const bool isDiskBroken = breakDisk(30, disk, 60, MayGoOff::yes);
    note("the county handles " + std::to_string(batch.size()));
    const auto answers = handle(batch);
    const bool isOff = disk.isOff();
    disk.mend();
    if (!answers && !isOff && isForWantOfAFile(answers.error())) {
        fault("the county lacks an old year");
        return;
    }
    if (!answers || isOff) {
        if (!isDiskBroken || !(isOff || answers.error().code == ErrorCode::storageFull)) {
            throw Broken{"COUNTY " + answers.error().text};
        }
        fault("the county dies in a commit");
        if (isOff) {
            disk.cutPower(cutPower());
        }
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
        take(person, message.bytes, isStale, true);
    }
}

void SimulationRun::take(Person& person, BytesView answer, bool isStale, bool mayGoAhead) {
    Device& device = *person.device;
    const bool isDiskBroken = breakDisk(60, device.box(), 80, MayGoOff::yes);
    // While the page is taken in turns, its person goes on writing.
    device.pace().setMeanwhile([&] {
        if (!isDiskBroken && happens(300)) {
            quickEditOf(person);
        }
    });
    touch(person);
    const bool isGarbled = happens(30);
    const std::set<Hash> wereInLog =
        m_setup.mutant == Mutant::forgetAcknowledged ? inLogOf(device) : std::set<Hash>{};
    const Bytes given = isGarbled ? garbled(copyOf(answer)) : copyOf(answer);
    if (mayGoAhead) {
        sendAhead(person, given);
    }
    const auto taken = device.takeAnswer(given);
    device.pace().setMeanwhile({});
    const bool isOff = device.box().isOff();
    device.box().mend();
    person.isWaiting = false;
    if (isOff) {
        fault(device.name() + " loses its power while it takes an answer");
        device.kill(cutPower());
        person.forms.clear();
        endRound(person);
        return;
    }
    breakDevice(person, wereInLog);
    if (taken) {
        note(device.name() + " takes an answer");
        if (isGarbled) {
            throw Broken{"TRUSTED: " + device.name() + " took an answer that the county did not give"};
        }
        return;
    }
    const ErrorCode code = taken.error().code;
    const bool isExpected = (isDiskBroken && code == ErrorCode::storageFull) ||
                            ((isStale || isGarbled) && code == ErrorCode::notOurServer) ||
                            (code == ErrorCode::revoked && m_revocations > 0);
    if (!isExpected) {
        throw Broken{"ANSWER to " + device.name() + ": " + taken.error().text};
    }
    fault(device.name() + " cannot take an answer: " + std::string(hezhang::name(code)));
    if (isDiskBroken) {
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
        if (!answers && isForWantOfAFile(answers.error())) {
            fault("the county lacks an old year");
            endRound(person);
            return;
        }
        if (!answers) {
            throw Broken{"COUNTY " + answers.error().text};
        }
        const std::uint64_t request = person.request;
        take(person, answers->front(), false, false);
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
    if (!answers && !isForWantOfAFile(answers.error())) {
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
