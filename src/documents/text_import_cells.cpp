// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_cells.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <unordered_map>

#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"
#include "src/ledger/unit_phrase.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;
using View = std::u16string_view;

constexpr float kImpossible = -1e9F;
constexpr std::size_t kCellWordsMax = 400;
constexpr std::size_t kUnitWordsMax = 40;
constexpr std::size_t kDeadlineWordsMax = 8;
constexpr int kRounds = 4;
constexpr std::size_t kSamplesMin = 3;

bool endsSentence(char16_t c) {
    return isOneOf(c, u"。；！？!?;");
}

// --- what a segment says -----------------------------------------------------------------------

// Whether words read as units or as a deadline; asked often, so remembered.
class Reader {
public:
    explicit Reader(const std::vector<Word>& words) : m_words(words) {}

    bool units(std::size_t begin, std::size_t end) {
        static constexpr View kLast =
            u"局委办厅院署科股处队所站馆社台校室部庭段乡镇村场库心会组班司团行联侨政大府道区园地口线学金织构"
            u"关门位员等街）)头合责与落实办";
        if (end - begin > kUnitWordsMax || !isOneOf(m_words[end - 1].text.back(), kLast)) {
            return false;
        }
        return remembered(m_units, begin, end, [](View text) { return ledger::readsAsUnits(text); });
    }

    // The share of the names in these units that other rows name too.
    double knownShare(std::size_t begin, std::size_t end) {
        if (m_timesNamed.empty()) {
            return 0;
        }
        const auto names = namesIn(begin, end);
        const auto known = std::count_if(names.begin(), names.end(), [&](auto& name) {
            const auto at = m_timesNamed.find(name);
            return at != m_timesNamed.end() && at->second >= 2;
        });
        return names.empty() ? 0 : static_cast<double>(known) / static_cast<double>(names.size());
    }

    void forgetNames() { m_timesNamed.clear(); }
    void addNames(std::size_t begin, std::size_t end) {
        for (const auto& name : namesIn(begin, end)) {
            ++m_timesNamed[name];
        }
    }

    bool deadline(std::size_t begin, std::size_t end) {
        static constexpr View kAny =
            u"0123456789０１２３４５６７８９年月日季周底期时长持常全坚定末半及适即随限";
        if (end - begin > kDeadlineWordsMax || m_words[begin].text.find_first_of(kAny) == Text::npos) {
            return false;
        }
        return remembered(m_deadlines, begin, end, [](View text) { return ledger::readsAsDeadline(text); });
    }

private:
    const std::vector<std::string>& namesIn(std::size_t begin, std::size_t end) {
        const auto [at, isNew] = m_names.try_emplace(keyOf(begin, end));
        if (!isNew) {
            return at->second;
        }
        for (auto& unit : ledger::parseUnits(ledger::toUtf8(textOf(begin, end))).units) {
            at->second.push_back(std::move(unit.written));
        }
        return at->second;
    }

    static std::size_t keyOf(std::size_t begin, std::size_t end) {
        return begin * (kUnitWordsMax + 1) + (end - begin);
    }

    Text textOf(std::size_t begin, std::size_t end) const {
        Text text;
        for (std::size_t i = begin; i < end; ++i) {
            text += (i == begin ? u"" : u" ") + m_words[i].text;
        }
        return text;
    }

    template <class Ask>
    bool remembered(std::unordered_map<std::size_t, bool>& answers, std::size_t begin, std::size_t end,
                    Ask ask) {
        const auto key = keyOf(begin, end);
        if (const auto at = answers.find(key); at != answers.end()) {
            return at->second;
        }
        return answers[key] = ask(textOf(begin, end));
    }

    const std::vector<Word>& m_words;
    std::unordered_map<std::size_t, bool> m_units;
    std::unordered_map<std::size_t, bool> m_deadlines;
    std::unordered_map<std::size_t, std::vector<std::string>> m_names;
    std::unordered_map<std::string, int> m_timesNamed;
};

