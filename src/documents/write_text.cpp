// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The files that are text: CSV, JSON, HTML.
#include <nlohmann/json.hpp>

#include "src/documents/form_writers.h"
#include "src/documents/qr_png.h"

namespace hezhang::documents {

namespace {

using Json = nlohmann::ordered_json;

std::string csvCell(std::string text) {
    if (!text.empty() && (std::string_view("=+-@").find(text[0]) != std::string_view::npos ||
                          static_cast<unsigned char>(text[0]) < 0x20)) {
        text.insert(0, 1, '\'');
    }
    std::string quoted = "\"";
    for (const char c : text) {
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    }
    return quoted + "\"";
}

std::string csvRow(const std::vector<std::string>& texts) {
    std::string row;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        row += (i > 0 ? "," : "") + csvCell(texts[i]);
    }
    return row + "\r\n";
}

Json recordsJson(const std::vector<RecordId>& records) {
    Json list = Json::array();
    for (const RecordId& record : records) {
        list.push_back(record.hex());
    }
    return list;
}

Json cellJson(const PrintedCell& cell) {
    static constexpr const char* kKinds[] = {"text", "number", "date"};
    return {{"text", cell.text},
            {"kind", kKinds[static_cast<std::size_t>(cell.kind)]},
            {"row_span", cell.rowSpan},
            {"records", recordsJson(cell.records)}};
}

Json tableJson(const PrintedTable& table) {
    Json columns = Json::array();
    for (const FormColumn& column : table.columns) {
        columns.push_back(column.heading);
    }
    Json rows = Json::array();
    for (const PrintedRow& row : table.rows) {
        if (row.cells.empty()) {
            rows.push_back({{"section", row.section}});
            continue;
        }
        Json cells = Json::array();
        for (const PrintedCell& cell : row.cells) {
            cells.push_back(cellJson(cell));
        }
        rows.push_back({{"cells", std::move(cells)}});
    }
    return {{"name", table.name}, {"columns", std::move(columns)}, {"rows", std::move(rows)}};
}

// --- HTML ---

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\n':
            out += "<br/>";
            break;
        default:
            out += c;
        }
    }
    return out;
}

// Side by side, without lines around them.
std::string lineHtml(const std::vector<std::string>& cells) {
    std::string html =
        "<table width=\"100%\" border=\"0\" cellspacing=\"0\" style=\"border-style:none\"><tr>";
    for (const std::string& cell : cells) {
        html += "<td style=\"border-style:none\">" + cell + "</td>";
    }
    return html + "</tr></table>\n";
}

std::string headHtml(const PrintedForm& form) {
    std::vector<std::string> cells;
    for (const PrintedHead& head : form.head) {
        cells.push_back(escaped(head.label) + "：" + escaped(head.value));
    }
    return cells.empty() ? "" : lineHtml(cells);
}

std::string_view alignName(Align align) {
    return align == Align::center ? "center" : align == Align::right ? "right" : "left";
}

std::string rowHtml(const PrintedTable& table, const PrintedRow& row) {
    if (row.cells.empty()) {
        return "<tr><td colspan=\"" + std::to_string(table.columns.size()) + "\"><b>" + escaped(row.section) +
               "</b></td></tr>\n";
    }
    std::string html = "<tr>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const PrintedCell& cell = row.cells[i];
        if (cell.rowSpan == 0) {
            continue;
        }
        const std::string span = cell.rowSpan > 1 ? " rowspan=\"" + std::to_string(cell.rowSpan) + "\"" : "";
        html += "<td align=\"" + std::string(alignName(table.columns[i].align)) + "\"" + span + ">" +
                escaped(cell.text) + "</td>";
    }
    return html + "</tr>\n";
}

std::string tableHtml(const PrintedTable& table) {
    std::string html = "<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\" width=\"100%\">\n<thead><tr>";
    for (const FormColumn& column : table.columns) {
        html += "<th width=\"" + std::to_string(column.width) + "%\">" + escaped(column.heading) + "</th>";
    }
    html += "</tr></thead>\n<tbody>\n";
    for (const PrintedRow& row : table.rows) {
        html += rowHtml(table, row);
    }
    return html + "</tbody>\n</table>\n";
}

// A paragraph of a letter: GB/T 9704 wants 28 letters a line and 22 lines a page.
std::string letterParagraph(const std::string& style, const FormFont& font, const std::string& text) {
    const int points = font.halfPoints / 2;
    const std::string half = font.halfPoints % 2 == 1 ? ".5" : "";
    return "<p style=\"margin:0px;line-height:38.6px;white-space:pre-wrap;-qt-line-height-type:fixed;" +
           style + "\"><span style=\"font-size:" + std::to_string(points) + half + "pt\">" + text +
           "</span></p>\n";
}

