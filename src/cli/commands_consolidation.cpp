// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "src/cli/commands.h"
#include "src/cli/references.h"
#include "src/ledger/files.h"
#include "src/ledger/names.h"
#include "src/office/closing.h"
#include "src/office/contradictions.h"
#include "src/office/paragraph.h"
#include "src/office/year_links.h"

namespace hezhang::cli {

using ledger::Home;

// --- one paragraph of a task ---

static Json sourcesJson(const std::vector<office::ParagraphSource>& sources) {
    Json list = Json::array();
    for (const office::ParagraphSource& source : sources) {
        list.push_back({{"filing", source.filing.hex()},
                        {"unit", source.unit.hex()},
                        {"unit_name", orNull(source.unitName)}});
    }
    return list;
}

static Json sentencesJson(const std::vector<office::ParagraphSentence>& sentences) {
    Json list = Json::array();
    for (const office::ParagraphSentence& sentence : sentences) {
        list.push_back({{"text", sentence.text}, {"sources", sourcesJson(sentence.sources)}});
    }
    return list;
}

static Json filingsJson(const std::vector<office::ParagraphFiling>& filings) {
    Json list = Json::array();
    for (const office::ParagraphFiling& filing : filings) {
        list.push_back({{"filing", filing.source.filing.hex()},
                        {"unit", filing.source.unit.hex()},
                        {"unit_name", orNull(filing.source.unitName)},
                        {"role", orNull(filing.role)},
                        {"state", ledger::name(filing.state)},
                        {"taken", filing.isTaken},
                        {"conflict", filing.hasConflict},
                        {"text", filing.text}});
    }
    return list;
}

static Json targetsOfParagraphJson(const std::vector<office::ParagraphTarget>& targets) {
    Json list = Json::array();
    for (const office::ParagraphTarget& target : targets) {
        list.push_back({{"words", target.target.words},
                        {"standing", standingWords(target.target, target.sum)},
                        {"met", standingOf(target.target, target.sum).isMet},
                        {"units", target.units}});
    }
    return list;
}

static std::string stateWords(office::ParagraphState state) {
    switch (state) {
    case office::ParagraphState::composed:
        return "由各单位填报合成";
    case office::ParagraphState::edited:
        return "县政务公开办已修改";
    case office::ParagraphState::merged:
        return "县政务公开办已修改，并已合入各单位之后的更正";
    case office::ParagraphState::overlap:
        return "单位更正了县政务公开办改过的句子：请对照后重新保存";
    }
    return "";
}

static std::string paragraphText(const office::Paragraph& paragraph) {
    std::string text = stateWords(paragraph.state) + "\n\n";
    for (const office::ParagraphSentence& sentence : paragraph.sentences) {
        std::string names;
        for (const office::ParagraphSource& source : sentence.sources) {
            names += (names.empty() ? "" : "、") + source.unitName;
        }
        text += plainText(sentence.text) + "  〔" + (names.empty() ? "县政务公开办" : names) + "〕\n";
    }
    if (paragraph.state == office::ParagraphState::overlap) {
        text += "\n各单位现在的文字：\n" + plainText(office::textOf(paragraph.composed)) + "\n";
    }
    if (paragraph.unitsCounted > 0) {
        text += "\n完成数量合计 " + std::to_string(paragraph.sum) + "（" +
                std::to_string(paragraph.unitsCounted) + " 个单位填报）\n";
    }
    for (const office::ParagraphTarget& target : paragraph.targets) {
        text += "\n指标：" + oneLine(target.target.words) + "：各单位合计" +
                standingWords(target.target, target.sum) + "\n";
    }
    return text;
}

static Result<int> paragraph(Call& call) {
    if (!call.args.has("set") && (call.args.has("seen") || call.args.has("base"))) {
        return usage("--seen and --base belong to --set");
    }
    office::ParagraphEdit edit;
    if (const auto typed = call.args.value("set")) {
        HZ_TRY(edit.text, typedText(*typed, call.io.in));
    }
    if (const auto seen = call.args.value("seen")) {
        edit.seen = seenDots(*seen);
    }
    edit.base = call.args.value("base");
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(edit.task, ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    HZ_TRY(edit.window, findTaskWindow(*home, edit.task, call.args.textOf("window")));
    if (call.args.has("set")) {
        HZ_TRY(const sync::EditAnswer answer, office::editParagraph(*home, edit));
        return call.answerEdit(answer);
    }
    HZ_TRY(const office::Paragraph shown, office::paragraph(*home, edit.task, edit.window));
    const Json json{{"task", shown.task.hex()},
                    {"window", shown.window.hex()},
                    {"text", shown.text},
                    {"composed", office::textOf(shown.composed)},
                    {"state", office::name(shown.state)},
                    {"sentences", sentencesJson(shown.sentences)},
                    {"count", {{"sum", shown.sum}, {"units", shown.unitsCounted}}},
                    {"targets", targetsOfParagraphJson(shown.targets)},
                    {"filings", filingsJson(shown.filings)},
                    {"all_held", shown.isWhole},
                    {"conflict", shown.hasConflict},
                    {"seen", shown.seen},
                    {"base", shown.base}};
    return call.answer(json, paragraphText(shown));
}

// --- what does not go together ---

static Json contradictionUnitsJson(const std::vector<office::ContradictionUnit>& units) {
    Json list = Json::array();
    for (const office::ContradictionUnit& unit : units) {
        list.push_back({{"unit", unit.unit.hex()},
                        {"unit_name", orNull(unit.unitName)},
                        {"filing", unit.filing.hex()},
                        {"window", unit.window.hex()},
                        {"role", orNull(unit.role)},
                        {"status", orNull(unit.status)},
                        {"percent", unit.percent ? Json(*unit.percent) : Json()},
                        {"done_count", unit.count ? Json(*unit.count) : Json()},
                        {"text", unit.text}});
    }
    return list;
}

static Json contradictionJson(const office::Contradiction& found) {
    Json json{{"kind", office::name(found.kind)},
              {"task", found.task.hex()},
              {"serial", found.serial},
              {"task_item", orNull(found.taskItem)},
              {"units", contradictionUnitsJson(found.units)},
              {"before", contradictionUnitsJson(found.before)},
              {"fields", found.fields},
              {"text", found.text},
              {"sentence", orNull(found.sentence)}};
    if (found.kind == office::ContradictionKind::afterApproval) {
        json["edits_since_approval"] = found.editsSinceApproval;
    }
    return json;
}

static Result<int> contradictions(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.textOf("window"), call.args.textOf("ledger")));
    HZ_TRY(const auto all, office::contradictions(*home, window));
    Json list = Json::array();
    Table table({"序号", "重点工作", "情况"});
    for (const office::Contradiction& found : all) {
        list.push_back(contradictionJson(found));
        table.add(
            {std::to_string(found.serial), shortened(oneLine(found.taskItem), 24), oneLine(found.text)});
    }
    return call.answer(list, table.text("没有发现矛盾"));
}