// What is known of a column before and between the rounds.
struct ColumnModel {
    ColumnKind kind = ColumnKind::other;
    int width = 0;                        // of its full lines; 0: not known yet
    int widest = 0;                       // of nearly all its lines
    std::map<Text, int> beginnings = {};  // the first two characters of its cells
    bool isEmpty = false;                 // 进展情况 in a form that nobody has filled yet
    double skipCost = 0;                  // of having no such cell in a row
};

double usualSkipCost(ColumnKind kind) {
    switch (kind) {
    case ColumnKind::ordinal:
        return 3;
    case ColumnKind::section:
        return 0.3;
    case ColumnKind::item:
        return 1.5;
    case ColumnKind::task:
    case ColumnKind::content:
        return 14;
    case ColumnKind::indicator:
        return 5;
    case ColumnKind::lead:
    case ColumnKind::responsible:
        return 6;
    case ColumnKind::cooperate:
        return 3;
    case ColumnKind::deadline:
        return 6;
    case ColumnKind::other:
    case ColumnKind::catalogue:
        return 0;
    }
    return 0;
}

int tolerance(int width) {
    return std::max(3, width / 8);
}

// The cost of the lines of one cell, word by word: every line but the last should be full.
class LineCost {
public:
    LineCost(const std::vector<Word>& words, const ColumnModel& column, double lineBreak)
        : m_words(words), m_column(column), m_lineBreak(lineBreak) {}

    // `isFresh`: nothing but a row's number stands before the word on its line.
    void add(std::size_t at, bool isFresh) {
        const Word& word = m_words[at];
        if (m_lines == 0) {
            m_lines = 1;
            m_lineWidth = word.width;
            m_partial = !isFresh;
        } else if (word.startsLine) {
            m_cost += breakCost(m_words[at - 1], word);
            m_widest = std::max(m_widest, m_lineWidth);
            ++m_lines;
            m_lineWidth = word.width;
            m_partial = false;
        } else {
            if (word.gap >= 2) {
                m_cost += 1.5;
            }
            m_lineWidth += word.width + 1;
        }
    }

    [[nodiscard]] double total() const { return m_cost + overflow(m_lineWidth) + excess(); }

private:
    [[nodiscard]] double breakCost(const Word& last, const Word& next) const {
        double cost = overflow(m_lineWidth) + m_lineBreak;
        if (endsSentence(last.text.back())) {
            return cost + 0.3;
        }
        if (m_partial) {
            return cost;
        }
        const int full = m_column.width > 0 ? m_column.width : std::max(m_widest, next.width);
        const bool mayIndent = m_lines == 1 && m_column.kind == ColumnKind::content;
        const int indent = mayIndent ? 5 : 0;
        const int missing = full - m_lineWidth - tolerance(full) - indent;
        if (missing <= 0) {
            return cost;
        }
        return cost + (m_column.width > 0 ? std::min(4.0, 0.8 + 0.15 * missing) : 1.2);
    }

    [[nodiscard]] double overflow(int width) const {
        if (m_column.width == 0) {
            return 0;
        }
        const int over = width - m_column.width - tolerance(m_column.width);
        return over <= 0 ? 0 : std::min(8.0, 1 + 0.4 * over);
    }

    // Of a column whose cells are hardly ever wrapped only the longest lines are known.
    [[nodiscard]] double excess() const {
        if (m_column.width > 0 || m_column.widest == 0 || m_lineBreak > 1) {
            return 0;
        }
        const int over = std::max(m_widest, m_lineWidth) - m_column.widest - 2 * tolerance(m_column.widest);
        return over <= 0 ? 0 : std::min(4.0, 0.3 * over);
    }

    const std::vector<Word>& m_words;
    const ColumnModel& m_column;
    double m_lineBreak;
    int m_lines = 0;
    int m_lineWidth = 0;
    int m_widest = 0;
    bool m_partial = false;
    double m_cost = 0;
};

