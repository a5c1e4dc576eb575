// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/returned_form.h"

#include <algorithm>
#include <array>

#include "src/ledger/chinese_text.h"
#include "src/ledger/filing.h"
#include "src/ledger/one_transaction.h"
#include "src/ledger/succession.h"

namespace hezhang::documents {

using ledger::Home;

namespace {

struct OwnTask {
    RecordId id{};
    std::int64_t serial = 0;
    TaskWords words;
    const ImportedTask* row = nullptr;
};

Result<std::vector<OwnTask>> tasksOf(Home& home, const RecordId& ledgerId, const RecordId& unit) {
    ledger::Succession succession(home.state());
    HZ_TRY(const std::set<RecordId> units, succession.actsFor(unit));
    std::vector<OwnTask> tasks;
    HZ_CHECK(home.state().each("task", [&](sync::RecordReading&& task) -> Result<void> {
        const std::set<RecordId> named = ledger::unitsOfTask(task);
        const bool isOwn =
            std::ranges::any_of(named, [&](const RecordId& one) { return units.contains(one); });
        if (task.isGone || ledger::keyId(task.record.key, "ledger") != ledgerId || !isOwn) {
            return {};
        }
        OwnTask own;
        own.id = task.record.id;
        for (const auto& [name, value] : task.record.key.fields) {
            own.serial = name == "serial" ? value.asInteger().value_or(0) : own.serial;
        }
        own.words = {ledger::cellText(task, "content"), ledger::cellText(task, "number")};
        tasks.push_back(std::move(own));
        return {};
    }));
    std::ranges::sort(tasks, {}, &OwnTask::serial);
    return tasks;
}

// What is a row of no task is left in the form.
void match(std::vector<OwnTask>& tasks, const std::vector<ImportedTask>& rows, ReturnedForm& form) {
    std::vector<TaskWords> known;
    for (const OwnTask& task : tasks) {
        known.push_back(task.words);
    }
    std::vector<TaskWords> asked;
    for (const ImportedTask& row : rows) {
        asked.push_back({row.content, row.ordinal});
    }
    const std::vector<TaskMatch> matches = matchTasks(known, asked, kClearlyMore);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const ImportedTask& row = rows[i];
        if (matches[i].isSame()) {
            tasks[matches[i].known].row = &row;
        } else {
            ReturnedRow rest{row.line, row.ordinal, row.content, row.progress, matches[i].kind};
            if (rest.kind == MatchKind::taken) {
                rest.otherLine = rows[matches[i].row].line;
                rest.serial = tasks[matches[i].known].serial;
            }
            form.unmatched.push_back(std::move(rest));
        }
    }
}

Result<std::string> textNow(Home& home, const RecordId& task, const ReturnedForm& form) {
    HZ_TRY(const sync::RecordKey key, ledger::filingKey(home, task, form.unit, form.window));
    return ledger::shownText(home.state(), home.idOf(key), "text");
}

}  // namespace

std::string ReturnedRow::reason() const {
    switch (kind) {
    case MatchKind::taken:
        return "line " + std::to_string(otherLine) + " is about the same task " + std::to_string(serial);
    case MatchKind::several:
        return "it resembles more than one task of the unit";
    case MatchKind::equal:
    case MatchKind::alike:
    case MatchKind::perhaps:
    case MatchKind::none:
        break;
    }
    return "no task of the unit has this content";
}

std::string unitNamedBy(const ImportedDocument& document) {
    static constexpr std::u16string_view kLabel = u"填报单位";
    static constexpr std::u16string_view kEnds = u"\t\n \u3000，,；;（(";
    static constexpr std::array<std::u16string_view, 5> kNextLabels{u"联系", u"填报", u"填表", u"负责人",
                                                                    u"审核"};
    for (const SourceText& line : document.source) {
        const std::u16string text = ledger::toUtf16(line.text);
        const std::size_t at = text.find(kLabel);
        const std::size_t colon = at == std::u16string::npos ? at : text.find_first_of(u":：", at);
        // Not the words at the place for the seal: 填报单位（盖章处）.
        if (colon == std::u16string::npos || colon > at + kLabel.size()) {
            continue;
        }
        const std::size_t begin = text.find_first_not_of(kEnds, colon + 1);
        if (begin == std::u16string::npos) {
            continue;
        }
        std::size_t end = text.find_first_of(kEnds, begin);
        for (const std::u16string_view next : kNextLabels) {
            end = std::min(end, text.find(next, begin));  // one cell may hold the whole head
        }
        return ledger::toUtf8(text.substr(begin, end - begin));
    }
    return {};
}

Result<ReturnedForm> readReturned(Home& home, const ImportedDocument& document, const RecordId& ledgerId,
                                  const RecordId& unit, const RecordId& window) {
    if (std::ranges::all_of(document.tasks, [](const ImportedTask& row) { return row.progress.empty(); })) {
        return fail(ErrorCode::badInput, "no row of the form has a text in a column 进展落实情况");
    }
    ReturnedForm form{unit, window, {}, 0, {}, {}};
    HZ_TRY(std::vector<OwnTask> tasks, tasksOf(home, ledgerId, unit));
    match(tasks, document.tasks, form);
    std::ranges::sort(form.unmatched, {}, &ReturnedRow::line);
    for (const OwnTask& task : tasks) {
        if (task.row == nullptr) {
            form.absent.push_back(task.serial);
            continue;
        }
        HZ_TRY(const std::string before, textNow(home, task.id, form));
        if (comparable(before) == comparable(task.row->progress)) {
            ++form.same;
        } else if (!task.row->progress.empty()) {
            form.changes.push_back(
                {task.id, task.serial, task.words.content, task.row->line, before, task.row->progress});
        }
    }
    return form;
}

Result<void> takeReturned(Home& home, const ReturnedForm& form, bool isSubmitted) {
    return ledger::inOneTransaction(home, [&]() -> Result<void> {
        for (const ReturnedChange& change : form.changes) {
            HZ_TRY(const std::string now, textNow(home, change.task, form));
            if (now != change.before) {
                return fail(ErrorCode::changed, "the report on task " + std::to_string(change.serial) +
                                                    " was changed since the form was read");
            }
            ledger::FilingRequest request{.task = change.task, .unit = form.unit, .window = form.window};
            request.text = change.after;
            request.isSubmitted = isSubmitted;
            HZ_TRY([[maybe_unused]] const ledger::FilingAnswer answer, ledger::file(home, request));
        }
        return {};
    });
}

}  // namespace hezhang::documents
