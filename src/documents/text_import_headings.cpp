// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_headings.h"

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;

constexpr std::size_t kHeadingLengthMax = 60;

struct Level {
    int level;
    const Pattern& pattern;
};

}  // namespace

std::optional<Numbered> numberedLine(std::u16string_view line) {
    static const Pattern part(
        u"\\s*(第([一二三四五六七八九十]{1,3})(?:部分|板块|章|篇|大项|类|方面)[、.．:：]?)\\s*(.*)");
    static const Pattern first(u"\\s*(([一二三四五六七八九十]{1,3})[、.．])\\s*(.*)");
    static const Pattern second(u"\\s*([（(]([一二三四五六七八九十]{1,3})[)）][、.．]?)\\s*(.*)");
    static const Pattern third(u"\\s*((\\d{1,3})[、.．])(?!\\d)\\s*(.*)");
    static const Pattern fourth(u"\\s*([（(](\\d{1,3})[)）])\\s*(.*)");
    static const Level levels[] = {{1, part}, {1, first}, {2, second}, {3, third}, {4, fourth}};
    for (const auto& [level, pattern] : levels) {
        if (const auto m = pattern.matchWhole(line)) {
            return Numbered{level, ledger::numberFrom(m->groups[2]).value_or(0), m->groups[1],
                            std::u16string(ledger::trim(m->groups[3]))};
        }
    }
    const auto text = ledger::trim(line);
    if (!text.empty() && text.front() >= u'①' && text.front() <= u'⑳') {
        return Numbered{5, text.front() - u'①' + 1, std::u16string(text.substr(0, 1)),
                        std::u16string(ledger::trim(text.substr(1)))};
    }
    return std::nullopt;
}

bool looksLikeTitle(std::u16string_view text) {
    text = ledger::trim(text);
    if (text.empty() || text.size() > kHeadingLengthMax) {
        return false;
    }
    static constexpr std::u16string_view kSentenceEnds = u"。；;！!？?，,：:";
    return kSentenceEnds.find(text.back()) == std::u16string_view::npos &&
           text.find(u'。') == std::u16string_view::npos;
}

std::optional<int> ordinalIn(std::u16string_view cell) {
    static const Pattern pattern(u"\\s*[（(]?(\\d{1,4})(?:[.\\-－]\\d{1,3})*[)）]?[、.．]?\\s*");
    const auto m = pattern.matchWhole(cell);
    if (!m) {
        return std::nullopt;
    }
    return ledger::numberFrom(m->groups[1]);
}

}  // namespace hezhang::documents
