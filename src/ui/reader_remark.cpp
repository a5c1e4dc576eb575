// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/reader_remark.h"

#include "src/documents/remark_words.h"
#include "src/ui/field_words.h"

namespace hezhang::ui {

std::optional<QString> ReaderRemark::text(const QString& remark) {
    const auto words = documents::remarkWords(remark.toStdString());
    return words ? std::optional(inLanguage({words->zh, words->en})) : std::nullopt;
}

}  // namespace hezhang::ui
