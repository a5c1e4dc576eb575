// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/paragraph.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/ledger/one_transaction.h"

namespace hezhang::office {

using ledger::FilingState;
using ledger::Home;
using sync::OpKind;
using sync::RecordReading;

std::string_view name(ParagraphState state) {
    switch (state) {
    case ParagraphState::composed:
        return "composed";
    case ParagraphState::edited:
        return "edited";
    case ParagraphState::merged:
        return "merged";
    case ParagraphState::overlap:
        return "overlap";
    }
    return "";
}

namespace {

constexpr std::string_view kTextCell = "text";
constexpr std::string_view kBaseCell = "composed";

// A filing with what decides where it stands.
struct PlacedFiling {
    ParagraphFiling filing;
    std::size_t rank = ledger::kUnitRoles.size();
    std::string firstName;
    std::optional<std::int64_t> count;
};

struct WindowParts {
    std::map<RecordId, std::vector<PlacedFiling>> filings;  // by task
    std::map<RecordId, RecordReading> edits;                // by task
};

// Reads one paragraph or all of a window.
class Composer {
public:
    Composer(Home& home, const RecordId& window)
        : m_home(home), m_succession(home.state()), m_window(window) {}

    Result<std::vector<Paragraph>> read(const std::optional<RecordId>& only) {
        HZ_TRY(const sync::ScopeState scopes, m_home.replica().scopeState());
        m_isWhole = sync::holdsScope(scopes.held, "any");
        HZ_TRY(const std::vector<RecordReading> tasks, only ? oneTask(*only) : tasksOfLedger());
        const RecordId named = only.value_or(m_window);
        HZ_CHECK(readFilings(tasks, named));
        HZ_CHECK(readEdits(named));
        std::vector<Paragraph> paragraphs;
        for (const RecordReading& task : tasks) {
            HZ_TRY(Paragraph one, paragraphOf(task.record.id));
            paragraphs.push_back(std::move(one));
        }
        return paragraphs;
    }

private:
    Result<RecordId> ledgerOfWindow() {
        HZ_TRY(const std::optional<RecordReading> window, m_home.state().read(m_window));
        if (!window || window->isGone || window->record.key.registerName != "window") {
            return fail(ErrorCode::unknownRecord, "the window is not here");
        }
        return ledger::keyId(window->record.key, "ledger").value_or(RecordId{});
    }
    Result<std::vector<RecordReading>> oneTask(const RecordId& task) {
        HZ_TRY(const RecordId ledgerId, ledgerOfWindow());
        HZ_TRY(std::optional<RecordReading> reading, m_home.state().read(task));
        if (!reading || reading->isGone || reading->record.key.registerName != "task") {
            return fail(ErrorCode::unknownRecord, "the task is not here");
        }
        if (ledger::keyId(reading->record.key, "ledger") != ledgerId) {
            return fail(ErrorCode::badInput, "the window is of another ledger than the task");
        }
        std::vector<RecordReading> tasks;
        tasks.push_back(std::move(*reading));
        return tasks;
    }
    Result<std::vector<RecordReading>> tasksOfLedger() {
        HZ_TRY(const RecordId ledgerId, ledgerOfWindow());
        std::vector<RecordReading> tasks;
        HZ_CHECK(
            m_home.state().eachNaming("task", ledgerId.hex(), [&](RecordReading&& reading) -> Result<void> {
                if (!reading.isGone && ledger::keyId(reading.record.key, "ledger") == ledgerId) {
                    tasks.push_back(std::move(reading));
                }
                return {};
            }));
        std::ranges::sort(tasks, {}, [](const RecordReading& task) {
            return std::pair(ledger::keyInteger(task.record.key, "serial"), task.record.id);
        });
        return tasks;
    }
    // Whether a record of the registers with a task and a window is one of those asked for.
    [[nodiscard]] std::optional<RecordId> taskOf(const RecordReading& reading) const {
        const bool isOfWindow = ledger::keyId(reading.record.key, "window") == m_window;
        return isOfWindow && !reading.isGone ? ledger::keyId(reading.record.key, "task") : std::nullopt;
    }
    Result<void> readFilings(const std::vector<RecordReading>& tasks, const RecordId& named) {
        std::map<RecordId, std::vector<ledger::UnitPart>> parts;
        for (const RecordReading& task : tasks) {
            HZ_TRY(parts[task.record.id], ledger::partsIn(m_succession, task));
        }
        HZ_CHECK(
            m_home.state().eachNaming("filing", named.hex(), [&](RecordReading&& reading) -> Result<void> {
                const auto task = taskOf(reading);
                if (task && parts.contains(*task) && !reading.cells.empty()) {
                    HZ_TRY(PlacedFiling placed, place(reading, parts.at(*task)));
                    m_parts.filings[*task].push_back(std::move(placed));
                }
                return {};
            }));
        for (auto& [task, filings] : m_parts.filings) {
            std::ranges::sort(filings, {}, [](const PlacedFiling& one) {
                return std::tuple(one.rank, one.firstName, one.filing.source.filing);
            });
        }
        return {};
    }
    Result<PlacedFiling> place(const RecordReading& reading, const std::vector<ledger::UnitPart>& parts) {
        PlacedFiling placed;
        ParagraphFiling& filing = placed.filing;
        const RecordId unit = ledger::keyId(reading.record.key, "unit").value_or(RecordId{});
        filing.source = {reading.record.id, unit, {}};
        HZ_TRY(filing.source.unitName, ledger::unitLabel(m_succession, m_home.state(), unit));
        HZ_TRY(const RecordId standing, m_succession.standing(unit));
        for (const ledger::UnitPart& part : parts) {
            const auto* const role = std::ranges::find(ledger::kUnitRoles, part.role);
            const auto rank = static_cast<std::size_t>(role - ledger::kUnitRoles.begin());
            if (part.unit == standing && rank < placed.rank) {
                placed.rank = rank;
                filing.role = part.role;
            }
        }
        HZ_TRY(const std::optional<sync::RecordRow> unitRecord, m_home.store().record(unit));
        placed.firstName = unitRecord ? ledger::keyText(unitRecord->key, "first_name").value_or("") : "";
        HZ_TRY(filing.state, ledger::filingState(m_home, reading));
        filing.isTaken = filing.state == FilingState::submitted || filing.state == FilingState::changed;
        filing.text = ledger::cellText(reading, "text");
        const auto text = reading.cells.find("text");
        filing.hasConflict =
            text != reading.cells.end() && text->second.view.state == sync::CellState::conflict;
        if (const auto count = reading.cells.find("done_count"); count != reading.cells.end()) {
            placed.count = count->second.view.sum;
        }
        return placed;
    }
    Result<void> readEdits(const RecordId& named) {
        return m_home.state().eachNaming("paragraph", named.hex(),
                                         [&](RecordReading&& reading) -> Result<void> {
                                             if (const auto task = taskOf(reading)) {
                                                 m_parts.edits.emplace(*task, std::move(reading));
                                             }
                                             return {};
                                         });
    }
    void takeFilings(Paragraph& result) {
        std::vector<UnitText> texts;
        std::set<RecordId> counted;
        for (const PlacedFiling& placed : m_parts.filings[result.task]) {
            if (placed.filing.isTaken) {
                texts.push_back({placed.filing.source, placed.filing.text});
                if (placed.count) {
                    result.sum += *placed.count;
                    counted.insert(placed.filing.source.unit);
                }
            }
            result.filings.push_back(placed.filing);
        }
        result.unitsCounted = counted.size();
        result.composed = compose(texts);
    }
    Result<Paragraph> paragraphOf(const RecordId& task) {
        Paragraph result;
        result.task = task;
        result.window = m_window;
        result.isWhole = m_isWhole;
        takeFilings(result);
        result.text = textOf(result.composed);
        result.base = baseOf(m_home.suite(), result.text);
        if (const auto edit = m_parts.edits.find(task); edit != m_parts.edits.end()) {
            HZ_CHECK(takeEdit(edit->second, result));
        }
        result.sentences = withSources(result.text, result.composed);
        return result;
    }
    Result<void> takeEdit(const RecordReading& reading, Paragraph& result) {
        HZ_TRY(const ledger::CellShown shown,
               ledger::shownCell(m_home, reading.record, std::string(kTextCell)));
        result.seen = shown.seen;
        result.hasConflict = shown.state == sync::CellState::conflict;
        const std::vector<EditedText> edits = editsIn(reading);
        if (edits.empty()) {
            return {};
        }
        const std::string composed = std::move(result.text);
        sync::ProseMerge merge = mergeParagraph(m_home.suite(), edits, composed);
        result.text = std::move(merge.text);
        if (merge.overlap) {
            result.state = ParagraphState::overlap;
        } else if (result.text != composed) {
            result.state =
                result.text == edits.front().text ? ParagraphState::edited : ParagraphState::merged;
        }
        return {};
    }
    // Every value of the text with the base that was written with it; what was written without one rests on
    // what an earlier text rested on.
    [[nodiscard]] std::vector<EditedText> editsIn(const RecordReading& reading) const {
        const std::vector<std::string> bases = ledger::cellElements(reading, kBaseCell);
        std::vector<EditedText> edits;
        const auto cell = reading.cells.find(kTextCell);
        for (const sync::LiveRow& row :
             cell == reading.cells.end() ? std::vector<sync::LiveRow>{} : cell->second.rows) {
            const std::string text(row.value.asText().value_or(""));
            const std::string mark = markOf(m_home.suite(), text);
            const auto own =
                std::ranges::find_if(bases, [&](const std::string& base) { return base.starts_with(mark); });
            const std::string marked = own != bases.end() ? *own : bases.empty() ? mark : bases.front();
            if (!text.empty()) {
                edits.push_back({marked.substr(std::min(marked.size(), kBaseDigits)), text});
            }
        }
        return edits;
    }

