// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_flow.h"

#include <algorithm>

#include "src/documents/text_import_cells.h"
#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;

constexpr std::size_t kWordsMax = 50'000;
constexpr std::size_t kLookBackMax = 300;
constexpr int kNumberGapMax = 3;

// A title between rows: before word `at`.
struct Title {
    std::size_t at = 0;
    int line = 0;
    Text text;
};

// The number a word begins a row with, and whether text hangs on it without a blank (1.加强).
struct RowNumber {
    std::size_t at = 0;
    int number = 0;
    std::size_t markLength = 0;
    double quality = 0;
};

class FlowReader {
public:
    FlowReader(const std::vector<Word>& words, const FoundHeader& header) : m_columns(header.columns) {
        settleColumns(m_columns);
        takeTitleBefore(words, header.begin);
        takeTable(words, header);
    }

    Grid read() {
        cutTail();
        takeTitles();
        markOrdinals();
        return gridOf(assignCells(m_words, m_ordinals, runs(), m_columns));
    }

private:
    // 一、 right before the header belongs to its first rows.
    void takeTitleBefore(const std::vector<Word>& words, std::size_t header) {
        if (header == 0) {
            return;
        }
        std::size_t begin = header - 1;
        while (begin > 0 && !words[begin].startsLine) {
            --begin;
        }
        Text line;
        for (std::size_t i = begin; i < header; ++i) {
            line += words[i].text;
        }
        const auto numbered = numberedLine(line);
        if (numbered && numbered->level == 1 && looksLikeTitle(numbered->rest)) {
            m_titles.push_back({0, words[begin].line, line});
        }
    }

    // The words behind the header, without its repetitions.
    void takeTable(const std::vector<Word>& words, const FoundHeader& header) {
        bool pageBreak = false;
        for (std::size_t at = header.end; at < words.size();) {
            const auto again = headerAt(words, at);
            if (again && again->columns.front().name == header.columns.front().name) {
                at = again->end;
                pageBreak = true;
                continue;
            }
            m_words.push_back(words[at++]);
            m_words.back().pageBreakBefore = m_words.back().pageBreakBefore || pageBreak;
            pageBreak = false;
        }
    }

    // Signature, date and print run behind the last row.
    void cutTail() {
        static const Pattern tail(
            u"(?:抄送|主送|附件\\d*[:：]|印发|共印|纸发|主办[:：]|校对|此件|[（(]此件|注[:：]|备注[:：]|说明["
            u":：]).*");
        static const Pattern issue(u".*(?:\\d{4}|[〇○零一二]{4})年.{1,3}月.{1,3}日(?:印发)?");
        static const Pattern office(u".{2,24}(?:办公室|局|政府|委员会|委|办)");
        std::size_t end = m_words.size();
        for (bool cut = true; cut && end > 0;) {
            const std::size_t begin = lineBegin(end - 1);
            const Text line = lineText(begin, end);
            const std::size_t before = begin > 0 ? lineBegin(begin - 1) : begin;
            const bool signedDate =
                issue.isWhole(line) && (line.ends_with(u"印发") || office.isWhole(lineText(before, begin)));
            const bool signature = m_cutDate && office.isWhole(line);
            cut = tail.isWhole(line) || signedDate || signature;
            m_cutDate = signedDate;
            if (cut) {
                end = begin;
            }
        }
        m_words.resize(end);
    }

    [[nodiscard]] std::size_t lineBegin(std::size_t at) const {
        while (at > 0 && !m_words[at].startsLine) {
            --at;
        }
        return at;
    }

    [[nodiscard]] std::size_t lineEnd(std::size_t at) const {
        ++at;
        while (at < m_words.size() && !m_words[at].startsLine) {
            ++at;
        }
        return at;
    }

    [[nodiscard]] Text lineText(std::size_t begin, std::size_t end) const {
        Text text;
        for (std::size_t i = begin; i < end; ++i) {
            text += (i == begin ? u"" : u" ") + m_words[i].text;
        }
        return text;
    }

    // 一、 at the begin of a line, next in count, with a row's number (or a longer title) behind it.
    void takeTitles() {
        std::vector<Word> kept;
        int last = m_titles.empty() ? 0 : 1;
        for (std::size_t at = 0; at < m_words.size();) {
            const std::size_t end = m_words[at].startsLine ? titleEnd(at, last) : at;
            if (end == at) {
                kept.push_back(m_words[at++]);
                continue;
            }
            std::vector<Text> lines;
            for (std::size_t i = at; i < end; i = lineEnd(i)) {
                lines.push_back(lineText(i, lineEnd(i)));
            }
            m_titles.push_back({kept.size(), m_words[at].line, joinTextLines(lines)});
            last = numberedLine(lines.front())->number;
            at = end;
        }
        m_words = std::move(kept);
    }

