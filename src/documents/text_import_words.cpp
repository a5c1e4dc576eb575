// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_words.h"

#include <algorithm>
#include <unordered_map>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;

constexpr std::size_t kNameWordsMax = 6;
constexpr std::size_t kHeaderNamesMax = 14;

bool isFormField(std::u16string_view line) {
    static const Pattern field(
        u"\\s*(?:填报单位|填报人|填表人|联系人|联系电话|审核人|填报时间|填表时间|填表单位|负责人签字|"
        u"单位负责人|制表|单位)\\s*(?:（[^）]*）)?\\s*[:：].*");
    return field.isWhole(line);
}

// The column names from a word on: as many words as can be read, in as many columns.
class HeaderReader {
public:
    HeaderReader(const std::vector<Word>& words, std::size_t begin) : m_words(words), m_begin(begin) {}

    FoundHeader read() {
        FoundHeader found{m_begin, m_begin, {}};
        while (found.columns.size() < kHeaderNamesMax) {
            if (const auto length = nameLengthAt(found.end)) {
                found.columns.push_back({*columnNamed(textOf(found.end, length)), textOf(found.end, length)});
                found.end += length;
            } else if (isUnknownNameAt(found)) {
                found.columns.push_back({ColumnKind::other, m_words[found.end].text});
                ++found.end;
            } else {
                break;
            }
        }
        return found;
    }

private:
    [[nodiscard]] Text textOf(std::size_t at, std::size_t length) const {
        Text text;
        for (std::size_t i = at; i < at + length; ++i) {
            text += m_words[i].text;
        }
        return text;
    }

    // One word if the next one begins a name too, else as many as make a name: 责任 + 单位.
    [[nodiscard]] std::size_t nameLengthAt(std::size_t at) const {
        std::size_t fallback = 0;
        for (std::size_t length = 1; length <= kNameWordsMax && at + length <= m_words.size(); ++length) {
            const Text text = textOf(at, length);
            if (text.size() > 16) {
                break;
            }
            if (!columnNamed(text)) {
                continue;
            }
            if (fallback == 0) {
                fallback = length;
            }
            if (at + length == m_words.size() || beginsName(at + length)) {
                return length;
            }
            if (length > 1 && sameLine(at, at + length - 1)) {
                break;
            }
            fallback = length;
        }
        return fallback;
    }

    [[nodiscard]] bool beginsName(std::size_t at) const {
        for (std::size_t length = 1; length <= 3 && at + length <= m_words.size(); ++length) {
            if (columnNamed(textOf(at, length))) {
                return true;
            }
        }
        return false;
    }

    [[nodiscard]] bool sameLine(std::size_t a, std::size_t b) const {
        return m_words[a].lineIndex == m_words[b].lineIndex;
    }

    // A name we do not know, between two that we know, on one line.
    [[nodiscard]] bool isUnknownNameAt(const FoundHeader& found) const {
        const std::size_t at = found.end;
        if (found.columns.empty() || at + 1 >= m_words.size() || m_words[at].text.size() > 8) {
            return false;
        }
        if (!sameLine(at - 1, at) || !sameLine(at, at + 1) || !beginsName(at + 1)) {
            return false;
        }
        return std::all_of(m_words[at].text.begin(), m_words[at].text.end(), ledger::isHan);
    }

    const std::vector<Word>& m_words;
    std::size_t m_begin;
};

}  // namespace

int displayWidth(std::u16string_view text) {
    int width = 0;
    for (const char16_t c : text) {
        const bool quote = c >= 0x2018 && c <= 0x201d;
        width += c < 0x100 || quote ? 1 : 2;
    }
    return width;
}

std::vector<Word> wordsOf(const std::vector<SourceLine>& lines, std::size_t first) {
    std::vector<Word> words;
    bool blankLine = false;
    bool pageBreak = false;
    for (std::size_t i = first; i < lines.size(); ++i) {
        const Text& text = lines[i].text;
        pageBreak = pageBreak || lines[i].pageBreakBefore;
        if (isPageNumber(text)) {
            pageBreak = true;
            continue;
        }
        if (isFormField(text)) {
            continue;
        }
        bool starts = true;
        int gap = 0;
        for (std::size_t at = 0; at < text.size();) {
            if (ledger::isBlank(text[at])) {
                gap += text[at] == u'\t' ? 4 : text[at] == 0x3000 ? 2 : 1;
                ++at;
                continue;
            }
            std::size_t end = at;
            while (end < text.size() && !ledger::isBlank(text[end])) {
                ++end;
            }
            const Text word = text.substr(at, end - at);
            words.push_back(
                {word, lines[i].number, i, starts, blankLine, pageBreak, gap, displayWidth(word)});
            starts = blankLine = pageBreak = false;
            gap = 0;
            at = end;
        }
        if (starts) {
            blankLine = true;
        }
    }
    return words;
}

std::optional<FoundHeader> headerAt(const std::vector<Word>& words, std::size_t at) {
    if (!words[at].startsLine) {
        return std::nullopt;
    }
    auto found = HeaderReader(words, at).read();
    if (found.columns.size() < kHeaderNamesMin) {
        return std::nullopt;
    }
    return found;
}

std::optional<FoundHeader> findHeader(const std::vector<Word>& words, std::size_t from) {
    for (std::size_t at = from; at < words.size(); ++at) {
        if (auto found = headerAt(words, at); found && isTaskTable(found->columns)) {
            return found;
        }
    }
    return std::nullopt;
}

}  // namespace hezhang::documents