bool listsUnits(const Text& word) {
    static const Pattern pattern(u"(?:局|委|办|办公室|部门|乡镇|镇|法院|中心|公司|政府)[、，]");
    return word.find_first_of(u"、，") != Text::npos && pattern.isIn(word);
}

// The running text of a segment, as far as its score asks for it.
struct SegmentText {
    std::size_t length = 0;
    bool sentenceInside = false;  // 。 before the end
    bool comma = false;
    bool unitList = false;  // 财政局、
    char16_t first = 0;
    char16_t last = 0;

    void add(const Text& word) {
        if (length == 0) {
            first = word.front();
        } else if (last == u'。') {
            sentenceInside = true;
        }
        if (const auto at = word.find(u'。'); at != Text::npos && at + 1 < word.size()) {
            sentenceInside = true;
        }
        unitList = unitList || listsUnits(word);
        comma = comma || word.find(u'，') != Text::npos;
        length += word.size();
        last = word.back();
    }
};

bool beginsLikeIndicator(const Text& word) {
    static const Pattern pattern(
        u"(?:查看|依据|根据|考核|检查|评估|达到|完成|形成|实地|是否|按照|每|全年).*");
    return pattern.isWhole(word);
}

// --- the search --------------------------------------------------------------------------------

class CellSearch {
public:
    CellSearch(const std::vector<Word>& words, const std::vector<bool>& ordinals,
               const std::vector<Column>& columns)
        : m_words(words), m_ordinals(ordinals), m_reader(words) {
        for (const auto& column : columns) {
            m_columns.push_back({.kind = column.kind, .skipCost = usualSkipCost(column.kind)});
        }
        m_count = columns.size();
        const bool numbered = std::find(ordinals.begin(), ordinals.end(), true) != ordinals.end();
        for (std::size_t c = 0; c < m_count; ++c) {
            if (numbered && m_columns[c].kind == ColumnKind::ordinal) {
                m_ordinalColumn = c;
            }
        }
    }

    std::vector<CellSpan> search(const std::vector<RowsOfWords>& runs) {
        const auto rows = m_ordinalColumn == 0 ? splitAtOrdinals(runs) : runs;
        std::vector<CellSpan> spans;
        for (m_round = 0; m_round < kRounds; ++m_round) {
            spans.clear();
            for (const auto& run : rows) {
                searchRun(run, spans);
            }
            learn(spans);
            learnBlankLines(spans);
        }
        return spans;
    }

private:
    // How a row stands: the last column it has reached, and the column of its latest cell, which lies before
    // that one where a page break cut the cell. The state behind all others is a run's begin.
    std::size_t stateOf(std::size_t reached, std::size_t latest) const { return reached * m_count + latest; }
    std::size_t beginState() const { return m_count * m_count; }

    // The best way to have read the words before a place and to be in a state there.
    struct Step {
        float score = kImpossible;
        std::uint32_t begin = 0;  // of the latest cell
        std::uint16_t from = 0;   // the state before that cell
        bool startsRow = false;
        bool goesOn = false;
    };

    bool hasOrdinals() const { return m_ordinalColumn < m_count; }

    // Where a row begins with its number, each row can be searched alone.
    std::vector<RowsOfWords> splitAtOrdinals(const std::vector<RowsOfWords>& runs) const {
        std::vector<RowsOfWords> rows;
        for (const auto& run : runs) {
            for (std::size_t at = run.begin; at < run.end; ++at) {
                if (m_ordinals[at]) {
                    rows.push_back({at, at});
                }
                if (!rows.empty() && rows.back().begin >= run.begin) {
                    rows.back().end = at + 1;
                }
            }
        }
        return rows;
    }

    void searchRun(const RowsOfWords& run, std::vector<CellSpan>& spans) {
        const std::size_t length = run.end - run.begin;
        if (length == 0) {
            return;
        }
        m_steps.assign((length + 1) * (beginState() + 1), {});
        stepAt(0, beginState()).score = 0;
        for (std::size_t at = 0; at < length; ++at) {
            for (std::size_t column = 0; column < m_count; ++column) {
                extendCell(run, at, column, entriesInto(run, at, column));
            }
        }
        backtrack(run, length, spans);
    }

