// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "src/documents/import_blocks.h"
#include "src/documents/import_numbering.h"
#include "src/documents/import_office.h"
#include "src/documents/import_package.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using pugi::xml_node;
using Text = std::u16string;

// The text of a run or of what holds runs; deleted text and field codes are left out.
void appendText(const xml_node& node, Text& text) {
    for (const auto& child : node.children()) {
        const auto name = localName(child);
        if (name == "t") {
            text += ledger::toUtf16(child.text().get());
        } else if (name == "tab") {
            text += u'\t';
        } else if (name == "br" || name == "cr") {
            text += u'\n';
        } else if (name == "noBreakHyphen") {
            text += u'-';
        } else if (name != "del" && name != "instrText" && name != "delText" && name != "Fallback" &&
                   name != "pPr" && name != "rPr" && name != "tbl") {
            appendText(child, text);
        }
    }
}

Text paragraphText(const xml_node& paragraph) {
    Text text;
    appendText(paragraph, text);
    return text;
}

// The children of that name, also those inside a content control or a tracked insertion.
std::vector<xml_node> childrenNamed(const xml_node& parent, std::string_view name) {
    std::vector<xml_node> found;
    for (const auto& child : parent.children()) {
        const auto own = localName(child);
        if (own == name) {
            found.push_back(child);
        } else if (own == "sdt" || own == "sdtContent" || own == "ins" || own == "customXml") {
            const auto inner = childrenNamed(child, name);
            found.insert(found.end(), inner.begin(), inner.end());
        }
    }
    return found;
}

// A body's paragraphs and tables in their order.
class WordReader {
public:
    explicit WordReader(WordNumbering numbering) : m_numbering(std::move(numbering)) {}

    Result<ImportedDocument> read(const xml_node& body, const ImportOptions& options) {
        readBlocks(body);
        return m_blocks.read(options);
    }

private:
    void readBlocks(const xml_node& parent) {
        for (const auto& block : parent.children()) {
            const auto name = localName(block);
            if (name == "p") {
                const Text number = m_numbering.next(block);
                const Text text = paragraphText(block);
                m_blocks.addParagraph(ledger::trim(text).empty() ? text : number + text);
            } else if (name == "tbl") {
                addTable(block);
            } else if (name == "sdt") {
                readBlocks(childNamed(block, "sdtContent"));
            } else if (name == "ins" || name == "customXml" || name == "smartTag") {
                readBlocks(block);
            }
        }
    }

    // A table whose cells hold tables is a layout: its cells are read one after the other.
    void addTable(const xml_node& table) {
        const auto rows = childrenNamed(table, "tr");
        for (const auto& row : rows) {
            for (const auto& cell : childrenNamed(row, "tc")) {
                if (!childrenNamed(cell, "tbl").empty()) {
                    readLayout(rows);
                    return;
                }
            }
        }
        m_blocks.beginTable();
        GridRow above;
        for (const auto& child : rows) {
            GridRow row;
            const auto before = childNamed(childNamed(child, "trPr"), "gridBefore");
            row.cells.resize(static_cast<std::size_t>(spanIn(attributeNamed(before, "val"), 0)));
            for (const auto& cell : childrenNamed(child, "tc")) {
                addCell(cell, above, row);
            }
            m_blocks.addRow(row);
            above = std::move(row);
        }
    }

    void readLayout(const std::vector<xml_node>& rows) {
        for (const auto& row : rows) {
            for (const auto& cell : childrenNamed(row, "tc")) {
                readBlocks(cell);
            }
        }
    }

    static int spanIn(std::string_view text, int otherwise) {
        return std::clamp(numberOr(text, otherwise), otherwise, 64);
    }

    // A cell of the 序号 column may hold nothing but the number that Word gives it.
    Text cellText(const xml_node& cell) {
        Text text;
        for (const auto& child : childrenNamed(cell, "p")) {
            if (!text.empty()) {
                text += u'\n';
            }
            text += m_numbering.next(child) + paragraphText(child);
        }
        return text;
    }

    void addCell(const xml_node& cell, const GridRow& above, GridRow& row) {
        const xml_node properties = childNamed(cell, "tcPr");
        const int span = spanIn(attributeNamed(childNamed(properties, "gridSpan"), "val"), 1);
        const xml_node merge = childNamed(properties, "vMerge");
        const bool continued = !merge.empty() && attributeNamed(merge, "val") != "restart";
        const std::size_t at = row.cells.size();
        if (at + static_cast<std::size_t>(span) > kColumnsMax) {
            return;
        }
        row.cells.push_back(continued && at < above.cells.size() ? above.cells[at] : cellText(cell));
        row.cells.resize(at + static_cast<std::size_t>(span));
        row.continued.resize(row.cells.size(), false);
        row.continued[at] = continued;
    }

    DocumentBlocks m_blocks;
    WordNumbering m_numbering;
};

}  // namespace

Result<ImportedDocument> importDocx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    HZ_TRY(const auto document, package.part(package.mainPart("word/document.xml")));
    return WordReader(WordNumbering::of(package))
        .read(childNamed(document->document_element(), "body"), options);
}

}  // namespace hezhang::documents
