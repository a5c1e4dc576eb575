// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/export.h"

#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "src/ledger/files.h"

namespace hezhang::documents {

using ledger::Home;

namespace {

constexpr FormInfo kForms[] = {{"consolidated", "合并台账", "Consolidated ledger", "xlsx csv"}};

// One filing of a unit, with who wrote it and when.
struct FilingLine {
    std::string unit;
    std::string window;
    std::string status;
    std::string percent;
    std::string doneCount;
    std::string text;
    std::string state;     // 已报送 报送后有改动 未报送
    std::string evidence;  // number of files
    std::string author;
    std::string at;
    std::string verified;
    std::string conflict;  // fields in conflict
};

struct TaskLines {
    std::int64_t serial = 0;
    std::string number;
    std::string section;
    std::string item;
    std::string content;
    std::string indicator;
    std::string responsible;
    std::string deadline;
    std::string due;
    std::string joint;
    std::string jointStatus;
    std::vector<FilingLine> filings;
};

std::string statusText(std::string_view status) {
    static const std::map<std::string_view, std::string> kTexts{{"not-started", "未启动"},
                                                                {"in-progress", "推进中"},
                                                                {"done", "已完成"},
                                                                {"ongoing", "长期坚持"},
                                                                {"blocked", "受阻"}};
    const auto text = kTexts.find(status);
    return text == kTexts.end() ? std::string(status) : text->second;
}

std::string textOfCell(const sync::RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    if (cell == reading.cells.end()) {
        return {};
    }
    const sync::Value& shown = cell->second.view.shown;
    const auto number = shown.asInteger();
    return number ? std::to_string(*number) : std::string(shown.asText().value_or(""));
}

std::int64_t serialOf(const sync::RecordKey& key) {
    for (const auto& [name, value] : key.fields) {
        if (name == "serial") {
            return value.asInteger().value_or(0);
        }
    }
    return 0;
}

Result<FilingLine> filingLine(Home& home, ledger::Succession& succession, const sync::RecordReading& filing) {
    FilingLine line;
    HZ_TRY(line.unit, ledger::unitLabel(succession, home.state(),
                                        ledger::keyId(filing.record.key, "unit").value_or(RecordId{})));
    if (const auto window = ledger::keyId(filing.record.key, "window")) {
        HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(*window));
        line.window = record ? ledger::keyText(record->key, "closes").value_or("") : "";
    }
    line.status = statusText(textOfCell(filing, "status"));
    line.percent = textOfCell(filing, "percent");
    line.text = textOfCell(filing, "text");
    line.verified = statusText(textOfCell(filing, "verified_status"));
    if (const auto count = filing.cells.find("done_count"); count != filing.cells.end()) {
        line.doneCount = std::to_string(count->second.view.sum);
    }
    if (const auto evidence = filing.cells.find("evidence"); evidence != filing.cells.end()) {
        line.evidence = std::to_string(evidence->second.view.elements.size());
    }
    const Hash now = ledger::fingerprintOf(home.state(), filing);
    HZ_TRY(const std::vector<sync::Value> submitted, home.state().elements(filing.record.id, "submitted"));
    const bool isSubmitted =
        std::find(submitted.begin(), submitted.end(), sync::Value::text(now.hex())) != submitted.end();
    line.state = isSubmitted ? "已报送" : submitted.empty() ? "未报送" : "报送后有改动";
    const sync::LiveRow* latest = nullptr;
    for (const auto& [field, cell] : filing.cells) {
        if (cell.view.state == sync::CellState::conflict) {
            line.conflict += (line.conflict.empty() ? "" : "、") + field;
        }
        for (const sync::LiveRow& row : cell.rows) {
            latest = latest == nullptr || latest->order < row.order ? &row : latest;
        }
    }
    if (latest != nullptr) {
        HZ_TRY(const ledger::Authorship by,
               ledger::authorshipOf(home, latest->ref, latest->person, latest->at));
        line.author = by.personName;
        line.at = toIsoText(by.at);
    }
    return line;
}

Result<std::vector<TaskLines>> collect(Home& home, const ExportRequest& request, const Progress& progress) {
    std::map<RecordId, std::vector<FilingLine>> byTask;
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, request.unit ? succession.actsFor(*request.unit)
                                                        : Result<std::set<RecordId>>(std::set<RecordId>{}));
    HZ_TRY(const std::vector<sync::RecordRow> records, home.store().recordsOf("filing"));
    std::size_t read = 0;
    const auto take = [&](sync::RecordReading&& filing) -> Result<void> {
        HZ_CHECK(tell(progress, ++read, records.size() + 1));
        const bool isMeant =
            !filing.isGone &&
            (!request.unit ||
             units.contains(ledger::keyId(filing.record.key, "unit").value_or(RecordId{}))) &&
            (!request.window || ledger::keyId(filing.record.key, "window") == request.window);
        if (isMeant) {
            HZ_TRY(FilingLine line, filingLine(home, succession, filing));
            byTask[ledger::keyId(filing.record.key, "task").value_or(RecordId{})].push_back(std::move(line));
        }
        return {};
    };
    HZ_CHECK(home.state().each("filing", take));
    std::vector<TaskLines> tasks;
    HZ_CHECK(home.state().each("task", [&](sync::RecordReading&& task) -> Result<void> {
        if (task.isGone || ledger::keyId(task.record.key, "ledger") != request.ledger) {
            return {};
        }
        const std::set<RecordId> named = ledger::unitsOfTask(task);
        if (request.unit && std::none_of(named.begin(), named.end(),
                                         [&](const RecordId& unit) { return units.contains(unit); })) {
            return {};
        }
        TaskLines lines;
        lines.serial = serialOf(task.record.key);
        lines.number = textOfCell(task, "number");
        lines.item = textOfCell(task, "item");
        lines.content = textOfCell(task, "content");
        lines.indicator = textOfCell(task, "indicator");
        lines.responsible = textOfCell(task, "responsible_text");
        lines.deadline = textOfCell(task, "deadline_text");
        lines.due = textOfCell(task, "due");
        lines.joint = textOfCell(task, "joint_progress");
        lines.jointStatus = statusText(textOfCell(task, "joint_status"));
        if (const auto section = RecordId::fromHexText(textOfCell(task, "section"))) {
            HZ_TRY(lines.section, ledger::shownText(home.state(), *section, "title"));
        }
        lines.filings = std::move(byTask[task.record.id]);
        std::sort(lines.filings.begin(), lines.filings.end(), [](const FilingLine& a, const FilingLine& b) {
            return std::tie(a.window, a.unit) < std::tie(b.window, b.unit);
        });
        tasks.push_back(std::move(lines));
        return {};
    }));
    std::sort(tasks.begin(), tasks.end(),
              [](const TaskLines& a, const TaskLines& b) { return a.serial < b.serial; });
    return tasks;
}

