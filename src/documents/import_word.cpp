// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "src/documents/import_blocks.h"
#include "src/documents/import_numbering.h"
#include "src/documents/import_office.h"
#include "src/documents/import_package.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using pugi::xml_node;
using Text = std::u16string;

bool isAmong(std::string_view name, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// <w:vanish/>, but not <w:vanish w:val="false"/>.
bool isOn(const xml_node& properties, std::string_view name) {
    const xml_node property = childNamed(properties, name);
    return !property.empty() && !isAmong(attributeNamed(property, "val"), {"0", "false", "off", "none"});
}

// The text of paragraphs, as it stands on paper: without what was deleted, moved away, hidden or struck out.
// What it came across on the way is noted.
class WordText {
public:
    Text of(const xml_node& paragraph) {
        Text text;
        append(paragraph, text);
        return text;
    }

    // The paragraphs of the text boxes since the last question: they stand beside the text.
    std::vector<xml_node> takeBoxes() { return std::exchange(m_boxes, {}); }

    void tell(DocumentBlocks& blocks) const {
        for (const char* remark : m_remarks) {
            blocks.remark(remark);
        }
    }

private:
    void append(const xml_node& node, Text& text) {
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
            } else if (name == "r") {
                appendRun(child, text);
            } else if (name == "txbxContent") {
                m_boxes.push_back(child);
            } else if (isAmong(name, {"del", "moveFrom"})) {
                m_remarks.insert(kTrackedRemark);
            } else if (!isAmong(name, {"instrText", "delText", "Fallback", "pPr", "rPr", "tbl"})) {
                if (isAmong(name, {"ins", "moveTo"})) {
                    m_remarks.insert(kTrackedRemark);
                }
                append(child, text);
            }
        }
    }

    void appendRun(const xml_node& run, Text& text) {
        const xml_node properties = childNamed(run, "rPr");
        const bool isHidden = isOn(properties, "vanish");
        const bool isStruck = isOn(properties, "strike") || isOn(properties, "dstrike");
        Text own;
        append(run, own);
        if (!isHidden && !isStruck) {
            text += own;
        } else if (!ledger::trim(own).empty()) {
            m_remarks.insert(isHidden ? kHiddenRemark : kStruckRemark);
        }
    }

    std::set<const char*> m_remarks;
    std::vector<xml_node> m_boxes;
};

// The children of those names, also those inside a content control or a tracked insertion.
std::vector<xml_node> childrenNamed(const xml_node& parent, std::initializer_list<std::string_view> names) {
    std::vector<xml_node> found;
    for (const auto& child : parent.children()) {
        const auto own = localName(child);
        if (isAmong(own, names)) {
            found.push_back(child);
        } else if (isAmong(own, {"sdt", "sdtContent", "ins", "moveTo", "customXml"})) {
            const auto inner = childrenNamed(child, names);
            found.insert(found.end(), inner.begin(), inner.end());
        }
    }
    return found;
}

std::vector<xml_node> childrenNamed(const xml_node& parent, std::string_view name) {
    return childrenNamed(parent, {name});
}

// True where the paragraph's end was deleted or moved away: its text, if any is left, goes on in the next
// one.
bool isWithoutEnd(const xml_node& paragraph) {
    const xml_node mark = childNamed(childNamed(paragraph, "pPr"), "rPr");
    return !childNamed(mark, "del").empty() || !childNamed(mark, "moveFrom").empty();
}

// A body's paragraphs and tables in their order.
class WordReader {
public:
    explicit WordReader(WordNumbering numbering) : m_numbering(std::move(numbering)) {}

    Result<ImportedDocument> read(const xml_node& body, const ImportOptions& options) {
        readBlocks(body);
        endParagraph();
        m_text.tell(m_blocks);
        return m_blocks.read(options);
    }

private:
    void readBlocks(const xml_node& parent) {
        for (const auto& block : parent.children()) {
            const auto name = localName(block);
            if (name == "p") {
                readParagraph(block);
            } else if (name == "tbl") {
                endParagraph();
                addTable(block);
            } else if (name == "sdt") {
                readBlocks(childNamed(block, "sdtContent"));
            } else if (isAmong(name, {"ins", "moveTo", "customXml", "smartTag"})) {
                readBlocks(block);
            }
        }
    }

