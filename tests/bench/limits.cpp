// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/limits.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/bench/process.h"

namespace hezhang::bench {
namespace {

// "| a | b |" -> a, b
std::vector<std::string> cellsOf(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream text(line.substr(1));
    for (std::string cell; std::getline(text, cell, '|');) {
        const auto begin = cell.find_first_not_of(' ');
        cells.push_back(
            begin == std::string::npos ? "" : cell.substr(begin, cell.find_last_not_of(' ') + 1 - begin));
    }
    return cells;
}

std::optional<double> numberAt(const std::string& text, std::size_t at) {
    char* end = nullptr;
    const char* begin = text.c_str() + at;
    const double number = std::strtod(begin, &end);
    return end == begin ? std::nullopt : std::optional(number);
}

}  // namespace

const std::string& Limits::output(const std::string& program) {
    const auto known = m_outputs.find(program);
    if (known != m_outputs.end()) {
        return known->second;
    }
    std::string& text = m_outputs[program];
    if (!std::filesystem::exists(m_setup.sources + "/Makefile")) {
        return text;
    }
    const std::string built = m_setup.scratch + "/limits";
    const std::string data = m_setup.scratch + "/limits-data";
    std::filesystem::create_directories(data);
    const std::string target = built + "/" + program;
    auto made = outputOf({"make", "-s", "-C", m_setup.sources, "B=" + built, target});
    // The codec needs no folder to write to.
    std::vector<std::string> command{target, m_setup.workload};
    if (program != "codec_limit") {
        command.push_back(data);
    }
    command.push_back(std::to_string(m_setup.runs));
    if (program == "sqlite_limit") {
        command.push_back(std::to_string(kSingleCommits));
    }
    const auto ran = made ? outputOf(command) : std::move(made);
    if (!ran) {
        std::fprintf(stderr, "hezhang-bench: %s: %s\n", program.c_str(), ran.error().text.c_str());
    }
    std::filesystem::remove_all(data);
    text = ran.value_or("");
    return text;
}

std::optional<double> Limits::cell(const std::string& program, const std::vector<std::string_view>& row,
                                   std::size_t column) {
    std::istringstream lines(output(program));
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('|')) {
            continue;
        }
        const std::vector<std::string> cells = cellsOf(line);
        if (cells.size() > column && cells.size() >= row.size() &&
            std::equal(row.begin(), row.end(), cells.begin())) {
            return numberAt(cells[column], 0);
        }
    }
    return std::nullopt;
}

std::optional<double> Limits::after(const std::string& program, std::string_view words) {
    const std::string& text = output(program);
    const auto at = text.find(words);
    return at == std::string::npos ? std::nullopt : numberAt(text, at + words.size());
}

}  // namespace hezhang::bench
