// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_finish.h"

#include <algorithm>
#include <set>

#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Date;
using ledger::DeadlineBasis;
using ledger::Pattern;
using ledger::UnitRole;
using Text = std::u16string;

class Finisher {
public:
    Finisher(RawTable table, const Surroundings& around, const ImportOptions& options)
        : m_table(std::move(table)), m_around(around), m_calendar(options.calendar) {
        const DocumentHead head = readHead(around);
        for (const auto& [line, note] : m_table.notes) {
            m_around.after.push_back({line, note});
        }
        m_document.title = head.title;
        m_document.edition = head.edition;
        m_document.issuer = head.issuer;
        m_document.year = options.year ? options.year : head.year;
        m_yearDoubt = options.year ? std::string() : head.yearDoubt;
        m_document.referenceDate = head.date;
        m_document.warnings = std::move(m_table.warnings);
    }

    ImportedDocument finish() {
        if (!m_document.year) {
            warn(0, "the document names no year: months without a year get no date");
        } else if (!m_yearDoubt.empty()) {
            warn(0, m_yearDoubt);
        }
        if (const auto basis = this->basis()) {
            m_document.windows = readWindows(m_around, *basis);
        }
        for (auto& raw : m_table.tasks) {
            addTask(raw);
        }
        addCommonUnits();
        makeFirstUnitsLead();
        fillSections();
        checkTotals();
        checkNumbers();
        checkGaps();
        return std::move(m_document);
    }

private:
    void warn(int line, std::string text) { m_document.warnings.push_back({line, std::move(text)}); }

    // The document's own date, else 1 January of the plan year.
    [[nodiscard]] std::optional<DeadlineBasis> basis() const {
        const auto year = m_document.year;
        if (m_document.referenceDate) {
            return DeadlineBasis{*m_document.referenceDate, year, m_calendar};
        }
        const auto newYear = year ? Date::of(*year, 1, 1) : std::nullopt;
        if (!newYear) {
            return std::nullopt;
        }
        return DeadlineBasis{*newYear, year, m_calendar};
    }

    void addTask(RawTask& raw) {
        ImportedTask task;
        task.serial = static_cast<int>(m_document.tasks.size()) + 1;
        task.line = raw.line;
        task.ordinal = raw.ordinal.empty() ? std::to_string(task.serial) : ledger::toUtf8(raw.ordinal);
        task.item = ledger::toUtf8(raw.item);
        task.content = ledger::toUtf8(raw.content);
        task.indicator = ledger::toUtf8(raw.indicator);
        task.progress = ledger::toUtf8(raw.progress);
        readUnits(raw, task);
        readDeadline(raw, task);
        m_document.tasks.push_back(std::move(task));
    }

    void readUnits(const RawTask& raw, ImportedTask& task) {
        static constexpr const char* kLabels[] = {"牵头单位：", "责任单位：", "配合单位："};
        for (const auto& [role, text] : raw.units) {
            const std::string phrase = ledger::toUtf8(text);
            if (!task.responsibleText.empty()) {
                task.responsibleText += "；";
            }
            if (role != UnitRole::responsible || raw.units.size() > 1) {
                task.responsibleText += kLabels[static_cast<std::size_t>(role)];
            }
            task.responsibleText += phrase;
            const auto read = ledger::parseUnits(phrase, role);
            for (const auto& unit : read.units) {
                addUnit(task.units, unit);
            }
            for (const auto& warning : read.warnings) {
                warn(task.line, numbered(task) + ": " + warning);
            }
        }
    }

    // A lead that is listed among the responsible ones too stays one entry.
    static void addUnit(std::vector<ledger::PhraseUnit>& units, const ledger::PhraseUnit& unit) {
        const auto same =
            std::find_if(units.begin(), units.end(), [&](auto& u) { return u.name == unit.name; });
        if (same == units.end()) {
            units.push_back(unit);
        } else {
            same->role = std::min(same->role, unit.role);
        }
    }

