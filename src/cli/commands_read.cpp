// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/blobs.h"
#include "src/ledger/dump.h"
#include "src/ledger/names.h"
#include "src/ledger/queries.h"
#include "src/office/printed_cell.h"

namespace hezhang::cli {

using ledger::Home;

// --- ledgers and tasks ---

static Result<int> ledgers(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::ledgers(*home));
    Json list = Json::array();
    Table table({"年度", "标题", "发文单位", "状态", "任务", "id"});
    for (const ledger::LedgerRow& row : rows) {
        list.push_back({{"id", row.id.hex()},
                        {"year", row.year},
                        {"title", row.title},
                        {"issuer", orNull(row.issuer)},
                        {"state", orNull(row.state)},
                        {"tasks", row.tasks}});
        table.add({std::to_string(row.year), row.title, row.issuer, row.state, std::to_string(row.tasks),
                   row.id.hex()});
    }
    return call.answer(list, table.text());
}

static Result<ledger::TaskFilter> taskFilter(Call& call) {
    ledger::TaskFilter filter;
    // What needs no home comes first.
    if (const auto text = call.args.value("status")) {
        HZ_TRY(filter.status, storedChoice("task", "joint_status", *text));
    }
    HZ_TRY(Home* const home, call.home());
    if (const auto text = call.args.value("ledger")) {
        HZ_TRY(filter.ledger, ledger::findLedger(home->state(), *text));
    }
    if (const auto text = call.args.value("unit")) {
        HZ_TRY(filter.unit, ledger::findUnit(home->state(), *text));
    }
    filter.dueBefore = call.args.textOf("due-before");
    return filter;
}

static Json unitsJson(const std::vector<ledger::TaskUnit>& units) {
    Json list = Json::array();
    for (const ledger::TaskUnit& unit : units) {
        list.push_back({{"unit", unit.unit.hex()}, {"unit_name", orNull(unit.name)}, {"role", unit.role}});
    }
    return list;
}

static std::string unitsText(const std::vector<ledger::TaskUnit>& units) {
    std::string text;
    for (const ledger::TaskUnit& unit : units) {
        text += (text.empty() ? "" : "、") + unit.name;
    }
    return text;
}

static Result<int> tasks(Call& call) {
    HZ_TRY(const ledger::TaskFilter filter, taskFilter(call));
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::tasks(*home, filter));
    HZ_TRY(const ledger::WorkCalendar calendar, ledger::calendarOf(*home));
    Json list = Json::array();
    Table table({"序号", "重点工作", "主要内容", "责任单位", "完成时限", "最后工作日", "状态"});
    for (const ledger::TaskRow& row : rows) {
        const auto due = ledger::Date::parse(row.due);
        const auto last = due ? std::optional(calendar.lastWorkingDayOnOrBefore(*due)) : std::nullopt;
        list.push_back({{"id", row.id.hex()},
                        {"serial", row.serial},
                        {"number", row.number},
                        {"item", row.item},
                        {"content", row.content},
                        {"units", unitsJson(row.units)},
                        {"due", orNull(row.due)},
                        {"joint_status", row.jointStatus},
                        {"ledger", row.ledger.hex()},
                        {"last_working_day", last ? Json(last->date.text()) : Json(nullptr)},
                        {"provisional", last && last->provisional}});
        table.add({std::to_string(row.serial), shortened(oneLine(row.item), 24),
                   shortened(oneLine(row.content), 40), shortened(unitsText(row.units), 30), row.due,
                   last ? last->date.text() + (last->provisional ? "（暂定）" : "") : "",
                   valueText(row.jointStatus)});
    }
    return call.answer(list, table.text());
}

static Result<int> search(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto hits, ledger::search(*home, call.args.operand(0)));
    Json list = Json::array();
    Table table({"记录", "类别", "字段", "内容"});
    for (const ledger::SearchHit& hit : hits) {
        list.push_back({{"record", hit.record.hex()},
                        {"register", hit.registerName},
                        {"field", hit.field},
                        {"text", hit.text}});
        table.add({hit.record.hex(), hit.registerName, hit.field, hit.text});
    }
    return call.answer(list, table.text());
}

// --- one record ---

static std::string titleOf(const schema::RegisterDef* def, const std::string& field) {
    const schema::FieldDef* found = def == nullptr ? nullptr : def->keyField(field);
    found = found != nullptr || def == nullptr ? found : def->cell(field);
    return found == nullptr ? field : found->title.zh + " " + field;
}

