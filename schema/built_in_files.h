// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The files of schema/registers, schema/forms and schema/holidays, written into the program at build time by
// embed_files.cmake, so that there is no data file to lose at run time.
#pragma once

#include <span>
#include <string_view>

namespace hezhang::schema {

struct FileSource {
    std::string_view fileName;
    std::string_view json;
};

[[nodiscard]] std::span<const FileSource> builtInSources();   // schema/registers
[[nodiscard]] std::span<const FileSource> builtInForms();     // schema/forms, read by documents
[[nodiscard]] std::span<const FileSource> builtInHolidays();  // schema/holidays, read by ledger

}  // namespace hezhang::schema
