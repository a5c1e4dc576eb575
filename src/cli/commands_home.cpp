// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/commands.h"
#include "src/ledger/blob_garbage.h"
#include "src/ledger/files.h"
#include "src/ledger/leaving.h"
#include "src/ledger/names.h"
#include "src/ledger/queries.h"
#include "sync/transport/curl_transport.h"

namespace hezhang::cli {

using ledger::Home;

static Result<int> answerIdentity(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::vector<std::string> scopes, home->scopes());
    const sync::Identity& me = home->me();
    HZ_TRY(const RecordId unit, home->unit());
    HZ_TRY(std::string unitName, ledger::unitName(home->state(), unit));
    if (unitName.empty()) {
        unitName = me.unitName;  // nothing of the county is here yet but what enrolment said
    }
    const Json json{{"device", me.enrolment.device.hex()},
                    {"person", me.enrolment.person.hex()},
                    {"unit", unit.hex()},
                    {"role", me.enrolment.role},
                    {"county", me.county.name},
                    {"scopes", scopes},
                    {"person_name", orNull(me.personName)},
                    {"unit_name", orNull(unitName)},
                    {"county_id", me.county.county.hex()}};
    return call.answer(json, pairsText({{"县", oneLine(me.county.name)},
                                        {"单位", oneLine(unitName)},
                                        {"人员", oneLine(me.personName)},
                                        {"角色", me.enrolment.role},
                                        {"设备", me.enrolment.device.hex()},
                                        {"范围", std::to_string(scopes.size()) + " 个"}}));
}

// The code alone, or the address before it.
static Result<int> enrollByFile(Call& call) {
    const std::vector<std::string>& words = call.args.operands();
    const std::string path = call.args.textOf("bundle");
    HZ_TRY(const std::string folder, call.homeFolder());
    HZ_TRY(const Bytes bundle, Home::enrolmentBundle(folder, words.size() > 1 ? words.front() : "",
                                                     words.back(), call.environment()));
    HZ_CHECK(ledger::replaceFile(path, bundle));
    return call.answer({{"file", path}, {"bytes", bundle.size()}},
                       "注册请求已存 " + oneLine(path) + "，请送到县里，再用 hz bundle import 导入答复\n");
}

static Result<int> enroll(Call& call) {
    if (call.args.has("bundle")) {
        return enrollByFile(call);
    }
    if (call.args.operands().size() < 2) {
        return usage("enroll needs URL and CODE, or --bundle FILE and CODE");
    }
    const std::string& url = call.args.operand(0);
    HZ_TRY(const auto transport, sync::CurlTransport::open(url));
    HZ_TRY(const std::string folder, call.homeFolder());
    HZ_CHECK(Home::enroll(folder, url, call.args.operand(1), *transport, call.environment()));
    return answerIdentity(call);
}

static Result<int> leave(Call& call) {
    HZ_TRY(Home* const home, call.home());
    const auto bundle = call.args.value("bundle");
    HZ_TRY(const auto done, ledger::leave(*home, bundle, call.args.has("discard-drafts")));
    const Json json{{"left", true},
                    {"file", done ? Json(*bundle) : Json(nullptr)},
                    {"ops", done ? done->ops : 0},
                    {"blobs", done ? done->blobs : 0}};
    return call.answer(json, done ? "已退出本机。未上报的内容已存 " + oneLine(*bundle) + "（条目 " +
                                        std::to_string(done->ops) + "，附件 " + std::to_string(done->blobs) +
                                        "），请送到县里\n"
                                  : "已退出本机，县里已有全部内容\n");
}