static Result<int> show(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId id, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(const auto reading, home->state().read(id));
    if (!reading) {
        return fail(ErrorCode::unknownRecord, "no record " + id.hex() + " is here");
    }
    const std::string& registerName = reading->record.key.registerName;
    const schema::RegisterDef* def = home->registers().find(registerName);
    const nlohmann::json fields =
        def == nullptr ? nlohmann::json::object() : ledger::dumpFields(*def, *reading);
    HZ_TRY(const sync::ScopeState scopes, home->replica().scopeState());
    const bool isHeld = sync::holdsScope(scopes.held, reading->record.scope);
    Json json{{"id", id.hex()},
              {"register", registerName},
              {"scope", reading->record.scope},
              {"fields", fields},
              {"held", isHeld}};
    std::vector<std::pair<std::string, std::string>> lines{
        {"id", id.hex()}, {"类别 register", registerName}, {"范围 scope", reading->record.scope}};
    if (!isHeld) {
        lines.emplace_back("范围状态 held", "本机已不在此范围内，内容停在离开时");
    }
    if (reading->isGone) {
        json["deleted"] = true;
        lines.emplace_back("已删除 deleted", "true");
    }
    for (const auto& [field, value] : fields.items()) {
        lines.emplace_back(titleOf(def, field), valueText(value));
    }
    HZ_TRY(const ledger::BlobCounts files, ledger::countBlobs(*home, ledger::blobsOf(*home, *reading)));
    if (files.named > 0) {
        json["files"] = {{"count", files.named}, {"here", files.here}, {"at_county", files.atCounty}};
        lines.emplace_back("附件 files", "共 " + std::to_string(files.named) + " 个，本机有 " +
                                             std::to_string(files.here) + " 个，其中县里已有 " +
                                             std::to_string(files.atCounty) + " 个");
    }
    if (call.args.has("clock")) {
        HZ_TRY(const auto clock, ledger::clockOf(*home, id));
        json["clock"] = clock;
        for (const auto& [field, dots] : clock) {
            lines.emplace_back("时钟 " + field, valueText(nlohmann::json(dots)));
        }
    }
    return call.answer(json, pairsText(lines));
}

static std::string verdictText(const ledger::HistoryRow& row) {
    if (row.verdict == "local") {
        return "已存本机";
    }
    if (row.verdict == "received" || row.verdict == "held") {
        return "县里已收到";
    }
    if (row.verdict == "accepted") {
        return "已采用";
    }
    return "未采用" + (row.reason.empty() ? "" : "（" + row.reason + "）");
}

static std::string shownValue(const ledger::HistoryRow& row) {
    return row.isErased ? "（已依法清除）" : valueText(row.value);
}

static Result<std::vector<ledger::HistoryRow>> historyOf(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId id, ledger::findRecord(home->state(), call.args.operand(0)));
    return ledger::history(*home, id);
}

static Result<int> history(Call& call) {
    HZ_TRY(const auto rows, historyOf(call));
    Json list = Json::array();
    Table table({"时间", "单位", "人员", "字段", "方式", "内容", "状态"});
    for (const ledger::HistoryRow& row : rows) {
        list.push_back({{"op", row.op.isNone() ? Json(nullptr) : Json(row.op.hex())},
                        {"dot", row.dot},
                        {"field", row.field},
                        {"kind", row.kind},
                        {"value", row.value},
                        {"erased", row.isErased},
                        {"seen", row.seen},
                        {"person", idOrNull(row.by.person)},
                        {"unit", idOrNull(row.by.unit)},
                        {"device", idOrNull(row.by.device)},
                        {"at", timeOrNull(row.by.at)},
                        {"verdict", row.verdict},
                        {"reason", orNull(row.reason)},
                        {"person_name", orNull(row.by.personName)},
                        {"unit_name", orNull(row.by.unitName)},
                        {"position", row.position ? Json(*row.position) : Json(nullptr)}});
        table.add({localTime(row.by.at), row.by.unitName, row.by.personName, row.field, row.kind,
                   shownValue(row), verdictText(row)});
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::uint64_t missing, home->historyMissing());
    return call.answer(
        list, table.text() + (missing == 0 ? "" : "更早的修改不在本机上，可用 hz sync --history 取回\n"));
}

// --- where a printed cell comes from ---

static Json entriesJson(const std::vector<office::PrintedEntry>& entries) {
    Json list = Json::array();
    for (const office::PrintedEntry& entry : entries) {
        list.push_back({{"field", entry.field},
                        {"value", entry.value},
                        {"dot", entry.dot},
                        {"person", idOrNull(entry.by.person)},
                        {"person_name", orNull(entry.by.personName)},
                        {"unit", idOrNull(entry.by.unit)},
                        {"unit_name", orNull(entry.by.unitName)},
                        {"device", idOrNull(entry.by.device)},
                        {"at", timeOrNull(entry.by.at)},
                        {"position", entry.isAnswered ? Json(entry.position) : Json(nullptr)},
                        {"entered_at", timeOrNull(entry.enteredAt.value_or(0))}});
    }
    return list;
}