    // Behind the title's last line, or `at` where none begins.
    [[nodiscard]] std::size_t titleEnd(std::size_t at, int last) const {
        const std::size_t end = lineEnd(at);
        const auto numbered = numberedLine(lineText(at, end));
        if (!numbered || numbered->level != 1 || numbered->rest.empty()) {
            return at;
        }
        if (numbered->number != last + 1 && numbered->number != 1 && numbered->number != last + 2) {
            return at;
        }
        if (!looksLikeTitle(numbered->rest)) {
            return at;
        }
        if (end >= m_words.size() || beginsRow(end) || !hasNumberColumn()) {
            return end;
        }
        if (titleEnd(end, numbered->number) != end) {
            return end;  // a section without tasks
        }
        const std::size_t second = lineEnd(end);
        const bool goesOn =
            looksLikeTitle(lineText(end, second)) && (second >= m_words.size() || beginsRow(second));
        return goesOn ? second : at;
    }

    [[nodiscard]] bool hasNumberColumn() const {
        return std::any_of(m_columns.begin(), m_columns.end(),
                           [](auto& c) { return c.kind == ColumnKind::ordinal; });
    }

    [[nodiscard]] bool beginsRow(std::size_t at) const {
        return rowNumberAt(at).has_value() ||
               (at + 1 < m_words.size() && !m_words[at + 1].startsLine && rowNumberAt(at + 1));
    }

    [[nodiscard]] std::optional<RowNumber> rowNumberAt(std::size_t at) const {
        static const Pattern alone(u"[（(]?(\\d{1,3})[)）]?[、.．]?");
        static const Pattern glued(u"((\\d{1,3})[、.．])(?![\\d])\\S+");
        static const Pattern measure(
            u"(?:月|日(?!常|报)|年(?!度|初|报|底|内|末|终)|个|号(?!召|码)|%|％|次(?!序)|项(?!目)|家(?!庭|长|"
            u"政)|万|亿|时(?!刻|效|限)"
            u"|天(?!然)|周(?!密|边|报)|季(?!度)|种(?!植|子)|类(?!别)|条(?!例|件|块)|名(?!录|单|牌)|元|户(?!"
            u"籍|外)|亩|公里|份"
            u"|级(?!别)|倍|期(?!限|间)|批(?!准|复|示)|件|套|人次).*");
        const Word& word = m_words[at];
        if (!word.startsLine && word.gap < 1) {
            return std::nullopt;
        }
        RowNumber found{at, 0, word.text.size(), 0};
        if (const auto m = alone.matchWhole(word.text)) {
            found.number = ledger::numberFrom(m->groups[1]).value_or(0);
            const bool last = at + 1 >= m_words.size() || m_words[at + 1].startsLine;
            if (!last && measure.isWhole(m_words[at + 1].text)) {
                return std::nullopt;
            }
            if (last && at + 1 < m_words.size() && !m_words[at + 1].blankLineBefore &&
                measure.isWhole(m_words[at + 1].text) && m_words[at + 1].text.size() < 5) {
                found.quality -= 0.6;
            }
            if (last) {
                found.quality += 0.3;
            }
        } else if (const auto g = glued.matchWhole(word.text)) {
            found.number = ledger::numberFrom(g->groups[2]).value_or(0);
            found.markLength = g->groups[1].size();
        } else {
            return std::nullopt;
        }
        if (word.startsLine) {
            found.quality += 0.4;
        }
        if (word.blankLineBefore) {
            found.quality += 0.1;
        }
        if (at > 0 && ledger::readsAsDeadline(m_words[at - 1].text)) {
            found.quality += 0.5;
        }
        if (!word.startsLine) {
            found.quality -= 0.3;
        }
        return found;
    }

    // The chain of row numbers that explains most of the numbers at the beginnings of lines.
    void markOrdinals() {
        m_ordinals.assign(m_words.size(), false);
        if (!hasNumberColumn()) {
            return;
        }
        std::vector<RowNumber> numbers;
        for (std::size_t at = 0; at < m_words.size(); ++at) {
            if (const auto number = rowNumberAt(at);
                number && (m_words[at].startsLine || numberColumn() > 0)) {
                numbers.push_back(*number);
            }
        }
        auto chain = bestChain(numbers);
        std::sort(chain.begin(), chain.end(), [](auto& a, auto& b) { return a.at < b.at; });
        std::size_t inserted = 0;
        for (auto number : chain) {
            number.at += inserted;
            inserted += split(number) ? 1 : 0;
            m_ordinals[number.at] = true;
        }
    }

    [[nodiscard]] std::size_t numberColumn() const {
        for (std::size_t c = 0; c < m_columns.size(); ++c) {
            if (m_columns[c].kind == ColumnKind::ordinal) {
                return c;
            }
        }
        return 0;
    }

