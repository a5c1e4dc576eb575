// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/returned_form.h"

#include <algorithm>

#include "src/ledger/chinese_text.h"
#include "src/ledger/filing.h"
#include "src/ledger/likeness.h"
#include "src/ledger/one_transaction.h"
#include "src/ledger/succession.h"

namespace hezhang::documents {

using ledger::Home;

namespace {

constexpr double kClearlyMore = 0.2;  // more alike than the next one

// Texts are compared by this: Word and a column's width change blanks and line ends.
std::string comparable(std::string_view text) {
    return ledger::toUtf8(ledger::withoutBlanks(ledger::toUtf16(text)));
}

struct OwnTask {
    RecordId id{};
    std::int64_t serial = 0;
    std::string content;  // without blanks
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
        HZ_TRY(const std::string content, ledger::shownText(home.state(), task.record.id, "content"));
        own.content = comparable(content);
        tasks.push_back(std::move(own));
        return {};
    }));
    std::ranges::sort(tasks, {}, &OwnTask::serial);
    return tasks;
}

class Matcher {
public:
    Matcher(std::vector<OwnTask>& tasks, ReturnedForm& form) : m_tasks(tasks), m_form(form) {}

    // Equal contents first: a row must not take the task of another that is it.
    void match(const std::vector<ImportedTask>& rows) {
        std::vector<const ImportedTask*> rest;
        for (const ImportedTask& row : rows) {
            const auto task = std::ranges::find(m_tasks, comparable(row.content), &OwnTask::content);
            if (task == m_tasks.end()) {
                rest.push_back(&row);
            } else {
                take(*task, row);
            }
        }
        for (const ImportedTask* row : rest) {
            matchAlike(*row);
        }
    }

private:
    void take(OwnTask& task, const ImportedTask& row) {
        if (task.row != nullptr) {
            leave(row, "line " + std::to_string(task.row->line) + " is about the same task " +
                           std::to_string(task.serial));
            return;
        }
        task.row = &row;
    }

    void matchAlike(const ImportedTask& row) {
        OwnTask* best = nullptr;
        double most = 0;
        double next = 0;
        for (OwnTask& task : m_tasks) {
            const double alike =
                task.row == nullptr ? ledger::likeness(task.content, comparable(row.content)) : 0;
            next = std::max(next, std::min(alike, most));
            if (alike > most) {
                most = alike;
                best = &task;
            }
        }
        if (best == nullptr || most < ledger::kSameTask) {
            leave(row, "no task of the unit has this content");
        } else if (most - next < kClearlyMore) {
            leave(row, "it resembles more than one task of the unit");
        } else {
            take(*best, row);
        }
    }

    void leave(const ImportedTask& row, std::string reason) {
        m_form.unmatched.push_back({row.line, row.ordinal, row.content, row.progress, std::move(reason)});
    }

    std::vector<OwnTask>& m_tasks;
    ReturnedForm& m_form;
};

Result<std::string> textNow(Home& home, const RecordId& task, const ReturnedForm& form) {
    HZ_TRY(const sync::RecordKey key, ledger::filingKey(home, task, form.unit, form.window));
    return ledger::shownText(home.state(), home.idOf(key), "text");
}

}  // namespace

Result<ReturnedForm> readReturned(Home& home, const ImportedDocument& document, const RecordId& ledgerId,
                                  const RecordId& unit, const RecordId& window) {
    if (std::ranges::all_of(document.tasks, [](const ImportedTask& row) { return row.progress.empty(); })) {
        return fail(ErrorCode::badInput, "no row of the form has a text in a column 进展落实情况");
    }
    ReturnedForm form{unit, window, {}, 0, {}, {}};
    HZ_TRY(std::vector<OwnTask> tasks, tasksOf(home, ledgerId, unit));
    Matcher(tasks, form).match(document.tasks);
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
            form.changes.push_back({task.id, task.serial, task.row->line, before, task.row->progress});
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
