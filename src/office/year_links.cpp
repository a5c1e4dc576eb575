// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/year_links.h"

#include <algorithm>
#include <map>

#include "src/ledger/likeness.h"
#include "src/ledger/one_transaction.h"
#include "src/office/matrix.h"

namespace hezhang::office {

using ledger::Home;
using ledger::TextPairs;
using nlohmann::json;
using sync::RecordReading;

std::string_view name(YearLinkState state) {
    switch (state) {
    case YearLinkState::linked:
        return "linked";
    case YearLinkState::isNew:
        return "new";
    case YearLinkState::certain:
        return "certain";
    case YearLinkState::doubtful:
        return "doubtful";
    case YearLinkState::none:
        return "none";
    }
    return "";
}

namespace {

// Two candidates closer than this are told apart by their numbers only.
constexpr double kNear = 0.1;

Result<RecordReading> readTask(Home& home, const RecordId& task) {
    HZ_TRY(std::optional<RecordReading> reading, home.state().read(task));
    if (!reading || reading->isGone || reading->record.key.registerName != "task") {
        return fail(ErrorCode::unknownRecord, "the task is not here");
    }
    return std::move(*reading);
}

RecordId ledgerOf(const RecordReading& task) {
    return ledger::keyId(task.record.key, "ledger").value_or(RecordId{});
}

Result<std::int64_t> yearOf(Home& home, const RecordId& ledgerId) {
    HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(ledgerId));
    if (!row || row->key.registerName != "ledger") {
        return fail(ErrorCode::unknownRecord, "the ledger is not here");
    }
    return ledger::keyInteger(row->key, "year");
}

// What two years' tasks are compared by: their own words, whoever does them.
std::string wordsOf(const RecordReading& task) {
    const std::string content = ledger::cellText(task, "content");
    return content.empty() ? ledger::taskWords(task) : content;
}

struct Side {
    RecordReading reading;
    TextPairs pairs;
    std::string number;
    std::int64_t serial = 0;
};

Result<void> addTasks(Home& home, const RecordId& ledgerId, std::vector<Side>& sides) {
    return home.state().eachNaming("task", ledgerId.hex(), [&](RecordReading&& reading) -> Result<void> {
        if (!reading.isGone && ledgerOf(reading) == ledgerId) {
            const TextPairs pairs(wordsOf(reading));
            const std::string number = ledger::cellText(reading, "number");
            const std::int64_t serial = ledger::keyInteger(reading.record.key, "serial");
            sides.push_back({std::move(reading), pairs, number, serial});
        }
        return {};
    });
}

YearCandidate candidateOf(const Side& side, double likeness) {
    return {side.reading.record.id, side.serial, side.number, wordsOf(side.reading), likeness};
}

// The likeness of every task with every earlier one, and what follows from it.
class Matcher {
public:
    Matcher(const std::vector<Side>& now, const std::vector<Side>& before) : m_now(now), m_before(before) {
        for (const Side& task : now) {
            std::vector<double>& row = m_alike.emplace_back();
            for (const Side& earlier : before) {
                row.push_back(task.pairs.likeness(earlier.pairs));
            }
        }
    }
    void propose(std::size_t task, YearLink& link) const {
        std::vector<std::size_t> order;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (m_alike[task][i] >= ledger::kSimilarTask) {
                order.push_back(i);
            }
        }
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
            return std::pair(-m_alike[task][a], m_before[a].serial) <
                   std::pair(-m_alike[task][b], m_before[b].serial);
        });
        const std::optional<std::size_t> chosen = chosenFor(task);
        if (chosen && taskFor(*chosen) == task) {
            link.state = YearLinkState::certain;
            link.candidates = {candidateOf(m_before[*chosen], m_alike[task][*chosen])};
            return;
        }
        link.state = order.empty() ? YearLinkState::none : YearLinkState::doubtful;
        for (std::size_t i = 0; i < std::min(order.size(), kCandidatesMax); ++i) {
            link.candidates.push_back(candidateOf(m_before[order[i]], m_alike[task][order[i]]));
        }
    }