    void readDeadline(const RawTask& raw, ImportedTask& task) {
        task.deadlineText = ledger::toUtf8(raw.deadline);
        const auto basis = this->basis();
        // Without a year only what needs none is read: a full date, an ongoing duty.
        const DeadlineBasis any = basis.value_or(DeadlineBasis{*Date::of(1, 1, 1), std::nullopt, m_calendar});
        const auto deadline = ledger::parseDeadline(task.deadlineText, any);
        const bool known = basis || (deadline.due && deadline.due->year() > 2000);
        if (known) {
            task.due = deadline.due;
        }
        task.recurrence = deadline.recurrence;
        task.deadlineNote = deadline.note;
        if (deadline.doubtful) {
            warn(task.line, numbered(task) + ": " + deadline.note);
        } else if (task.due && !deadline.others.empty() && deadline.recurrence == ledger::Recurrence::none) {
            warnOfSeveralDates(task, deadline.others);
        }
        if (deadline.isProvisional && task.due) {
            warn(task.line, numbered(task) + " is due " + task.due->text() +
                                " provisionally: the holidays of a year on the way are not announced yet");
        }
        if (basis) {
            readDatesInContent(raw, task, *basis);
        }
    }

    // 6月底前制定方案，9月底前公布: the first is due, and the others must be seen.
    void warnOfSeveralDates(const ImportedTask& task, const std::vector<Date>& others) {
        std::string dates;
        for (const Date& other : others) {
            dates += (dates.empty() ? "" : ", ") + other.text();
        }
        warn(task.line,
             numbered(task) + " names several dates: " + task.due->text() + " is taken, also " + dates);
    }

    // The cell decides, but a sentence that says otherwise must be seen.
    void readDatesInContent(const RawTask& raw, ImportedTask& task, const DeadlineBasis& basis) {
        static const Pattern date(
            u"(?:每年|每半年|每季度|每月)?(?:20\\d{2}年)?(?:\\d{1,2}月(?:底|份|\\d{1,2}[日号])(?:[、和]\\d{1,"
            u"2}月\\d{1,2}[日号])*之?以?前|(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月底前?|年底前|年底之前)|"
            u"不晚于\\d{1,2}月份?|每半年|"
            u"每季度最后1?一?个?月\\d{1,2}[日号]前");
        for (const auto& match : date.findAll(raw.content)) {
            const auto said = ledger::parseDeadline(ledger::toUtf8(match.groups[0]), basis);
            if (!said.due || said.due == task.due) {
                continue;
            }
            task.datesInContent.push_back(ledger::toUtf8(match.groups[0]));
            if (task.due) {
                warn(task.line, numbered(task) + ": the text names " + said.due->text() +
                                    ", the deadline is " + task.due->text());
            }
        }
    }

    static std::string numbered(const ImportedTask& task) { return "task " + std::to_string(task.serial); }

    // 以下任务均需各区落实: for every task behind the sentence.
    void addCommonUnits() {
        static const Pattern sentence(
            u"以下(?:各项|各|所有|重点)?任务(?:均|都)?(?:需|由|须|应)[^。；]{2,120}?(?:落实|负责|配合|参与|"
            u"执行)");
        for (const auto* lines : {&m_around.before, &m_around.after}) {
            for (const auto& line : *lines) {
                const auto match = sentence.find(ledger::withoutStrayBlanks(line.text));
                if (!match) {
                    continue;
                }
                const auto read = ledger::parseUnits(ledger::toUtf8(match->groups[0]));
                for (auto& task : m_document.tasks) {
                    if (task.line > line.number) {
                        for (const auto& unit : read.units) {
                            addUnit(task.units, unit);
                        }
                    }
                }
                warn(line.number, "a sentence gives its units to all tasks behind it");
            }
        }
    }

    // 列第一位的责任单位为牵头单位, said of the whole document or by the heading of a table.
    void makeFirstUnitsLead() {
        static const Pattern rule(
            u"(?:列|排)在?(?:第一|首)(?:位|个|名)?的?(?:责任)?(?:单位|部门)?(?:为|是)(?:牵头|主办|汇总|"
            u"第一责任)");
        std::optional<int> said;  // of all tasks
        for (const auto* lines : {&m_around.before, &m_around.after}) {
            for (const auto& line : *lines) {
                if (!said && rule.isIn(ledger::withoutStrayBlanks(line.text))) {
                    said = line.number;
                }
            }
        }
        if (!said && !m_table.firstLeads) {
            return;
        }
        warn(m_table.firstLeads.value_or(said.value_or(0)),
             "a sentence makes the first unit of each task its lead");
        for (std::size_t i = 0; i < m_document.tasks.size(); ++i) {
            ImportedTask& task = m_document.tasks[i];
            if (!said && !m_table.tasks[i].firstLeads) {
                continue;
            }
            const bool led = std::any_of(task.units.begin(), task.units.end(),
                                         [](auto& unit) { return unit.role == UnitRole::lead; });
            if (!led && !task.units.empty()) {
                task.units.front().role = UnitRole::lead;
            }
        }
    }

