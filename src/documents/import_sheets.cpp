// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_sheets.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/documents/task_matching.h"

namespace hezhang::documents {

namespace {

struct ReadSheet {
    std::string name;
    int linesBefore = 0;  // of the sheets in front of it
    ImportedDocument document;
};

int lastLineOf(const std::vector<GridRow>& rows) {
    return rows.empty() ? 0 : rows.back().line;
}

// Sheet1, 工作表 2: what a program calls a sheet that nobody has named.
bool isNamedByNobody(std::string_view name) {
    for (const std::string_view word : {"Sheet", "sheet", "工作表", "表"}) {
        if (name.starts_with(word)) {
            return name.find_first_not_of("0123456789 ", word.size()) == std::string_view::npos;
        }
    }
    return false;
}

bool saysTheSame(std::string_view a, std::string_view b) {
    return a.empty() || b.empty() || comparable(a) == comparable(b);
}

bool isSameTask(const ImportedTask& a, const ImportedTask& b) {
    return saysTheSame(a.responsibleText, b.responsibleText) && saysTheSame(a.deadlineText, b.deadlineText);
}

// What the first leaves empty the other says.
void fill(ImportedTask& task, const ImportedTask& other) {
    for (const auto text : {&ImportedTask::item, &ImportedTask::indicator, &ImportedTask::progress}) {
        task.*text = (task.*text).empty() ? other.*text : task.*text;
    }
    if (task.responsibleText.empty()) {
        task.responsibleText = other.responsibleText;
        task.units = other.units;
    }
    if (task.deadlineText.empty()) {
        task.deadlineText = other.deadlineText;
        task.due = other.due;
        task.recurrence = other.recurrence;
        task.deadlineNote = other.deadlineNote;
        task.datesInContent = other.datesInContent;
    }
}

class Workbook {
public:
    explicit Workbook(std::vector<ReadSheet> sheets) : m_sheets(std::move(sheets)) {}

    ImportedDocument join() {
        for (const ReadSheet& sheet : m_sheets) {
            addSheet(sheet);
        }
        joinSections();
        return std::move(m_document);
    }

private:
    void addSheet(const ReadSheet& sheet) {
        const auto seen = m_placesOf;  // of other sheets: a sheet may say one thing twice
        std::map<int, int> serialOf;   // in the document, by serial in the sheet
        std::size_t repeated = 0;
        for (const ImportedTask& task : sheet.document.tasks) {
            const auto places = seen.find(comparable(task.content));
            ImportedTask* same = nullptr;
            for (const std::size_t place :
                 places == seen.end() ? std::vector<std::size_t>() : places->second) {
                same = same == nullptr && isSameTask(m_document.tasks[place], task) ? &m_document.tasks[place]
                                                                                    : same;
            }
            if (same != nullptr) {
                fill(*same, task);
                ++repeated;
            } else if (places != seen.end()) {
                m_document.warnings.push_back(
                    {sheet.linesBefore + task.line, "the sheet " + sheet.name +
                                                        " has this task again with other units or another "
                                                        "deadline: it is taken as one of its own"});
            }
            serialOf[task.serial] = same != nullptr ? same->serial : addTask(task, sheet.linesBefore);
        }
        addRest(sheet);
        if (repeated > 0) {
            m_document.warnings.push_back(
                {sheet.linesBefore + 1, "the sheet " + sheet.name + " repeats " + std::to_string(repeated) +
                                            " tasks of the sheets before it: they count once"});
        }
        for (const ImportedSection& section : sheet.document.sections) {
            for (const int serial : section.tasks) {
                m_sectionOf.emplace(serialOf.at(serial), section.title);
            }
        }
        if (sheet.document.sections.empty()) {
            std::set<int>& serials = m_named.emplace_back(sheet.name, std::set<int>()).second;
            for (const auto& [own, serial] : serialOf) {
                serials.insert(serial);
            }
        }
    }

    int addTask(ImportedTask task, int linesBefore) {
        task.line += linesBefore;
        task.serial = static_cast<int>(m_document.tasks.size() + 1);
        m_placesOf[comparable(task.content)].push_back(m_document.tasks.size());
        m_document.tasks.push_back(std::move(task));
        return m_document.tasks.back().serial;
    }