    // A text box stands beside its paragraph: its own follow.
    void readParagraph(const xml_node& paragraph) {
        if (isWithoutEnd(paragraph)) {
            m_blocks.remark(kTrackedRemark);
            m_begun += m_text.of(paragraph);
            return;
        }
        const Text number = m_numbering.next(paragraph);
        const Text text = std::exchange(m_begun, {}) + m_text.of(paragraph);
        m_blocks.addParagraph(ledger::trim(text).empty() ? text : number + text);
        for (const xml_node& box : m_text.takeBoxes()) {
            readBlocks(box);
        }
    }

    // What was begun goes on in no paragraph.
    void endParagraph() {
        if (!m_begun.empty()) {
            m_blocks.addParagraph(std::exchange(m_begun, {}));
        }
    }

    // A table without the headings of tasks, whose cells hold tables, is a layout: its cells are read one
    // after the other.
    void addTable(const xml_node& table) {
        std::vector<xml_node> rows = childrenNamed(table, "tr");
        const auto isDeleted = [](const xml_node& row) {
            return !childNamed(childNamed(row, "trPr"), "del").empty();
        };
        if (std::erase_if(rows, isDeleted) > 0) {
            m_blocks.remark(kTrackedRemark);
        }
        if (holdsTables(rows) && !namesTasks(rows)) {
            readLayout(rows);
            return;
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

    static bool holdsTables(const std::vector<xml_node>& rows) {
        return std::any_of(rows.begin(), rows.end(), [](const xml_node& row) {
            const auto cells = childrenNamed(row, "tc");
            return std::any_of(cells.begin(), cells.end(),
                               [](const xml_node& cell) { return !childrenNamed(cell, "tbl").empty(); });
        });
    }

    static bool namesTasks(const std::vector<xml_node>& rows) {
        return std::any_of(rows.begin(), rows.end(), [](const xml_node& row) {
            std::vector<Text> names;
            for (const auto& cell : childrenNamed(row, "tc")) {
                Text& name = names.emplace_back();
                for (const auto& paragraph : childrenNamed(cell, "p")) {
                    name += WordText().of(paragraph);
                }
            }
            return isTaskHeader(names);
        });
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
        bool goesOn = true;  // no line is to be ended
        for (const auto& child : childrenNamed(cell, {"p", "tbl"})) {
            text += goesOn || text.empty() ? u"" : u"\n";
            goesOn = localName(child) == "p" && isWithoutEnd(child);
            if (localName(child) == "tbl") {
                text += tableText(child);
                m_blocks.remark(kTableInCellRemark);
                continue;
            }
            if (goesOn) {
                m_blocks.remark(kTrackedRemark);
                text += m_text.of(child);
            } else {
                text += m_numbering.next(child) + m_text.of(child);
            }
            if (!m_text.takeBoxes().empty()) {
                m_blocks.remark(kBoxRemark);
            }
        }
        return text;
    }

    // A table inside a cell, as people would read it out: 县级，1个；乡镇，7个；
    Text tableText(const xml_node& table) {
        Text text;
        for (const auto& row : childrenNamed(table, "tr")) {
            Text line;
            for (const auto& cell : childrenNamed(row, "tc")) {
                const Text own = joinTextLines({cellText(cell)});
                line += (line.empty() || own.empty() ? u"" : u"，") + own;
            }
            text += line.empty() ? line : line + u"；";
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
    WordText m_text;
    Text m_begun;  // of a paragraph whose end was deleted
};

}  // namespace

Result<ImportedDocument> importDocx(std::string_view bytes, const ImportOptions& options) {
    HZ_TRY(auto package, OfficePackage::open(bytes));
    HZ_TRY(const auto document, package.part(package.mainPart("word/document.xml")));
    return WordReader(WordNumbering::of(package))
        .read(childNamed(document->document_element(), "body"), options);
}

}  // namespace hezhang::documents