std::string blockHtml(const PrintedBlock& block, const FormFonts& fonts) {
    static const std::string kIndent = "　　";
    static const std::string kFourLetters =  // blanks that stay, a third of a letter each
        "&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;&nbsp;";
    const std::string text = escaped(block.text);
    switch (block.style) {
    case BlockStyle::recipient:
        return letterParagraph("", fonts.body, text);
    case BlockStyle::heading:
        return letterParagraph("", fonts.heading, "<b>" + kIndent + text + "</b>");
    case BlockStyle::section:
        return letterParagraph("", fonts.section, kIndent + text);
    case BlockStyle::sign:
        return letterParagraph("text-align:right;", fonts.body, text + kFourLetters);
    case BlockStyle::body:
    case BlockStyle::review:
        break;
    }
    return letterParagraph("text-align:justify;", fonts.body, kIndent + text);
}

// What is for review stands in a frame, all that follows one another in one.
std::string letterHtml(const PrintedForm& form) {
    std::string html = letterParagraph("text-align:center;margin-bottom:38.6px;", form.fonts.title,
                                       "<b>" + escaped(form.title) + "</b>");
    for (const PrintedHead& head : form.head) {
        html += letterParagraph("", form.fonts.head, escaped(head.label) + "：" + escaped(head.value));
    }
    bool isFramed = false;
    for (const PrintedBlock& block : form.text) {
        const bool isReview = block.style == BlockStyle::review;
        if (isReview != isFramed) {
            html +=
                isReview
                    ? "<table border=\"1\" cellspacing=\"0\" cellpadding=\"3\" width=\"100%\" "
                      "style=\"border-color:#c00000;color:#c00000\"><tr><td style=\"border-color:#c00000\">\n"
                    : "</td></tr></table>\n";
            isFramed = isReview;
        }
        html += blockHtml(block, form.fonts);
    }
    return html + (isFramed ? "</td></tr></table>\n" : "");
}

// The code and the place for the seal: a table without a head, which stays on one page.
std::string footHtml(const PrintedForm& form) {
    std::vector<std::string> cells;
    if (!form.fingerprint.empty()) {
        cells.push_back("<img src=\"data:image/png;base64," + base64(qrPng(fingerprintCode(form))) +
                        "\" width=\"90\" height=\"90\"/>");
        const std::string code = grouped(form.fingerprint.substr(0, 32));
        cells.push_back("校验码：<br/>" + code + "<br/>" + grouped(form.fingerprint.substr(32)));
    }
    if (!form.seal.empty()) {
        cells.push_back(escaped(form.seal) +
                        "<br/><br/>年&nbsp;&nbsp;&nbsp;&nbsp;月&nbsp;&nbsp;&nbsp;&nbsp;日");
    }
    return cells.empty() ? "" : "<p></p>\n" + lineHtml(cells);
}

}  // namespace

std::string csvOf(const PrintedForm& form) {
    const PrintedTable& table = form.tables.back();
    std::vector<std::string> texts;
    for (const FormColumn& column : table.columns) {
        texts.push_back(column.heading);
    }
    std::string text = "\xef\xbb\xbf" + csvRow(texts);
    for (const PrintedRow& row : table.rows) {
        texts.assign(table.columns.size(), "");
        texts[0] = row.section;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            texts[i] = row.cells[i].text;
        }
        text += csvRow(texts);
    }
    return text;
}

std::string jsonOf(const PrintedForm& form) {
    Json head = Json::array();
    for (const PrintedHead& one : form.head) {
        head.push_back({{"label", one.label}, {"value", one.value}});
    }
    Json tables = Json::array();
    for (const PrintedTable& table : form.tables) {
        tables.push_back(tableJson(table));
    }
    Json text = Json::array();
    for (const PrintedBlock& block : form.text) {
        text.push_back({{"text", block.text}, {"records", recordsJson(block.records)}});
    }
    const Json fingerprint = form.fingerprint.empty() ? Json(nullptr) : Json(form.fingerprint);
    return Json{{"form", form.name},           {"title", form.title},     {"head", std::move(head)},
                {"tables", std::move(tables)}, {"text", std::move(text)}, {"fingerprint", fingerprint}}
               .dump(1) +
           "\n";
}

std::string htmlOf(const PrintedForm& form) {
    std::string html = "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"/></head><body>\n";
    if (form.isLetter()) {
        return html + letterHtml(form) + "</body></html>\n";
    }
    html += "<h1>" + escaped(form.title) + "</h1>\n" + headHtml(form) + tableHtml(form.tables.front());
    return html + footHtml(form) + "</body></html>\n";
}

}  // namespace hezhang::documents
