// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <ostream>

#include "schema/text_rules.h"
#include "src/cli/commands.h"
#include "src/documents/form_code.h"
#include "src/ledger/dump.h"
#include "src/ledger/files.h"
#include "src/ledger/names.h"
#include "src/ledger/receipt.h"

namespace hezhang::cli {

using ledger::Home;

static constexpr std::size_t kReceiptBytesMax = 16 * 1024 * 1024;

// --- dump and digest ---

static Result<int> dump(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_CHECK(ledger::dump(home->state(), home->registers(), call.args.textOf("scope"),
                          [&](std::string_view line) { call.io.out << line; }));
    return 0;
}

static Result<int> digest(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const Hash hash, ledger::digest(home->state(), home->registers(), call.args.textOf("scope")));
    return call.answer({{"digest", hash.hex()}}, hash.hex() + "\n");
}

static Result<int> rebuild(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const bool isEqual, home->replica().isRebuildEqual());
    const Json json{{"ok", isEqual}};
    if (isEqual) {
        return call.answer(json, "ok\n");
    }
    return call.answerPartly(
        json, "", {ErrorCode::storageCorrupt, "the state is not what a rebuild from the log gives"});
}

// --- receipts ---

static Result<int> receipt(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const RecordId record, ledger::findRecord(home->state(), call.args.operand(0)));
    HZ_TRY(const Bytes bytes, ledger::makeReceipt(*home, record));
    const std::string path = call.args.textOf("o");
    HZ_CHECK(ledger::replaceFile(path, bytes));
    return call.answer({{"record", record.hex()}, {"file", path}, {"bytes", bytes.size()}},
                       "回执已存 " + oneLine(path) + "\n");
}

// Where there is a home, only its own county's receipts are good. A home that was named has to be one.
static Result<void> checkPinnedKey(Call& call, const ledger::ReceiptFacts& facts) {
    const auto home = call.home();
    if (!home && home.error().code == ErrorCode::notEnrolled && !call.args.has("home")) {
        return {};
    }
    if (!home) {
        return fail(home.error());
    }
    if ((*home)->me().county.publicKey != facts.countyKey) {
        return fail(ErrorCode::proofInvalid, "the receipt is of another county than this home's");
    }
    return {};
}

