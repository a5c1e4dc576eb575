// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A plan in prose as tasks: numbered paragraphs, most of them ending in (责任单位：…).
//
// Shape:   paragraphs form a tree by their numbers (一、 over （一） over 1.). A numbered paragraph that
// names its units
//          is a task with all below it; where its parts name units of their own, they are the tasks. The
//          paragraph keeps its whole text, its first short sentence or the heading over it is the item. Where
//          no paragraph names units, the lowest numbered paragraphs of a plan are the tasks.
// Threads: pure functions.
#pragma once

#include <string>
#include <vector>

#include "src/documents/text_import_grid.h"
#include "src/documents/text_import_source.h"

namespace hezhang::documents {

struct Paragraph {
    int line = 0;
    int level = 0;  // 0: not numbered
    int number = 0;
    std::u16string mark;
    std::u16string text;  // without the mark
};

// Lines joined to paragraphs: a line goes on with the one before unless that one is a heading or a finished
// sentence.
[[nodiscard]] std::vector<Paragraph> paragraphsOf(const std::vector<SourceLine>& lines);

// Paragraphs that name their units.
[[nodiscard]] RawTable tasksWithUnits(const std::vector<Paragraph>& paragraphs);

// The numbered paragraphs of a plan that names no units. REQUIRES: the caller knows that it is a plan.
[[nodiscard]] RawTable tasksWithoutUnits(const std::vector<Paragraph>& paragraphs);

}  // namespace hezhang::documents
