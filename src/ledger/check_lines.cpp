// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/check_lines.h"

#include <algorithm>

#include "src/ledger/chinese_text.h"

namespace hezhang::ledger {

namespace {

constexpr std::size_t kIndicatorMax = 5'000;

// Where one line ends and the next begins: what stands between is left out.
std::vector<std::u16string> piecesOf(const std::u16string& text) {
    static const Pattern cut(
        u"[。；;！!\\n]+|(?:以及|及|和|并|、|，|,)+(?=(?:实际|具体|日常|平时)?掌握|依据|实地|现场查|现场检|"
        u"现场核"
        u"|走访|暗访|查阅|登录|报送[^，,。；;、]{0,6}(?:资料|材料)|综合(?:评价|研判|评定))");
    std::vector<std::u16string> pieces;
    std::size_t from = 0;
    for (const auto& match : cut.findAll(text)) {
        pieces.push_back(text.substr(from, match.begin - from));
        from = match.end;
    }
    pieces.push_back(text.substr(from));
    return pieces;
}

}  // namespace

std::vector<CheckLine> checkLinesOf(std::string_view indicator) {
    // Lines of a cell are sentences here; only then blanks say nothing.
    const std::u16string text = toUtf16(indicator).substr(0, kIndicatorMax);
    std::vector<CheckLine> lines;
    for (const std::u16string& piece : piecesOf(text)) {
        const std::u16string words(trim(withoutStrayBlanks(piece)).substr(0, kCheckLineMax));
        if (std::ranges::none_of(words, isHan)) {
            continue;
        }
        const std::vector<CheckKind> kinds = checkKindsOf(toUtf8(words));
        CheckLine line{kinds.empty() ? std::nullopt : std::optional(kinds.front()), toUtf8(words), {}};
        line.key = wordsKey(line.words);
        if (std::ranges::find(lines, line.key, &CheckLine::key) == lines.end()) {
            lines.push_back(std::move(line));
        }
    }
    return lines;
}

}  // namespace hezhang::ledger
