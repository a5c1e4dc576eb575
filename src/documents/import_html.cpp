// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <optional>

#include "src/documents/import_blocks.h"
#include "src/documents/import_office.h"
#include "src/documents/import_package.h"
#include "src/documents/text_import_source.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using Text = std::u16string;

constexpr std::size_t kPageBytesMax = 20 << 20;
constexpr int kPageDepthMax = 200;
constexpr int kRowSpanMax = 2'000;

std::string_view nameOf(const xmlNode& node) {
    return node.type == XML_ELEMENT_NODE ? reinterpret_cast<const char*>(node.name) : "";
}

bool isNamed(const xmlNode& node, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), nameOf(node)) != names.end();
}

// What ends the line before it and behind it.
bool isBlock(const xmlNode& node) {
    return isNamed(node,
                   {"p",  "div", "li",     "ul",         "ol",      "h1",      "h2",    "h3", "h4", "h5",
                    "h6", "pre", "center", "blockquote", "section", "article", "dl",    "dt", "dd", "td",
                    "th", "tr",  "form",   "header",     "footer",  "table",   "tbody", "hr"});
}

bool isUnseen(const xmlNode& node) {
    return isNamed(node, {"script", "style", "head", "noscript", "template", "select", "textarea"});
}

// Its value; nullopt where the element has no such attribute.
std::optional<std::string_view> attributeOf(const xmlNode& node, std::string_view name) {
    for (const xmlAttr* one = node.type == XML_ELEMENT_NODE ? node.properties : nullptr; one;
         one = one->next) {
        if (reinterpret_cast<const char*>(one->name) == name) {
            const bool hasText = one->children != nullptr && one->children->content != nullptr;
            return hasText ? reinterpret_cast<const char*>(one->children->content) : "";
        }
    }
    return std::nullopt;
}

int spanOf(const xmlNode& cell, std::string_view name, int most) {
    return std::clamp(numberOr(attributeOf(cell, name).value_or("1").substr(0, 8), 1), 1, most);
}