private:
    [[nodiscard]] std::optional<std::size_t> chosenFor(std::size_t task) const {
        return theOne(m_before, m_now[task].number, [&](std::size_t i) { return m_alike[task][i]; });
    }
    [[nodiscard]] std::optional<std::size_t> taskFor(std::size_t earlier) const {
        return theOne(m_now, m_before[earlier].number, [&](std::size_t i) { return m_alike[i][earlier]; });
    }
    // The only one that is alike enough and that no other comes near; among those near the best, the only
    // one with the same number.
    template <class Alike>
    static std::optional<std::size_t> theOne(const std::vector<Side>& sides, const std::string& number,
                                             const Alike& alike) {
        double best = 0;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            best = std::max(best, alike(i));
        }
        if (best < ledger::kSameTask) {
            return std::nullopt;
        }
        std::vector<std::size_t> near;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            if (alike(i) > best - kNear) {
                near.push_back(i);
            }
        }
        if (near.size() > 1) {
            std::erase_if(near, [&](std::size_t i) {
                return number.empty() || sides[i].number != number || alike(i) < ledger::kSameTask;
            });
        }
        return near.size() == 1 ? std::optional(near.front()) : std::nullopt;
    }

    const std::vector<Side>& m_now;
    const std::vector<Side>& m_before;
    std::vector<std::vector<double>> m_alike;
};

std::vector<RecordId> linksIn(const RecordReading& task) {
    std::vector<RecordId> ids;
    for (const std::string& element : ledger::cellElements(task, kContinuesCell)) {
        if (const auto id = RecordId::fromHexText(element)) {
            ids.push_back(*id);
        }
    }
    return ids;
}

Result<std::vector<YearCandidate>> linkedOf(Home& home, const Side& task) {
    std::vector<YearCandidate> linked;
    for (const RecordId& id : linksIn(task.reading)) {
        HZ_TRY(const std::optional<RecordReading> earlier, home.state().read(id));
        if (earlier && !earlier->isGone) {
            const Side side{*earlier, TextPairs(wordsOf(*earlier)), ledger::cellText(*earlier, "number"),
                            ledger::keyInteger(earlier->record.key, "serial")};
            linked.push_back(candidateOf(side, task.pairs.likeness(side.pairs)));
        }
    }
    std::ranges::sort(linked, {}, &YearCandidate::serial);
    return linked;
}

bool isMarkedNew(const RecordReading& task) {
    const auto cell = task.cells.find(kIsNewCell);
    return cell != task.cells.end() && cell->second.view.shown.asBoolean().value_or(false);
}

Result<void> setNew(Home& home, const RecordId& task, bool isNew) {
    ledger::EditRequest edit{.record = task, .field = std::string(kIsNewCell)};
    edit.json = json(isNew);
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(edit));
    return {};
}

Result<void> changeLink(Home& home, const RecordId& task, const RecordId& earlier, sync::OpKind kind) {
    ledger::EditRequest edit{.record = task, .field = std::string(kContinuesCell), .kind = kind};
    edit.text = earlier.hex();
    HZ_TRY([[maybe_unused]] const sync::EditAnswer answer, home.edit(edit));
    return {};
}

Result<void> addLink(Home& home, const RecordId& task, const RecordId& earlier) {
    HZ_TRY(const RecordReading now, readTask(home, task));
    HZ_TRY(const RecordReading before, readTask(home, earlier));
    HZ_TRY(const std::int64_t year, yearOf(home, ledgerOf(now)));
    HZ_TRY(const std::int64_t yearBefore, yearOf(home, ledgerOf(before)));
    if (yearBefore >= year) {
        return fail(ErrorCode::badInput, "a task goes on with one of an earlier year");
    }
    if (isMarkedNew(now)) {
        HZ_CHECK(setNew(home, task, false));
    }
    const std::vector<RecordId> known = linksIn(now);
    const bool isLinked = std::ranges::find(known, earlier) != known.end();
    return isLinked ? Result<void>{} : changeLink(home, task, earlier, sync::OpKind::add);
}

// The window of the task's ledger that closed last with something reported of the task.
Result<void> addLastWindow(Home& home, const std::vector<WindowRow>& windows, const RecordId& ledgerId,
                           EarlierTask& earlier) {
    std::vector<const WindowRow*> own;
    for (const WindowRow& window : windows) {
        if (window.ledger == ledgerId) {
            own.push_back(&window);
        }
    }
    std::ranges::sort(own, std::greater{}, [](const WindowRow* window) { return window->lastDay(); });
    for (const WindowRow* window : own) {
        HZ_TRY(Paragraph one, paragraph(home, earlier.task, window->window));
        if (!one.text.empty() || one.unitsCounted > 0) {
            earlier.window = window->window;
            earlier.windowTitle = window->title.empty() ? window->closes : window->title;
            earlier.paragraph = std::move(one);
            return {};
        }
    }
    return {};
}

}  // namespace

