// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/write_pdf.h"

#include <filesystem>

#include "src/documents/paper_program.h"

namespace hezhang::documents {

namespace {

std::vector<std::string> optionsFor(PaperKind kind, const FormPage& page) {
    if (kind == PaperKind::table) {
        return {page.isLandscape ? "--landscape" : "--portrait"};
    }
    std::string margins;
    for (const int margin : {page.top, page.right, page.bottom, page.left}) {
        margins += (margins.empty() ? "" : ",") + std::to_string(margin);
    }
    return {"--letter", margins};
}

}  // namespace

Result<void> writePdf(const std::string& html, PaperKind kind, const FormPage& page, const std::string& file,
                      const Progress& progress) {
    std::error_code error;
    std::vector<std::string> arguments{"write"};
    const auto options = optionsFor(kind, page);
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), {"-o", std::filesystem::absolute(file, error).string()});
    const auto take = [](std::string_view) -> Result<void> { return {}; };
    const auto goOn = [&] { return !progress || progress(0, 1); };
    return runPaper(arguments, html, take, goOn);
}

}  // namespace hezhang::documents
