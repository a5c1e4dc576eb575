// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/figure.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace hezhang::bench {
namespace {

using nlohmann::ordered_json;

// Four digits say all that a noisy machine can.
double rounded(double value) {
    if (value == 0 || !std::isfinite(value)) {
        return value;
    }
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - 3);
    return unit >= 1 ? std::round(value / unit) * unit : std::round(value / unit) / std::round(1 / unit);
}

std::optional<double> ratioOf(const Figure& figure, double value, const std::optional<double>& limit) {
    if (!limit || *limit == 0 || value == 0) {
        return std::nullopt;
    }
    return figure.better == Better::more ? value / *limit : *limit / value;
}

std::optional<bool> reaches(const Figure& figure, double value, double bound,
                            const std::optional<double>& limit) {
    if (figure.bound.of == Bound::Of::value) {
        return figure.better == Better::more ? value >= bound : value <= bound;
    }
    const auto ratio = ratioOf(figure, value, limit);
    return ratio ? std::optional(*ratio >= bound) : std::nullopt;
}

template <class T>
ordered_json orNull(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json orNull(const std::optional<double>& value) {
    return value ? ordered_json(rounded(*value)) : ordered_json(nullptr);
}

}  // namespace

double quantile(std::vector<double> values, double part) {
    if (values.empty()) {
        return 0;
    }
    std::sort(values.begin(), values.end());
    const auto at = static_cast<std::size_t>(part * static_cast<double>(values.size()));
    return values[std::min(at, values.size() - 1)];
}

double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

bool print(const Figure& figure) {
    const double value = median(figure.runs);
    const auto goalLimit = figure.bound.goalLimit ? figure.bound.goalLimit : figure.limit;
    const auto holds = reaches(figure, value, figure.bound.must, figure.limit);
    ordered_json line{{"measure", figure.measure},
                      {"value", rounded(value)},
                      {"unit", figure.unit},
                      {"spread", {rounded(quantile(figure.runs, 0)), rounded(quantile(figure.runs, 1))}},
                      {"limit", orNull(figure.limit)},
                      {"ratio", orNull(ratioOf(figure, value, figure.limit))},
                      {"must", figure.bound.must},
                      {"goal", figure.bound.goal},
                      {"of", figure.bound.of == Bound::Of::ratio ? "ratio" : "value"},
                      {"holds", orNull(holds)},
                      {"goal_holds", orNull(reaches(figure, value, figure.bound.goal, goalLimit))}};
    if (figure.bound.goalLimit) {
        line["goal_limit"] = rounded(*figure.bound.goalLimit);
        line["goal_ratio"] = orNull(ratioOf(figure, value, figure.bound.goalLimit));
    }
    line.update(figure.more);
    std::puts(line.dump().c_str());
    std::fflush(stdout);
    return holds.value_or(true);
}

}  // namespace hezhang::bench
