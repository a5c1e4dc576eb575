// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/ledger_reading.h"

#include <algorithm>
#include <array>
#include <map>

namespace hezhang::documents {

using ledger::Home;

namespace {

// Of a filing: what isFilledIn() tells.
constexpr std::array<std::string_view, 6> kOwnFields{"text",       "status",   "percent",
                                                     "done_count", "evidence", "submitted"};

constexpr WallMs kChinaOffsetMs = 8 * 3'600'000;

std::string statusText(std::string_view status) {
    static const std::map<std::string_view, std::string> kTexts{{"not-started", "未启动"},
                                                                {"in-progress", "推进中"},
                                                                {"done", "已完成"},
                                                                {"ongoing", "长期坚持"},
                                                                {"blocked", "受阻"}};
    const auto text = kTexts.find(status);
    return text == kTexts.end() ? std::string(status) : text->second;
}

std::string shown(const sync::RecordReading& reading, std::string_view field) {
    const auto cell = reading.cells.find(field);
    if (cell == reading.cells.end()) {
        return {};
    }
    const sync::Value& value = cell->second.view.shown;
    const auto number = value.asInteger();
    return number ? std::to_string(*number) : std::string(value.asText().value_or(""));
}

class LedgerReader {
public:
    LedgerReader(Home& home, const ReadingRequest& request)
        : m_home(home), m_request(request), m_succession(home.state()) {}

    Result<LedgerReading> read(const Progress& progress) {
        HZ_CHECK(readHead());
        if (m_request.unit) {
            HZ_TRY(m_units, m_succession.actsFor(*m_request.unit));
        }
        HZ_CHECK(readFilings(progress));
        HZ_CHECK(m_home.state().each(
            "task", [&](sync::RecordReading&& task) -> Result<void> { return takeTask(task); }));
        std::ranges::sort(m_reading.tasks, {}, &TaskReading::serial);
        return std::move(m_reading);
    }

private:
    Result<void> readHead() {
        HZ_TRY(const auto record, m_home.store().record(m_request.ledger));
        if (!record || record->key.registerName != "ledger") {
            return fail(ErrorCode::unknownRecord, "the ledger is not here");
        }
        m_reading.record = m_request.ledger;
        m_reading.title = ledger::keyText(record->key, "title").value_or("");
        m_reading.year = std::to_string(ledger::keyInteger(record->key, "year"));
        HZ_TRY(m_reading.issuer, ledger::shownText(m_home.state(), m_request.ledger, "issuer"));
        if (m_request.unit) {
            HZ_TRY(m_reading.unit, ledger::unitName(m_home.state(), *m_request.unit));
            HZ_TRY(m_reading.contact, ledger::shownText(m_home.state(), *m_request.unit, "contact"));
            HZ_TRY(m_reading.contactPhone,
                   ledger::shownText(m_home.state(), *m_request.unit, "contact_phone"));
        }
        if (m_request.window) {
            HZ_TRY(m_reading.window, closingDay(*m_request.window));
        }
        return {};
    }

    Result<std::string> closingDay(const RecordId& window) {
        HZ_TRY(const auto record, m_home.store().record(window));
        return record ? ledger::keyText(record->key, "closes").value_or("") : std::string();
    }

    [[nodiscard]] bool isMeant(const sync::RecordReading& filing) const {
        const sync::RecordKey& key = filing.record.key;
        return !filing.isGone &&
               (!m_request.unit || m_units.contains(ledger::keyId(key, "unit").value_or(RecordId{}))) &&
               (!m_request.window || ledger::keyId(key, "window") == m_request.window);
    }

    Result<void> readFilings(const Progress& progress) {
        HZ_TRY(const std::vector<sync::RecordRow> records, m_home.store().recordsOf("filing"));
        std::size_t read = 0;
        const auto take = [&](sync::RecordReading&& filing) -> Result<void> {
            HZ_CHECK(tell(progress, ++read, records.size() + 1));
            if (isMeant(filing)) {
                HZ_TRY(FilingReading one, filingOf(filing));
                m_byTask[ledger::keyId(filing.record.key, "task").value_or(RecordId{})].push_back(
                    std::move(one));
            }
            return {};
        };
        HZ_CHECK(m_home.state().each("filing", take));
        return tell(progress, 1, 1);
    }