    Step& stepAt(std::size_t at, std::size_t state) { return m_steps[at * (beginState() + 1) + state]; }

    // A way to begin a cell, and the state that it leads to.
    struct Entry {
        std::size_t state = 0;
        Step step;
    };

    // The best ways to begin a cell of this column here, one for each state they lead to.
    std::vector<Entry> entriesInto(const RowsOfWords& run, std::size_t at, std::size_t column) {
        std::vector<Entry> entries;
        const std::size_t word = run.begin + at;
        if (hasOrdinals() && m_ordinals[word] != (column == m_ordinalColumn)) {
            return entries;
        }
        const auto offer = [&](std::size_t from, std::size_t to, double cost, bool startsRow, bool goesOn) {
            const auto score = static_cast<float>(stepAt(at, from).score - cost + boundaryScore(word));
            auto entry = std::find_if(entries.begin(), entries.end(), [&](auto& e) { return e.state == to; });
            if (entry == entries.end()) {
                entry = entries.insert(entries.end(), Entry{to, {}});
            }
            if (score > entry->step.score) {
                entry->step = {score, static_cast<std::uint32_t>(at), static_cast<std::uint16_t>(from),
                               startsRow, goesOn};
            }
        };
        const std::size_t own = stateOf(column, column);
        if (isReached(at, beginState()) && mayStartRow(column)) {
            offer(beginState(), own, skipped(0, column), true, false);
        }
        for (std::size_t reached = 0; reached < m_count; ++reached) {
            for (std::size_t latest = 0; latest <= reached; ++latest) {
                const std::size_t from = stateOf(reached, latest);
                if (!isReached(at, from)) {
                    continue;
                }
                const bool numbered = !hasOrdinals() || reached >= m_ordinalColumn;
                if (column > reached && (numbered || column <= m_ordinalColumn)) {
                    offer(from, own, skipped(reached + 1, column), false, false);
                }
                if (numbered && mayStartRow(column)) {
                    offer(from, own, newRowCost(reached, column), true, false);
                }
                if (numbered && column < reached && (latest == reached || column > latest) &&
                    isRunningText(column)) {
                    offer(from, stateOf(reached, column), goesOnCost(latest == reached, m_words[word]), false,
                          true);
                }
            }
        }
        return entries;
    }

    bool isFresh(std::size_t at) const {
        return m_words[at].startsLine || (hasOrdinals() && at > 0 && m_ordinals[at - 1]);
    }

    bool isReached(std::size_t at, std::size_t state) { return stepAt(at, state).score > kImpossible / 2; }
    bool mayStartRow(std::size_t column) const { return !hasOrdinals() || column <= m_ordinalColumn; }

    bool isRunningText(std::size_t column) const {
        return m_columns[column].kind == ColumnKind::content ||
               m_columns[column].kind == ColumnKind::indicator;
    }

    double newRowCost(std::size_t reached, std::size_t column) const {
        return skipped(reached + 1, m_count) + skipped(0, column) + (hasOrdinals() ? 0 : 1);
    }

    static double goesOnCost(bool first, const Word& word) {
        if (!first) {
            return 2;
        }
        return word.pageBreakBefore ? 4 : 7;
    }

    double skipped(std::size_t from, std::size_t to) const {
        double cost = 0;
        for (std::size_t c = from; c < to; ++c) {
            cost += m_columns[c].skipCost;
        }
        return cost;
    }

    double boundaryScore(std::size_t at) const {
        const Word& word = m_words[at];
        double score = 0;
        if (!word.startsLine) {
            score += word.gap >= 2 ? 0.5 : -1.0;
        } else {
            score += word.blankLineBefore ? m_blankLine : m_noBlankLine;
        }
        if (isOneOf(word.text.front(), u"、，。；：！？”’）》】,;:!?)")) {
            score -= 5;
        }
        return score;
    }