static Json printedSentencesJson(const std::vector<office::PrintedSentence>& sentences) {
    Json list = Json::array();
    for (const office::PrintedSentence& sentence : sentences) {
        Json sources = Json::array();
        for (const RecordId& filing : sentence.sources) {
            sources.push_back(filing.hex());
        }
        list.push_back({{"text", sentence.text}, {"sources", std::move(sources)}});
    }
    return list;
}

static Result<int> traceCell(Call& call, const std::string& cell) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId task,
           ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    HZ_TRY(const RecordId window, findTaskWindow(*home, task, call.args.textOf("window")));
    HZ_TRY(const office::PrintedCell printed, office::printedCell(*home, task, window, cell));
    Json sources = Json::array();
    Table table({"来源", "字段", "内容", "填写人", "县台账日志位置", "认可"});
    for (const office::PrintedSource& source : printed.sources) {
        sources.push_back({{"record", source.record.hex()},
                           {"register", source.registerName},
                           {"unit", idOrNull(source.unit)},
                           {"unit_name", orNull(source.unitName)},
                           {"entries", entriesJson(source.entries)},
                           {"approvals", entriesJson(source.approvals)}});
        const std::string approved = source.approvals.empty() ? "" : source.approvals.front().by.personName;
        for (const office::PrintedEntry& entry : source.entries) {
            table.add({source.unitName.empty() ? source.registerName : source.unitName, entry.field,
                       shortened(oneLine(entry.value), 40), entry.by.personName,
                       entry.isAnswered ? std::to_string(entry.position) : "", approved});
        }
    }
    return call.answer({{"task", task.hex()},
                        {"window", window.hex()},
                        {"cell", cell},
                        {"text", printed.text},
                        {"sentences", printedSentencesJson(printed.sentences)},
                        {"sources", std::move(sources)}},
                       plainText(printed.text) + "\n\n" + table.text("此格没有内容"));
}

static bool isPrintedCell(std::string_view text) {
    return std::ranges::find(office::kPrintedCells, text) != office::kPrintedCells.end();
}

// The ops behind a record and the entries of the county log they stand in.
static Result<int> trace(Call& call) {
    if (const auto cell = call.args.value("cell")) {
        return traceCell(call, *cell);
    }
    if (call.args.has("window") || call.args.has("ledger")) {
        return usage("--window and --ledger belong to --cell");
    }
    if (!isRecordStart(call.args.operand(0))) {
        return usage("'" + call.args.operand(0) + "' is not RECORD");
    }
    HZ_TRY(const auto rows, historyOf(call));
    Json list = Json::array();
    Table table({"字段", "内容", "县台账日志位置", "op", "dot"});
    for (const ledger::HistoryRow& row : rows) {
        const Json position = row.position ? Json(*row.position) : Json(nullptr);
        list.push_back({{"op", row.op.isNone() ? Json(nullptr) : Json(row.op.hex())},
                        {"dot", row.dot},
                        {"field", row.field},
                        {"position", position},
                        {"kind", row.kind},
                        {"value", row.value},
                        {"verdict", row.verdict},
                        {"person", idOrNull(row.by.person)},
                        {"person_name", orNull(row.by.personName)},
                        {"at", timeOrNull(row.by.at)}});
        table.add({row.field, shortened(oneLine(shownValue(row)), 40), valueText(position),
                   row.op.isNone() ? std::string() : row.op.hex().substr(0, 16), row.dot});
    }
    return call.answer(list, table.text());
}

std::vector<CommandSpec> readCommands() {
    return {
        {"ledgers", "", "the ledgers, the newest year first", {}, ledgers},
        {"tasks",
         "",
         "the tasks with their units and deadlines",
         {{"ledger", Takes::one, "LEDGER", "of this ledger: id or title"},
          {"unit", Takes::one, "UNIT", "of this unit: id, name or short name"},
          {"due-before", Takes::one, "DATE", "due before this day (YYYY-MM-DD)", Need::optional,
           schema::isDate},
          {"status", Takes::one, "STATUS", "with this joint status"}},
         tasks},
        {"search", "TEXT", "the records with this text in a field", {}, search},
        {"show",
         "RECORD",
         "one record as it stands",
         {{"clock", Takes::nothing, "", "with the live dots of each field"}},
         show},
        {"history",
         "RECORD",
         "every edit of a record: who, when, on which device, and what became of it",
         {},
         history},
        {"trace",
         "RECORD|TASK",
         "the ops behind a record, or behind one cell of a task's row in the consolidated ledger",
         {{"cell", Takes::one, "CELL",
           "of a task: number item content indicator responsible deadline progress", Need::optional,
           isPrintedCell},
          {"window", Takes::one, "WINDOW", "with --cell: in this window (default: the only open one)",
           Need::optional, isNotEmpty},
          {"ledger", Takes::one, "LEDGER", "with --cell: the ledger of a task's serial", Need::optional}},
         trace},
    };
}

}  // namespace hezhang::cli
