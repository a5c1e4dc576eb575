// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_office.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "src/documents/import_blocks.h"
#include "src/documents/import_package.h"
#include "src/documents/import_pdf.h"
#include "src/documents/text_import.h"
#include "src/documents/text_import_source.h"
#include "src/ledger/chinese_text.h"
#include "src/ledger/csv.h"

namespace hezhang::documents {

namespace {

constexpr std::uintmax_t kFileBytesMax = 20 << 20;
constexpr std::size_t kHeadBytes = 2'000;  // in which a web page says that it is one

Result<std::string> readFile(const std::string& path) {
    std::error_code error;
    if (!std::filesystem::exists(path, error)) {
        return fail(ErrorCode::fileNotFound, "the file does not exist");
    }
    if (!std::filesystem::is_regular_file(path, error)) {
        return fail(ErrorCode::fileUnreadable, "this is no file");
    }
    if (std::filesystem::file_size(path, error) > kFileBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file || error) {
        return fail(ErrorCode::fileUnreadable, "the file cannot be read");
    }
    return bytes.str();
}

std::string endingOf(const std::string& path) {
    std::string ending = std::filesystem::path(path).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool endsInOneOf(std::string_view ending, std::initializer_list<std::string_view> endings) {
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

tl::unexpected<Error> unreadable(const std::string& what) {
    return fail(ErrorCode::unknownFormat, what);
}

Result<ImportedDocument> importZip(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    const std::string main = package.mainPart("");
    if (package.has("word/document.xml") || main.starts_with("word/")) {
        return importDocx(bytes, options);
    }
    if (package.has("xl/workbook.xml") || main.starts_with("xl/")) {
        return importXlsx(bytes, options);
    }
    if (package.has("OFD.xml")) {
        return unreadable("an OFD file is a fixed page; ask for the .docx or .xlsx it was made from");
    }
    if (package.has("content.xml")) {
        return unreadable("this is an OpenDocument file; save it anew as .docx or .xlsx");
    }
    return unreadable("this is an archive; unpack it and import the documents in it");
}

// Old Word and Excel files, those of WPS, and encrypted ones are all compound files.
tl::unexpected<Error> oldFile(const std::string& ending) {
    const bool sheet = endsInOneOf(ending, {".xls", ".xlsx", ".et", ".xlt"});
    return unreadable(
        "this is an old, WPS or encrypted file; open it in WPS or Office and save it anew, "
        "without a password, as " +
        std::string(sheet ? ".xlsx" : ".docx"));
}

struct Magic {
    std::string_view begin;
    const char* what;
};

// What other programs' files begin with, and what to do with them.
constexpr std::array kForeign = {
    Magic{"{\\rtf", "this is an RTF file; save it anew as .docx"},
    Magic{"Rar!", "this is an archive; unpack it and import the documents in it"},
    Magic{"7z\xbc\xaf", "this is an archive; unpack it and import the documents in it"},
    Magic{"\x89PNG", "a picture holds no text; ask for the document"},
    Magic{"\xff\xd8\xff", "a picture holds no text; ask for the document"},
    Magic{"GIF8", "a picture holds no text; ask for the document"},
    Magic{"MIME-Version:", "this is a web archive; save it anew as .docx or .html"},
};

bool holds(std::string_view head, std::string_view word) {
    const auto same = [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; };
    return std::search(head.begin(), head.end(), word.begin(), word.end(), same) != head.end();
}

// A spreadsheet's own CSV has cells that hold line ends, and its heads are rows; other text is left to the
// lines.
Result<ImportedDocument> importCsv(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(const std::u16string text, decodeText(bytes));
    std::vector<GridRow> rows;
    if (const auto parsed = ledger::parseCsv(ledger::toUtf8(text))) {
        for (const auto& row : *parsed) {
            GridRow made{static_cast<int>(row.line), {}};
            for (std::size_t i = 0; i < std::min(row.cells.size(), kColumnsMax); ++i) {
                made.cells.push_back(ledger::toUtf16(row.cells[i]));
            }
            rows.push_back(std::move(made));
        }
    }
    if (rows.size() > kRowsMax) {
        return fail(ErrorCode::fileTooLarge, "the table has more than " + std::to_string(kRowsMax) +
                                                 " rows; keep the rows with the tasks and save it anew");
    }
    return gridFromRows(rows) ? importRows(rows, options) : importText(bytes, options);
}

// By what the bytes are; the name's ending tells apart only what are all texts.
Result<ImportedDocument> importBytes(std::string_view bytes, const std::string& ending,
                                     const ImportOptions& options) {
    if (bytes.starts_with("PK\x03\x04")) {
        return importZip(bytes, options);
    }
    if (bytes.starts_with("\xd0\xcf\x11\xe0")) {
        return oldFile(ending);
    }
    for (const auto& foreign : kForeign) {
        if (bytes.starts_with(foreign.begin)) {
            return unreadable(foreign.what);
        }
    }
    const auto head = bytes.substr(0, kHeadBytes);
    if (holds(head, "<?mso-application") || holds(head, "worddocument")) {
        return unreadable("this is an XML file of an old Office; save it anew as .docx or .xlsx");
    }
    const bool text = endsInOneOf(ending, {".txt", ".csv", ".md", ".tsv", ""});
    const bool page = holds(head, "<html") || holds(head, "<!doctype html") || holds(head, "<table");
    if (endsInOneOf(ending, {".html", ".htm", ".xhtml", ".shtml"}) ||
        (page && endsInOneOf(ending, {".xls", ".doc"})) || (text && holds(head, "<html"))) {
        return importHtml(bytes, options);
    }
    if (endsInOneOf(ending, {".docx", ".xlsx"})) {
        return fail(ErrorCode::malformed, "the file is no Office document");
    }
    if (!text) {
        return unreadable("files of the type " + ending + " cannot be read");
    }
    return ending == ".csv" ? importCsv(bytes, options) : importText(bytes, options);
}

}  // namespace

Result<ImportedDocument> importFile(const std::string& path, const ImportOptions& options,
                                    const Progress& progress) {
    HZ_TRY(const std::string bytes, readFile(path));
    if (endingOf(path) == ".pdf" || bytes.starts_with("%PDF")) {
        return importPdf(path, options, progress);
    }
    return importBytes(bytes, endingOf(path), options);
}

}  // namespace hezhang::documents