static std::string lowerCase(std::string text) {
    std::ranges::transform(text, text.begin(), [](char c) {
        return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

static Result<void> checkDemandedKey(const Call& call, const std::string& fingerprint) {
    const auto demanded = call.args.value("county-key");
    if (demanded && lowerCase(*demanded) != fingerprint) {
        return fail(ErrorCode::proofInvalid, "the county's key is " + fingerprint + ", not the one demanded");
    }
    return {};
}

static Result<ledger::ReceiptFacts> receiptFacts(Call& call) {
    HZ_TRY(const Bytes bytes, ledger::readFile(call.args.operand(0), kReceiptBytesMax));
    HZ_TRY(ledger::ReceiptFacts facts, ledger::verifyReceipt(bytes));
    HZ_CHECK(checkDemandedKey(call, facts.keyFingerprint));
    HZ_CHECK(checkPinnedKey(call, facts));
    return facts;
}

static Result<int> verifyFile(Call& call) {
    const auto facts = receiptFacts(call);
    if (!facts) {
        return call.answerPartly({{"valid", false}}, "", facts.error());
    }
    Json fields = Json::object();
    std::vector<std::pair<std::string, std::string>> lines{{"有效", "是"},
                                                           {"县", oneLine(facts->county)},
                                                           {"县公钥指纹", facts->keyFingerprint},
                                                           {"记录", facts->record.hex()},
                                                           {"日志位置", std::to_string(facts->position)},
                                                           {"县里收到时间", localTime(facts->at)}};
    for (const auto& [field, value] : facts->fields) {
        fields[field] = value;
        lines.emplace_back(oneLine(field), plainText(value));
    }
    const Json json{{"valid", true},
                    {"county", facts->county},
                    {"county_key", facts->keyFingerprint},
                    {"record", facts->record.hex()},
                    {"position", facts->position},
                    {"at", timeOrNull(facts->at)},
                    {"fields", fields}};
    return call.answer(json, pairsText(lines));
}

static Result<int> verifyHome(Call& call) {
    HZ_TRY(Home* const home, call.home());
    const sync::CountyControl& county = home->me().county;
    const std::string fingerprint = ledger::keyFingerprint(home->suite(), county.publicKey);
    HZ_CHECK(checkDemandedKey(call, fingerprint));
    HZ_TRY(const std::vector<std::string> findings, home->verify());
    const Json json{{"valid", findings.empty()},
                    {"county", county.name},
                    {"county_key", fingerprint},
                    {"findings", findings}};
    if (findings.empty()) {
        return call.answer(json, "ok\n");
    }
    std::string text;
    for (const std::string& finding : findings) {
        text += oneLine(finding) + "\n";
    }
    const std::string count = std::to_string(findings.size());
    return call.answerPartly(
        json, text, {ErrorCode::storageCorrupt, "the check of this home found " + count + " faults"});
}

// --- the code of a form ---

static Result<std::string> whyNotFound(Home& home, bool isUnitNamed) {
    std::string why =
        "nothing that this home can print has this code: the paper was changed, or it is of a unit or window "
        "that is "
        "not here, of another template (--template), or of a time before its tasks or filings changed";
    HZ_TRY(const std::uint64_t missing, home.historyMissing());
    why += isUnitNamed ? "" : "; --unit looks among the earlier texts of the unit on the paper, too";
    return missing == 0 ? why : why + "; and old history is not here (hz sync --history)";
}

static Result<int> verifyCode(Call& call, const documents::FormCode& code) {
    HZ_TRY(Home* const home, call.home());
    documents::FormHints hints{{}, call.args.value("template")};
    if (const auto unit = call.args.value("unit")) {
        HZ_TRY(hints.unit, ledger::findUnit(home->state(), *unit));
    }
    HZ_TRY(const auto found, documents::findForm(*home, code, hints));
    if (!found) {
        HZ_TRY(const std::string why, whyNotFound(*home, hints.unit.has_value()));
        return call.answerPartly({{"valid", false}}, "", {ErrorCode::notFound, why});
    }
    const auto idOrNull = [](const std::optional<RecordId>& id) {
        return id ? Json(id->hex()) : Json(nullptr);
    };
    const Json json{{"valid", true},
                    {"form", found->request.form},
                    {"title", found->title},
                    {"ledger", found->request.ledger.hex()},
                    {"unit", idOrNull(found->request.unit)},
                    {"unit_name", found->unit},
                    {"window", idOrNull(found->request.window)},
                    {"closes", found->window},
                    {"edits_since", found->editsSince},
                    {"last_edit", found->lastEdit ? timeOrNull(*found->lastEdit) : Json(nullptr)}};
    std::vector<std::pair<std::string, std::string>> lines{{"有效", "是"}, {"表", oneLine(found->title)}};
    if (!found->unit.empty()) {
        lines.emplace_back("单位", oneLine(found->unit));
    }
    lines.emplace_back("报送期", found->window.empty() ? "全部" : found->window + " 前");
    lines.emplace_back("内容", found->editsSince == 0
                                   ? "与现在一致"
                                   : "打印之后填报又改动 " + std::to_string(found->editsSince) + " 次");
    if (found->lastEdit) {
        lines.emplace_back("打印前最后改动", localTime(*found->lastEdit));
    }
    return call.answer(json, pairsText(lines));
}

static Result<int> verify(Call& call) {
    if (call.args.operands().empty()) {
        return verifyHome(call);
    }
    const auto code = documents::formCodeIn(call.args.operand(0));
    return code ? verifyCode(call, *code) : verifyFile(call);
}

std::vector<CommandSpec> proofCommands() {
    const OptionSpec scope{"scope", Takes::one, "SCOPE", "only this scope", Need::optional, schema::isScope};
    return {
        {"dump", "", "every live record in its canonical form, one line each", {scope}, dump},
        {"digest", "", "the hash of the dump: equal on replicas that agree", {scope}, digest},
        {"receipt",
         "RECORD",
         "the county's proof that it has a record as it stands",
         {{"o", Takes::one, "FILE", "where to write it", Need::required, isNotEmpty}},
         receipt},
        {"verify",
         "[FILE|CODE]",
         "check a receipt, the code on a printed form, or without either what this home has stored",
         {{"county-key", Takes::one, "FINGERPRINT", "demand this key of the county", Need::optional, isHex},
          {"template", Takes::one, "FILE", "the description that the form was printed with", Need::optional,
           isNotEmpty},
          {"unit", Takes::one, "UNIT", "the unit on the paper: its earlier texts are looked at, too",
           Need::optional, isNotEmpty}},
         verify},
        {"rebuild",
         "",
         "whether the state is what the log gives",
         {{"check", Takes::nothing, "", "compare, change nothing", Need::required}},
         rebuild},
    };
}

}  // namespace hezhang::cli