// --- what stood in a window when it was closed ---

static Json rowsJson(const std::vector<office::FrozenFinding>& rows) {
    Json list = Json::array();
    for (const office::FrozenFinding& row : rows) {
        list.push_back({{"task", row.task.isNone() ? Json() : Json(row.task.hex())},
                        {"unit", row.unit.isNone() ? Json() : Json(row.unit.hex())},
                        {"why", row.why}});
    }
    return list;
}

static Result<office::FrozenCheck> checkSnapshot(Call& call, Home& home, const RecordId& window) {
    const auto file = call.args.value("file");
    if (!file) {
        return office::verifyFrozen(home, window);
    }
    HZ_TRY(const Bytes bytes, ledger::readFile(*file, ledger::kBlobBytesMax));
    return office::verifyFrozen(home, window, textOf(bytes));
}

static Result<int> verifySnapshot(Call& call, Home& home, const RecordId& window) {
    HZ_TRY(const office::FrozenCheck check, checkSnapshot(call, home, window));
    const Json json{{"valid", check.isValid()},
                    {"digest", check.digest},
                    {"named", check.isNamed},
                    {"latest", check.isLatest},
                    {"rows", check.rows},
                    {"proved", check.proved},
                    {"absent", rowsJson(check.absent)},
                    {"wrong", rowsJson(check.wrong)},
                    {"changed", rowsJson(check.changed)},
                    {"granted_since", rowsJson(check.granted)}};
    const std::string text = std::string(check.isValid() ? "封存件属实"
                                         : check.isNamed ? "封存件与台账不符"
                                                         : "台账里没有登记这份封存件") +
                             "：共 " + std::to_string(check.rows) + " 行，" + std::to_string(check.proved) +
                             " 项有据可查，封存后有变动 " + std::to_string(check.changed.size()) +
                             " 行，封存后另行延期 " + std::to_string(check.granted.size()) +
                             " 项（封存的是否按时不变）\n";
    call.answer(json, text);
    return check.isValid() ? 0 : 1;
}

static std::string factWord(const nlohmann::json& row, const char* fact) {
    return row[fact].is_null() ? "－" : row[fact].get<bool>() ? "是" : "否";
}

