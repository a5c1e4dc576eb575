// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a search costs in a large home: hezhang-bench-search [TASKS] [OPS]. Makes a county and a home of that
// size in a temporary folder, fills the index once, then asks. One JSON object; times in milliseconds, the
// median of nine; filters as a person would set them.
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "src/ledger/search.h"
#include "tests/support/county_box.h"

namespace hezhang::test {
namespace {

double msSince(std::chrono::steady_clock::time_point begun) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
}

std::string sentence(int seed) {
    static constexpr std::array kWords{"政务公开", "网站", "预算", "公示栏", "更新", "便民服务",
                                       "重点领域", "督查", "整改", "信息",   "乡镇", "财政",
                                       "补贴名单", "按时", "解读", "依申请"};
    std::string text;
    for (unsigned i = 0, value = static_cast<unsigned>(seed) * 2654435761U; i < 8;
         ++i, value = value * 1664525U + 1013904223U) {
        text += kWords[(value >> 16) % kWords.size()];
    }
    return text + std::to_string(seed) + "。";
}

void fill(CountyBox& county, ledger::Home& office, int tasks, int ops) {
    const std::string ledgerId = county.newLedger(office);
    std::vector<RecordId> made;
    static_cast<void>(office.beginBatch());
    int written = 1;
    for (int serial = 1; serial <= tasks; ++serial) {
        made.push_back(county.newTask(office, ledgerId, serial, sentence(serial), {"甲镇"}, "2026-12-31"));
        written += 4;
    }
    static_cast<void>(office.commitBatch());
    static constexpr std::array kFields{"joint_progress", "indicator", "content", "deadline_text",
                                        "responsible_text"};
    while (written < ops) {
        static_cast<void>(office.beginBatch());
        for (int i = 0; i < 1000 && written < ops; ++i, ++written) {
            CountyBox::set(office, made[static_cast<std::size_t>(written) % made.size()],
                           kFields[static_cast<std::size_t>(written / tasks) % kFields.size()],
                           sentence(written));
        }
        static_cast<void>(office.commitBatch());
    }
}

double median(ledger::Home& home, const std::string& needle, const ledger::SearchFilter& filter) {
    std::vector<double> times;
    for (int i = 0; i < 9; ++i) {
        const auto begun = std::chrono::steady_clock::now();
        static_cast<void>(taken(ledger::find(home, needle, filter, 50)));
        times.push_back(msSince(begun));
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

int run(int tasks, int ops) {
    CountyBox county;
    const auto office = county.enrol("office", "公开办", "马主任", "office");
    fill(county, *office, tasks, ops);
    nlohmann::json result{{"tasks", tasks}, {"ops", ops}};
    auto begun = std::chrono::steady_clock::now();
    static_cast<void>(taken(ledger::find(*office, "没有的词", {}, 50)));
    result["fill_ms"] = msSince(begun);
    for (const char* needle : {"公", "公开", "补贴名单", "整改督", "没有的词", "99"}) {
        result["find_ms"][needle] = median(*office, needle, {});
    }
    result["find_filtered_ms"] =
        median(*office, "公开", {.unit = std::nullopt, .dueFrom = "2026-12-01", .dueBefore = "2027-01-01"});
    begun = std::chrono::steady_clock::now();
    static_cast<void>(taken(ledger::searchByScan(*office, "公开")));
    result["scan_ms"] = msSince(begun);
    result["index_bytes"] = std::filesystem::file_size(office->folder() + "/search.db");
    std::puts(result.dump(2).c_str());
    return 0;
}

}  // namespace
}  // namespace hezhang::test

int main(int argc, char** argv) {
    return hezhang::test::run(argc > 1 ? std::atoi(argv[1]) : 2000, argc > 2 ? std::atoi(argv[2]) : 100'000);
}