    void extendCell(const RowsOfWords& run, std::size_t at, std::size_t column,
                    const std::vector<Entry>& entries) {
        if (entries.empty()) {
            return;
        }
        LineCost lines(m_words, m_columns[column], m_lineBreak);
        SegmentText text;
        const std::size_t last = std::min(run.end - run.begin, at + kCellWordsMax);
        for (std::size_t end = at; end < last; ++end) {
            const std::size_t word = run.begin + end;
            if (hasOrdinals() && m_ordinals[word] && end > at) {
                break;
            }
            lines.add(word, isFresh(word));
            text.add(m_words[word].text);
            const double gain = saying(column, run.begin + at, word + 1, text) - lines.total();
            for (const auto& entry : entries) {
                take(end + 1, entry, gain);
            }
            if (hasOrdinals() && column == m_ordinalColumn) {
                break;
            }
        }
    }

    void take(std::size_t at, const Entry& entry, double gain) {
        Step& step = stepAt(at, entry.state);
        const auto score = static_cast<float>(entry.step.score + gain);
        if (score <= step.score) {
            return;
        }
        step = entry.step;
        step.score = score;
    }

    // How well the words fit the kind of the column.
    double saying(std::size_t column, std::size_t begin, std::size_t end, const SegmentText& text) {
        const ColumnKind kind = m_columns[column].kind;
        const double length = static_cast<double>(text.length);
        if (kind == ColumnKind::ordinal) {
            return hasOrdinals() ? 0 : (length <= 4 ? 1 : -length);
        }
        const bool deadline = m_reader.deadline(begin, end);
        if (kind == ColumnKind::deadline) {
            return deadline ? 10 - (cutsDeadline(begin, end) ? 4 : 0) : -6 - 0.5 * length;
        }
        if (isUnitColumn(kind)) {
            return unitScore(begin, end, length);
        }
        const bool units = m_reader.units(begin, end);
        const double strange =
            (deadline ? 8 : 0) + (units ? 3 : 0) - (beginsAsOthers(column, begin) ? 1.5 : 0);
        const double cut = isOneOf(text.last, u"、，,：:（(《“") ? 2 : 0;
        switch (kind) {
        case ColumnKind::content:
            return contentScore(text) - strange - cut;
        case ColumnKind::item:
            return itemScore(text) - strange - cut - (isLikeContentLine(begin, end) ? 4 : 0) -
                   (beginsMore(begin, end) ? 8 : 0);
        case ColumnKind::indicator:
            return indicatorScore(begin, text) - strange - cut;
        case ColumnKind::section:
            return -0.1 * length - strange;
        default:
            break;
        }
        if (m_columns[column].isEmpty) {
            return -15 - length;
        }
        return -1 - 0.05 * length - (deadline || units ? 2 : 0);
    }

    // Cells of one column often begin with the same word: 查看, 加强.
    bool beginsAsOthers(std::size_t column, std::size_t begin) const {
        const auto& known = m_columns[column].beginnings;
        const auto at = known.find(m_words[begin].text.substr(0, 2));
        return at != known.end() && at->second >= 3;
    }

    static double contentScore(const SegmentText& text) {
        return 2 + (endsSentence(text.last) ? 2.5 : 0) - (text.length < 8 ? 2 : 0);
    }

    // A line as wide as the content's lines is the content's first line, not a title.
    bool isLikeContentLine(std::size_t begin, std::size_t end) const {
        if (m_contentWidth == 0 || m_words[begin].lineIndex != m_words[end - 1].lineIndex) {
            return false;
        }
        int width = -1;
        for (std::size_t i = begin; i < end; ++i) {
            width += m_words[i].width + 1;
        }
        return width + tolerance(m_contentWidth) + 1 >= m_contentWidth;
    }

