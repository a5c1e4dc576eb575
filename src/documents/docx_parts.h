// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The parts of a Word file that are the same for every document of a form, and the package around them.
//
// Shape:   Office Open XML (ECMA-376, transitional). Fonts are named with their usual stand-ins, never
//          shipped. Every entry of the package bears one fixed time, so equal parts give equal bytes.
// Errors:  zipped(): internal where libzip refuses.
// Threads: functions without state.
#pragma once

#include <map>
#include <string>

#include "src/documents/printed_form.h"

namespace hezhang::documents {

inline constexpr const char* kWordNamespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
inline constexpr const char* kRelationNamespace =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// All but word/document.xml and the picture.
[[nodiscard]] std::map<std::string, std::string> docxParts(const PrintedForm& form);
// The picture of relation rIdCode, 24 mm wide, at the left margin beside the lines it is anchored in.
[[nodiscard]] std::string qrDrawing();
[[nodiscard]] Result<std::string> zipped(const std::map<std::string, std::string>& parts);

}  // namespace hezhang::documents
