// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/matrix.h"

#include <algorithm>
#include <map>
#include <set>

#include "src/ledger/extension.h"
#include "src/ledger/tallies.h"
#include "src/office/review.h"

namespace hezhang::office {

using ledger::FilingState;
using ledger::Home;
using sync::RecordReading;

namespace {

// While it is put together `isBelow` says no more than that the unit reports done.
struct FilingKey {
    RecordId window;
    RecordId task;
    RecordId unit;
    auto operator<=>(const FilingKey&) const = default;
};
using MatrixFilings = std::map<FilingKey, MatrixCell>;

std::optional<FilingKey> filingKeyOf(const sync::RecordKey& key) {
    const auto window = ledger::keyId(key, "window");
    const auto task = ledger::keyId(key, "task");
    const auto unit = ledger::keyId(key, "unit");
    return window && task && unit ? std::optional<FilingKey>({*window, *task, *unit}) : std::nullopt;
}

// A filing may lie in two scopes: what is submitted in one is not missing.
void join(MatrixCell& known, const MatrixCell& more) {
    known.filing = std::max(known.filing, more.filing);
    known.isReturned = known.isReturned || more.isReturned;
    known.isApproved = known.isApproved || more.isApproved;
    known.isAside = known.isAside || more.isAside;
    known.editsSinceApproval = std::max(known.editsSinceApproval, more.editsSinceApproval);
    known.isBelow = known.isBelow || more.isBelow;
}

// What a unit has filed counts for those that go on with its work too.
class FilingsOfWindow {
public:
    explicit FilingsOfWindow(ledger::Succession& succession) : m_succession(succession) {}
    Result<void> add(const FilingKey& key, const MatrixCell& cell) {
        HZ_TRY(const std::set<RecordId> heirs, m_succession.heirs(key.unit));
        for (const RecordId& unit : heirs) {
            join(m_filings[{key.window, key.task, unit}], cell);
        }
        return {};
    }
    [[nodiscard]] MatrixFilings take() { return std::move(m_filings); }

private:
    ledger::Succession& m_succession;
    MatrixFilings m_filings;
};

Result<MatrixFilings> readFilings(Home& home, ledger::Succession& succession, const RecordId& window) {
    FilingsOfWindow filings(succession);
    HZ_CHECK(home.state().eachNaming("filing", window.hex(), [&](RecordReading&& reading) -> Result<void> {
        const auto key = filingKeyOf(reading.record.key);
        if (reading.isGone || reading.cells.empty() || !key || key->window != window) {
            return {};
        }
        MatrixCell cell;
        HZ_TRY(cell.filing, ledger::filingState(home, reading));
        cell.isReturned = !ledger::openReturn(reading, cell.filing).empty();
        HZ_TRY(cell.isApproved, ledger::isApproved(home, reading));
        HZ_TRY(const std::size_t edits, editsSinceApproval(home, reading));
        cell.editsSinceApproval = static_cast<int>(edits);
        cell.isBelow = ledger::cellText(reading, "status") == "done";
        return filings.add(*key, cell);
    }));
    // What was set aside may be all that there is of a report, and counts may be all of it.
    HZ_TRY(const std::vector<sync::AsideRow> asides, home.store().asides());
    for (const sync::AsideRow& aside : asides) {
        HZ_TRY(const std::optional<sync::RecordRow> record, home.store().record(aside.record));
        const bool isReport = record && (record->key.registerName == "filing" ||
                                         record->key.registerName == ledger::kTallyRegister);
        const auto key = isReport ? filingKeyOf(record->key) : std::nullopt;
        if (key && key->window == window) {
            MatrixCell cell;
            cell.isAside = true;
            HZ_CHECK(filings.add(*key, cell));
        }
    }
    return filings.take();
}

struct TaskParts {
    MatrixTask task;
    bool isShared = false;
    std::set<RecordId> units;
};

Result<std::vector<TaskParts>> readTasks(Home& home, ledger::Succession& succession,
                                         const RecordId& ledgerId) {
    std::map<RecordId, std::string> sections;
    HZ_CHECK(home.state().each("section", [&](RecordReading&& reading) -> Result<void> {
        sections[reading.record.id] = ledger::cellText(reading, "title");
        return {};
    }));
    std::vector<TaskParts> tasks;
    HZ_CHECK(home.state().eachNaming("task", ledgerId.hex(), [&](RecordReading&& reading) -> Result<void> {
        if (reading.isGone || ledger::keyId(reading.record.key, "ledger") != ledgerId) {
            return {};
        }
        TaskParts parts;
        parts.task = {reading.record.id,
                      ledger::keyInteger(reading.record.key, "serial"),
                      ledger::cellText(reading, "number"),
                      ledger::taskWords(reading),
                      ledger::cellText(reading, "content"),
                      {},
                      ledger::cellText(reading, "decided_status")};
        const auto section = RecordId::fromHexText(ledger::cellText(reading, "section"));
        parts.task.section = section && sections.contains(*section) ? sections.at(*section) : std::string();
        HZ_TRY(const std::optional<sync::Value> shared, home.state().shown(reading.record.id, "shared"));
        parts.isShared = shared && shared->asBoolean().value_or(false);
        HZ_TRY(parts.units, ledger::standingUnitsOf(succession, reading));
        tasks.push_back(std::move(parts));
        return {};
    }));
    std::sort(tasks.begin(), tasks.end(), [](const TaskParts& a, const TaskParts& b) {
        return std::tie(a.task.serial, a.task.task) < std::tie(b.task.serial, b.task.task);
    });
    return tasks;
}

bool isHeld(const sync::ScopeState& scopes, const TaskParts& task, const RecordId& unit) {
    return sync::holdsScope(scopes.held, ledger::unitScope(unit)) ||
           (task.isShared && sync::holdsScope(scopes.held, ledger::taskScope(task.task.task)));
}

// What a cell is made of, read once.
struct Sources {
    WindowRow window;
    MatrixFilings filings;
    ledger::ExtensionsOfWindow extensions;
    sync::ScopeState scopes;
};

Result<Sources> readSources(Home& home, ledger::Succession& succession, WindowRow window) {
    Sources sources;
    sources.window = std::move(window);
    HZ_TRY(sources.filings, readFilings(home, succession, sources.window.window));
    HZ_TRY(sources.extensions, ledger::extensionsOfWindow(home, succession, sources.window.window));
    HZ_TRY(sources.scopes, home.replica().scopeState());
    return sources;
}

MatrixCell cellOf(const Sources& sources, const TaskParts& task, const RecordId& unit) {
    const auto found = sources.filings.find({sources.window.window, task.task.task, unit});
    MatrixCell cell = found == sources.filings.end() ? MatrixCell{} : found->second;
    cell.isAsked = task.units.contains(unit);
    cell.isHeld = isHeld(sources.scopes, task, unit);
    const ledger::StandingExtension& extension = sources.extensions.of(task.task.task, unit);
    cell.isAsking = extension.isAsking;
    // The window may have been extended beyond it since.
    if (extension.grantedTo > sources.window.lastDay()) {
        cell.extendedTo = extension.grantedTo;
    }
    return cell;
}

void count(const MatrixCell& cell, WindowCounts& counts) {
    if (cell.isAsked && cell.isHeld) {
        counts.asked += 1;
        counts.submitted += cell.filing == FilingState::submitted ? 1 : 0;
        counts.approved += cell.isApproved ? 1 : 0;
        counts.returned += cell.isReturned ? 1 : 0;
        counts.aside += cell.isAside ? 1 : 0;
        counts.afterApproval += cell.editsSinceApproval > 0 ? 1 : 0;
        counts.asking += cell.isAsking ? 1 : 0;
        counts.extended += cell.extendedTo.empty() ? 0 : 1;
    }
}

Result<void> lookAtTargets(Home& home, ledger::Succession& succession, Matrix& matrix) {
    for (std::size_t task = 0; task < matrix.tasks.size(); ++task) {
        std::optional<ledger::TaskTallies> tallies;
        for (std::size_t unit = 0; unit < matrix.units.size(); ++unit) {
            MatrixCell& cell = matrix.cells[task * matrix.units.size() + unit];
            if (!cell.isBelow) {
                continue;
            }
            if (!tallies) {
                HZ_TRY(tallies, ledger::taskTallies(home, succession, matrix.tasks[task].task, std::nullopt));
            }
            cell.isBelow = !tallies->unmetBy(matrix.units[unit].unit).empty();
            const bool isCounted = cell.isBelow && cell.isAsked && cell.isHeld && !cell.isApproved;
            matrix.window.counts.below += isCounted && cell.filing == FilingState::submitted ? 1 : 0;
        }
    }
    return {};
}

Result<WindowRow> windowRow(Home& home, const RecordReading& reading) {
    WindowRow row;
    row.window = reading.record.id;
    row.ledger = ledger::keyId(reading.record.key, "ledger").value_or(RecordId{});
    row.title = ledger::cellText(reading, "title");
    row.opens = ledger::cellText(reading, "opens");
    row.closes = ledger::keyText(reading.record.key, "closes").value_or("");
    row.extendedTo = ledger::cellText(reading, "extended_to");
    row.isOpen = ledger::cellText(reading, "state") == "open";
    HZ_TRY(const std::optional<sync::RecordRow> ledgerRecord, home.store().record(row.ledger));
    row.ledgerTitle = ledgerRecord ? ledger::keyText(ledgerRecord->key, "title").value_or("") : "";
    return row;
}

}  // namespace

Result<std::vector<WindowRow>> windows(Home& home) {
    std::vector<WindowRow> rows;
    HZ_CHECK(home.state().each("window", [&](RecordReading&& reading) -> Result<void> {
        if (!reading.isGone) {
            HZ_TRY(WindowRow row, windowRow(home, reading));
            rows.push_back(std::move(row));
        }
        return {};
    }));
    std::sort(rows.begin(), rows.end(), [](const WindowRow& a, const WindowRow& b) {
        return std::tie(b.isOpen, b.lastDay(), a.window) < std::tie(a.isOpen, a.lastDay(), b.window);
    });
    return rows;
}

Result<WindowCounts> windowCounts(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(window));
    if (!reading || reading->record.key.registerName != "window") {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    HZ_TRY(WindowRow row, windowRow(home, *reading));
    ledger::Succession succession(home.state());
    HZ_TRY(const std::vector<TaskParts> tasks, readTasks(home, succession, row.ledger));
    HZ_TRY(const Sources sources, readSources(home, succession, std::move(row)));
    WindowCounts counts;
    for (const TaskParts& task : tasks) {
        for (const RecordId& unit : task.units) {
            count(cellOf(sources, task, unit), counts);
        }
    }
    return counts;
}

Result<Matrix> matrix(Home& home, const RecordId& window) {
    HZ_TRY(const std::optional<RecordReading> reading, home.state().read(window));
    if (!reading || reading->isGone || reading->record.key.registerName != "window") {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    Matrix matrix;
    HZ_TRY(matrix.window, windowRow(home, *reading));
    ledger::Succession succession(home.state());
    HZ_TRY(const std::vector<TaskParts> tasks, readTasks(home, succession, matrix.window.ledger));
    std::set<RecordId> units;
    for (const TaskParts& task : tasks) {
        matrix.tasks.push_back(task.task);
        units.insert(task.units.begin(), task.units.end());
    }
    for (const RecordId& unit : units) {
        HZ_TRY(std::string name, ledger::unitName(home.state(), unit));
        matrix.units.push_back({unit, std::move(name)});
    }
    std::sort(matrix.units.begin(), matrix.units.end(), [](const MatrixUnit& a, const MatrixUnit& b) {
        return std::tie(a.name, a.unit) < std::tie(b.name, b.unit);
    });
    HZ_TRY(const Sources sources, readSources(home, succession, matrix.window));
    for (const TaskParts& task : tasks) {
        for (const MatrixUnit& unit : matrix.units) {
            matrix.cells.push_back(cellOf(sources, task, unit.unit));
            count(matrix.cells.back(), matrix.window.counts);
        }
    }
    HZ_CHECK(lookAtTargets(home, succession, matrix));
    return matrix;
}

}  // namespace hezhang::office
