// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/paragraph.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/ledger/one_transaction.h"
#include "src/office/window_filings.h"

namespace hezhang::office {

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

Result<sync::RecordKey> keyOf(Home& home, const RecordId& task, const RecordId& window) {
    return home.keyOf("paragraph", {{"task", task.hex()}, {"window", window.hex()}});
}

// Puts together what was read of a window.
class Composer {
public:
    Composer(Home& home, const RecordId& window) : m_home(home), m_window(window) {}

    Result<std::vector<Paragraph>> read(const std::optional<RecordId>& only) {
        HZ_TRY(const sync::ScopeState scopes, m_home.replica().scopeState());
        m_isWhole = sync::holdsScope(scopes.held, "any");
        ledger::Succession succession(m_home.state());
        HZ_TRY(const std::vector<WindowTask> tasks, windowTasks(m_home, succession, m_window, only));
        HZ_CHECK(readEdits(only.value_or(m_window)));
        std::vector<Paragraph> paragraphs;
        for (const WindowTask& task : tasks) {
            HZ_TRY(Paragraph one, paragraphOf(task));
            HZ_CHECK(takeTargets(succession, one));
            paragraphs.push_back(std::move(one));
        }
        return paragraphs;
    }

private:
    Result<void> readEdits(const RecordId& named) {
        return m_home.state().eachNaming(
            "paragraph", named.hex(), [&](RecordReading&& reading) -> Result<void> {
                const auto task = ledger::keyId(reading.record.key, "task");
                if (task && !reading.isGone && ledger::keyId(reading.record.key, "window") == m_window) {
                    m_edits.emplace(*task, std::move(reading));
                }
                return {};
            });
    }
    static void takeFilings(const WindowTask& task, Paragraph& result) {
        std::vector<UnitText> texts;
        std::set<RecordId> counted;
        for (const WindowFiling& one : task.filings) {
            const ParagraphSource source{one.record, one.unit, one.unitName};
            const std::string text = one.text("text");
            result.filings.push_back(
                {source, one.role, text, one.state, one.wasSubmitted(), one.isInConflict("text")});
            const std::optional<std::int64_t> count =
                one.wasSubmitted() ? one.number("done_count") : std::nullopt;
            if (one.wasSubmitted()) {
                texts.push_back({source, text});
            }
            if (count) {
                result.sum = ledger::addClamped(result.sum, *count);
                counted.insert(one.unit);
            }
        }
        result.unitsCounted = counted.size();
        result.composed = compose(texts);
    }
    Result<void> takeTargets(ledger::Succession& succession, Paragraph& result) {
        HZ_TRY(const ledger::TaskTallies tallies,
               ledger::taskTallies(m_home, succession, result.task, std::nullopt));
        for (const ledger::TargetTallies& one : tallies.targets) {
            const ledger::Tally sum = one.total();
            if (!one.isDropped && sum.isCounted && measureOf(one.target) != ledger::Measure::none) {
                result.targets.push_back({one.target, sum, one.byUnit.size()});
            }
        }
        return {};
    }
    Result<Paragraph> paragraphOf(const WindowTask& task) {
        Paragraph result;
        result.task = task.task;
        result.window = m_window;
        result.serial = task.serial;
        result.taskItem = task.item;
        result.taskContent = task.content;
        HZ_TRY(const sync::RecordKey key, keyOf(m_home, task.task, m_window));
        result.record = m_home.idOf(key);
        result.isWhole = m_isWhole;
        takeFilings(task, result);
        result.text = textOf(result.composed);
        result.base = baseOf(m_home.suite(), result.text);
        if (const auto edit = m_edits.find(task.task); edit != m_edits.end()) {
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
    RecordId m_window;
    bool m_isWhole = false;
    std::map<RecordId, RecordReading> m_edits;  // by task
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
