// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Counts of requests by route and status, and the page a Prometheus server reads.
//
// Shape:   the text format 0.0.4 of Prometheus. Routes are our own words, never what a client sent.
// Threads: all functions from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace hezhang::endpoint {

// What else the page shows.
struct Gauges {
    std::size_t queueLength = 0;
    std::uint64_t entries = 0;
    std::uint64_t commits = 0;
};

class Metrics {
public:
    void count(std::string_view route, int status);
    [[nodiscard]] std::string page(const Gauges& gauges) const;

private:
    mutable std::mutex m_mutex;
    std::map<std::pair<std::string, int>, std::uint64_t> m_requests;
};

}  // namespace hezhang::endpoint
