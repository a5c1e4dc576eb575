// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a table's columns are, by their names.
//
// Shape:   a header is a list of columns. Which of several text columns is the content and which the item
// follows
//          from all of them: 重点任务 beside 具体举措 is the item, alone it is the content.
// Threads: pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hezhang::documents {

enum class ColumnKind {
    ordinal,
    section,
    item,
    task,  // content or item, see settleColumns()
    content,
    indicator,
    lead,
    responsible,
    cooperate,
    deadline,
    other,     // known, but of no use here: 备注, 进展情况
    catalogue  // of a list of what is made public: such a table holds no tasks
};

struct Column {
    ColumnKind kind = ColumnKind::other;
    std::u16string name;
};

// The kind of a column with this name; nothing when the name is not known.
[[nodiscard]] std::optional<ColumnKind> columnNamed(std::u16string_view name);

// What a name means below another one: 牵头 below 责任部门 is a 牵头单位.
[[nodiscard]] std::optional<ColumnKind> columnNamedBelow(std::u16string_view group, std::u16string_view own);

// True if the column says what was done: 进展落实情况. Only who reads a filled form back wants it.
[[nodiscard]] bool isProgressColumn(std::u16string_view name);

// True if these columns can be those of a task table: a text column, and units or a deadline.
[[nodiscard]] bool isTaskTable(const std::vector<Column>& columns);
[[nodiscard]] bool isCatalogue(const std::vector<Column>& columns);

// Gives every `task` column its kind: afterwards at least one column is content, at most one is item.
void settleColumns(std::vector<Column>& columns);

[[nodiscard]] bool isUnitColumn(ColumnKind kind);
[[nodiscard]] bool isTextColumn(ColumnKind kind);  // that tells of the work

// The columns that a row of cells names; a name that is not known is `other`.
[[nodiscard]] std::vector<Column> columnsFrom(const std::vector<std::u16string>& cells);

// True if the row is the header of a task table: three cells or more, most text columns and duties known by
// name.
[[nodiscard]] bool isTaskHeader(const std::vector<std::u16string>& cells);

// Takes the names of a second header row: 牵头单位 | 配合单位 under 责任单位. False if the row is none.
[[nodiscard]] bool refineColumns(std::vector<Column>& columns, const std::vector<std::u16string>& below);

}  // namespace hezhang::documents
