// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/metrics.h"

namespace hezhang::endpoint {
namespace {

std::string head(const std::string& name, const std::string& type, const std::string& help) {
    return "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
}

std::string single(const std::string& name, const std::string& type, const std::string& help,
                   std::uint64_t value) {
    return head(name, type, help) + name + " " + std::to_string(value) + "\n";
}

}  // namespace

void Metrics::count(std::string_view route, int status) {
    const std::lock_guard lock(m_mutex);
    ++m_requests[{std::string(route), status}];
}

std::string Metrics::page(const Gauges& gauges) const {
    std::string page =
        head("hezhang_requests_total", "counter", "Requests answered, by route and HTTP status.");
    {
        const std::lock_guard lock(m_mutex);
        for (const auto& [key, count] : m_requests) {
            page += "hezhang_requests_total{route=\"" + key.first + "\",status=\"" +
                    std::to_string(key.second) + "\"} " + std::to_string(count) + "\n";
        }
    }
    page += single("hezhang_queue_length", "gauge", "Requests that wait for the county's thread.",
                   gauges.queueLength);
    page += single("hezhang_log_entries", "gauge", "Entries of the county log.", gauges.entries);
    page += single("hezhang_commits_total", "counter", "Transactions for requests.", gauges.commits);
    return page;
}

}  // namespace hezhang::endpoint
