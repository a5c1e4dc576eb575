// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One measured figure beside what the machine allows, and whether it is good enough. Printed as one JSON
// object on one line:
//   {"measure","value","unit","spread","limit","ratio","must","goal","of","holds","goal_holds", …}
//
// Shape:   `value` is the median of the runs, `spread` the least and the largest of them. `ratio` is at least
// 1
//          where ours is as good as the limit or better: value by limit of what should be large, limit by
//          value of what should be small. `must` and `goal` bound the ratio, or the value itself: `of` says
//          which. Without a limit `limit`, `ratio` and what follows from them are null.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace hezhang::bench {

[[nodiscard]] double median(std::vector<double> values);
// The value that the share `part` of all does not exceed.
[[nodiscard]] double quantile(std::vector<double> values, double part);

enum class Better : std::uint8_t { more, less };

struct Bound {
    enum class Of : std::uint8_t { ratio, value };
    Of of = Of::ratio;
    double must = 0;
    double goal = 0;
    // Where the goal is a share of another floor than the must.
    std::optional<double> goalLimit{};
};

struct Figure {
    std::string measure;
    std::string unit;
    Better better = Better::more;
    std::vector<double> runs;
    std::optional<double> limit;
    Bound bound;
    nlohmann::ordered_json more = nlohmann::ordered_json::object();  // what else explains the value
};

// Whether the must holds; one that lacks its limit does not fail.
bool print(const Figure& figure);

}  // namespace hezhang::bench