    // What a sheet says besides its tasks; of the head the first that says it.
    void addRest(const ReadSheet& sheet) {
        for (ImportWarning warning : sheet.document.warnings) {
            warning.line += warning.line > 0 ? sheet.linesBefore : 0;
            m_document.warnings.push_back(std::move(warning));
        }
        for (SourceText text : sheet.document.source) {
            text.line += sheet.linesBefore;
            m_document.source.push_back(std::move(text));
        }
        for (SuggestedWindow window : sheet.document.windows) {
            window.line += sheet.linesBefore;
            m_document.windows.push_back(std::move(window));
        }
        m_document.year = m_document.year ? m_document.year : sheet.document.year;
        m_document.edition = m_document.edition.empty() ? sheet.document.edition : m_document.edition;
        m_document.issuer = m_document.issuer ? m_document.issuer : sheet.document.issuer;
        m_document.referenceDate =
            m_document.referenceDate ? m_document.referenceDate : sheet.document.referenceDate;
        m_document.title = m_document.title.empty() ? sheet.document.title : m_document.title;
    }

    // Each task stands in the section that a sheet gives it. Where sheets have none, their names are sections
    // if they part all tasks among them: a summary has them all, a list of reports some.
    void joinSections() {
        std::map<int, std::string> sectionOf = m_sectionOf;
        for (const auto& [name, serials] : m_named) {
            if (serials.size() < m_document.tasks.size() && !isNamedByNobody(name)) {
                for (const int serial : serials) {
                    sectionOf.emplace(serial, name);
                }
            }
        }
        for (const auto& [serial, title] :
             sectionOf.size() == m_document.tasks.size() ? sectionOf : m_sectionOf) {
            auto section = std::ranges::find(m_document.sections, title, &ImportedSection::title);
            if (section == m_document.sections.end()) {
                m_document.sections.push_back({title, {}});
                section = m_document.sections.end() - 1;
            }
            section->tasks.push_back(serial);
        }
    }

    std::vector<ReadSheet> m_sheets;
    ImportedDocument m_document;
    std::map<std::string, std::vector<std::size_t>> m_placesOf;  // by what it says
    std::map<int, std::string> m_sectionOf;                      // by serial
    std::vector<std::pair<std::string, std::set<int>>> m_named;  // sheets without sections, and their tasks
};

}  // namespace

Result<ImportedDocument> importSheets(std::span<const SheetRows> sheets, const ImportOptions& options) {
    std::vector<Result<ImportedDocument>> documents;
    ImportOptions known = options;
    for (const SheetRows& sheet : sheets) {
        documents.push_back(importRows(sheet.rows, options));
        known.year = known.year || !documents.back() ? known.year : documents.back()->year;
    }
    std::vector<ReadSheet> read;
    std::vector<ImportWarning> warnings;
    std::optional<Error> error;
    int linesBefore = 0;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        Result<ImportedDocument>& document = documents[i];
        if (document && !document->year && known.year) {
            document = importRows(sheets[i].rows, known);  // months are those of the workbook's year
        }
        if (!document) {
            error = error ? error : document.error();
        } else if (document->year != known.year) {
            warnings.push_back({0, "the sheet " + sheets[i].name + " is of the year " +
                                       std::to_string(*document->year) + ": its " +
                                       std::to_string(document->tasks.size()) + " tasks are not read"});
        } else {
            read.push_back({sheets[i].name, linesBefore, std::move(*document)});
        }
        linesBefore += lastLineOf(sheets[i].rows);
    }
    if (read.empty()) {
        return fail(error.value_or(Error{ErrorCode::noTasks, "the workbook holds no visible sheet"}));
    }
    ImportedDocument document =
        read.size() == 1 ? std::move(read.front().document) : Workbook(std::move(read)).join();
    document.warnings.insert(document.warnings.end(), warnings.begin(), warnings.end());
    return document;
}

}  // namespace hezhang::documents