    void fillSections() {
        // Where further tables have titles, the tasks without a section are those of the document's own.
        std::vector<ImportedSection> sections{{m_document.title, {}}};
        for (const auto& title : m_table.sections) {
            sections.push_back({ledger::toUtf8(title), {}});
        }
        for (std::size_t i = 0; i < m_table.tasks.size(); ++i) {
            const int at = m_table.tasks[i].section;
            if (at >= 0 || m_table.isOfSeveralTitles) {
                const auto place = static_cast<std::ptrdiff_t>(at) + 1;
                sections[static_cast<std::size_t>(place)].tasks.push_back(m_document.tasks[i].serial);
            }
        }
        std::erase_if(sections, [](auto& section) { return section.tasks.empty(); });
        m_document.sections = std::move(sections);
    }

    // An item that is repeated after a page break is the same item.
    [[nodiscard]] int itemCount() const {
        std::set<std::pair<int, Text>> items;
        for (const auto& task : m_table.tasks) {
            if (!task.item.empty()) {
                items.emplace(task.section, task.item);
            }
        }
        return static_cast<int>(items.size());
    }

    void checkTotals() {
        const PromisedTotals promised = readTotals(m_around);
        check(promised.line, promised.sections, static_cast<int>(m_document.sections.size()), "sections");
        check(promised.line, promised.items, itemCount(), "items");
        check(promised.line, promised.tasks, static_cast<int>(m_document.tasks.size()), "tasks");
    }

    void check(int line, std::optional<int> promised, int found, const std::string& what) {
        if (promised && *promised != found) {
            warn(line, "the document claims " + std::to_string(*promised) + " " + what + ", " +
                           std::to_string(found) + " were found");
        }
    }

    void checkNumbers() {
        std::optional<int> last;
        for (const auto& raw : m_table.tasks) {
            const auto number = ordinalIn(raw.ordinal);
            if (number && last && *number != *last + 1 && *number != 1 && *number != *last) {
                warn(raw.line,
                     "number " + std::to_string(*number) + " follows number " + std::to_string(*last));
            }
            if (number) {
                last = number;
            }
        }
    }

    // What most tasks have and one has not.
    void checkGaps() {
        const auto& tasks = m_document.tasks;
        const auto count = [&](auto has) {
            return static_cast<std::size_t>(std::count_if(tasks.begin(), tasks.end(), has));
        };
        const auto hasUnits = [](const ImportedTask& task) { return !task.responsibleText.empty(); };
        const auto hasDeadline = [](const ImportedTask& task) { return !task.deadlineText.empty(); };
        const bool unitsUsual = count(hasUnits) * 2 > tasks.size();
        const bool deadlinesUsual = count(hasDeadline) * 2 > tasks.size();
        // Merged cells that a program has lost leave most of them without.
        if (const std::size_t with = count(hasUnits); !unitsUsual && with > 0 && with < tasks.size()) {
            warn(0,
                 std::to_string(tasks.size() - with) + " tasks lack units: merged cells may have been lost");
        }
        for (const auto& task : tasks) {
            const bool lacksUnits = unitsUsual && !hasUnits(task);
            const bool lacksDeadline = deadlinesUsual && !hasDeadline(task);
            if (!lacksUnits && !lacksDeadline) {
                continue;
            }
            const std::string lacking = lacksUnits && lacksDeadline ? "units and a deadline"
                                        : lacksUnits                ? "units"
                                                                    : "a deadline";
            const bool last = &task == &tasks.back();
            warn(task.line,
                 numbered(task) + " lacks " + lacking + (last ? ": the document may be cut off" : ""));
        }
    }

    RawTable m_table;
    Surroundings m_around;  // and the notes of the table
    ledger::WorkCalendar m_calendar;
    ImportedDocument m_document;
    std::string m_yearDoubt;
};

}  // namespace

ImportedDocument finishDocument(RawTable table, const Surroundings& around, const ImportOptions& options) {
    return Finisher(std::move(table), around, options).finish();
}

}  // namespace hezhang::documents
