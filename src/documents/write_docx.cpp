// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>
#include <pugixml.hpp>
#include <sstream>

#include "schema/text_rules.h"
#include "src/documents/docx_parts.h"
#include "src/documents/form_writers.h"
#include "src/documents/qr_png.h"

namespace hezhang::documents {

namespace {

using pugi::xml_node;

// A row that takes more lines than this may be parted by a page's end: kept whole, it would leave half a page
// empty.
constexpr int kLinesKeptWhole = 14;

int twips(int millimetres) {
    return static_cast<int>(std::lround(millimetres * 1440 / 25.4));
}

struct PageSize {
    int width;
    int height;
};
PageSize pageOf(const FormPage& page) {
    return page.isLandscape ? PageSize{16838, 11906} : PageSize{11906, 16838};
}

// --- the smallest pieces ---

xml_node valued(xml_node parent, const char* name, const char* value) {
    xml_node node = parent.append_child(name);
    node.append_attribute("w:val") = value;
    return node;
}

xml_node paragraph(xml_node parent, const char* style) {
    xml_node made = parent.append_child("w:p");
    valued(made.append_child("w:pPr"), "w:pStyle", style);
    return made;
}

// Line ends become breaks, tabs tabs.
xml_node addRun(xml_node paragraph, std::string_view text) {
    xml_node run = paragraph.append_child("w:r");
    std::string piece;
    const auto flush = [&] {
        if (!piece.empty()) {
            xml_node node = run.append_child("w:t");
            node.append_attribute("xml:space") = "preserve";
            node.text() = piece.c_str();
            piece.clear();
        }
    };
    for (const char c : text) {
        if (c == '\n' || c == '\t') {
            flush();
            run.append_child(c == '\n' ? "w:br" : "w:tab");
        } else {
            piece += c;
        }
    }
    flush();
    return run;
}

// --- the document ---

class WordDocument {
public:
    explicit WordDocument(const PrintedForm& form) : m_form(form) {
        const PageSize page = pageOf(form.page);
        m_width = page.width - twips(form.page.left) - twips(form.page.right);
    }

    std::string xml() {
        xml_node root = m_document.append_child("w:document");
        root.append_attribute("xmlns:w") = kWordNamespace;
        root.append_attribute("xmlns:r") = kRelationNamespace;
        m_body = root.append_child("w:body");
        addRun(paragraph(m_body, "FormTitle"), m_form.title);
        addHead();
        for (const PrintedBlock& block : m_form.text) {
            addRun(paragraph(m_body, styleOf(block.style)), block.text);
        }
        if (!m_form.isLetter()) {
            addTable(m_form.tables.front());
            paragraph(m_body, "FormEnd");  // a body that ends in a table is no document to Word
            addFoot();
        }
        addPage();
        std::ostringstream out;
        m_document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
        return out.str();
    }

private:
    static const char* styleOf(BlockStyle style) {
        static constexpr const char* kStyles[] = {"FormRecipient", "FormHeading", "FormSection",
                                                  "FormText",      "FormReview",  "FormSign"};
        return kStyles[static_cast<std::size_t>(style)];
    }

    // The fields of the head in one line; what is left of its width goes between them.
    void addHead() {
        if (m_form.head.empty()) {
            return;
        }
        xml_node line = paragraph(m_body, "FormHead");
        std::vector<int> widths;
        std::string text;
        for (const PrintedHead& head : m_form.head) {
            text += (text.empty() ? "" : "\t") + head.label + "：" + head.value;
            widths.push_back(headWidth(head));
        }
        const auto gaps = static_cast<int>(widths.size()) - 1;
        const int gap =
            gaps == 0 ? 0
                      : std::max(200, (m_width - std::accumulate(widths.begin(), widths.end(), 0)) / gaps);
        int at = 0;
        for (int i = 0; i < gaps; ++i) {
            at += widths[static_cast<std::size_t>(i)] + gap;
            addTab(line, at);
        }
        addRun(line, text);
    }
    // Without a value: room to write in by hand.
    [[nodiscard]] int headWidth(const PrintedHead& head) const {
        constexpr int kBlankCharacters = 6;
        const int characters = (charactersIn(head.label) + 1) * 2 +
                               (head.value.empty() ? 2 * kBlankCharacters : charactersIn(head.value) * 2);
        return characters * m_form.fonts.head.halfPoints * 5;
    }
    static int charactersIn(const std::string& text) {
        return static_cast<int>(schema::characterCount(text));
    }
    static void addTab(xml_node paragraph, int at) {
        xml_node properties = paragraph.child("w:pPr");
        xml_node tabs = properties.child("w:tabs");
        if (tabs.empty()) {
            tabs = properties.append_child("w:tabs");
        }
        valued(tabs, "w:tab", "left").append_attribute("w:pos") = at;
    }