const std::vector<std::string>& detailHeads() {
    static const std::vector<std::string> kHeads{
        "任务",         "序号",     "板块",     "重点工作", "主要内容", "量化指标", "责任单位",
        "完成时限",     "截止日期", "填报单位", "报送期",   "填报状态", "完成比例", "完成数量",
        "进展落实情况", "报送",     "佐证材料", "填写人",   "填写时间", "核验状态", "冲突"};
    return kHeads;
}

std::vector<std::string> detailRow(const TaskLines& task, const FilingLine& filing) {
    return {std::to_string(task.serial),
            task.number,
            task.section,
            task.item,
            task.content,
            task.indicator,
            task.responsible,
            task.deadline,
            task.due,
            filing.unit,
            filing.window,
            filing.status,
            filing.percent,
            filing.doneCount,
            filing.text,
            filing.state,
            filing.evidence,
            filing.author,
            filing.at,
            filing.verified,
            filing.conflict};
}

// All that is known of a task's progress in one cell, each text with its source.
std::string progressOf(const TaskLines& task) {
    std::string text;
    const auto add = [&](const std::string& source, const std::string& body) {
        text += (text.empty() ? "" : "\n") + ("【" + source + "】") + body;
    };
    if (!task.joint.empty() || !task.jointStatus.empty()) {
        add("共同填写", task.joint + (task.jointStatus.empty() ? "" : "（" + task.jointStatus + "）"));
    }
    for (const FilingLine& filing : task.filings) {
        std::string note = filing.status;
        note += filing.percent.empty() ? "" : (note.empty() ? "" : "，") + filing.percent + "%";
        note += filing.state == "已报送" ? "" : (note.empty() ? "" : "，") + filing.state;
        add(filing.unit, filing.text + (note.empty() ? "" : "（" + note + "）"));
    }
    return text;
}

