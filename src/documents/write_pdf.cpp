// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/write_pdf.h"

#include <filesystem>

#include "src/documents/paper_program.h"

namespace hezhang::documents {

Result<void> writePdf(const std::string& html, bool isLandscape, const std::string& file,
                      const Progress& progress) {
    std::error_code error;
    const std::string path = std::filesystem::absolute(file, error).string();
    const auto take = [](std::string_view) -> Result<void> { return {}; };
    const auto goOn = [&] { return !progress || progress(0, 1); };
    return runPaper({"write", isLandscape ? "--landscape" : "--portrait", "-o", path}, html, take, goOn);
}

}  // namespace hezhang::documents
