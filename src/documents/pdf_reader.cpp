// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/pdf_reader.h"

#include <filesystem>
#include <nlohmann/json.hpp>

#include "src/documents/paper_program.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using nlohmann::json;

Result<PaperBox> boxFrom(const json& place) {
    if (!place.is_array() || place.size() < 4) {
        return fail(ErrorCode::malformed, "hezhang-paper does not speak this version");
    }
    for (std::size_t i = 0; i < 4; ++i) {
        if (!place[i].is_number()) {
            return fail(ErrorCode::malformed, "hezhang-paper does not speak this version");
        }
    }
    return PaperBox{place[0].get<double>(), place[1].get<double>(), place[2].get<double>(),
                    place[3].get<double>()};
}

Result<PdfPage> pageFrom(std::string_view line) {
    const json told = json::parse(line, nullptr, false);
    if (!told.is_object() || !told.contains("runs") || !told["runs"].is_array() ||
        !told.contains("rulings") || !told["rulings"].is_array() || !told.contains("width") ||
        !told["width"].is_number() || !told.contains("height") || !told["height"].is_number()) {
        return fail(ErrorCode::malformed, "hezhang-paper does not speak this version");
    }
    PdfPage page{told["width"].get<double>(),
                 told["height"].get<double>(),
                 told.contains("drawn") && told["drawn"] == true,
                 {},
                 {},
                 told.contains("of") && told["of"].is_number_unsigned() ? told["of"].get<std::size_t>() : 0};
    for (const auto& run : told["runs"]) {
        HZ_TRY(const PaperBox box, boxFrom(run));
        if (run.size() == 5 && run[4].is_string()) {
            page.runs.push_back({box, ledger::toUtf16(run[4].get_ref<const std::string&>())});
        }
    }
    for (const auto& ruling : told["rulings"]) {
        HZ_TRY(const PaperBox box, boxFrom(ruling));
        page.rulings.push_back(box);
    }
    return page;
}

}  // namespace

Result<std::vector<PdfPage>> readPdf(const std::string& file, const Progress& progress) {
    std::error_code error;
    if (!std::filesystem::exists(file, error)) {
        return fail(ErrorCode::fileNotFound, "the file does not exist");
    }
    std::vector<PdfPage> pages;
    std::size_t all = 0;  // not known before the first page
    const auto take = [&](std::string_view line) -> Result<void> {
        HZ_TRY(PdfPage page, pageFrom(line));
        all = page.of;
        pages.push_back(std::move(page));
        return {};
    };
    const auto goOn = [&] { return !progress || progress(pages.size(), all); };
    HZ_CHECK(runPaper({"read", std::filesystem::absolute(file, error).string()}, {}, take, goOn));
    return pages;
}

}  // namespace hezhang::documents
