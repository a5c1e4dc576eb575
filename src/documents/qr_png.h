// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A text as a QR code in a PNG picture, for paper.
//
// Shape:   error correction M, black on white, four quiet modules on every side, eight pixels a module.
// Errors:  empty where the text is empty or too long (2,331 bytes).
// Threads: pure functions.
// Source:  libqrencode; the PNG around it is written here (ISO/IEC 15948), packed by zlib.
#pragma once

#include <string>
#include <string_view>

namespace hezhang::documents {

[[nodiscard]] std::string qrPng(std::string_view text);
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace hezhang::documents
