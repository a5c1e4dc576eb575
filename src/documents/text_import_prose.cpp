// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_prose.h"

#include <algorithm>
#include <optional>

#include "src/documents/text_import_headings.h"
#include "src/documents/text_import_words.h"
#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"
#include "src/ledger/unit_phrase.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;
using View = std::u16string_view;

constexpr std::size_t kItemLengthMax = 40;
constexpr std::size_t kTaskLengthMin = 12;
constexpr int kTaskParagraphsMin = 3;

bool opens(char16_t c) {
    return isOneOf(c, u"（([【〔");
}
bool closes(char16_t c) {
    return isOneOf(c, u"）)]】〕");
}

const Pattern& dutyLabel() {
    static const Pattern pattern(
        u"(?:第一责任|牵头|主办|主责|责任|落实|承办|实施|完成|配合|协办|协助|协同|参与|参加)(?:责任|实施|"
        u"落实|负责|配合)?(?:单位|部门|科室|股室|处室|机构|主体)(?:及责任人)?\\s*[:：]"
        u"|(?:完成|办结|整改)(?:时限|时间|期限)\\s*[:：]|(?:时限|时间)要求\\s*[:：]");
    return pattern;
}

// --- paragraphs --------------------------------------------------------------------------------

bool beginsParagraph(View line) {
    static const Pattern bullet(u"\\s*(?:[■●◆▲★□◇•·※]|附件\\d*[:：]?$).*");
    return numberedLine(line).has_value() || bullet.isWhole(line);
}

// What most full lines of the document are wide; a shorter line without a sentence's end was meant to end.
int usualWidth(const std::vector<SourceLine>& lines) {
    std::vector<int> widths;
    for (const auto& line : lines) {
        if (const int width = displayWidth(ledger::trim(line.text)); width > 0) {
            widths.push_back(width);
        }
    }
    if (widths.empty()) {
        return 0;
    }
    std::sort(widths.begin(), widths.end());
    return std::min(widths[widths.size() * 9 / 10], 120);
}

// A bracket opened shortly before the end and not closed: the next line goes on inside it.
bool isInsideBracket(View text) {
    constexpr std::size_t kBracketLengthMax = 100;
    int depth = 0;
    for (std::size_t i = text.size(); i-- > 0 && text.size() - i <= kBracketLengthMax;) {
        depth += closes(text[i]) ? 1 : opens(text[i]) ? -1 : 0;
        if (depth < 0) {
            return true;
        }
    }
    return false;
}

Paragraph paragraphFrom(const SourceLine& line) {
    Paragraph paragraph;
    paragraph.line = line.number;
    const auto numbered = numberedLine(line.text);
    if (numbered) {
        paragraph.level = numbered->level;
        paragraph.number = numbered->number;
        paragraph.mark = numbered->mark;
    }
    paragraph.text = numbered ? numbered->rest : Text(ledger::trim(line.text));
    return paragraph;
}

// --- duties ------------------------------------------------------------------------------------

// Units and deadline as a paragraph names them at its end.
struct Duty {
    Text units;
    Text deadline;
    [[nodiscard]] bool isEmpty() const { return units.empty() && deadline.empty(); }
};

bool namesDuty(View text) {
    return dutyLabel().isIn(text) || ledger::readsAsUnits(text);
}