std::string csvCell(std::string text) {
    if (!text.empty() && (std::string_view("=+-@").find(text[0]) != std::string_view::npos ||
                          static_cast<unsigned char>(text[0]) < 0x20)) {
        text.insert(0, 1, '\'');
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string csvOf(const std::vector<TaskLines>& tasks) {
    std::string text = "\xef\xbb\xbf";
    const auto addRow = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += (i > 0 ? "," : "") + csvCell(row[i]);
        }
        text += "\r\n";
    };
    addRow(detailHeads());
    for (const TaskLines& task : tasks) {
        for (const FilingLine& filing : task.filings) {
            addRow(detailRow(task, filing));
        }
        if (task.filings.empty()) {
            addRow(detailRow(task, {}));
        }
    }
    return text;
}

// The sheets of the workbook. Returns libxlsxwriter's verdict when the file is closed.
class Workbook {
public:
    explicit Workbook(const std::string& path) : m_book(workbook_new(path.c_str())) {
        m_title = format(18, true, LXW_ALIGN_CENTER, false);
        m_head = format(11, true, LXW_ALIGN_CENTER, true);
        m_body = format(11, false, LXW_ALIGN_LEFT, true);
        m_section = format(12, true, LXW_ALIGN_LEFT, true);
    }
    void addLedger(const std::string& title, const std::vector<TaskLines>& tasks) {
        lxw_worksheet* sheet = workbook_add_worksheet(m_book, "台账");
        static const std::vector<std::pair<std::string, double>> kColumns{
            {"序号", 6},      {"重点工作", 16}, {"主要内容", 46},    {"量化指标", 26},
            {"责任单位", 18}, {"完成时限", 12}, {"进展落实情况", 60}};
        const auto last = static_cast<lxw_col_t>(kColumns.size() - 1);
        page(sheet);
        worksheet_merge_range(sheet, 0, 0, 0, last, title.c_str(), m_title);
        worksheet_set_row(sheet, 0, 32, nullptr);
        worksheet_repeat_rows(sheet, 1, 1);
        worksheet_freeze_panes(sheet, 2, 0);
        for (std::size_t i = 0; i < kColumns.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            worksheet_set_column(sheet, column, column, kColumns[i].second, nullptr);
            worksheet_write_string(sheet, 1, column, kColumns[i].first.c_str(), m_head);
        }
        lxw_row_t row = 2;
        std::string section;
        for (const TaskLines& task : tasks) {
            if (task.section != section && !task.section.empty()) {
                section = task.section;
                worksheet_merge_range(sheet, row, 0, row, last, section.c_str(), m_section);
                ++row;
            }
            const std::string number = task.number.empty() ? std::to_string(task.serial) : task.number;
            const std::string cells[] = {number,           task.item,     task.content,    task.indicator,
                                         task.responsible, task.deadline, progressOf(task)};
            double lines = 1;
            for (std::size_t i = 0; i < std::size(cells); ++i) {
                worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), cells[i].c_str(), m_body);
                lines = std::max(lines, linesOf(cells[i], kColumns[i].second));
            }
            // Office programs do not grow the rows of a file they did not write.
            worksheet_set_row(sheet, row, std::min(409.0, lines * 15 + 4), nullptr);
            ++row;
        }
    }
    void addDetail(const std::vector<TaskLines>& tasks) {
        lxw_worksheet* sheet = workbook_add_worksheet(m_book, "明细");
        page(sheet);
        worksheet_repeat_rows(sheet, 0, 0);
        worksheet_freeze_panes(sheet, 1, 0);
        for (std::size_t i = 0; i < detailHeads().size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            const bool isLong = detailHeads()[i] == "主要内容" || detailHeads()[i] == "进展落实情况";
            worksheet_set_column(sheet, column, column, isLong ? 46 : 14, nullptr);
            worksheet_write_string(sheet, 0, column, detailHeads()[i].c_str(), m_head);
        }
        lxw_row_t row = 1;
        for (const TaskLines& task : tasks) {
            for (const FilingLine& filing : task.filings) {
                const std::vector<std::string> cells = detailRow(task, filing);
                for (std::size_t i = 0; i < cells.size(); ++i) {
                    worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), cells[i].c_str(), m_body);
                }
                ++row;
            }
        }
    }
    [[nodiscard]] bool close() { return workbook_close(m_book) == LXW_NO_ERROR; }