    Home& m_home;
    ledger::Succession m_succession;
    RecordId m_window;
    bool m_isWhole = false;
    WindowParts m_parts;
};

// Which composed text the office's text rests on now, behind the mark of that text: just the one.
Result<void> writeBase(Home& home, const RecordId& record, const std::string& base) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(record));
    const std::vector<std::string> known =
        reading ? ledger::cellElements(*reading, kBaseCell) : std::vector<std::string>{};
    ledger::EditRequest edit{.record = record, .field = std::string(kBaseCell)};
    for (const std::string& one : known) {
        if (one != base) {
            edit.kind = OpKind::remove;
            edit.text = one;
            HZ_TRY([[maybe_unused]] const sync::EditAnswer removed, home.edit(edit));
        }
    }
    if (!base.empty() && std::ranges::find(known, base) == known.end()) {
        edit.kind = OpKind::add;
        edit.text = base;
        HZ_TRY([[maybe_unused]] const sync::EditAnswer added, home.edit(edit));
    }
    return {};
}

}  // namespace

Result<Paragraph> paragraph(Home& home, const RecordId& task, const RecordId& window) {
    HZ_TRY(std::vector<Paragraph> one, Composer(home, window).read(task));
    return std::move(one.front());
}

Result<std::vector<Paragraph>> paragraphs(Home& home, const RecordId& window) {
    return Composer(home, window).read(std::nullopt);
}

Result<sync::EditAnswer> editParagraph(Home& home, const ParagraphEdit& edit) {
    if (edit.base && !isBase(*edit.base)) {
        return fail(ErrorCode::badInput, "the base is not one that a paragraph was shown with");
    }
    return ledger::inOneTransaction(home, [&]() -> Result<sync::EditAnswer> {
        HZ_TRY(const Paragraph now, paragraph(home, edit.task, edit.window));
        ledger::EditRequest request;
        request.registerName = "paragraph";
        request.key = {{"task", edit.task.hex()}, {"window", edit.window.hex()}};
        request.field = std::string(kTextCell);
        request.text = edit.text;
        request.seen = edit.seen;
        HZ_TRY(sync::EditAnswer answer, home.edit(request));
        const std::string base = markOf(home.suite(), edit.text) + edit.base.value_or(now.base);
        HZ_CHECK(writeBase(home, answer.record, edit.text.empty() ? "" : base));
        return answer;
    });
}

}  // namespace hezhang::office