Result<YearLinks> yearLinks(Home& home, const RecordId& ledgerId) {
    YearLinks result;
    result.ledger = ledgerId;
    HZ_TRY(result.year, yearOf(home, ledgerId));
    HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
    for (const ledger::LedgerRow& one : ledgers) {
        if (one.year < result.year && one.tasks > 0) {
            result.earlierYear = std::max(result.earlierYear.value_or(one.year), one.year);
        }
    }
    std::vector<Side> now;
    std::vector<Side> before;
    HZ_CHECK(addTasks(home, ledgerId, now));
    for (const ledger::LedgerRow& one : ledgers) {
        if (one.year == result.earlierYear) {
            HZ_CHECK(addTasks(home, one.id, before));
        }
    }
    const Matcher matcher(now, before);
    for (std::size_t i = 0; i < now.size(); ++i) {
        const Side& task = now[i];
        YearLink link{task.reading.record.id, task.serial, task.number, wordsOf(task.reading), {}, {}, {}};
        HZ_TRY(link.linked, linkedOf(home, task));
        if (!link.linked.empty()) {
            link.state = YearLinkState::linked;
        } else if (isMarkedNew(task.reading)) {
            link.state = YearLinkState::isNew;
        } else {
            matcher.propose(i, link);
        }
        result.tasks.push_back(std::move(link));
    }
    std::ranges::sort(result.tasks, {}, &YearLink::serial);
    return result;
}

Result<void> linkTask(Home& home, const RecordId& task, const RecordId& earlier) {
    return ledger::inOneTransaction(home, [&] { return addLink(home, task, earlier); });
}

Result<void> unlinkTask(Home& home, const RecordId& task, const RecordId& earlier) {
    return ledger::inOneTransaction(home, [&]() -> Result<void> {
        HZ_TRY(const RecordReading now, readTask(home, task));
        const std::vector<RecordId> known = linksIn(now);
        if (std::ranges::find(known, earlier) == known.end()) {
            return fail(ErrorCode::badInput, "the task is not linked with that one");
        }
        return changeLink(home, task, earlier, sync::OpKind::remove);
    });
}

Result<void> markNew(Home& home, const RecordId& task) {
    return ledger::inOneTransaction(home, [&]() -> Result<void> {
        HZ_TRY(const RecordReading now, readTask(home, task));
        for (const RecordId& earlier : linksIn(now)) {
            HZ_CHECK(changeLink(home, task, earlier, sync::OpKind::remove));
        }
        return setNew(home, task, true);
    });
}

Result<std::size_t> linkCertain(Home& home, const RecordId& ledgerId) {
    return ledger::inOneTransaction(home, [&]() -> Result<std::size_t> {
        HZ_TRY(const YearLinks links, yearLinks(home, ledgerId));
        std::size_t count = 0;
        for (const YearLink& link : links.tasks) {
            if (link.state == YearLinkState::certain) {
                HZ_CHECK(addLink(home, link.task, link.candidates.front().task));
                ++count;
            }
        }
        return count;
    });
}

Result<std::vector<EarlierTask>> earlierTasks(Home& home, const RecordId& task) {
    HZ_TRY(const RecordReading now, readTask(home, task));
    HZ_TRY(const std::vector<WindowRow> windowRows, windows(home));
    std::vector<EarlierTask> result;
    for (const RecordId& id : linksIn(now)) {
        HZ_TRY(const std::optional<RecordReading> before, home.state().read(id));
        if (!before || before->isGone || before->record.key.registerName != "task") {
            continue;
        }
        EarlierTask earlier;
        earlier.task = id;
        HZ_TRY(earlier.year, yearOf(home, ledgerOf(*before)));
        HZ_TRY(const std::optional<sync::RecordRow> ledgerRow, home.store().record(ledgerOf(*before)));
        earlier.ledgerTitle = ledgerRow ? ledger::keyText(ledgerRow->key, "title").value_or("") : "";
        earlier.serial = ledger::keyInteger(before->record.key, "serial");
        earlier.number = ledger::cellText(*before, "number");
        earlier.item = ledger::taskWords(*before);
        earlier.content = ledger::cellText(*before, "content");
        earlier.indicator = ledger::cellText(*before, "indicator");
        earlier.jointProgress = ledger::cellText(*before, "joint_progress");
        earlier.decidedStatus = ledger::cellText(*before, "decided_status");
        HZ_CHECK(addLastWindow(home, windowRows, ledgerOf(*before), earlier));
        result.push_back(std::move(earlier));
    }
    std::ranges::sort(result, {}, [](const EarlierTask& one) { return std::pair(-one.year, one.serial); });
    return result;
}

}  // namespace hezhang::office
