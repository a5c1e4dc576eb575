// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <csignal>
#include <ostream>
#include <thread>

#include "src/cli/commands.h"
#include "src/ledger/blobs.h"
#include "src/ledger/bundles.h"
#include "src/ledger/compacting.h"
#include "src/ledger/files.h"
#include "src/ledger/repairing.h"
#include "src/ledger/retry_note.h"
#include "sync/transport/curl_transport.h"

namespace hezhang::cli {

using ledger::Home;
using ledger::HomeSyncReport;
using ledger::SyncOptions;
using sync::RetryState;

// --- being stopped ---

static std::atomic<bool> stopAsked{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler writes it");

// The first signal ends the round in good order, the second one the process.
static void stopOnSignals() {
    struct sigaction action {};
    action.sa_handler = [](int) { stopAsked = true; };
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

// --- one round ---

static Json reportJson(const HomeSyncReport& report) {
    return {{"pushed", report.sync.pushed},
            {"pulled", report.sync.pulled},
            {"set_aside", report.sync.setAside},
            {"conflicts", report.conflicts},
            {"bytes_sent", report.traffic.sent},
            {"bytes_received", report.traffic.received},
            {"elapsed_ms", report.elapsedMs},
            {"up_to_date", report.sync.isUpToDate && !report.error},
            {"handed_back", report.sync.handedBack},
            {"requests", report.traffic.requests},
            {"blobs_pending", report.blobsPending},
            {"blobs_fetched", report.blobsFetched},
            {"blobs_missing", report.blobsMissing},
            {"new_lane", report.sync.isNewLane},
            {"history_missing", report.historyMissing},
            {"scopes_joined", report.scopesJoined},
            {"scopes_left", report.scopesLeft}};
}

// A device that was told by its county what it may read no more tells its person.
static std::string scopesText(Home& home, const HomeSyncReport& report) {
    std::string text;
    const auto add = [&](const char* title, const std::vector<std::string>& scopes) {
        for (const std::string& scope : scopes) {
            text += title + oneLine(ledger::scopeWords(home.state(), scope).value_or(scope)) + "\n";
        }
    };
    add("新加入：", report.scopesJoined);
    add("不再接收：", report.scopesLeft);
    return text;
}

static std::string reportText(const HomeSyncReport& report) {
    const auto part = [](const char* title, std::uint64_t count) {
        return count == 0 ? std::string() : "，" + std::string(title) + " " + std::to_string(count);
    };
    std::string text =
        "上报 " + std::to_string(report.sync.pushed) + "，下收 " + std::to_string(report.sync.pulled);
    text += part("未采用", report.sync.setAside) + part("交还", report.sync.handedBack) +
            part("待处理冲突", report.conflicts) + part("待传附件", report.blobsPending) +
            part("取回附件", report.blobsFetched) + part("待取附件", report.blobsMissing);
    text += part("未取历史段", report.historyMissing);
    text += report.sync.isUpToDate && !report.error ? "，已是最新" : "，尚未完成";
    return text + "（" + std::to_string(report.elapsedMs) + " ms）\n";
}

// --- watching ---

static constexpr WallMs kSliceMs = 200;
static constexpr WallMs kLookMs = 2'000;   // how soon a new edit is noticed
static constexpr WallMs kIdleMs = 30'000;  // how often the county is asked when there is nothing new here

static void pause(WallMs time) {
    for (WallMs left = time; left > 0 && !stopAsked; left -= kSliceMs) {
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left, kSliceMs)));
    }
}

static Result<void> pauseUntilSomethingIsNew(Home& home) {
    for (WallMs waited = 0; waited < kIdleMs && !stopAsked; waited += kLookMs) {
        pause(kLookMs);
        HZ_TRY(const sync::OwnCounts own, home.replica().ownCounts());
        if (own.local > 0) {
            break;
        }
    }
    return {};
}

static void printRound(Call& call, Home& home, const HomeSyncReport& report) {
    Json json = reportJson(report);
    std::string text = localTime(call.environment().clock.now()) + "  " + reportText(report);
    if (report.error) {
        json["error"] = errorJson(*report.error);
        text.insert(text.size() - 1, "：" + oneLine(report.error->text));
    }
    call.answer(json, text + scopesText(home, report));
    call.io.out.flush();
}

// A round that could not even begin is one that failed.
static HomeSyncReport roundOf(Home& home, sync::Transport& transport, const SyncOptions& options) {
    auto round = home.sync(transport, options);
    if (round) {
        return std::move(*round);
    }
    HomeSyncReport report;
    report.error = round.error();
    return report;
}