static Result<int> status(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const storage::Transaction moment, home->beginRead());
    HZ_TRY(const sync::OwnCounts own, home->replica().ownCounts());
    HZ_TRY(const std::uint64_t open, ledger::conflictCount(*home));
    HZ_TRY(const std::uint64_t blobs, home->blobsPending());
    HZ_TRY(const std::uint64_t missing, home->blobsMissing());
    HZ_TRY(const std::uint64_t history, home->historyMissing());
    HZ_TRY(const auto last, home->lastSync());
    const Json json{{"local", own.local},
                    {"received", own.received},
                    {"applied", own.applied},
                    {"set_aside", own.setAside},
                    {"conflicts", open},
                    {"blobs_pending", blobs},
                    {"blobs_missing", missing},
                    {"history_missing", history},
                    {"last_sync", last ? timeOrNull(last->at) : Json(nullptr)},
                    {"clock_skew_ms", last ? Json(last->skewMs) : Json(nullptr)},
                    {"refused", own.refused}};
    return call.answer(json, pairsText({{"已存本机", std::to_string(own.local)},
                                        {"县里已收到", std::to_string(own.received)},
                                        {"已采用", std::to_string(own.applied)},
                                        {"未采用", std::to_string(own.setAside + own.refused)},
                                        {"待处理冲突", std::to_string(open)},
                                        {"待传附件", std::to_string(blobs)},
                                        {"待取附件", std::to_string(missing)},
                                        {"上次同步", last ? localTime(last->at) : "—"}}));
}

static Result<int> vector(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::versionVector(*home));
    Json list = Json::array();
    Table table({"lane", "n", "hash", "scope"});
    for (const ledger::VectorRow& row : rows) {
        list.push_back({{"lane", row.lane.hex()},
                        {"scope", row.scope},
                        {"device", row.device.hex()},
                        {"n", row.n},
                        {"hash", idOrNull(row.hash)}});
        table.add({row.lane.hex(), std::to_string(row.n),
                   row.hash.isNone() ? "—" : row.hash.hex().substr(0, 16), row.scope});
    }
    return call.answer(list, table.text());
}

static Result<int> scopes(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto rows, ledger::scopePositions(*home));
    Json list = Json::array();
    Table table({"scope", "position", "digest"});
    for (const ledger::ScopeRow& row : rows) {
        list.push_back({{"scope", row.scope}, {"position", row.position}, {"digest", row.digest.hex()}});
        table.add({row.scope, std::to_string(row.position), row.digest.hex().substr(0, 16)});
    }
    return call.answer(list, table.text());
}

static Result<int> prune(Call& call) {
    constexpr WallMs kDay = WallMs{24} * 3600 * 1000;
    ledger::GarbageRequest request;
    request.isDryRun = call.args.has("dry-run");
    if (const auto days = call.args.number("older-than")) {
        request.age = *days * kDay;
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const ledger::GarbageReport report, ledger::throwAwayGarbage(*home, request));
    return call.answer({{"files", report.files},
                        {"bytes", report.bytes},
                        {"kept", report.kept},
                        {"dry_run", request.isDryRun}},
                       std::string(request.isDryRun ? "可清理附件 " : "已清理附件 ") +
                           std::to_string(report.files) + " 个，共 " + std::to_string(report.bytes) +
                           " 字节；保留 " + std::to_string(report.kept) + " 个\n");
}

static bool isDays(std::string_view text) {
    return isPositive(text) && text.size() <= 5;
}

std::vector<CommandSpec> homeCommands() {
    return {
        {"enroll",
         "[URL] CODE",
         "make the home folder a replica of a county, with an invitation's code",
         {{"bundle", Takes::one, "FILE", "without a network: write a bundle to carry to the county",
           Need::optional, isNotEmpty}},
         enroll},
        {"leave",
         "",
         "empty the home folder, once the county has all that is in it",
         {{"bundle", Takes::one, "FILE", "write what the county does not have, to be carried to it",
           Need::optional, isNotEmpty},
          {"discard-drafts", Takes::nothing, "", "also where something was typed and not saved"}},
         leave},
        {"whoami", "", "the device, person, unit and role of this home", {}, answerIdentity},
        {"status", "", "how far this home's own edits have come", {}, status},
        {"vector", "", "the version vector: the last op known of each lane", {}, vector},
        {"prune",
         "",
         "throw away files that nothing names any more and that the county has",
         {{"older-than", Takes::one, "DAYS", "that were not used for so long (default 30)", Need::optional,
           isDays},
          {"dry-run", Takes::nothing, "", "count them only"}},
         prune},
        {"scopes", "", "the scopes held, how far each is read, and its digest", {}, scopes},
    };
}

}  // namespace hezhang::cli
