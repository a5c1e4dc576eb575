// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/form_code.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/documents/form_filling.h"
#include "src/documents/ledger_reading.h"
#include "src/office/matrix.h"

namespace hezhang::documents {

using ledger::Home;

namespace {

// One edit of a filing, as far as a form prints it.
struct FilingEdit {
    RecordId filing;
    ledger::Authorship by;
    std::optional<std::string> text;  // nullopt: another field
};

class FormSearch {
public:
    FormSearch(Home& home, const FormCode& code, const FormTemplate& form, const FormHints& hints,
               const Progress& progress)
        : m_home(home), m_code(code), m_form(form), m_hints(hints), m_progress(progress) {}

    Result<std::optional<FoundForm>> find() {
        HZ_CHECK(listRequests());
        HZ_TRY(const RecordId own, m_home.unit());
        std::size_t done = 0;
        for (const bool inThePast : {false, true}) {
            for (const ReadingRequest& request : m_requests) {
                HZ_CHECK(tell(m_progress, done++, 2 * m_requests.size()));
                if (inThePast && request.unit != m_hints.unit.value_or(own)) {
                    continue;
                }
                HZ_TRY(auto found, inThePast ? past(request) : present(request));
                if (found) {
                    return found;
                }
            }
        }
        return std::nullopt;
    }

private:
    Result<void> listRequests() {
        HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(m_home));
        HZ_TRY(const std::vector<office::WindowRow> all, office::windows(m_home));
        for (const ledger::LedgerRow& ledger : ledgers) {
            std::vector<std::optional<RecordId>> windows;
            for (const office::WindowRow& window : all) {
                if (window.ledger == ledger.id) {
                    windows.emplace_back(window.window);
                }
            }
            windows.emplace_back(std::nullopt);
            HZ_TRY(const auto units, unitsOf(ledger.id));
            for (const auto& unit : units) {
                for (const auto& window : windows) {
                    m_requests.push_back({ledger.id, unit, window});
                }
            }
        }
        return {};
    }

    Result<std::vector<std::optional<RecordId>>> unitsOf(const RecordId& ledger) {
        std::set<RecordId> named;
        HZ_TRY(const std::vector<ledger::TaskRow> tasks, ledger::tasks(m_home, {ledger, {}, {}, {}}));
        for (const ledger::TaskRow& task : tasks) {
            for (const ledger::TaskUnit& unit : task.units) {
                if (!m_hints.unit || unit.unit == *m_hints.unit) {
                    named.insert(unit.unit);
                }
            }
        }
        std::vector<std::optional<RecordId>> units(named.begin(), named.end());
        if (m_form.made != FormFor::unit && !m_hints.unit) {
            units.emplace_back(std::nullopt);
        }
        return units;
    }

    Result<std::optional<FoundForm>> present(const ReadingRequest& request) {
        if (m_form.made == FormFor::unit) {
            HZ_TRY(const LedgerReading reading, readLedger(m_home, request, {}));
            return found(request, reading);
        }
        if (m_form.made == FormFor::window && !request.window) {
            return std::nullopt;
        }
        const ExportRequest wanted = exportOf(request);
        HZ_TRY(const MadeForm made, makeForm(m_home, m_form, wanted));
        if (made.form.fingerprint != m_code.hash) {
            return std::nullopt;
        }
        return FoundForm{wanted, made.form.title, {}, {}};
    }

    Result<std::optional<FoundForm>> past(const ReadingRequest& request) {
        if (m_form.made != FormFor::unit) {
            return std::nullopt;
        }
        HZ_TRY(const LedgerReading now, readLedger(m_home, request, {}));
        HZ_TRY(const std::vector<FilingEdit> edits, editsOf(now));
        for (std::size_t count = edits.size(); count-- > 0;) {
            auto one = found(request,
                             after({edits.begin(), edits.begin() + static_cast<std::ptrdiff_t>(count)}, now));
            if (one) {
                one->editsSince = edits.size() - count;
                one->lastEdit = count == 0 ? std::nullopt : std::optional(edits[count - 1].by.at);
                return one;
            }
        }
        return std::nullopt;
    }