    [[nodiscard]] std::vector<RowNumber> bestChain(const std::vector<RowNumber>& numbers) const {
        std::vector<double> score(numbers.size());
        std::vector<std::size_t> before(numbers.size(), numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            score[i] = 1 + numbers[i].quality - std::min(5.0, 0.5 * std::abs(numbers[i].number - 1));
            for (std::size_t j = i > kLookBackMax ? i - kLookBackMax : 0; j < i; ++j) {
                const auto step = stepCost(numbers[j], numbers[i]);
                if (step && score[j] + 1 + numbers[i].quality - *step > score[i]) {
                    score[i] = score[j] + 1 + numbers[i].quality - *step;
                    before[i] = j;
                }
            }
        }
        std::vector<RowNumber> chain;
        if (numbers.empty()) {
            return chain;
        }
        auto at = static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
        for (; at < numbers.size(); at = before[at]) {
            chain.push_back(numbers[at]);
        }
        return chain;
    }

    [[nodiscard]] std::optional<double> stepCost(const RowNumber& from, const RowNumber& to) const {
        if (to.number == from.number + 1) {
            return 0;
        }
        if (to.number == 1) {
            return titleBetween(from.at, to.at) ? 0 : 1.7;
        }
        const int gap = to.number - from.number - 1;
        if (gap > 0 && gap <= kNumberGapMax) {
            return 1.5 * gap;
        }
        return std::nullopt;
    }

    [[nodiscard]] bool titleBetween(std::size_t from, std::size_t to) const {
        return std::any_of(m_titles.begin(), m_titles.end(),
                           [&](auto& title) { return from < title.at && title.at <= to; });
    }

    // 1.加强 becomes two words.
    bool split(const RowNumber& number) {
        Word& word = m_words[number.at];
        if (number.markLength >= word.text.size()) {
            return false;
        }
        Word rest = word;
        rest.text = word.text.substr(number.markLength);
        rest.width = displayWidth(rest.text);
        rest.startsLine = rest.blankLineBefore = rest.pageBreakBefore = false;
        rest.gap = 1;
        word.text.resize(number.markLength);
        m_words.insert(m_words.begin() + static_cast<std::ptrdiff_t>(number.at) + 1, rest);
        m_ordinals.insert(m_ordinals.begin() + static_cast<std::ptrdiff_t>(number.at) + 1, false);
        for (auto& title : m_titles) {
            title.at += title.at > number.at ? 1 : 0;
        }
        return true;
    }

    [[nodiscard]] std::vector<RowsOfWords> runs() const {
        std::vector<RowsOfWords> runs;
        std::size_t begin = 0;
        for (const auto& title : m_titles) {
            runs.push_back({begin, title.at});
            begin = title.at;
        }
        runs.push_back({begin, m_words.size()});
        return runs;
    }

    [[nodiscard]] Grid gridOf(const std::vector<CellSpan>& spans) const {
        Grid grid{m_columns, {}, {}};
        std::size_t title = 0;
        std::size_t read = 0;
        for (const auto& span : spans) {
            warnUnread(grid, read, span.begin);
            read = span.end;
            for (; title < m_titles.size() && m_titles[title].at <= span.begin; ++title) {
                grid.rows.push_back(titleRow(m_titles[title]));
            }
            if (span.startsRow || grid.rows.empty() || grid.rows.back().cells.size() == 1) {
                grid.rows.push_back({m_words[span.begin].line, std::vector<Text>(m_columns.size())});
            }
            Text& cell = grid.rows.back().cells[span.column];
            if (!cell.empty()) {
                cell += u'\n';
            }
            cell += cellText(span);
        }
        for (; title < m_titles.size(); ++title) {
            grid.rows.push_back(titleRow(m_titles[title]));
        }
        warnUnread(grid, read, m_words.size());
        return grid;
    }

    void warnUnread(Grid& grid, std::size_t begin, std::size_t end) const {
        if (begin < end) {
            grid.warnings.push_back({m_words[begin].line, "this text belongs to no row of the table"});
        }
    }

    static GridRow titleRow(const Title& title) { return {title.line, {title.text}}; }

    [[nodiscard]] Text cellText(const CellSpan& span) const {
        Text text;
        for (std::size_t i = span.begin; i < span.end; ++i) {
            if (i > span.begin) {
                text += m_words[i].startsLine ? u'\n' : u' ';
            }
            text += m_words[i].text;
        }
        return text;
    }

    std::vector<Column> m_columns;
    std::vector<Word> m_words;
    std::vector<bool> m_ordinals;
    std::vector<Title> m_titles;
    bool m_cutDate = false;
};

}  // namespace

Result<Grid> readFlowingTable(const std::vector<Word>& words, const FoundHeader& header) {
    if (words.size() > kWordsMax) {
        return fail(ErrorCode::fileTooLarge, "the table has more than 50,000 words");
    }
    return FlowReader(words, header).read();
}

}  // namespace hezhang::documents
