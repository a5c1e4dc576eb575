// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the machine allows: figures of the limit programs, which are built unchanged from a folder of their
// own and run on the disk and the workload of this very run. Each program runs once, when its first figure is
// asked for.
//
// Shape:   the programs print tables, a row a line between bars, and sentences.
// Errors:  nullopt for every figure where the folder is not there, or a program does not print it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::bench {

// How many ops the program for SQLite commits one by one; four times as many in tens.
inline constexpr std::size_t kSingleCommits = 2000;

class Limits {
public:
    struct Setup {
        std::string sources;   // the folder with their Makefile
        std::string scratch;   // on the disk to be measured
        std::string workload;  // the file of ops, as lines
        int runs = 3;
    };
    explicit Limits(Setup setup) : m_setup(std::move(setup)) {}

    // The number in column `column` (from 0) of the first row that begins with these cells.
    [[nodiscard]] std::optional<double> cell(const std::string& program,
                                             const std::vector<std::string_view>& row, std::size_t column);
    // The number behind the first place where the program says this.
    [[nodiscard]] std::optional<double> after(const std::string& program, std::string_view words);

private:
    [[nodiscard]] const std::string& output(const std::string& program);

    Setup m_setup;
    std::map<std::string, std::string> m_outputs;
};

}  // namespace hezhang::bench