private:
    lxw_format* format(double size, bool isBold, std::uint8_t align, bool hasBorder) {
        lxw_format* result = workbook_add_format(m_book);
        format_set_font_name(result, isBold ? "黑体" : "仿宋");
        format_set_font_size(result, size);
        format_set_align(result, align);
        format_set_align(result, LXW_ALIGN_VERTICAL_CENTER);
        format_set_text_wrap(result);
        if (hasBorder) {
            format_set_border(result, LXW_BORDER_THIN);
        }
        return result;
    }
    static void page(lxw_worksheet* sheet) {
        worksheet_set_landscape(sheet);
        worksheet_set_paper(sheet, 9);  // A4
        worksheet_fit_to_pages(sheet, 1, 0);
        worksheet_set_footer(sheet, "&C第 &P 页 共 &N 页");
    }
    // How many lines a text takes in a column of this width: a Chinese character is two digits wide.
    static double linesOf(const std::string& text, double width) {
        double lines = 0;
        double used = 0;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            if (c == '\n') {
                ++lines;
                used = 0;
            } else if ((byte & 0xc0) != 0x80) {
                used += byte < 0x80 ? 1.1 : 2.2;
                if (used > width) {
                    ++lines;
                    used = 0;
                }
            }
        }
        return lines + 1;
    }

    lxw_workbook* m_book;
    lxw_format* m_title;
    lxw_format* m_head;
    lxw_format* m_body;
    lxw_format* m_section;
};

Result<void> writeXlsx(const std::string& file, const std::string& title,
                       const std::vector<TaskLines>& tasks) {
    const std::string fresh = file + "." + std::to_string(::getpid()) + ".new";
    Workbook book(fresh);
    book.addLedger(title, tasks);
    book.addDetail(tasks);
    if (!book.close() || std::rename(fresh.c_str(), file.c_str()) != 0) {
        std::error_code ignored;
        std::filesystem::remove(fresh, ignored);
        return fail(ErrorCode::fileUnwritable, "cannot write " + file);
    }
    return {};
}

}  // namespace

std::span<const FormInfo> forms() {
    return kForms;
}

Result<ExportAnswer> exportForm(Home& home, const ExportRequest& request, const Progress& progress) {
    const auto isForm = [&](const FormInfo& form) { return form.name == request.form; };
    if (std::none_of(std::begin(kForms), std::end(kForms), isForm)) {
        return fail(ErrorCode::usage, "there is no form " + request.form + "; hz export --list names them");
    }
    const bool isCsv = request.file.ends_with(".csv");
    if (!isCsv && !request.file.ends_with(".xlsx")) {
        return fail(ErrorCode::usage, "the file's name must end in .xlsx or .csv");
    }
    HZ_TRY(const std::optional<sync::RecordRow> ledgerRecord, home.store().record(request.ledger));
    if (!ledgerRecord) {
        return fail(ErrorCode::unknownRecord, "the ledger is not here");
    }
    HZ_TRY(const std::vector<TaskLines> tasks, collect(home, request, progress));
    HZ_CHECK(tell(progress, 1, 1));
    ExportAnswer answer{tasks.size(), 0};
    for (const TaskLines& task : tasks) {
        answer.filings += task.filings.size();
    }
    const std::string title = ledger::keyText(ledgerRecord->key, "title").value_or("");
    HZ_CHECK(isCsv ? ledger::replaceFile(request.file, viewOf(csvOf(tasks)))
                   : writeXlsx(request.file, title, tasks));
    return answer;
}

}  // namespace hezhang::documents