    // The unit's edits that the county has not turned down, in the order of their clocks.
    Result<std::vector<FilingEdit>> editsOf(const LedgerReading& reading) {
        std::vector<FilingEdit> edits;
        for (const TaskReading& task : reading.tasks) {
            for (const FilingReading& filing : task.filings) {
                const auto known = m_edits.find(filing.record);
                if (known == m_edits.end()) {
                    HZ_TRY(m_edits[filing.record], editsOf(filing.record));
                }
                const std::vector<FilingEdit>& own = m_edits[filing.record];
                edits.insert(edits.end(), own.begin(), own.end());
            }
        }
        std::ranges::stable_sort(edits, {}, [](const FilingEdit& edit) { return edit.by.at; });
        return edits;
    }

    Result<std::vector<FilingEdit>> editsOf(const RecordId& filing) {
        HZ_TRY(const std::vector<ledger::HistoryRow> rows, ledger::history(m_home, filing));
        std::vector<FilingEdit> edits;
        for (const ledger::HistoryRow& row : rows) {
            if (!isFilledIn(row.field) || row.verdict == "refused" || row.verdict == "aside") {
                continue;
            }
            edits.push_back({filing, row.by, std::nullopt});
            if (row.field == "text") {
                edits.back().text = row.value.is_string() ? row.value.get<std::string>() : "";
            }
        }
        return edits;
    }

    static LedgerReading after(const std::vector<FilingEdit>& edits, LedgerReading reading) {
        std::map<RecordId, FilingReading> filings;
        for (const FilingEdit& edit : edits) {
            FilingReading& filing = filings[edit.filing];
            filing.text = edit.text.value_or(filing.text);
            setAuthor(filing, edit.by);
        }
        for (TaskReading& task : reading.tasks) {
            std::erase_if(task.filings,
                          [&](const FilingReading& filing) { return !filings.contains(filing.record); });
            for (FilingReading& filing : task.filings) {
                const FilingReading& then = filings[filing.record];
                filing.text = then.text;
                filing.author = then.author;
                filing.at = then.at;
                filing.day = then.day;
            }
        }
        return reading;
    }

    std::optional<FoundForm> found(const ReadingRequest& request, const LedgerReading& reading) {
        const PrintedForm printed = filledForm(m_form, reading, nullptr);
        if (reading.tasks.empty() || formFingerprint(m_home, printed) != m_code.hash) {
            return std::nullopt;
        }
        return FoundForm{exportOf(request), printed.title, reading.unit, reading.window};
    }

    [[nodiscard]] ExportRequest exportOf(const ReadingRequest& request) const {
        return {m_form.name, {}, request.ledger, request.unit, request.window};
    }

    Home& m_home;
    const FormCode& m_code;
    const FormTemplate& m_form;
    const FormHints& m_hints;
    const Progress& m_progress;
    std::vector<ReadingRequest> m_requests;
    std::map<RecordId, std::vector<FilingEdit>> m_edits;  // of each filing, once they were asked for
};

bool isHexDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Whatever the text is.
FormCode partsOf(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char c : text) {
        const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
        if (!isBlank) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    FormCode code;
    std::size_t first = 0;
    if (words.front() == "HZFORM1" && words.size() > 2) {
        code.form = words[1];
        first = 2;
    }
    for (std::size_t i = first; i < words.size(); ++i) {
        for (const char c : words[i]) {
            code.hash += c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return code;
}

}  // namespace

std::size_t formCodeDigits(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(partsOf(text).hash, isHexDigit));
}

std::optional<FormCode> formCodeIn(std::string_view text) {
    FormCode code = partsOf(text);
    const bool isWhole = code.hash.size() == kFormCodeDigits && std::ranges::all_of(code.hash, isHexDigit);
    return isWhole ? std::optional(std::move(code)) : std::nullopt;
}

Result<std::optional<FoundForm>> findForm(Home& home, const FormCode& code, const FormHints& hints,
                                          const Progress& progress) {
    std::vector<FormTemplate> templates(builtInForms().begin(), builtInForms().end());
    if (hints.templateFile) {
        HZ_TRY(FormTemplate own, readForm(*hints.templateFile));
        templates = {std::move(own)};
    }
    std::erase_if(templates, [&](const FormTemplate& form) {
        return !form.hasFingerprint || (!code.form.empty() && form.name != code.form);
    });
    for (const FormTemplate& form : templates) {
        HZ_TRY(auto found, FormSearch(home, code, form, hints, progress).find());
        if (found) {
            found->request.templateFile = hints.templateFile;
            return found;
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::documents