    // 县人力资源和社会保障局、县医 or 2023年6月3: the words behind it make it units, or a deadline.
    bool beginsMore(std::size_t begin, std::size_t end) {
        constexpr std::size_t kAhead = 6;
        if (end - begin > kAhead) {
            return false;
        }
        for (std::size_t e = end + 1; e <= std::min(m_words.size(), end + kAhead); ++e) {
            if (m_reader.deadline(begin, e) ||
                (m_reader.units(begin, e) && m_reader.knownShare(begin, e) > 0.9)) {
                return true;
            }
        }
        return false;
    }

    // 县政府办 before 公室: what follows is no name, but makes a longer one of this.
    bool cutsName(std::size_t begin, std::size_t end) {
        if (end >= m_words.size() || !m_reader.units(begin, end + 1) || m_reader.units(end, end + 1)) {
            return false;
        }
        return end + 2 > m_words.size() || !m_reader.units(end, end + 2);
    }

    // 2023年12月 before 底前.
    bool cutsDeadline(std::size_t begin, std::size_t end) {
        return end < m_words.size() && m_words[end].text.size() <= 3 && m_reader.deadline(begin, end + 1) &&
               !m_reader.deadline(end, end + 1);
    }

    double unitScore(std::size_t begin, std::size_t end, double length) {
        if (!m_reader.units(begin, end)) {
            return -6 - 0.3 * length;
        }
        const double known = m_reader.knownShare(begin, end);
        return 8 + 2.5 * known - (known < 0.6 && m_round > 0 ? 1 : 0) - (cutsName(begin, end) ? 4 : 0);
    }

    static double itemScore(const SegmentText& text) {
        double score = 1 - (text.length > 50 ? 3 : 0) - (text.length < 3 ? 2 : 0);
        if (text.sentenceInside) {
            score -= 4;
        }
        if (text.comma) {
            score -= 0.7;
        }
        if (text.unitList && text.length <= 30) {
            score -= 4;
        }
        const bool sentence = text.length > 30;  // then its end is to be expected
        if (endsSentence(text.last) != sentence) {
            score -= 1.5;
        }
        return score;
    }

    double indicatorScore(std::size_t begin, const SegmentText& text) const {
        double score = 1 - (text.sentenceInside ? 1.5 : 0);
        if (beginsLikeIndicator(m_words[begin].text)) {
            score += 2;
        }
        if (isOneOf(text.last, u"况上位率%％次个")) {
            score += 1;
        }
        return score;
    }

    void backtrack(const RowsOfWords& run, std::size_t length, std::vector<CellSpan>& spans) {
        std::size_t state = beginState();
        double best = kImpossible;
        for (std::size_t s = 0; s < beginState(); ++s) {
            const double score = stepAt(length, s).score - skipped(s / m_count + 1, m_count);
            if (score > best) {
                best = score;
                state = s;
            }
        }
        std::vector<CellSpan> found;
        for (std::size_t at = length; at > 0 && state < beginState();) {
            const Step& step = stepAt(at, state);
            found.push_back(
                {run.begin + step.begin, run.begin + at, state % m_count, step.startsRow, step.goesOn});
            at = step.begin;
            state = step.from;
        }
        spans.insert(spans.end(), found.rbegin(), found.rend());
    }

    // What line ends tell: in one document each cell is one line, in another all cells are wrapped. Blank
    // lines part cells in one document, and come before the last line of each cell in another.
    void learnBlankLines(const std::vector<CellSpan>& spans) {
        double counts[2][2] = {{1, 1}, {1, 1}};  // [begins a cell][blank line before]
        for (const auto& span : spans) {
            for (std::size_t i = span.begin; i < span.end; ++i) {
                if (m_words[i].startsLine) {
                    ++counts[i == span.begin][m_words[i].blankLineBefore];
                }
            }
        }
        const double begin = counts[1][1] / (counts[1][0] + counts[1][1]);
        const double inside = counts[0][1] / (counts[0][0] + counts[0][1]);
        m_blankLine = std::clamp(std::log(begin / inside), -1.5, 1.5);
        m_noBlankLine = std::clamp(std::log((1 - begin) / (1 - inside)), -1.5, 1.5);
        const double breaksInside = counts[0][0] + counts[0][1];
        const double breaks = breaksInside + counts[1][0] + counts[1][1];
        m_lineBreak = std::clamp(-std::log(breaksInside / breaks) - 0.7, 0.0, 2.5);
    }