// Ends with a signal, or where the county will never take us again.
static Result<int> watch(Call& call, Home& home, sync::Transport& transport, const SyncOptions& options) {
    HZ_TRY(RetryState state, ledger::retryState(home));
    pause(sync::waitBeforeRetry(state, home.now()));
    while (!stopAsked && call.io.out) {
        const HomeSyncReport report = roundOf(home, transport, options);
        if (stopAsked && report.error && report.error->code == ErrorCode::cancelled) {
            break;
        }
        printRound(call, home, report);
        if (report.error && retryClass(report.error->code) == Retry::never) {
            return fail(*report.error);
        }
        state =
            report.error ? sync::afterFailure(state, home.now(), call.environment().random) : RetryState{};
        HZ_CHECK(ledger::keepRetryState(home, state));
        if (report.error) {
            pause(sync::waitBeforeRetry(state, home.now()));
        } else {
            HZ_CHECK(pauseUntilSomethingIsNew(home));
        }
    }
    return 0;
}

static SyncOptions syncOptions(Call& call) {
    SyncOptions options;
    options.isByHand = !call.args.has("watch");
    options.history = call.args.has("history") ? ledger::HistoryWish::all : ledger::HistoryWish::none;
    if (const auto megabytes = call.args.number("fetch")) {
        options.fetchBytesMax = static_cast<std::uint64_t>(*megabytes) * 1024 * 1024;
    }
    if (const auto rate = call.args.value("limit-rate")) {
        options.fileRate = ledger::rateFromText(*rate);
    }
    return options;
}

static Result<int> syncOrWatch(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::string url, home->url());
    SyncOptions options = syncOptions(call);
    options.fileRate = options.fileRate.value_or(ledger::fileRate(home->folder()));
    HZ_TRY(const auto transport,
           sync::CurlTransport::open(url, {.fileBytesPerSecond = *options.fileRate, .cancel = &stopAsked}));
    stopOnSignals();
    if (call.args.has("watch")) {
        return watch(call, *home, *transport, options);
    }
    HZ_TRY(const HomeSyncReport report, home->sync(*transport, options));
    if (report.error) {
        return call.answerPartly(reportJson(report), reportText(report) + scopesText(*home, report),
                                 *report.error);
    }
    HZ_CHECK(ledger::keepRetryState(*home, RetryState{}));
    return call.answer(reportJson(report), reportText(report) + scopesText(*home, report));
}

static Result<int> repairHome(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::string url, home->url());
    HZ_TRY(const auto transport, sync::CurlTransport::open(url, {.cancel = &stopAsked}));
    stopOnSignals();
    HZ_TRY(const sync::RepairReport report, ledger::repair(*home, *transport));
    const Json json{{"compared", report.compared},
                    {"differing", report.differing},
                    {"fetched", report.fetched},
                    {"given", report.given},
                    {"rebuilt", report.isRebuilt},
                    {"lost", report.lost},
                    {"bytes_sent", transport->traffic().sent},
                    {"bytes_received", transport->traffic().received}};
    std::string text = "比对 " + std::to_string(report.compared) + " 条，取回 " +
                       std::to_string(report.fetched) + " 条，交还 " + std::to_string(report.given) + " 条" +
                       (report.isRebuilt ? "，本机状态已重建" : "") + "\n";
    for (const std::string& one : report.lost) {
        text += "无法恢复：" + one + "\n";
    }
    const int code = call.answer(json, text);
    return report.lost.empty() ? code : 1;
}

static Result<int> compactHome(Call& call) {
    HZ_TRY(Home* const home, call.home());
    const int days = static_cast<int>(call.args.number("keep-days").value_or(ledger::kTextsKeptDays));
    HZ_TRY(const ledger::CompactReport done, ledger::compact(*home, days));
    const Json json{{"segments", done.let.segments},
                    {"bytes", done.let.bytes},
                    {"file_bytes_before", done.fileBytesBefore},
                    {"file_bytes", done.fileBytes}};
    return call.answer(json, done.let.segments == 0
                                 ? "没有可以放下的旧历史\n"
                                 : "放下旧历史 " + std::to_string(done.let.segments) + " 段；数据库由 " +
                                       std::to_string(done.fileBytesBefore / 1024) + " KB 变为 " +
                                       std::to_string(done.fileBytes / 1024) + " KB\n");
}

// --- by file ---

static Result<int> exportBundle(Call& call) {
    const std::string& path = call.args.operand(0);
    HZ_TRY(Home* const home, call.home());
    const auto megabytes = call.args.number("max-size");
    const std::size_t bytesMax =
        megabytes ? static_cast<std::size_t>(*megabytes) * 1024 * 1024 : ledger::kBundleBytesDefault;
    const auto device = call.args.value("for");
    ledger::BundleWishes wishes;
    if (const auto files = call.args.number("fetch")) {
        wishes.filesMax = static_cast<std::size_t>(*files);
    }
    wishes.isHistoryWanted = call.args.has("history");
    HZ_TRY(const ledger::BundleExport done, device ? ledger::exportAnswer(*home, *device, path)
                                                   : ledger::exportBundle(*home, path, bytesMax, wishes));
    const Json json{{"file", path},          {"bytes", done.bytes}, {"segments", done.segments},
                    {"ops", done.ops},       {"blobs", done.blobs}, {"blobs_asked", done.asked},
                    {"complete", done.isAll}};
    return call.answer(json, "已存 " + oneLine(path) + "：条目 " + std::to_string(done.ops) + "，附件 " +
                                 std::to_string(done.blobs) +
                                 (done.asked > 0 ? "，索取他人附件 " + std::to_string(done.asked) : "") +
                                 (done.isAll ? "\n" : "；还有内容留待下一个包\n"));
}

