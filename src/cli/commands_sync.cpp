// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <atomic>
#include <chrono>
#include <csignal>
#include <ostream>
#include <thread>

#include "src/cli/commands.h"
#include "src/ledger/retry_note.h"
#include "sync/transport/curl_transport.h"

namespace hezhang::cli {

using ledger::Home;
using ledger::HomeSyncReport;
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
    return {{"pushed", report.sync.pushed},          {"pulled", report.sync.pulled},
            {"set_aside", report.sync.setAside},     {"conflicts", report.conflicts},
            {"bytes_sent", report.traffic.sent},     {"bytes_received", report.traffic.received},
            {"elapsed_ms", report.elapsedMs},        {"up_to_date", report.sync.isUpToDate && !report.error},
            {"handed_back", report.sync.handedBack}, {"requests", report.traffic.requests},
            {"blobs_pending", report.blobsPending},  {"new_lane", report.sync.isNewLane}};
}

static std::string reportText(const HomeSyncReport& report) {
    const auto part = [](const char* title, std::uint64_t count) {
        return count == 0 ? std::string() : "，" + std::string(title) + " " + std::to_string(count);
    };
    std::string text =
        "上报 " + std::to_string(report.sync.pushed) + "，下收 " + std::to_string(report.sync.pulled);
    text += part("未采用", report.sync.setAside) + part("交还", report.sync.handedBack) +
            part("待处理冲突", report.conflicts) + part("待传附件", report.blobsPending);
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

static void printRound(Call& call, const HomeSyncReport& report) {
    Json json = reportJson(report);
    std::string text = localTime(call.environment().clock.now()) + "  " + reportText(report);
    if (report.error) {
        json["error"] = errorJson(*report.error);
        text.insert(text.size() - 1, "：" + oneLine(report.error->text));
    }
    call.answer(json, text);
    call.io.out.flush();
}

// A round that could not even begin is one that failed.
static HomeSyncReport roundOf(Home& home, sync::Transport& transport) {
    auto round = home.sync(transport);
    if (round) {
        return std::move(*round);
    }
    HomeSyncReport report;
    report.error = round.error();
    return report;
}

// Ends with a signal, or where the county will never take us again.
static Result<int> watch(Call& call, Home& home, sync::Transport& transport) {
    HZ_TRY(RetryState state, ledger::retryState(home));
    pause(sync::waitBeforeRetry(state, home.now()));
    while (!stopAsked && call.io.out) {
        const HomeSyncReport report = roundOf(home, transport);
        if (stopAsked && report.error && report.error->code == ErrorCode::cancelled) {
            break;
        }
        printRound(call, report);
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

static Result<int> syncOrWatch(Call& call) {
    HZ_TRY(Home* const home, call.home());
    HZ_TRY(const std::string url, home->url());
    HZ_TRY(const auto transport, sync::CurlTransport::open(url, {.cancel = &stopAsked}));
    stopOnSignals();
    if (call.args.has("watch")) {
        return watch(call, *home, *transport);
    }
    HZ_TRY(const HomeSyncReport report, home->sync(*transport));
    if (report.error) {
        return call.answerPartly(reportJson(report), reportText(report), *report.error);
    }
    HZ_CHECK(ledger::keepRetryState(*home, RetryState{}));
    return call.answer(reportJson(report), reportText(report));
}

std::vector<CommandSpec> syncCommands() {
    return {
        {"sync",
         "",
         "exchange with the county what is new on both sides",
         {{"watch", Takes::nothing, "", "go on until stopped; wait longer after each failure"}},
         syncOrWatch},
    };
}

}  // namespace hezhang::cli
