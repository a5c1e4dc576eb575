// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/form_filling.h"

#include <algorithm>
#include <set>

#include "schema/text_rules.h"
#include "src/documents/task_progress.h"

namespace hezhang::documents {

namespace {

// 2023-08-15 as it is printed: 2023年8月15日. What is no date stays.
std::string printedDate(const std::string& iso) {
    if (!schema::isDate(iso)) {
        return iso;
    }
    const auto part = [&](std::size_t at, std::size_t length) {
        return std::to_string(std::stoi(iso.substr(at, length)));
    };
    return part(0, 4) + "年" + part(5, 2) + "月" + part(8, 2) + "日";
}

// --- cells ---

bool isPlainNumber(const std::string& text) {
    const bool isDigits =
        !text.empty() && text.size() < 10 && text.find_first_not_of("0123456789") == std::string::npos;
    return isDigits && (text.size() == 1 || text[0] != '0');
}

PrintedCell cell(const std::string& text, const RecordId& record, CellKind kind = CellKind::text) {
    return {printable(text), kind, {record}};
}

PrintedCell numberCell(const std::string& text, const RecordId& record) {
    return cell(text, record, isPlainNumber(text) ? CellKind::number : CellKind::text);
}

PrintedCell dateCell(const std::string& text, const RecordId& record) {
    return cell(text, record, schema::isDate(text) ? CellKind::date : CellKind::text);
}

PrintedCell progressCell(const ProgressText& progress) {
    return {printable(progress.text), CellKind::text, progress.records};
}

PrintedCell cellOf(FormField field, const FilingReading& filing) {
    const RecordId& record = filing.record;
    switch (field) {
    case FormField::unit:
        return cell(filing.unit, record);
    case FormField::window:
        return dateCell(filing.window, record);
    case FormField::status:
        return cell(filing.status, record);
    case FormField::percent:
        return numberCell(filing.percent, record);
    case FormField::doneCount:
        return numberCell(filing.doneCount, record);
    case FormField::text:
        return cell(filing.text, record);
    case FormField::state:
        return cell(filing.state, record);
    case FormField::evidence:
        return numberCell(filing.evidence, record);
    case FormField::author:
        return cell(filing.author, record);
    case FormField::at:
        return cell(filing.at, record);
    case FormField::verified:
        return cell(filing.verified, record);
    case FormField::conflict:
        return cell(filing.conflict, record);
    default:
        return {};
    }
}

PrintedCell cellOf(FormField field, const TaskReading& task, const FilingReading* filing) {
    const RecordId& record = task.record;
    switch (field) {
    case FormField::serial:
        return numberCell(std::to_string(task.serial), record);
    case FormField::number:
        return numberCell(task.number.empty() ? std::to_string(task.serial) : task.number, record);
    case FormField::section:
        return cell(task.section, record);
    case FormField::item:
        return cell(task.item, record);
    case FormField::content:
        return cell(task.content, record);
    case FormField::indicator:
        return cell(task.indicator, record);
    case FormField::responsible:
        return cell(task.responsible, record);
    case FormField::deadline:
        return dateCell(task.deadline, record);
    case FormField::due:
        return dateCell(task.due, record);
    case FormField::progress:
        return progressCell(progressText(task));
    case FormField::ownProgress:
        return progressCell(ownProgressText(task));
    case FormField::worksheet: {
        PrintedCell sheet = cell(task.worksheet, record);
        sheet.records.insert(sheet.records.end(), task.checks.begin(), task.checks.end());
        return sheet;
    }
    case FormField::counted:
        return cell(task.counted, record);
    default:
        return filing == nullptr ? PrintedCell{} : cellOf(field, *filing);
    }
}

// --- tables ---

PrintedRow rowOf(const FormTable& form, const TaskReading& task, const FilingReading* filing) {
    PrintedRow row;
    for (const FormColumn& column : form.columns) {
        row.cells.push_back(cellOf(column.field, task, filing));
    }
    return row;
}

// Equal neighbours below each other become one cell; a section's title parts them.
void mergeColumn(std::vector<PrintedRow>& rows, std::size_t column) {
    PrintedCell* top = nullptr;
    for (PrintedRow& row : rows) {
        if (row.cells.empty()) {
            top = nullptr;
            continue;
        }
        PrintedCell& here = row.cells[column];
        if (top != nullptr && !here.text.empty() && top->text == here.text) {
            ++top->rowSpan;
            here.rowSpan = 0;
        } else {
            top = &here;
        }
    }
}

PrintedTable taskTable(const FormTable& form, const LedgerReading& reading) {
    PrintedTable table{form.name, form.columns, {}};
    std::string section;
    for (const TaskReading& task : reading.tasks) {
        if (task.section != section && !task.section.empty()) {
            section = task.section;
            table.rows.push_back({printable(section), {}});
        }
        table.rows.push_back(rowOf(form, task, nullptr));
    }
    for (std::size_t column = 0; column < form.columns.size(); ++column) {
        if (form.columns[column].isMerged) {
            mergeColumn(table.rows, column);
        }
    }
    return table;
}

PrintedTable filingTable(const FormTable& form, const LedgerReading& reading) {
    PrintedTable table{form.name, form.columns, {}};
    for (const TaskReading& task : reading.tasks) {
        for (const FilingReading& filing : task.filings) {
            table.rows.push_back(rowOf(form, task, &filing));
        }
        if (task.filings.empty()) {
            table.rows.push_back(rowOf(form, task, nullptr));
        }
    }
    return table;
}

PrintedTable tableOf(const FormTable& form, const LedgerReading& reading) {
    return form.rows == RowKind::task ? taskTable(form, reading) : filingTable(form, reading);
}

// --- what the places of a text say ---

struct UnitCounts {
    std::string name;
    RecordId unit;
    int asked = 0;
    std::vector<std::int64_t> missing{};  // serials, ascending
    // Those that were granted more time, and until when: whoever signs the circular has to know.
    std::vector<std::pair<std::int64_t, std::string>> extended{};
    [[nodiscard]] std::size_t open() const { return missing.size() + extended.size(); }
};

// 1、9、15—18: three or more in a row are written as from and to.
std::string serialsText(const std::vector<std::int64_t>& serials) {
    std::string text;
    for (std::size_t from = 0; from < serials.size();) {
        std::size_t to = from;
        while (to + 1 < serials.size() && serials[to + 1] == serials[to] + 1) {
            ++to;
        }
        to = to - from >= 2 ? to : from;
        text += (text.empty() ? "" : "、") + std::to_string(serials[from]);
        text += to > from ? "—" + std::to_string(serials[to]) : "";
        from = to + 1;
    }
    return text;
}

std::string tasksText(const UnitCounts& unit) {
    std::string text = serialsText(unit.missing);
    for (const auto& [serial, day] : unit.extended) {
        text +=
            (text.empty() ? "" : "、") + std::to_string(serial) + "（已同意延期至" + printedDate(day) + "）";
    }
    return text;
}

std::vector<UnitCounts> missingUnits(const office::Matrix& matrix) {
    std::vector<UnitCounts> units;
    for (std::size_t unit = 0; unit < matrix.units.size(); ++unit) {
        UnitCounts counts{matrix.units[unit].name, matrix.units[unit].unit};
        for (std::size_t task = 0; task < matrix.tasks.size(); ++task) {
            const office::MatrixCell& at = matrix.at(task, unit);
            counts.asked += at.isAsked && at.isHeld ? 1 : 0;
            if (at.isMissing() && at.extendedTo.empty()) {
                counts.missing.push_back(matrix.tasks[task].serial);
            } else if (at.isMissing()) {
                counts.extended.emplace_back(matrix.tasks[task].serial, at.extendedTo);
            }
        }
        if (counts.open() > 0) {
            units.push_back(std::move(counts));
        }
    }
    return units;
}

// One decimal, rounded half up; a hundred only where it is all.
std::string percentText(int part, int whole) {
    if (whole == 0 || part == whole) {
        return "100";
    }
    const int tenths = std::min(999, (part * 2000 + whole) / (2 * whole));
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

class Places {
public:
    Places(const LedgerReading& reading, const office::Matrix* matrix)
        : m_reading(reading),
          m_matrix(matrix),
          m_missing(matrix ? missingUnits(*matrix) : std::vector<UnitCounts>()) {
        for (const TaskReading& task : reading.tasks) {
            for (const FilingReading& filing : task.filings) {
                m_filings += 1;
                m_units.insert(filing.unitId);
                if (!filing.text.empty() && (m_latest == nullptr || m_latest->at < filing.at)) {
                    m_latest = &filing;
                }
            }
        }
    }

    [[nodiscard]] const std::vector<UnitCounts>& missing() const { return m_missing; }

    [[nodiscard]] std::string text(std::string_view text) const {
        return printable(filledIn(text, [&](std::string_view name) { return value(name); }));
    }
    [[nodiscard]] std::string text(std::string_view text, const UnitCounts& unit) const {
        return printable(filledIn(text, [&](std::string_view name) {
            return name == "unit"           ? unit.name
                   : name == "unit_asked"   ? std::to_string(unit.asked)
                   : name == "unit_missing" ? std::to_string(unit.open())
                   : name == "unit_tasks"   ? tasksText(unit)
                                            : value(name);
        }));
    }
    // A text that names something that is not there is not printed: no "年" without its number.
    [[nodiscard]] bool isKnown(std::string_view text) const {
        bool isKnown = true;
        (void)filledIn(text, [&](std::string_view name) {
            isKnown = isKnown && !value(name).empty();
            return "";
        });
        return isKnown;
    }

private:
    [[nodiscard]] std::string value(std::string_view name) const {
        if (name == "ledger") {
            return m_reading.title;
        }
        if (name == "year") {
            return m_reading.year;
        }
        if (name == "issuer") {
            return m_reading.issuer;
        }
        if (name == "unit") {
            return m_reading.unit;
        }
        if (name == "window") {
            return printedDate(m_reading.window);
        }
        if (name == "contact") {
            return !m_reading.contact.empty() ? m_reading.contact
                   : m_latest == nullptr      ? ""
                                              : m_latest->author;
        }
        if (name == "phone") {
            return m_reading.contactPhone;
        }
        if (name == "filled") {
            return m_latest == nullptr ? "" : printedDate(m_latest->day);
        }
        if (name == "filings") {
            return std::to_string(m_filings);
        }
        return m_matrix == nullptr ? readCount(name) : windowCount(name);
    }
    [[nodiscard]] std::string readCount(std::string_view name) const {
        return name == "tasks"   ? std::to_string(m_reading.tasks.size())
               : name == "units" ? std::to_string(m_units.size())
                                 : "";
    }
    [[nodiscard]] std::string windowCount(std::string_view name) const {
        const office::WindowCounts& counts = m_matrix->window.counts;
        return name == "tasks"           ? std::to_string(m_matrix->tasks.size())
               : name == "units"         ? std::to_string(m_matrix->units.size())
               : name == "asked"         ? std::to_string(counts.asked)
               : name == "submitted"     ? std::to_string(counts.submitted)
               : name == "missing"       ? std::to_string(counts.missing())
               : name == "percent"       ? percentText(counts.submitted, counts.asked)
               : name == "units_missing" ? std::to_string(m_missing.size())
                                         : "";
    }

    const LedgerReading& m_reading;
    const office::Matrix* m_matrix;
    std::vector<UnitCounts> m_missing;
    std::set<RecordId> m_units;
    std::size_t m_filings = 0;
    const FilingReading* m_latest = nullptr;
};

void addHead(PrintedForm& printed, const FormTemplate& form, const Places& places) {
    for (const FormHead& head : form.head) {
        const bool isKnown = !head.value.empty() && places.isKnown(head.value);
        if (isKnown || head.isKept) {
            printed.head.push_back({head.label, isKnown ? places.text(head.value) : ""});
        }
    }
}

void addText(PrintedForm& printed, const FormTemplate& form, const Places& places) {
    const BlockWhen now = places.missing().empty() ? BlockWhen::noneMissing : BlockWhen::someMissing;
    for (const FormBlock& block : form.text) {
        if (block.when != BlockWhen::always && block.when != now) {
            continue;
        }
        if (!block.isEachMissingUnit) {
            printed.text.push_back({block.style, places.text(block.text)});
            continue;
        }
        for (const UnitCounts& unit : places.missing()) {
            printed.text.push_back({block.style, places.text(block.text, unit), {unit.unit}});
        }
    }
}

}  // namespace

PrintedForm filledForm(const FormTemplate& form, const LedgerReading& reading, const office::Matrix* matrix) {
    const Places places(reading, matrix);
    PrintedForm printed;
    printed.name = form.name;
    printed.title = places.text(form.heading);
    printed.page = form.page;
    printed.fonts = form.fonts;
    printed.seal = form.seal;
    addHead(printed, form, places);
    addText(printed, form, places);
    for (const auto* table : {&form.table, &form.details}) {
        if (*table) {
            printed.tables.push_back(tableOf(**table, reading));
        }
    }
    return printed;
}

}  // namespace hezhang::documents