    // --- table ---

    [[nodiscard]] int widthOf(const FormColumn& column) const { return m_width * column.width / 100; }

    void addTable(const PrintedTable& table) {
        xml_node node = m_body.append_child("w:tbl");
        addTableProperties(node);
        xml_node grid = node.append_child("w:tblGrid");
        for (const FormColumn& column : table.columns) {
            grid.append_child("w:gridCol").append_attribute("w:w") = widthOf(column);
        }
        addHeadings(node, table);
        for (const PrintedRow& row : table.rows) {
            row.cells.empty() ? addSection(node, table, row.section) : addRow(node, table, row);
        }
    }
    void addTableProperties(xml_node table) const {
        xml_node properties = table.append_child("w:tblPr");
        xml_node width = properties.append_child("w:tblW");
        width.append_attribute("w:w") = m_width;
        width.append_attribute("w:type") = "dxa";
        valued(properties, "w:jc", "center");
        xml_node borders = properties.append_child("w:tblBorders");
        for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
            xml_node border = valued(borders, side, "single");
            border.append_attribute("w:sz") = 4;
            border.append_attribute("w:space") = 0;
            border.append_attribute("w:color") = "000000";
        }
        valued(properties, "w:tblLayout", "").remove_attribute("w:val");
        properties.child("w:tblLayout").append_attribute("w:type") = "fixed";
        xml_node margins = properties.append_child("w:tblCellMar");
        for (const char* side : {"w:left", "w:right"}) {
            xml_node margin = margins.append_child(side);
            margin.append_attribute("w:w") = 70;
            margin.append_attribute("w:type") = "dxa";
        }
    }
    void addHeadings(xml_node table, const PrintedTable& printed) const {
        xml_node row = table.append_child("w:tr");
        xml_node properties = row.append_child("w:trPr");
        properties.append_child("w:cantSplit");
        properties.append_child("w:tblHeader");
        for (const FormColumn& column : printed.columns) {
            addRun(paragraph(addCell(row, widthOf(column)), "FormColumn"), column.heading);
        }
    }
    void addSection(xml_node table, const PrintedTable& printed, const std::string& title) const {
        xml_node row = table.append_child("w:tr");
        row.append_child("w:trPr").append_child("w:cantSplit");
        xml_node cell = row.append_child("w:tc");
        xml_node properties = cell.append_child("w:tcPr");
        addWidth(properties, m_width);
        valued(properties, "w:gridSpan", std::to_string(printed.columns.size()).c_str());
        valued(properties, "w:vAlign", "center");
        addRun(paragraph(cell, "FormTableSection"), title);
    }
    void addRow(xml_node table, const PrintedTable& printed, const PrintedRow& printedRow) {
        xml_node row = table.append_child("w:tr");
        if (linesIn(printed, printedRow) <= kLinesKeptWhole) {
            row.append_child("w:trPr").append_child("w:cantSplit");
        }
        for (std::size_t i = 0; i < printedRow.cells.size(); ++i) {
            const PrintedCell& cell = printedRow.cells[i];
            const FormColumn& column = printed.columns[i];
            const char* const merge = cell.rowSpan == 0 ? "continue" : cell.rowSpan > 1 ? "restart" : nullptr;
            xml_node node = addCell(row, widthOf(column), merge);
            addLines(node, cell.rowSpan == 0 ? "" : cell.text, styleOf(column.align));
        }
    }
    static const char* styleOf(Align align) {
        static constexpr const char* kStyles[] = {"FormCell", "FormCellCenter", "FormCellRight"};
        return kStyles[static_cast<std::size_t>(align)];
    }
    // A paragraph a line: none of them is stretched, and a long cell is parted between them.
    static void addLines(xml_node cell, std::string_view text, const char* style) {
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t end = std::min(text.find('\n', from), text.size());
            xml_node line = paragraph(cell, style);
            if (end > from) {
                addRun(line, text.substr(from, end - from));
            }
            from = end + 1;
        }
    }
    // Of what is not merged.
    [[nodiscard]] int linesIn(const PrintedTable& printed, const PrintedRow& row) const {
        const int characterTwips = m_form.fonts.body.halfPoints * 10 / 2;
        int lines = 1;
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            if (row.cells[i].rowSpan == 1) {
                const int room = widthOf(printed.columns[i]) - 140;
                lines = std::max(lines, linesTaken(row.cells[i].text, std::max(2, room / characterTwips)));
            }
        }
        return lines;
    }
    static void addWidth(xml_node properties, int width) {
        xml_node node = properties.append_child("w:tcW");
        node.append_attribute("w:w") = width;
        node.append_attribute("w:type") = "dxa";
    }
    static xml_node addCell(xml_node row, int width, const char* merge = nullptr) {
        xml_node cell = row.append_child("w:tc");
        xml_node properties = cell.append_child("w:tcPr");
        addWidth(properties, width);
        if (merge != nullptr) {
            valued(properties, "w:vMerge", merge);
        }
        valued(properties, "w:vAlign", "center");
        return cell;
    }

    // --- foot ---

    // The code on the left, beside it its digits and the place for the seal, all on one page.
    void addFoot() {
        const bool hasCode = !m_form.fingerprint.empty();
        if (!hasCode && m_form.seal.empty()) {
            return;
        }
        addRun(paragraph(m_body, "FormFoot"), "");
        xml_node first = footLine(hasCode);
        if (hasCode) {
            xml_node run = first.append_child("w:r");
            const std::string drawing = qrDrawing();
            run.append_buffer(drawing.data(), drawing.size());
        }
        addRun(first,
               (hasCode ? "校验码：" + grouped(m_form.fingerprint.substr(0, 32)) : "") + "\t" + m_form.seal);
        if (hasCode) {
            addRun(footLine(hasCode), "　　　　" + grouped(m_form.fingerprint.substr(32)));
        }
        addRun(footLine(hasCode), m_form.seal.empty() ? "" : "\t年　　月　　日");
    }
    xml_node footLine(bool hasCode) {
        xml_node line = paragraph(m_body, "FormFoot");
        addTab(line, m_width * 62 / 100);
        if (hasCode) {
            line.child("w:pPr").append_child("w:ind").append_attribute("w:left") = twips(28);
        }
        return line;
    }

    void addPage() {
        const PageSize page = pageOf(m_form.page);
        xml_node section = m_body.append_child("w:sectPr");
        addFooterReference(section, "default", "rIdFooter");
        if (m_form.isLetter()) {
            addFooterReference(section, "even", "rIdFooterEven");
        }
        xml_node size = section.append_child("w:pgSz");
        size.append_attribute("w:w") = page.width;
        size.append_attribute("w:h") = page.height;
        if (m_form.page.isLandscape) {
            size.append_attribute("w:orient") = "landscape";
        }
        xml_node margins = section.append_child("w:pgMar");
        margins.append_attribute("w:top") = twips(m_form.page.top);
        margins.append_attribute("w:right") = twips(m_form.page.right);
        margins.append_attribute("w:bottom") = twips(m_form.page.bottom);
        margins.append_attribute("w:left") = twips(m_form.page.left);
        margins.append_attribute("w:header") = 720;
        // Of a letter the number stands 7 mm below the text.
        margins.append_attribute("w:footer") =
            m_form.isLetter() ? std::max(400, twips(m_form.page.bottom - 7) - 280) : 500;
        margins.append_attribute("w:gutter") = 0;
    }
    static void addFooterReference(xml_node section, const char* type, const char* id) {
        xml_node reference = section.append_child("w:footerReference");
        reference.append_attribute("w:type") = type;
        reference.append_attribute("r:id") = id;
    }

    const PrintedForm& m_form;
    pugi::xml_document m_document;
    xml_node m_body;
    int m_width = 0;
};

}  // namespace

Result<std::string> docxOf(const PrintedForm& form) {
    std::map<std::string, std::string> parts = docxParts(form);
    parts["word/document.xml"] = WordDocument(form).xml();
    if (!form.fingerprint.empty()) {
        parts["word/media/code.png"] = qrPng(fingerprintCode(form));
    }
    return zipped(parts);
}

}  // namespace hezhang::documents
