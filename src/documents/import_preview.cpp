// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_preview.h"

#include <algorithm>
#include <limits>

namespace hezhang::documents {

ImportPreview::ImportPreview(ImportedDocument document, std::vector<ledger::NamedUnit> county,
                             ledger::WorkCalendar calendar)
    : m_document(std::move(document)), m_county(std::move(county)), m_calendar(std::move(calendar)) {}

std::vector<PickedUnit> ImportPreview::unitsOf(std::size_t task) const {
    const ImportedTask& one = m_document.tasks.at(task);
    if (one.picked) {
        return *one.picked;
    }
    std::vector<PickedUnit> units;
    for (const ledger::PhraseUnit& phrase : one.units) {
        for (const RecordId& member : resolveUnit(m_county, phrase).members) {
            const PickedUnit unit{member, phrase.role};
            if (std::find(units.begin(), units.end(), unit) == units.end()) {
                units.push_back(unit);
            }
        }
    }
    return units;
}

std::string ImportPreview::sourceOf(std::size_t task) const {
    constexpr std::size_t kLinesMax = 40;
    const int first = m_document.tasks.at(task).line;
    int end = std::numeric_limits<int>::max();
    for (const ImportedTask& other : m_document.tasks) {
        if (other.line > first) {
            end = std::min(end, other.line);
        }
    }
    std::string text;
    std::size_t lines = 0;
    for (const SourceText& one : m_document.source) {
        if (one.line < first || one.line >= end || one.text.empty()) {
            continue;
        }
        if (++lines > kLinesMax) {
            return text + "\n…";
        }
        text += (text.empty() ? "" : "\n") + one.text;
    }
    return text;
}

std::vector<Doubt> ImportPreview::doubts() const {
    std::vector<Doubt> doubts;
    if (!m_document.year) {
        doubts.push_back({DoubtKind::year, 0, std::nullopt, ""});
    }
    for (const ImportWarning& warning : m_document.warnings) {
        doubts.push_back({DoubtKind::reader, warning.line, std::nullopt, warning.text});
    }
    for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
        const ImportedTask& task = m_document.tasks[i];
        if (isLeftOut(i)) {
            continue;
        }
        for (const ledger::PhraseUnit& phrase : task.units) {
            if (!task.picked && !resolveUnit(m_county, phrase).reason.empty()) {
                doubts.push_back({DoubtKind::unit, task.line, i, phrase.name});
            }
        }
        if (!task.deadlineText.empty() && !task.due && task.recurrence == ledger::Recurrence::none) {
            doubts.push_back({DoubtKind::deadline, task.line, i, task.deadlineText});
        }
    }
    std::stable_sort(doubts.begin(), doubts.end(),
                     [](const Doubt& a, const Doubt& b) { return a.line < b.line; });
    return doubts;
}

Result<void> ImportPreview::checkTask(std::size_t task) const {
    if (task >= m_document.tasks.size()) {
        return fail(ErrorCode::badInput, "the document has no such task");
    }
    return {};
}

Result<void> ImportPreview::setTitle(const std::string& title) {
    if (title.empty()) {
        return fail(ErrorCode::badInput, "a ledger needs a title");
    }
    m_document.title = title;
    return {};
}

Result<void> ImportPreview::setYear(int year) {
    if (!ledger::Date::of(year, 1, 1)) {
        return fail(ErrorCode::badInput, "no such year");
    }
    m_document.year = year;
    return {};
}

Result<void> ImportPreview::setText(std::size_t task, TaskText which, const std::string& text) {
    HZ_CHECK(checkTask(task));
    ImportedTask& one = m_document.tasks[task];
    switch (which) {
    case TaskText::ordinal:
        one.ordinal = text;
        break;
    case TaskText::item:
        one.item = text;
        break;
    case TaskText::indicator:
        one.indicator = text;
        break;
    case TaskText::content:
        if (text.empty()) {
            return fail(ErrorCode::badInput, "a task needs a content; it can be left out");
        }
        one.content = text;
        break;
    }
    return {};
}

Result<void> ImportPreview::setUnits(std::size_t task, std::vector<PickedUnit> units) {
    HZ_CHECK(checkTask(task));
    for (const PickedUnit& unit : units) {
        const bool isKnown = std::any_of(m_county.begin(), m_county.end(),
                                         [&](const ledger::NamedUnit& one) { return one.id == unit.unit; });
        if (!isKnown) {
            return fail(ErrorCode::unknownUnit, "the county has no such unit");
        }
    }
    m_document.tasks[task].picked = std::move(units);
    return {};
}

Result<void> ImportPreview::setDeadline(std::size_t task, const std::string& words,
                                        const std::optional<ledger::Date>& due) {
    HZ_CHECK(checkTask(task));
    if (!m_document.year) {
        return fail(ErrorCode::badInput, "give the year first: a deadline is read by it");
    }
    // As the reader does where the document has no date of its own.
    const ledger::Date reference =
        m_document.referenceDate.value_or(*ledger::Date::of(*m_document.year, 1, 1));
    const ledger::Deadline read = ledger::parseDeadline(
        words, {.reference = reference, .planYear = m_document.year, .calendar = m_calendar});
    ImportedTask& one = m_document.tasks[task];
    one.deadlineText = words;
    one.due = due ? due : read.due;
    one.recurrence = read.recurrence;
    one.deadlineNote = read.note;
    return {};
}

Result<void> ImportPreview::setLeftOut(std::size_t task, bool isLeftOut) {
    HZ_CHECK(checkTask(task));
    if (isLeftOut) {
        m_leftOut.insert(task);
    } else {
        m_leftOut.erase(task);
    }
    return {};
}

Result<ImportedDocument> ImportPreview::result() const {
    if (!m_document.year || m_document.title.empty()) {
        return fail(ErrorCode::badInput, "a ledger needs a year and a title");
    }
    ImportedDocument document = m_document;
    document.tasks.clear();
    std::set<int> gone;
    for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
        if (isLeftOut(i)) {
            gone.insert(m_document.tasks[i].serial);
        } else {
            document.tasks.push_back(m_document.tasks[i]);
        }
    }
    if (document.tasks.empty()) {
        return fail(ErrorCode::noTasks, "every task is left out");
    }
    for (ImportedSection& section : document.sections) {
        std::erase_if(section.tasks, [&](int serial) { return gone.contains(serial); });
    }
    std::erase_if(document.sections, [](const ImportedSection& section) { return section.tasks.empty(); });
    return document;
}

}  // namespace hezhang::documents
