// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The definition of a small register, and changes of its text.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace hezhang::test {

inline const std::string kVisitRegister = R"({
    "name": "visit",
    "title": {"zh": "来访", "en": "Visit"},
    "version": 1,
    "scope": "unit",
    "key": [
        {"name": "unit", "title": {"zh": "单位", "en": "Unit"}, "type": "reference", "register": "unit"},
        {"name": "day", "title": {"zh": "日期", "en": "Day"}, "type": "date", "optional": true},
        {"name": "scope", "title": {"zh": "范围", "en": "Scope"}, "type": "scope"}
    ],
    "cells": [
        {"name": "note", "title": {"zh": "记录", "en": "Note"}, "type": "text", "max_length": 5, "merge": "keepBoth", "write": ["ownUnit"]},
        {"name": "people", "title": {"zh": "人数", "en": "People"}, "type": "integer", "min": 0, "max": 9, "merge": "authority", "write": ["office"]},
        {"name": "visits", "title": {"zh": "次数", "en": "Visits"}, "type": "integer", "merge": "counter", "write": ["office"]},
        {"name": "kind", "title": {"zh": "类别", "en": "Kind"}, "type": "choice", "merge": "set", "write": ["office"],
         "choices": [{"value": "one", "zh": "一", "en": "One"}, {"value": "two", "zh": "二", "en": "Two"}]}
    ],
    "delete": [{"by": "office"}]
})";

// The first `from` of the text becomes `to`.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

}  // namespace hezhang::test