    // Widths from the full lines of each column, what its cells begin with, and how often it has none.
    void learn(const std::vector<CellSpan>& spans) {
        std::vector<std::vector<int>> full(m_count);
        std::vector<std::vector<int>> all(m_count);
        std::vector<std::size_t> filled(m_count, 0);
        std::size_t rows = 0;
        m_reader.forgetNames();
        for (auto& column : m_columns) {
            column.beginnings.clear();
        }
        for (const auto& span : spans) {
            ColumnModel& column = m_columns[span.column];
            rows += span.startsRow ? 1 : 0;
            if (span.goesOn) {
                continue;
            }
            ++filled[span.column];
            ++column.beginnings[m_words[span.begin].text.substr(0, 2)];
            collectWidths(span, full[span.column], all[span.column]);
            if (isUnitColumn(column.kind) && m_reader.units(span.begin, span.end)) {
                m_reader.addNames(span.begin, span.end);
            }
        }
        for (std::size_t c = 0; c < m_count; ++c) {
            learnSkips(m_columns[c], filled[c], rows);
            m_columns[c].width = full[c].size() < kSamplesMin ? 0 : quantile(full[c], 0.6);
            m_columns[c].widest = all[c].size() < 2 * kSamplesMin ? 0 : quantile(all[c], 0.85);
            if (m_columns[c].kind == ColumnKind::content) {
                m_contentWidth = m_columns[c].width;
            }
        }
    }

    static int quantile(std::vector<int>& values, double share) {
        std::sort(values.begin(), values.end());
        return values[static_cast<std::size_t>(static_cast<double>(values.size() - 1) * share)];
    }

    static void learnSkips(ColumnModel& column, std::size_t filled, std::size_t rows) {
        if (column.kind == ColumnKind::other) {
            column.isEmpty = filled * 5 < rows * 2;
        }
        const double skips = rows > filled ? static_cast<double>(rows - filled) : 0;
        column.skipCost = std::clamp(-std::log((skips + 1) / (static_cast<double>(rows) + 2)), 0.2,
                                     std::max(0.2, usualSkipCost(column.kind)));
    }

    void collectWidths(const CellSpan& span, std::vector<int>& full, std::vector<int>& all) const {
        int width = 0;
        bool whole = isFresh(span.begin);
        for (std::size_t i = span.begin; i < span.end; ++i) {
            if (m_words[i].startsLine && i > span.begin) {
                if (whole && !endsSentence(m_words[i - 1].text.back())) {
                    full.push_back(width);
                }
                all.push_back(width);
                width = 0;
                whole = true;
            }
            width += m_words[i].width + (width > 0 ? 1 : 0);
        }
        all.push_back(width);
    }

    const std::vector<Word>& m_words;
    const std::vector<bool>& m_ordinals;
    Reader m_reader;
    std::vector<ColumnModel> m_columns;
    std::size_t m_count = 0;
    std::size_t m_ordinalColumn = std::numeric_limits<std::size_t>::max();
    int m_round = 0;
    int m_contentWidth = 0;  // 0: not known yet
    double m_blankLine = 0;  // what a blank line, or none, says for a cell's begin
    double m_noBlankLine = 0;
    double m_lineBreak = 0;  // the cost of a line break inside a cell: high where each cell is one line
    std::vector<Step> m_steps;
};

}  // namespace

std::vector<CellSpan> assignCells(const std::vector<Word>& words, const std::vector<bool>& ordinals,
                                  const std::vector<RowsOfWords>& runs, const std::vector<Column>& columns) {
    return CellSearch(words, ordinals, columns).search(runs);
}

}  // namespace hezhang::documents
