// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/seen_lines.h"

namespace hezhang::office {

bool isCheckResult(std::string_view text) {
    return text == "yes" || text == "no" || text == "na";
}

SeenLines seenLinesIn(const std::vector<std::string>& elements) {
    SeenLines seen;
    for (const std::string& element : elements) {
        const std::size_t blank = element.find(' ');
        if (blank != std::string::npos && isCheckResult(std::string_view(element).substr(0, blank))) {
            seen.lines.push_back({element.substr(0, blank), element.substr(blank + 1)});
        } else {
            seen.unclear.push_back(element);
        }
    }
    return seen;
}

std::string elementOf(const SeenLine& line) {
    return line.result + " " + line.words;
}

}  // namespace hezhang::office