static Result<int> showSnapshot(Call& call, const office::FrozenWindow& frozen) {
    Json json = Json::parse(frozen.text);
    json["digest"] = frozen.digest;
    json["entered_at"] = timeOrNull(frozen.enteredAt.value_or(0));
    Table table({"序号", "单位", "情况", "按时", "完整", "认可", "版本"});
    for (const nlohmann::json& row : frozen.content["rows"]) {
        const std::string fingerprint =
            row["fingerprint"].is_string() ? row["fingerprint"].get<std::string>().substr(0, 8) : "";
        table.add({std::to_string(row["serial"].get<std::int64_t>()),
                   oneLine(row["unit_name"].get<std::string>()), row["state"].get<std::string>(),
                   factWord(row, "on_time"), factWord(row, "complete"), factWord(row, "correct"),
                   fingerprint});
    }
    const std::string when = frozen.enteredAt ? localTime(*frozen.enteredAt)
                                              : oneLine(frozen.content["closed_at"].get<std::string>()) +
                                                    "（封存设备的时间，县里尚未收到）";
    return call.answer(json,
                       "封存于 " + when + "，摘要 " + frozen.digest + "\n" + table.text("没有应报的任务"));
}

static Result<int> windowSnapshot(Call& call) {
    const auto file = call.args.value("o");
    if (file && call.args.has("verify")) {
        return usage("-o and --verify are two things: one at a time");
    }
    if (call.args.has("file") && !call.args.has("verify")) {
        return usage("--file belongs to --verify");
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId window,
           ledger::findWindow(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    if (call.args.has("verify")) {
        return verifySnapshot(call, *home, window);
    }
    HZ_TRY(const office::FrozenWindow frozen, office::frozenWindow(*home, window));
    if (!file) {
        return showSnapshot(call, frozen);
    }
    HZ_CHECK(ledger::replaceFile(*file, viewOf(frozen.text)));
    return call.answer({{"file", *file}, {"digest", frozen.digest}, {"rows", frozen.content["rows"].size()}},
                       "已写入 " + *file + "，摘要 " + frozen.digest + "\n");
}

// --- which task of last year a task goes on with ---

static Json candidatesJson(const std::vector<office::YearCandidate>& candidates) {
    Json list = Json::array();
    for (const office::YearCandidate& one : candidates) {
        list.push_back({{"task", one.task.hex()},
                        {"serial", one.serial},
                        {"number", orNull(one.number)},
                        {"content", orNull(one.content)},
                        {"percent", std::lround(one.likeness * 100)}});
    }
    return list;
}

static std::string linkWords(const office::YearLink& link) {
    const auto& shown = link.linked.empty() ? link.candidates : link.linked;
    std::string words;
    for (const office::YearCandidate& one : shown) {
        words += (words.empty() ? "" : "；") + std::to_string(one.serial) + "（" +
                 std::to_string(std::lround(one.likeness * 100)) + "%）";
    }
    return words;
}

static std::string linkStateWords(office::YearLinkState state) {
    switch (state) {
    case office::YearLinkState::linked:
        return "已承接";
    case office::YearLinkState::isNew:
        return "本年新增";
    case office::YearLinkState::certain:
        return "可直接承接";
    case office::YearLinkState::doubtful:
        return "请人工选定";
    case office::YearLinkState::none:
        return "未找到相近的";
    }
    return "";
}

static Result<int> yearLinks(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId ledgerId, ledger::findLedger(home->state(), call.args.textOf("ledger")));
    if (call.args.has("accept")) {
        HZ_TRY(const std::size_t linked, office::linkCertain(*home, ledgerId));
        return call.answer({{"ledger", ledgerId.hex()}, {"linked", linked}},
                           "已承接 " + std::to_string(linked) + " 项\n");
    }
    HZ_TRY(const office::YearLinks links, office::yearLinks(*home, ledgerId));
    Json tasks = Json::array();
    Table table({"序号", "主要内容", "情况", "上年序号"});
    for (const office::YearLink& link : links.tasks) {
        tasks.push_back({{"task", link.task.hex()},
                         {"serial", link.serial},
                         {"number", orNull(link.number)},
                         {"content", orNull(link.content)},
                         {"state", office::name(link.state)},
                         {"linked", candidatesJson(link.linked)},
                         {"candidates", candidatesJson(link.candidates)}});
        table.add({std::to_string(link.serial), shortened(oneLine(link.content), 24),
                   linkStateWords(link.state), linkWords(link)});
    }
    const Json json{{"ledger", links.ledger.hex()},
                    {"year", links.year},
                    {"earlier_year", links.earlierYear ? Json(*links.earlierYear) : Json()},
                    {"tasks", std::move(tasks)}};
    return call.answer(json, table.text("台账里还没有任务"));
}

// A serial means a task of the only ledger of the earlier year, unless --of says which.
static Result<RecordId> findEarlier(Call& call, Home& home, const RecordId& task) {
    std::string of = call.args.textOf("of");
    if (of.empty()) {
        HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(task));
        HZ_TRY(const office::YearLinks links,
               office::yearLinks(home, ledger::keyId(row->key, "ledger").value_or(RecordId{})));
        HZ_TRY(const std::vector<ledger::LedgerRow> ledgers, ledger::ledgers(home));
        for (const ledger::LedgerRow& one : ledgers) {
            if (one.year == links.earlierYear && !of.empty()) {
                return fail(ErrorCode::ambiguous, "that year has several ledgers: say which with --of");
            }
            of = one.year == links.earlierYear ? one.id.hex() : of;
        }
    }
    if (of.empty()) {
        return fail(ErrorCode::notFound, "no ledger of an earlier year is here");
    }
    return ledger::findTask(home.state(), call.args.operand(1), of);
}

