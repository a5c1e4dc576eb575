// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/contradictions.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "src/ledger/chinese_text.h"
#include "src/ledger/tallies.h"
#include "src/office/review.h"
#include "sync/merge/prose.h"

namespace hezhang::office {

using ledger::Home;
using sync::RecordReading;

std::string_view name(ContradictionKind kind) {
    switch (kind) {
    case ContradictionKind::leadDone:
        return "lead-done";
    case ContradictionKind::figureFell:
        return "figure-fell";
    case ContradictionKind::percentStatus:
        return "percent-status";
    case ContradictionKind::belowTarget:
        return "below-target";
    case ContradictionKind::sameEvent:
        return "same-event";
    case ContradictionKind::afterApproval:
        return "after-approval";
    }
    return "";
}

namespace {

constexpr std::size_t kDatedCharactersMin = 8;
constexpr std::size_t kCountedCharactersMin = 16;

// Letters and digits alone, in one width: what makes two sentences say the same.
std::u16string bareWords(std::string_view sentence) {
    std::u16string bare;
    for (const char16_t c : ledger::foldWidth(ledger::toUtf16(sentence))) {
        const bool isLetter = (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
        if (ledger::isHan(c) || ledger::isDigit(c) || isLetter || c == u'%') {
            bare += c;
        }
    }
    return bare;
}

std::string statusWords(const Home& home, const std::string& status) {
    const schema::RegisterDef* const def = home.registers().find("filing");
    const schema::FieldDef* const cell = def == nullptr ? nullptr : def->cell("status");
    const schema::Choice* const choice = cell == nullptr ? nullptr : cell->choice(status);
    return choice == nullptr ? status : choice->title.zh;
}

// A status that was reported and does not go with "done".
bool isNotDone(const std::string& status) {
    return status == "not-started" || status == "in-progress" || status == "blocked";
}

std::string statusOf(const WindowFiling& filing) {
    return filing.isInConflict("status") ? std::string() : filing.text("status");
}

ContradictionUnit unitOf(Home& home, const WindowFiling& filing) {
    return {filing.unit,
            filing.unitName,
            filing.record,
            ledger::keyId(filing.reading.record.key, "window").value_or(RecordId{}),
            filing.role,
            statusOf(filing),
            filing.number("percent"),
            filing.number("done_count"),
            filing.text("text"),
            ledger::fingerprintOf(home.state(), filing.reading).hex()};
}

Contradiction about(const WindowTask& task, ContradictionKind kind, std::vector<std::string> fields) {
    Contradiction found;
    found.kind = kind;
    found.task = task.task;
    found.serial = task.serial;
    found.taskItem = task.item;
    found.fields = std::move(fields);
    return found;
}

void addLeadDone(Home& home, const WindowTask& task, std::vector<Contradiction>& all) {
    for (const WindowFiling& lead : task.filings) {
        if (lead.role != "lead" || statusOf(lead) != "done") {
            continue;
        }
        Contradiction found = about(task, ContradictionKind::leadDone, {"status"});
        found.units.push_back(unitOf(home, lead));
        found.text = "牵头单位" + lead.unitName + "报“已完成”";
        for (const WindowFiling& other : task.filings) {
            if (isNotDone(statusOf(other))) {
                found.units.push_back(unitOf(home, other));
                found.text += "，" + other.unitName + "报“" + statusWords(home, statusOf(other)) + "”";
            }
        }
        if (found.units.size() > 1) {
            all.push_back(std::move(found));
        }
    }
}

void addPercentStatus(Home& home, const WindowTask& task, std::vector<Contradiction>& all) {
    for (const WindowFiling& filing : task.filings) {
        const std::optional<std::int64_t> percent = filing.number("percent");
        const std::string status = statusOf(filing);
        const bool isFull = percent == 100;
        if (percent && ((isFull && isNotDone(status)) || (!isFull && status == "done"))) {
            Contradiction found = about(task, ContradictionKind::percentStatus, {"percent", "status"});
            found.units.push_back(unitOf(home, filing));
            found.text = filing.unitName + "完成比例报" + std::to_string(*percent) + "%，状态报“" +
                         statusWords(home, status) + "”";
            all.push_back(std::move(found));
        }
    }
}

Result<void> addBelowTarget(Home& home, ledger::Succession& succession, const WindowTask& task,
                            std::vector<Contradiction>& all) {
    std::vector<const WindowFiling*> done;
    std::set<RecordId> units;
    for (const WindowFiling& filing : task.filings) {
        if (statusOf(filing) == "done" && units.insert(filing.standing).second) {
            done.push_back(&filing);
        }
    }
    if (done.empty()) {
        return {};
    }
    HZ_TRY(const ledger::TaskTallies tallies, ledger::taskTallies(home, succession, task.task, std::nullopt));
    for (const WindowFiling* filing : done) {
        for (const ledger::TargetTallies* target : tallies.unmetBy(filing->standing)) {
            Contradiction found = about(task, ContradictionKind::belowTarget, {"status"});
            found.units.push_back(unitOf(home, *filing));
            found.sentence = (tallies.isTogether ? "各单位合计" : "") +
                             standingWords(target->target, tallies.measured(*target, filing->standing)) +
                             "：" + target->target.words;
            found.text = filing->unitName + "报“已完成”，" + found.sentence;
            all.push_back(std::move(found));
        }
    }
    return {};
}

void addSameEvent(Home& home, const WindowTask& task, std::vector<Contradiction>& all) {
    struct Said {
        std::string sentence;
        std::vector<const WindowFiling*> filings;
        std::set<RecordId> units;
    };
    std::map<std::u16string, Said> said;
    for (const WindowFiling& filing : task.filings) {
        const std::string text = filing.text("text");
        for (const std::string_view sentence : sync::sentencesOf(text)) {
            if (!namesAnEvent(sentence, task.content)) {
                continue;
            }
            Said& one = said[bareWords(sentence)];
            one.sentence = one.filings.empty() ? std::string(sentence) : one.sentence;
            // One unit's filing in two scopes, or before and after a merger, is no second unit.
            if (one.units.insert(filing.standing).second) {
                one.filings.push_back(&filing);
            }
        }
    }
    for (const auto& [words, one] : said) {
        if (one.filings.size() < 2) {
            continue;
        }
        Contradiction found = about(task, ContradictionKind::sameEvent, {"text"});
        for (const WindowFiling* filing : one.filings) {
            found.units.push_back(unitOf(home, *filing));
            found.text += (found.text.empty() ? "" : "、") + filing->unitName;
        }
        found.sentence = ledger::toUtf8(ledger::trim(ledger::toUtf16(one.sentence)));
        found.text += "都写了：" + found.sentence;
        all.push_back(std::move(found));
    }
}

// -- the window before

// What the units that one stands for had reported; a percent only where one of them alone has.
struct Figures {
    std::optional<std::int64_t> count;
    std::vector<std::int64_t> percents;
    std::vector<ContradictionUnit> filings;
};
using FiguresBefore = std::map<std::pair<RecordId, RecordId>, Figures>;  // by task and standing unit

FiguresBefore figuresOf(Home& home, std::span<const WindowTask> tasks) {
    FiguresBefore figures;
    for (const WindowTask& task : tasks) {
        for (const WindowFiling& filing : task.filings) {
            if (!filing.wasSubmitted()) {
                continue;
            }
            Figures& of = figures[{task.task, filing.standing}];
            of.filings.push_back(unitOf(home, filing));
            if (const auto count = filing.number("done_count")) {
                of.count = ledger::addClamped(of.count.value_or(0), *count);
            }
            if (const auto percent = filing.number("percent")) {
                of.percents.push_back(*percent);
            }
        }
    }
    return figures;
}

// Names every filing of the unit: the sum is theirs together.
void addIfFell(const WindowTask& task, const Figures& before, const Figures& now,
               std::vector<Contradiction>& all) {
    Contradiction found = about(task, ContradictionKind::figureFell, {});
    if (before.count && now.count && *now.count < *before.count) {
        found.fields.emplace_back("done_count");
        found.text = "完成数量上期" + std::to_string(*before.count) + "，本期" + std::to_string(*now.count);
    }
    if (before.percents.size() == 1 && now.percents.size() == 1 && now.percents[0] < before.percents[0]) {
        found.fields.emplace_back("percent");
        found.text += (found.text.empty() ? "" : "；") + std::string("完成比例上期") +
                      std::to_string(before.percents[0]) + "%，本期" + std::to_string(now.percents[0]) + "%";
    }
    if (found.fields.empty()) {
        return;
    }
    found.units = now.filings;
    found.before = before.filings;
    found.text = found.units.front().unitName + found.text;
    all.push_back(std::move(found));
}

void addFigureFell(Home& home, const WindowTask& task, const FiguresBefore& before,
                   std::vector<Contradiction>& all) {
    const FiguresBefore now = figuresOf(home, {&task, 1});
    std::set<RecordId> seen;
    for (const WindowFiling& filing : task.filings) {
        const std::pair key(task.task, filing.standing);
        if (before.contains(key) && now.contains(key) && seen.insert(filing.standing).second) {
            addIfFell(task, before.at(key), now.at(key), all);
        }
    }
}

// The window of the same ledger that closes last before this one; nullopt: there is none.
Result<std::optional<RecordId>> windowBefore(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(window));
    const auto ledgerId = row ? ledger::keyText(row->key, "ledger") : std::nullopt;
    if (!ledgerId) {
        return std::optional<RecordId>();
    }
    const std::string closes = ledger::keyText(row->key, "closes").value_or("");
    std::optional<RecordId> found;
    std::string latest;
    HZ_CHECK(home.state().eachNaming("window", *ledgerId, [&](RecordReading&& reading) -> Result<void> {
        const std::string day = ledger::keyText(reading.record.key, "closes").value_or("");
        if (!reading.isGone && ledger::keyText(reading.record.key, "ledger") == *ledgerId && day < closes &&
            day > latest) {
            latest = day;
            found = reading.record.id;
        }
        return {};
    }));
    return found;
}

// -- after approval

Result<void> addAfterApproval(Home& home, const WindowTask& task, std::vector<Contradiction>& all) {
    for (const WindowFiling& filing : task.filings) {
        HZ_TRY(const std::size_t edits, editsSinceApproval(home, filing.reading));
        if (edits == 0) {
            continue;
        }
        Contradiction found = about(task, ContradictionKind::afterApproval, {"approved"});
        found.units.push_back(unitOf(home, filing));
        found.editsSinceApproval = edits;
        found.text = filing.unitName + "的填报认可后又改动" + std::to_string(found.editsSinceApproval) + "处";
        all.push_back(std::move(found));
    }
    return {};
}

}  // namespace

bool namesAnEvent(std::string_view sentence, std::string_view known) {
    static const ledger::Pattern kDay(
        u"[0-9一二三四五六七八九十]{1,3}月[0-9一二三四五六七八九十]{1,3}[日号]");
    static const ledger::Pattern kNumber(u"[0-9]+(?![0-9]*[%年号])");
    const std::u16string words = bareWords(sentence);
    const bool isDated = words.size() >= kDatedCharactersMin && kDay.isIn(words);
    const bool isCounted = words.size() >= kCountedCharactersMin && kNumber.isIn(words);
    return (isDated || isCounted) && bareWords(known).find(words) == std::u16string::npos;
}

Result<std::vector<Contradiction>> contradictions(Home& home, const RecordId& window) {
    ledger::Succession succession(home.state());
    HZ_TRY(std::vector<WindowTask> tasks, windowTasks(home, succession, window, std::nullopt));
    HZ_TRY(const std::optional<RecordId> earlier, windowBefore(home, window));
    FiguresBefore before;
    if (earlier) {
        HZ_TRY(const std::vector<WindowTask> past, windowTasks(home, succession, *earlier, std::nullopt));
        before = figuresOf(home, past);
    }
    std::vector<Contradiction> all;
    for (WindowTask& task : tasks) {
        std::erase_if(task.filings, [](const WindowFiling& filing) { return !filing.wasSubmitted(); });
        addLeadDone(home, task, all);
        addFigureFell(home, task, before, all);
        addPercentStatus(home, task, all);
        HZ_CHECK(addBelowTarget(home, succession, task, all));
        addSameEvent(home, task, all);
        HZ_CHECK(addAfterApproval(home, task, all));
    }
    return all;
}

}  // namespace hezhang::office
