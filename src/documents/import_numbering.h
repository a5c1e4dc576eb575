// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The numbers that Word prints before paragraphs by itself: 一、, （二）, 3. They stand nowhere in the text,
// but sections, tasks and the 序号 column are known by them.
//
// Shape:   asked paragraph by paragraph in the order of the document; each question counts on. Bullets are no
// numbers.
// Limits:  10,000 lists, numbers up to 999.
// Threads: one document is used by one thread.
#pragma once

#include <array>
#include <map>
#include <string>

#include "src/documents/import_package.h"

namespace hezhang::documents {

class WordNumbering {
public:
    // What the package says of its lists; nothing where it has none or they cannot be read.
    [[nodiscard]] static WordNumbering of(OfficePackage& package);

    // The number of a paragraph as it is printed, empty for most.
    [[nodiscard]] std::u16string next(const pugi::xml_node& paragraph);

private:
    static constexpr std::size_t kLevels = 9;

    struct Level {
        std::string format = "none";
        std::u16string text;  // （%1）
        int start = 1;
    };
    using Levels = std::array<Level, kLevels>;

    // A list and a level of it.
    struct Place {
        int list = 0;
        int level = -1;
    };

    static Levels levelsIn(const pugi::xml_node& abstract);
    static Place placeIn(const pugi::xml_node& properties);

    std::map<int, Levels> m_lists;
    std::map<int, int> m_counters;  // lists that count together, by their definition
    std::map<std::string, Place> m_styles;
    std::map<int, std::array<int, kLevels>> m_counts;
};

}  // namespace hezhang::documents
