// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/import_numbering.h"

#include <algorithm>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using pugi::xml_node;
using Text = std::u16string;

constexpr int kNumberMax = 999;
constexpr std::size_t kListsMax = 10'000;

int valueIn(const xml_node& parent, std::string_view name, int otherwise) {
    return numberOr(attributeNamed(childNamed(parent, name), "val"), otherwise);
}

// 1 to 99 as 一 to 九十九.
Text chineseNumeral(int number) {
    static constexpr std::u16string_view kDigits = u"一二三四五六七八九";
    Text text;
    if (number >= 20) {
        text += kDigits[static_cast<std::size_t>(number / 10 - 1)];
    }
    if (number >= 10) {
        text += u'十';
    }
    if (number % 10 > 0) {
        text += kDigits[static_cast<std::size_t>(number % 10 - 1)];
    }
    return text;
}

Text printedNumber(int number, std::string_view format) {
    const bool chinese = format.find("hinese") != std::string_view::npos || format.starts_with("japanese") ||
                         format.starts_with("taiwanese") || format == "ideographDigital";
    if (chinese && number > 0 && number < 100) {
        return chineseNumeral(number);
    }
    if (format.starts_with("decimalEnclosedCircle") && number > 0 && number <= 20) {
        return Text(1, static_cast<char16_t>(u'①' + number - 1));
    }
    return ledger::toUtf16(std::to_string(number));
}

}  // namespace

WordNumbering WordNumbering::of(OfficePackage& package) {
    WordNumbering numbering;
    const auto lists = package.part("word/numbering.xml");
    if (!lists) {
        return numbering;
    }
    std::map<int, Levels> definitions;
    for (const auto& node : (*lists)->document_element().children()) {
        if (definitions.size() + numbering.m_lists.size() > kListsMax) {
            break;
        }
        if (localName(node) == "abstractNum") {
            definitions[numberOr(attributeNamed(node, "abstractNumId"), -1)] = levelsIn(node);
        } else if (localName(node) == "num") {
            const int list = numberOr(attributeNamed(node, "numId"), -1);
            const int definition = valueIn(node, "abstractNumId", -1);
            const bool own = !childNamed(node, "lvlOverride").empty();
            numbering.m_lists[list] = definitions[definition];
            numbering.m_counters[list] = own ? -1 - list : definition;
        }
    }
    const auto styles = package.part("word/styles.xml");
    if (!styles) {
        return numbering;
    }
    for (const auto& style : (*styles)->document_element().children()) {
        const Place place = placeIn(childNamed(style, "pPr"));
        if (place.list > 0) {
            numbering.m_styles[std::string(attributeNamed(style, "styleId"))] = place;
        }
    }
    return numbering;
}

WordNumbering::Levels WordNumbering::levelsIn(const xml_node& abstract) {
    Levels levels;
    for (const auto& node : abstract.children()) {
        const auto at = static_cast<std::size_t>(numberOr(attributeNamed(node, "ilvl"), 0));
        if (localName(node) != "lvl" || at >= kLevels) {
            continue;
        }
        levels[at] = {std::string(attributeNamed(childNamed(node, "numFmt"), "val")),
                      ledger::toUtf16(attributeNamed(childNamed(node, "lvlText"), "val")),
                      std::min(valueIn(node, "start", 1), kNumberMax)};
    }
    return levels;
}

// A list without a level is at its first.
WordNumbering::Place WordNumbering::placeIn(const xml_node& properties) {
    const xml_node node = childNamed(properties, "numPr");
    if (node.empty()) {
        return {};
    }
    return {valueIn(node, "numId", 0), std::max(valueIn(node, "ilvl", 0), 0)};
}

Text WordNumbering::next(const xml_node& paragraph) {
    const xml_node properties = childNamed(paragraph, "pPr");
    Place place = placeIn(properties);
    if (place.level < 0) {
        const auto style =
            m_styles.find(std::string(attributeNamed(childNamed(properties, "pStyle"), "val")));
        place = style == m_styles.end() ? Place{} : style->second;
    }
    const auto list = m_lists.find(place.list);
    const auto at = static_cast<std::size_t>(place.level);
    if (list == m_lists.end() || at >= kLevels) {
        return {};
    }
    const Levels& levels = list->second;
    auto& counts = m_counts[m_counters[place.list]];
    counts[at] = counts[at] == 0 ? levels[at].start : std::min(counts[at] + 1, kNumberMax);
    std::fill(counts.begin() + static_cast<std::ptrdiff_t>(at) + 1, counts.end(), 0);
    if (levels[at].format == "bullet" || levels[at].format == "none") {
        return {};
    }
    Text text;
    for (std::size_t i = 0; i < levels[at].text.size(); ++i) {
        const char16_t c = levels[at].text[i];
        const bool mark =
            c == u'%' && i + 1 < levels[at].text.size() && ledger::isDigit(levels[at].text[i + 1]);
        if (!mark) {
            text += c;
            continue;
        }
        const auto of = static_cast<std::size_t>(levels[at].text[++i] - u'1');
        if (of < kLevels) {
            text += printedNumber(std::max(counts[of], levels[of].start), levels[of].format);
        }
    }
    return text;
}

}  // namespace hezhang::documents