static Json importJson(const ledger::BundleImport& import) {
    if (import.what == ledger::BundleImport::What::carried) {
        return {{"carried", true}, {"device", idOrNull(import.device)}};
    }
    Json json = reportJson(import.report);
    for (const char* ofNetwork : {"bytes_sent", "bytes_received", "requests", "elapsed_ms"}) {
        json.erase(ofNetwork);
    }
    json["carried"] = false;
    json["blobs"] = import.blobs;
    json["known"] = import.isKnown;
    return json;
}

static std::string importText(const ledger::BundleImport& import) {
    if (import.what == ledger::BundleImport::What::carried) {
        return "已收下设备 " + import.device.hex() + " 的包，下次同步时代为送到县里\n";
    }
    return import.isKnown ? "这个答复早已导入，没有新内容\n" : reportText(import.report);
}

static Result<int> importBundle(Call& call) {
    HZ_TRY(const Bytes file, ledger::readFile(call.args.operand(0), sync::kBundleBytesMax));
    HZ_TRY(const bool isEnrolment, ledger::isEnrolmentAnswer(file));
    HZ_TRY(const std::string folder, call.homeFolder());
    if (isEnrolment) {
        HZ_TRY(const auto import, ledger::importEnrolment(folder, file, call.environment()));
        return call.answer(importJson(import), importText(import));
    }
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto import, ledger::importBundle(*home, file));
    return call.answer(importJson(import), importText(import) + scopesText(*home, import.report));
}

static Result<int> listBundles(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const auto all, ledger::carriedBundles(*home));
    Json list = Json::array();
    Table table({"设备", "字节", "状态"});
    for (const ledger::CarriedBundle& one : all) {
        list.push_back(
            {{"device", idOrNull(one.device)}, {"bytes", one.bytes}, {"answered", one.isAnswered}});
        table.add({one.device.hex(), std::to_string(one.bytes), one.isAnswered ? "县里已答复" : "待送县里"});
    }
    return call.answer(list, table.text());
}

static bool isMegabytes(std::string_view text) {
    return isPositive(text) && text.size() <= 3 &&
           std::stoul(std::string(text)) * 1024 * 1024 <= sync::kBundleBytesMax;
}

static bool isRate(std::string_view text) {
    return ledger::rateFromText(text).has_value();
}

static bool isFetchSize(std::string_view text) {
    return isInteger(text) && text.size() <= 6 && text.front() != '-';
}

static bool isKeptDays(std::string_view text) {
    return isInteger(text) && text.size() <= 5 && text.front() != '-';
}

std::vector<CommandSpec> syncCommands() {
    return {
        {"sync",
         "",
         "exchange with the county what is new on both sides",
         {{"watch", Takes::nothing, "", "go on until stopped; wait longer after each failure"},
          {"fetch", Takes::one, "MB",
           "of other people's files at most so much in a round (default 64, supervisors and auditors 0)",
           Need::optional, isFetchSize},
          {"history", Takes::nothing, "",
           "bring the whole history too, where this home began with the present state"},
          {"limit-rate", Takes::one, "N[K|M]",
           "bytes a second for files, each way, at least 4K (default: what the home's file limit-rate says)",
           Need::optional, isRate}},
         syncOrWatch},
        {"repair",
         "",
         "after damage: get again what is lost here, give the county what is lost there",
         {},
         repairHome},
        {"compact",
         "",
         "make the home small: old history goes that the county has; what is shown stays",
         {{"keep-days", Takes::one, "N", "keep the history of the last N days (default 400)", Need::optional,
           isKeptDays}},
         compactHome},
        {"bundle export",
         "FILE",
         "write what a sync would send, to be carried to the county",
         {{"max-size", Takes::one, "MB", "leave the rest for the next bundle (default 64, at most 256)",
           Need::optional, isMegabytes},
          {"fetch", Takes::one, "N",
           "of other people's files ask for at most so many (default 100, supervisors and auditors 0)",
           Need::optional, isFetchSize},
          {"history", Takes::nothing, "",
           "ask for the whole history too, where this home has the present state only"},
          {"for", Takes::one, "DEVICE", "instead the county's answer to a bundle that this home carried",
           Need::optional, isNotEmpty}},
         exportBundle},
        {"bundle import",
         "FILE",
         "take the county's answer; or carry another device's bundle at the next sync",
         {},
         importBundle},
        {"bundle list", "", "the bundles of other devices that this home carries", {}, listBundles},
    };
}

}  // namespace hezhang::cli