// Its own style, in small letters without blanks.
std::string styleOf(const xmlNode& node) {
    std::string style(attributeOf(node, "style").value_or(""));
    std::erase_if(style, [](unsigned char c) { return std::isspace(c) != 0; });
    std::transform(style.begin(), style.end(), style.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return style;
}

// What a browser does not show.
bool isHidden(const xmlNode& node) {
    const std::string style = styleOf(node);
    return attributeOf(node, "hidden") || style.find("display:none") != std::string::npos ||
           style.find("mso-hide:all") != std::string::npos;
}

bool saysSomething(const xmlNode& node) {
    if (node.type == XML_TEXT_NODE && node.content) {
        return !ledger::trim(ledger::toUtf16(reinterpret_cast<const char*>(node.content))).empty();
    }
    for (const xmlNode* child = node.children; child; child = child->next) {
        if (saysSomething(*child)) {
            return true;
        }
    }
    return false;
}

// What a browser strikes out; what stands in it cannot undo that.
bool isStruck(const xmlNode& node) {
    return isNamed(node, {"s", "strike"}) || styleOf(node).find("line-through") != std::string::npos;
}

bool isLeftOutOfPage(const xmlNode& node) {
    return isHidden(node) || isNamed(node, {"del"}) || isStruck(node);
}

// The elements of that name below a node, not those inside a table within or inside what is left out.
void collect(const xmlNode& parent, std::initializer_list<std::string_view> names,
             std::vector<const xmlNode*>& found) {
    for (const xmlNode* child = parent.children; child; child = child->next) {
        if (isNamed(*child, names)) {
            found.push_back(child);
        } else if (!isNamed(*child, {"table"}) && !isLeftOutOfPage(*child)) {
            collect(*child, names, found);
        }
    }
}

std::vector<const xmlNode*> below(const xmlNode& parent, std::initializer_list<std::string_view> names) {
    std::vector<const xmlNode*> found;
    collect(parent, names, found);
    return found;
}

bool isTooDeep(const xmlNode* node, int depth) {
    for (; node; node = node->next) {
        if (depth > kPageDepthMax || isTooDeep(node->children, depth + 1)) {
            return true;
        }
    }
    return false;
}

// A page's paragraphs and tables in their order.
class PageReader {
public:
    Result<ImportedDocument> read(const xmlNode& root, const ImportOptions& options) {
        readChildren(root);
        endLine();
        return m_blocks.read(options);
    }

private:
    void readChildren(const xmlNode& parent) {
        for (const xmlNode* child = parent.children; child; child = child->next) {
            readNode(*child);
        }
    }

    void readNode(const xmlNode& node) {
        if (isUnseen(node) || isLeftOut(node)) {
            return;
        }
        if (isNamed(node, {"table"}) && !isLayout(node)) {
            endLine();
            readTable(node);
            return;
        }
        if (isBlock(node)) {
            endLine();
        }
        appendText(node, m_line);
        readChildren(node);
        if (isBlock(node) || isNamed(node, {"br"})) {
            endLine();
        }
    }

    // What does not stand on the page as people see it: hidden, deleted, struck out.
    bool isLeftOut(const xmlNode& node) {
        const char* remark = isHidden(node)           ? kHiddenRemark
                             : isNamed(node, {"del"}) ? kTrackedRemark
                             : isStruck(node)         ? kStruckRemark
                                                      : nullptr;
        if (remark != nullptr && saysSomething(node)) {
            m_blocks.remark(remark);
        }
        return remark != nullptr;
    }

    // A table that holds tables, or a single cell, only places what is in it.
    static bool isLayout(const xmlNode& table) {
        std::size_t most = 0;
        for (const auto* row : below(table, {"tr"})) {
            const auto cells = below(*row, {"td", "th"});
            most = std::max(most, cells.size());
            for (const auto* cell : cells) {
                if (!below(*cell, {"table"}).empty()) {
                    return true;
                }
            }
        }
        return most < 2;
    }

    static void appendText(const xmlNode& node, Text& text) {
        if ((node.type != XML_TEXT_NODE && node.type != XML_CDATA_SECTION_NODE) || !node.content) {
            return;
        }
        const bool kept = node.parent != nullptr && isNamed(*node.parent, {"pre"});
        for (const char16_t c : ledger::toUtf16(reinterpret_cast<const char*>(node.content))) {
            const bool lineEnd = c == u'\n' || c == u'\r';
            text += lineEnd && !kept ? u' ' : c;
        }
    }

    void endLine() {
        if (!ledger::trim(m_line).empty()) {
            m_blocks.addParagraph(m_line);
        }
        m_line.clear();
    }

    void appendCell(const xmlNode& parent, Text& text) {
        for (const xmlNode* child = parent.children; child; child = child->next) {
            if (isUnseen(*child) || isLeftOut(*child)) {
                continue;
            }
            const bool ends = isBlock(*child) || isNamed(*child, {"br"});
            if (ends && !text.empty() && text.back() != u'\n') {
                text += u'\n';
            }
            appendText(*child, text);
            appendCell(*child, text);
            if (ends && !text.empty() && text.back() != u'\n') {
                text += u'\n';
            }
        }
    }

    // A cell that reaches into rows below.
    struct Reaching {
        int rows = 0;
        Text text;
    };

    void readTable(const xmlNode& table) {
        m_blocks.beginTable();
        std::map<std::size_t, Reaching> reaching;
        for (const xmlNode* part = table.children; part; part = part->next) {
            if (!isNamed(*part, {"tr"})) {
                static_cast<void>(
                    isLeftOut(*part));  // a tbody: it is said, its rows are not among those below
            }
        }
        for (const auto* node : below(table, {"tr"})) {
            if (m_blocks.isFull()) {
                m_blocks.addRow({});  // so that it is said
                return;
            }
            GridRow row;
            takeReaching(reaching, row);
            if (isLeftOut(*node)) {
                continue;
            }
            for (const auto* cell : below(*node, {"td", "th"})) {
                if (isHidden(*cell) && isLeftOut(*cell)) {
                    continue;  // the cells behind it stand in its place
                }
                addCell(*cell, reaching, row);
                takeReaching(reaching, row);
            }
            m_blocks.addRow(std::move(row));
        }
    }

    // The cells from above that stand at the row's end.
    static void takeReaching(std::map<std::size_t, Reaching>& reaching, GridRow& row) {
        for (auto at = reaching.find(row.cells.size()); at != reaching.end();
             at = reaching.find(row.cells.size())) {
            row.cells.push_back(at->second.text);
            row.continued.resize(row.cells.size(), false);
            row.continued.back() = true;
            if (--at->second.rows == 0) {
                reaching.erase(at);
            }
        }
    }

    void addCell(const xmlNode& cell, std::map<std::size_t, Reaching>& reaching, GridRow& row) {
        const auto columns = static_cast<std::size_t>(spanOf(cell, "colspan", 64));
        const std::size_t at = row.cells.size();
        if (at + columns > kColumnsMax) {
            return;
        }
        Text text;
        if (!isLeftOut(cell)) {
            appendCell(cell, text);
        }
        row.cells.push_back(Text(ledger::trim(text)));
        row.cells.resize(at + columns);
        row.continued.resize(row.cells.size(), false);
        const int rows = spanOf(cell, "rowspan", kRowSpanMax) - 1;
        for (std::size_t i = 0; i < columns && rows > 0; ++i) {
            reaching[at + i] = {rows, row.cells[at + i]};
        }
    }

    DocumentBlocks m_blocks;
    Text m_line;
};

struct PageCloser {
    void operator()(xmlDoc* page) const { xmlFreeDoc(page); }
};

}  // namespace

Result<ImportedDocument> importHtml(std::string_view bytes, const ImportOptions& options) {
    if (bytes.size() > kPageBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    // The page's own word for its encoding is often wrong; the bytes are asked instead.
    HZ_TRY(const Text text, decodeText(bytes));
    const std::string utf8 = ledger::toUtf8(text);
    constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_COMPACT | HTML_PARSE_IGNORE_ENC;
    const std::unique_ptr<xmlDoc, PageCloser> page(
        htmlReadMemory(utf8.data(), static_cast<int>(utf8.size()), nullptr, "UTF-8", kOptions));
    const xmlNode* root = page ? xmlDocGetRootElement(page.get()) : nullptr;
    if (!root) {
        return fail(ErrorCode::noTasks, "the page holds no text");
    }
    if (isTooDeep(root, 0)) {
        return fail(ErrorCode::malformed, "the page is nested deeper than any document");
    }
    return PageReader().read(*root, options);
}

}  // namespace hezhang::documents