static Result<int> yearLink(Call& call) {
    const bool isNew = call.args.has("new");
    const bool isPair = call.args.operands().size() == 2;
    if (isNew == isPair) {
        return usage("name the earlier task, or say --new");
    }
    if (isNew && call.args.has("remove")) {
        return usage("--new and --remove are two things: one at a time");
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId task,
           ledger::findTask(home->state(), call.args.operand(0), call.args.textOf("ledger")));
    if (isNew) {
        HZ_CHECK(office::markNew(*home, task));
        return call.answer({{"task", task.hex()}, {"state", "new"}}, "已记为本年新增\n");
    }
    HZ_TRY(const RecordId earlier, findEarlier(call, *home, task));
    HZ_CHECK(call.args.has("remove") ? office::unlinkTask(*home, task, earlier)
                                     : office::linkTask(*home, task, earlier));
    return call.answer({{"task", task.hex()},
                        {"earlier", earlier.hex()},
                        {"state", call.args.has("remove") ? "unlinked" : "linked"}},
                       call.args.has("remove") ? "已取消承接\n" : "已承接\n");
}

std::vector<CommandSpec> consolidationCommands() {
    const OptionSpec ofLedger{"ledger", Takes::one, "LEDGER", "the ledger: id or title", Need::optional};
    return {
        {"paragraph",
         "TASK",
         "the one paragraph of a task out of its units' filings, each sentence with its sources",
         {{"window", Takes::one, "WINDOW", "in this window (default: the only open one)", Need::optional,
           isNotEmpty},
          {"set", Takes::one, "TEXT|-",
           "the office's edit of it; - reads standard input; empty: as composed"},
          {"seen", Takes::one, "DOT,…|none", "with --set: the answer's seen, when the form was opened",
           Need::optional, isSeen},
          {"base", Takes::one, "BASE", "with --set: the answer's base, when the form was opened"},
          ofLedger},
         paragraph},
        {"window snapshot",
         "WINDOW",
         "what stood in a window when it was closed, and by what that can be shown",
         {{"o", Takes::one, "FILE", "into a file, byte for byte: its hash is the digest", Need::optional,
           isNotEmpty},
          {"verify", Takes::nothing, "", "look it up in the log, and say what has changed since"},
          {"file", Takes::one, "FILE", "with --verify: this file instead of the one here", Need::optional,
           isNotEmpty},
          ofLedger},
         windowSnapshot},
        {"year links",
         "",
         "which task of an earlier year each task of a ledger goes on with, or may",
         {{"accept", Takes::nothing, "", "link those that are certain"}, ofLedger},
         yearLinks},
        {"year link",
         "TASK [EARLIER]",
         "says which task of an earlier year a task goes on with, or that it is new",
         {{"remove", Takes::nothing, "", "take the link back"},
          {"new", Takes::nothing, "", "it goes on with none"},
          {"of", Takes::one, "LEDGER", "the earlier ledger, where EARLIER is a serial", Need::optional,
           isNotEmpty},
          ofLedger},
         yearLink},
        {"contradictions",
         "",
         "what does not go together in the filings of a window",
         {{"window", Takes::one, "WINDOW", "id or closing date", Need::required, isNotEmpty}, ofLedger},
         contradictions},
    };
}

}  // namespace hezhang::cli
