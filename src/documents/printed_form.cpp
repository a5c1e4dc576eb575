// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/printed_form.h"

#include <nlohmann/json.hpp>

#include "src/ledger/chinese_text.h"
#include "sync/op/value.h"

namespace hezhang::documents {

// The printed table only: what a second sheet adds is on no paper.
std::string canonicalText(const PrintedForm& form) {
    nlohmann::json all = nlohmann::json::array({form.name, form.title, form.seal});
    for (const PrintedHead& head : form.head) {
        all.push_back({head.label, head.value});
    }
    for (const PrintedBlock& block : form.text) {
        all.push_back(block.text);
    }
    if (!form.isLetter()) {
        nlohmann::json headings = nlohmann::json::array();
        for (const FormColumn& column : form.tables.front().columns) {
            headings.push_back(column.heading);
        }
        all.push_back(std::move(headings));
        for (const PrintedRow& row : form.tables.front().rows) {
            nlohmann::json cells = nlohmann::json::array();
            if (!row.section.empty()) {
                cells.push_back(row.section);
            }
            for (const PrintedCell& cell : row.cells) {
                cells.push_back(cell.text);
            }
            all.push_back(std::move(cells));
        }
    }
    return all.dump();
}

std::string fingerprintCode(const PrintedForm& form) {
    return "HZFORM1 " + form.name + " " + form.fingerprint;
}

std::string grouped(const std::string& hex) {
    std::string text;
    for (std::size_t at = 0; at < hex.size(); at += 4) {
        text += (at == 0 ? "" : " ") + hex.substr(at, 4);
    }
    return text;
}

static bool isNoCharacter(std::string_view text, std::size_t at) {
    return text.substr(at, 2) == "\xef\xbf" && at + 2 < text.size() &&
           (text[at + 2] == '\xbe' || text[at + 2] == '\xbf');
}

std::string printable(std::string_view text) {
    if (!sync::isWellFormedUtf8(text)) {
        return printable(ledger::toUtf8(ledger::toUtf16(text)));
    }
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (text[at] == '\r') {
            clean += at + 1 < text.size() && text[at + 1] == '\n' ? "" : "\n";
        } else if (isNoCharacter(text, at)) {
            at += 2;
        } else if (byte >= 0x20 || text[at] == '\n' || text[at] == '\t') {
            clean += text[at];
        }
    }
    return clean;
}

int linesTaken(std::string_view text, double width) {
    int lines = 1;
    double used = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            ++lines;
            used = 0;
        } else if ((byte & 0xc0) != 0x80) {
            const double wide = byte < 0x80 ? 1 : 2;
            if (used + wide > width) {
                ++lines;
                used = 0;
            }
            used += wide;
        }
    }
    return lines;
}

}  // namespace hezhang::documents