// The bracket that ends the text, without which the rest stays; a cut document may lack its end.
std::optional<std::size_t> lastBracket(View text) {
    while (!text.empty() && isOneOf(text.back(), u"。. ;；")) {
        text.remove_suffix(1);
    }
    if (!text.empty() && closes(text.back())) {
        int depth = 0;
        for (std::size_t i = text.size(); i-- > 0;) {
            depth += closes(text[i]) ? 1 : opens(text[i]) ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
    }
    for (std::size_t i = text.size(); i-- > 0;) {
        if (opens(text[i]) && dutyLabel().find(text.substr(i + 1, 12))) {
            return i;
        }
    }
    return std::nullopt;
}

Text insideBracket(View text) {
    text.remove_prefix(1);
    while (!text.empty() && (isOneOf(text.back(), u"。. ;；"))) {
        text.remove_suffix(1);
    }
    const auto opened = std::count_if(text.begin(), text.end(), opens);
    const auto closed = std::count_if(text.begin(), text.end(), closes);
    if (!text.empty() && closes(text.back()) && closed > opened) {
        text.remove_suffix(1);
    }
    return Text(ledger::trim(text));
}

bool endsWithDuty(View line) {
    const auto bracket = lastBracket(line);
    return bracket && namesDuty(insideBracket(line.substr(*bracket)));
}

bool endsParagraph(View line, int usual) {
    line = ledger::trim(line);
    if (isOneOf(line.back(), u"。！？；：!?;:")) {
        return true;
    }
    if (closes(line.back()) && endsWithDuty(line)) {
        return true;
    }
    return looksLikeTitle(line) && displayWidth(line) * 5 < usual * 4;
}

// Takes 完成时限：… or a clause that is a deadline out of the phrase.
Text takeDeadline(Text& phrase) {
    static const Pattern labelled(
        u"[，,；;。]?\\s*(?:完成|办结|整改|推进|落实)?(?:时限|时间|期限|节点)(?:要求)?\\s*[:：]\\s*([^；;"
        u"。（(]*)");
    if (const auto m = labelled.find(phrase)) {
        Text deadline(ledger::trim(m->groups[1]));
        phrase.erase(m->begin, m->end - m->begin);
        return deadline;
    }
    static const Pattern clause(u"(?:^|[，,；;])\\s*([^，,；;]+)$");
    const auto last = clause.find(phrase);
    if (!last || !ledger::readsAsDeadline(last->groups[1])) {
        return {};
    }
    Text deadline = last->groups[1];
    phrase.erase(last->begin);
    return deadline;
}

// 责任单位：A is A; other labels stay, because they tell the roles.
Text withoutPlainLabel(const Text& phrase) {
    static const Pattern plain(u"^责任(?:单位|部门|科室)\\s*[:：]\\s*");
    const auto label = plain.find(phrase);
    if (!label || dutyLabel().isIn(View(phrase).substr(label->end))) {
        return phrase;
    }
    return phrase.substr(label->end);
}

void addDuty(Duty& duty, Text phrase) {
    Text deadline = takeDeadline(phrase);
    if (duty.deadline.empty()) {
        duty.deadline = std::move(deadline);
    }
    static constexpr View kSigns = u"，,；;。 ";
    while (!phrase.empty() && isOneOf(phrase.front(), kSigns)) {
        phrase.erase(0, 1);
    }
    while (!phrase.empty() && isOneOf(phrase.back(), kSigns)) {
        phrase.pop_back();
    }
    if (phrase.empty()) {
        return;
    }
    if (!duty.units.empty()) {
        duty.units += u"；";
    }
    duty.units += phrase;
}

// Whether every sentence of the text begins with a label: 牵头单位：A；责任单位：B。完成时限：C。
bool isAllLabels(View text) {
    while (!text.empty()) {
        const auto stop = std::min(text.find(u'。'), text.size() - 1);
        const View sentence = ledger::trim(text.substr(0, stop + 1));
        const auto label = dutyLabel().find(sentence);
        if (!sentence.empty() && (!label || label->begin != 0)) {
            return false;
        }
        text.remove_prefix(stop + 1);
    }
    return true;
}

// Takes the duty off the end of a paragraph: brackets, or labels without one.
Duty takeDuty(Text& text) {
    Duty duty;
    std::vector<Text> phrases;
    while (const auto bracket = lastBracket(text)) {
        const Text inside = insideBracket(View(text).substr(*bracket));
        if (!namesDuty(inside)) {
            break;
        }
        phrases.push_back(inside);
        text.erase(*bracket);
    }
    static const Pattern open(
        u"(?:^|(?<=[。；;\\s]))(?=(?:第一责任|牵头|主办|责任|落实|承办|配合|协办|完成|办结)[^。：:]{0,8}[:：]"
        u")");
    static const Pattern unitLabel(u"(?:单位|部门|科室|股室|处室|机构|主体)\\s*[:：]");
    const bool isNamed = std::any_of(phrases.begin(), phrases.end(), [](const Text& phrase) {
        return unitLabel.isIn(phrase) || ledger::readsAsUnits(phrase);
    });
    for (auto at = isNamed ? std::nullopt : open.find(text); at; at = open.find(text, at->end + 1)) {
        const View tail = View(text).substr(at->begin);
        if (!isAllLabels(tail)) {
            continue;
        }
        Text phrase(tail);
        std::replace(phrase.begin(), phrase.end(), u'。', u'；');
        phrases.push_back(std::move(phrase));
        text.erase(at->begin);
        break;
    }
    for (auto phrase = phrases.rbegin(); phrase != phrases.rend(); ++phrase) {
        addDuty(duty, *phrase);
    }
    while (!text.empty() && ledger::isBlank(text.back())) {
        text.pop_back();
    }
    return duty;
}

// --- the tree ----------------------------------------------------------------------------------

struct Node {
    const Paragraph* paragraph = nullptr;
    Text text;
    Duty duty;
    std::vector<Text> more;  // unnumbered paragraphs below it, before its duty
    Text openLabel;          // 责任单位： with its names on the lines below
    std::vector<std::size_t> kids;
};

class ProseReader {
public:
    explicit ProseReader(const std::vector<Paragraph>& paragraphs) { build(paragraphs); }

    RawTable withUnits() {
        for (const std::size_t root : m_roots) {
            collect(root, {});
        }
        return std::move(m_table);
    }

    RawTable withoutUnits() {
        const int level = lowestUsedLevel();
        if (level > 1) {
            for (const std::size_t root : m_roots) {
                collectLevel(root, level, {});
            }
        }
        return std::move(m_table);
    }

private:
    void build(const std::vector<Paragraph>& paragraphs) {
        std::vector<std::size_t> path;
        for (const auto& paragraph : paragraphs) {
            if (paragraph.level == 0) {
                addPlain(paragraph);
                continue;
            }
            while (!path.empty() && m_nodes[path.back()].paragraph->level >= paragraph.level) {
                path.pop_back();
            }
            Node node{&paragraph, paragraph.text, {}, {}, {}, {}};
            node.duty = takeDuty(node.text);
            m_nodes.push_back(std::move(node));
            (path.empty() ? m_roots : m_nodes[path.back()].kids).push_back(m_nodes.size() - 1);
            path.push_back(m_nodes.size() - 1);
        }
    }

    // Text below a numbered paragraph; what follows its duty is no longer part of it.
    void addPlain(const Paragraph& paragraph) {
        if (m_nodes.empty()) {
            return;
        }
        Node& node = m_nodes.back();
        Text text = paragraph.text;
        const auto label = dutyLabel().find(text);
        if (label && label->begin == 0 && ledger::trim(View(text).substr(label->end)).empty()) {
            node.openLabel = text;
            return;
        }
        if (!node.openLabel.empty() && (ledger::readsAsUnits(text) || ledger::readsAsDeadline(text))) {
            text = node.openLabel + text;
        } else {
            node.openLabel.clear();
        }
        Duty duty = takeDuty(text);
        if (!text.empty() && node.duty.isEmpty()) {
            node.more.push_back(text);
        }
        if (duty.isEmpty() || (!text.empty() && !node.duty.isEmpty())) {
            return;
        }
        if (node.duty.deadline.empty()) {
            node.duty.deadline = duty.deadline;
        }
        if (duty.units.empty()) {
            return;
        }
        if (!node.duty.units.empty()) {
            node.duty.units += u"；";
        }
        node.duty.units += duty.units;
    }

    [[nodiscard]] bool hasDutyBelow(std::size_t at) const {
        const Node& node = m_nodes[at];
        return !node.duty.isEmpty() || std::any_of(node.kids.begin(), node.kids.end(),
                                                   [&](std::size_t kid) { return hasDutyBelow(kid); });
    }

    // The headings over a paragraph.
    struct Above {
        int section = -1;
        Text item;
    };

    void collect(std::size_t at, Above above) {
        const Node& node = m_nodes[at];
        if (!hasDutyBelow(at)) {
            return;
        }
        const auto dutiful = std::count_if(node.kids.begin(), node.kids.end(),
                                           [&](std::size_t kid) { return hasDutyBelow(kid); });
        if (dutiful == 0 || isFoldedIntoOne(node, dutiful)) {
            addTask(at, above);
            return;
        }
        enter(node, above);
        for (const std::size_t kid : node.kids) {
            if (hasDutyBelow(kid)) {
                collect(kid, above);
            } else if (m_nodes[kid].text.size() >= kTaskLengthMin && node.duty.isEmpty()) {
                addTask(kid, above);
            }
        }
    }

    // 1. … 2. … （责任单位：…）: the last part's bracket speaks for the whole.
    [[nodiscard]] bool isFoldedIntoOne(const Node& node, std::ptrdiff_t dutiful) const {
        if (node.paragraph->level < 2 || dutiful != 1 || node.kids.size() < 2) {
            return false;
        }
        const Node& last = m_nodes[node.kids.back()];
        return !last.duty.isEmpty() && last.kids.empty();
    }

    void enter(const Node& node, Above& above) {
        if (node.paragraph->level == 1) {
            above.section = static_cast<int>(m_table.sections.size());
            m_table.sections.push_back(node.paragraph->mark + headingOf(node.text));
            above.item.clear();
        } else {
            above.item = headingOf(node.text);
        }
    }

    static Text headingOf(const Text& text) {
        const auto stop = text.find(u'。');
        return stop == Text::npos ? text : text.substr(0, stop);
    }

    void addTask(std::size_t at, const Above& above) {
        const Node& node = m_nodes[at];
        RawTask task;
        task.line = node.paragraph->line;
        task.section = above.section;
        task.ordinal = node.paragraph->mark;
        gather(at, true, task);
        gatherInside(task);
        task.item = above.item.empty() ? leadSentence(node.text) : above.item;
        m_table.tasks.push_back(std::move(task));
    }

    void gather(std::size_t at, bool top, RawTask& task) const {
        const Node& node = m_nodes[at];
        task.content += (top ? u"" : node.paragraph->mark) + withoutStray(node.text);
        for (const auto& text : node.more) {
            task.content += withoutStray(text);
        }
        if (!node.duty.units.empty()) {
            task.units.emplace_back(ledger::UnitRole::responsible,
                                    withoutStray(withoutPlainLabel(node.duty.units)));
        }
        if (task.deadline.empty()) {
            task.deadline = withoutStray(node.duty.deadline);
        }
        for (const std::size_t kid : node.kids) {
            gather(kid, false, task);
        }
    }

    // Units named amid the text, of a part of it only.
    void gatherInside(RawTask& task) {
        static const Pattern bracket(u"[（(【\\[]([^（）()【】\\[\\]]{3,80})[）)】\\]]");
        static const Pattern duty(u"牵头|负责|配合|责任(?:单位|部门)");
        for (const auto& match : bracket.findAll(task.content)) {
            const Text& inside = match.groups[1];
            if (duty.isIn(inside) && (dutyLabel().isIn(inside) || ledger::readsAsUnits(inside))) {
                task.units.emplace_back(ledger::UnitRole::responsible, withoutPlainLabel(inside));
                m_table.warnings.push_back(
                    {task.line,
                     "units inside the text are taken for the whole task: " + ledger::toUtf8(inside)});
            }
        }
    }

    static Text withoutStray(const Text& text) { return ledger::withoutStrayBlanks(text); }

    // （一）规范内容管理。严格落实…: the first short sentence names the matter.
    static Text leadSentence(const Text& text) {
        const auto stop = text.find_first_of(u"。：:");
        if (stop == Text::npos) {
            return looksLikeTitle(text) && text.size() <= kItemLengthMax ? withoutStray(text) : Text();
        }
        return stop <= kItemLengthMax && text.find_first_of(u"，,；;") > stop
                   ? withoutStray(text.substr(0, stop))
                   : Text();
    }

    [[nodiscard]] int lowestUsedLevel() const {
        for (int level = 4; level > 1; --level) {
            const auto used = std::count_if(m_nodes.begin(), m_nodes.end(), [&](const Node& node) {
                return node.paragraph->level == level && node.kids.empty() &&
                       node.text.size() >= kTaskLengthMin;
            });
            if (used >= kTaskParagraphsMin) {
                return level;
            }
        }
        return 0;
    }

    void collectLevel(std::size_t at, int level, Above above) {
        const Node& node = m_nodes[at];
        if (node.paragraph->level >= level || (node.kids.empty() && node.paragraph->level > 1)) {
            if (node.text.size() + (node.more.empty() ? 0 : node.more.front().size()) >= kTaskLengthMin) {
                addTask(at, above);
            }
            return;
        }
        if (node.kids.empty()) {
            return;
        }
        enter(node, above);
        for (const std::size_t kid : node.kids) {
            collectLevel(kid, level, above);
        }
    }

    std::vector<Node> m_nodes;
    std::vector<std::size_t> m_roots;
    RawTable m_table;
};

}  // namespace

std::vector<Paragraph> paragraphsOf(const std::vector<SourceLine>& lines) {
    const int usual = usualWidth(lines);
    std::vector<Paragraph> paragraphs;
    View last;
    for (const auto& line : lines) {
        const View text = ledger::trim(line.text);
        if (text.empty() || isPageNumber(text)) {
            continue;
        }
        const bool label = dutyLabel().find(text.substr(0, 12)).has_value();
        const bool ended = last.empty() || beginsParagraph(text) || endsParagraph(last, usual) || label;
        const bool begins = last.empty() || (ended && !isInsideBracket(paragraphs.back().text));
        if (begins) {
            paragraphs.push_back(paragraphFrom(line));
        } else {
            paragraphs.back().text = joinTextLines({paragraphs.back().text, Text(text)});
        }
        last = text;
    }
    return paragraphs;
}

RawTable tasksWithUnits(const std::vector<Paragraph>& paragraphs) {
    return ProseReader(paragraphs).withUnits();
}

RawTable tasksWithoutUnits(const std::vector<Paragraph>& paragraphs) {
    return ProseReader(paragraphs).withoutUnits();
}

}  // namespace hezhang::documents