    Result<FilingReading> filingOf(const sync::RecordReading& filing) {
        FilingReading one;
        one.record = filing.record.id;
        one.unitId = ledger::keyId(filing.record.key, "unit").value_or(RecordId{});
        HZ_TRY(one.unit, ledger::unitLabel(m_succession, m_home.state(), one.unitId));
        if (const auto window = ledger::keyId(filing.record.key, "window")) {
            HZ_TRY(one.window, closingDay(*window));
        }
        one.status = statusText(shown(filing, "status"));
        one.percent = shown(filing, "percent");
        one.text = shown(filing, "text");
        one.verified = statusText(shown(filing, "verified_status"));
        if (const auto count = filing.cells.find("done_count"); count != filing.cells.end()) {
            one.doneCount = std::to_string(count->second.view.sum);
        }
        if (const auto evidence = filing.cells.find("evidence"); evidence != filing.cells.end()) {
            one.evidence = std::to_string(evidence->second.view.elements.size());
        }
        HZ_TRY(one.state, stateOf(filing));
        HZ_CHECK(addAuthor(filing, one));
        return one;
    }

    Result<std::string> stateOf(const sync::RecordReading& filing) {
        const Hash now = ledger::fingerprintOf(m_home.state(), filing);
        HZ_TRY(const std::vector<sync::Value> submitted,
               m_home.state().elements(filing.record.id, "submitted"));
        if (submitted.empty()) {
            return "未报送";
        }
        const bool stands = std::ranges::find(submitted, sync::Value::text(now.hex())) != submitted.end();
        return stands ? "已报送" : "报送后有改动";
    }

    Result<void> addAuthor(const sync::RecordReading& filing, FilingReading& one) {
        const sync::LiveRow* latest = nullptr;
        for (const auto& [field, cell] : filing.cells) {
            if (cell.view.state == sync::CellState::conflict) {
                one.conflict += (one.conflict.empty() ? "" : "、") + field;
            }
            if (!isFilledIn(field)) {
                continue;
            }
            for (const sync::LiveRow& row : cell.rows) {
                latest = latest == nullptr || latest->order < row.order ? &row : latest;
            }
        }
        if (latest != nullptr) {
            HZ_TRY(const ledger::Authorship by,
                   ledger::authorshipOf(m_home, latest->ref, latest->person, latest->at));
            setAuthor(one, by);
        }
        return {};
    }

    Result<void> takeTask(const sync::RecordReading& task) {
        if (task.isGone || ledger::keyId(task.record.key, "ledger") != m_request.ledger) {
            return {};
        }
        const std::set<RecordId> named = ledger::unitsOfTask(task);
        const auto isMeantUnit = [&](const RecordId& unit) { return m_units.contains(unit); };
        if (m_request.unit && std::ranges::none_of(named, isMeantUnit)) {
            return {};
        }
        HZ_TRY(TaskReading one, taskOf(task));
        m_reading.tasks.push_back(std::move(one));
        return {};
    }

    Result<TaskReading> taskOf(const sync::RecordReading& task) {
        TaskReading one;
        one.record = task.record.id;
        one.serial = ledger::keyInteger(task.record.key, "serial");
        one.number = shown(task, "number");
        one.item = shown(task, "item");
        one.content = shown(task, "content");
        one.indicator = shown(task, "indicator");
        one.responsible = shown(task, "responsible_text");
        one.deadline = shown(task, "deadline_text");
        one.due = shown(task, "due");
        one.joint = shown(task, "joint_progress");
        one.jointStatus = statusText(shown(task, "joint_status"));
        if (const auto section = RecordId::fromHexText(shown(task, "section"))) {
            HZ_TRY(one.section, ledger::shownText(m_home.state(), *section, "title"));
        }
        one.filings = std::move(m_byTask[one.record]);
        std::ranges::sort(one.filings, [](const FilingReading& a, const FilingReading& b) {
            return std::tie(a.window, a.unit, a.record) < std::tie(b.window, b.unit, b.record);
        });
        return one;
    }

    Home& m_home;
    const ReadingRequest& m_request;
    ledger::Succession m_succession;
    std::set<RecordId> m_units;
    std::map<RecordId, std::vector<FilingReading>> m_byTask;
    LedgerReading m_reading;
};

}  // namespace

void setAuthor(FilingReading& filing, const ledger::Authorship& by) {
    filing.author = by.personName;
    filing.at = toIsoText(by.at);
    filing.day = toIsoText(by.at + kChinaOffsetMs).substr(0, 10);
}

bool isFilledIn(std::string_view field) {
    return std::ranges::find(kOwnFields, field) != kOwnFields.end();
}

Result<LedgerReading> readLedger(Home& home, const ReadingRequest& request, const Progress& progress) {
    return LedgerReader(home, request).read(progress);
}

}  // namespace hezhang::documents
