// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_head.h"

#include <algorithm>

#include "src/documents/text_import_headings.h"
#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Date;
using ledger::Pattern;
using Text = std::u16string;
using View = std::u16string_view;

constexpr std::size_t kTitleLinesMax = 4;
constexpr std::size_t kTitleLengthMax = 80;

const Pattern& planName() {
    static const Pattern pattern(
        u"(?:要点|计划|方案|分工|分工表|任务|任务表|任务书|台账|清单|安排|安排表|计划表|措施|一览表|分解表|"
        u"明细表|"
        u"行动|责任表|落实表|推进表|进度表|细则|意见)(?:（[^）]*）|\\([^)]*\\))?$");
    return pattern;
}

Text withoutMarks(View line) {
    static const Pattern marks(u"^[#\\s]*(?:附件\\s*\\d*\\s*[:：]?)?\\s*");
    Text text(ledger::trim(line));
    if (const auto m = marks.find(text)) {
        text.erase(0, m->end);
    }
    return ledger::withoutStrayBlanks(text);
}

// A text of several lines, in which a place still knows its line.
class JoinedLines {
public:
    explicit JoinedLines(const Surroundings& around) {
        add(around.before);
        add(around.after);
    }

    [[nodiscard]] const Text& text() const { return m_text; }

    [[nodiscard]] int lineAt(std::size_t at) const {
        const auto next = std::upper_bound(m_begins.begin(), m_begins.end(), at);
        return next == m_begins.begin() ? 0 : m_lines[static_cast<std::size_t>(next - m_begins.begin()) - 1];
    }

private:
    void add(const std::vector<SourceLine>& lines) {
        for (const auto& line : lines) {
            m_begins.push_back(m_text.size());
            m_lines.push_back(line.number);
            m_text += ledger::withoutStrayBlanks(line.text);
        }
        m_text += u'\n';
    }

    Text m_text;
    std::vector<std::size_t> m_begins;
    std::vector<int> m_lines;
};

std::optional<Date> wholeDate(View line) {
    static const Pattern digits(
        u"(?:发布日期|发文日期|成文日期|印发日期|日期|时间|发布时间)?[:：]?\\(?(\\d{4})(?:年|[-/"
        u".])(\\d{1,2})(?:月|[-/.])(\\d{1,2})日?\\)?(?:印发)?");
    static const Pattern chinese(
        u"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日(?:"
        u"印发)?");
    const Text plain = ledger::withoutBlanks(ledger::foldWidth(line));
    auto m = digits.matchWhole(plain);
    if (!m) {
        m = chinese.matchWhole(plain);
    }
    if (!m) {
        return std::nullopt;
    }
    const auto& g = m->groups;
    return Date::of(ledger::numberFrom(g[1]).value_or(0), ledger::numberFrom(g[2]).value_or(0),
                    ledger::numberFrom(g[3]).value_or(0));
}

bool isOffice(View line) {
    static const Pattern office(u"\\p{Han}{2,24}(?:人民政府|办公室|委员会|政府|局|厅|政府办|管委会)");
    return office.isWhole(ledger::withoutBlanks(line));
}

class HeadReader {
public:
    explicit HeadReader(const Surroundings& around) : m_around(around) {
        for (const auto& line : around.before) {
            if (!ledger::trim(line.text).empty() && !isPageNumber(line.text)) {
                m_lines.push_back(&line);
            }
        }
    }

    DocumentHead read() {
        readTitle();
        readDate();
        readIssuer();
        readYear();
        return std::move(m_head);
    }

private:
    // The last line before the tasks that ends like a plan's name; else the first that looks like a title.
    void readTitle() {
        for (std::size_t i = m_lines.size(); i-- > 0;) {
            if (!takeEditionAt(i) && takeTitleAt(i)) {
                return;
            }
        }
        for (std::size_t i = 0; i < m_lines.size() && m_head.title.empty(); ++i) {
            const Text text = withoutMarks(m_lines[i]->text);
            if (looksLikeTitle(text) && !wholeDate(text) && text.size() > 4) {
                m_head.title = ledger::toUtf8(text);
            }
        }
    }

    bool takeEditionAt(std::size_t i) {
        static const Pattern edition(u"[（(](\\p{Han}{0,4}(?:版|稿|试行|草案|样表))[）)]");
        const auto m = edition.matchWhole(withoutMarks(m_lines[i]->text));
        if (m) {
            m_head.edition = ledger::toUtf8(m->groups[1]);
        }
        return m.has_value();
    }

    bool takeTitleAt(std::size_t i) {
        static const Pattern wrapped(u"关于印发.*《([^》]+)》的通知$");
        Text title;
        for (std::size_t lines = 0; lines < kTitleLinesMax && lines <= i; ++lines) {
            const Text text = withoutMarks(m_lines[i - lines]->text);
            if (!isTitleLine(text) || title.size() + text.size() > kTitleLengthMax) {
                break;
            }
            if (lines > 0 && (planName().isIn(text) || isOffice(text))) {
                break;
            }
            title = text + title;
            if (const auto m = wrapped.find(title)) {
                setTitle(m->groups[1]);
                return true;
            }
            if (lines == 0 && !planName().isIn(text) && !text.ends_with(u"通知")) {
                return false;
            }
            if (planName().isIn(title) && (hasYear(title) || !isBegunAbove(i - lines))) {
                setTitle(title);
                return true;
            }
        }
        return false;
    }

    static bool isTitleLine(const Text& text) {
        if (numberedLine(text) || wholeDate(text)) {
            return false;
        }
        return looksLikeTitle(text) || text.ends_with(u"》的通知");
    }

    static bool hasYear(const Text& text) {
        static const Pattern year(u"(?:20\\d{2}|二[〇○零]\\p{Han}{2})年?");
        return year.isIn(text);
    }

    // The line above may hold the title's begin: a year or 关于, right above.
    [[nodiscard]] bool isBegunAbove(std::size_t i) const {
        if (i == 0 || m_lines[i]->number - m_lines[i - 1]->number > 2) {
            return false;
        }
        const Text above = withoutMarks(m_lines[i - 1]->text);
        return isTitleLine(above) && !planName().isIn(above) &&
               (hasYear(above) || above.find(u"关于") != Text::npos);
    }

    void setTitle(Text title) {
        static const Pattern edition(u"[（(](\\p{Han}{0,4}(?:版|稿|试行|草案|样表))[）)]$");
        if (const auto m = edition.find(title)) {
            m_head.edition = ledger::toUtf8(m->groups[1]);
            title.erase(m->begin);
        }
        m_head.title = ledger::toUtf8(title);
    }

    void readDate() {
        for (const auto* lines : {&m_around.before, &m_around.after}) {
            for (const auto& line : *lines) {
                if (const auto date = wholeDate(line.text); date && !m_head.date) {
                    m_head.date = date;
                }
            }
        }
    }

    void readIssuer() {
        for (const auto* line : m_lines) {
            if (const Text text = withoutMarks(line->text); isOffice(text)) {
                m_head.issuer = ledger::toUtf8(text);
                return;
            }
        }
        static const Pattern inTitle(
            u"^(?:20\\d{2}年度?)?((?:\\p{Han}{1,6}(?:省|市|县|区|州|旗|镇|乡|街道))+(?:\\p{Han}{2,8}(?:局|"
            u"委员会|办公室|委|厅))?)");
        const auto m = inTitle.find(ledger::toUtf16(m_head.title));
        if (m) {
            m_head.issuer = ledger::toUtf8(m->groups[1]);
        }
    }

    void readYear() {
        static const Pattern year(u"(20\\d{2})年?");
        static const Pattern chinese(u"(二[〇○零][一二三四五六七八九〇○零]{2})年");
        const Text title = ledger::toUtf16(m_head.title);
        if (const auto m = year.find(title)) {
            m_head.year = ledger::numberFrom(m->groups[1]);
        } else if (const auto c = chinese.find(title)) {
            m_head.year = ledger::numberFrom(c->groups[1]);
        } else if (m_head.date) {
            m_head.year = m_head.date->year();
        } else {
            m_head.year = mostNamedYear();
        }
        doubtYear(title);
    }

    void doubtYear(const Text& title) {
        static const Pattern any(u"20\\d{2}(?!\\d)");
        if (!m_head.year) {
            return;
        }
        const std::string year = std::to_string(*m_head.year);
        const auto named = any.findAll(title);
        const bool isOther = std::any_of(named.begin(), named.end(), [&](const auto& match) {
            return match.groups[0] != named.front().groups[0];
        });
        if (isOther) {
            m_head.yearDoubt = "the title names several years: taken as " + year;
        } else if (named.empty() && title.find_first_of(u"〇○零") == Text::npos) {
            m_head.yearDoubt =
                "the title names no year: taken as " + year + " from what else the document says";
        }
    }

    [[nodiscard]] std::optional<int> mostNamedYear() const {
        static const Pattern year(u"(20\\d{2})年");
        std::vector<int> named;
        for (const auto& match : year.findAll(JoinedLines(m_around).text())) {
            named.push_back(*ledger::numberFrom(match.groups[1]));
        }
        std::optional<int> most;
        std::ptrdiff_t times = 0;
        for (const int candidate : named) {
            if (const auto count = std::count(named.begin(), named.end(), candidate); count > times) {
                times = count;
                most = candidate;
            }
        }
        return most;
    }

    const Surroundings& m_around;
    std::vector<const SourceLine*> m_lines;
    DocumentHead m_head;
};

}  // namespace

DocumentHead readHead(const Surroundings& around) {
    return HeadReader(around).read();
}

PromisedTotals readTotals(const Surroundings& around) {
    static const Pattern claim(
        u"(\\d{1,3}|[一二三四五六七八九十]{1,4})(?:个|大|项|条)(?:方面)?的?(板块|部分|方面|大项|大类|类|(?:"
        u"重点|具体|主要|工作)*(?:任务|举措|措施))");
    static const Pattern promise(u"共(?!同)|总计|合计|包括|包含|分为|涉及|细化|分解|提出|明确了?|确定");
    const JoinedLines joined(around);
    PromisedTotals totals;
    std::size_t lastEnd = 0;
    for (const auto& match : claim.findAll(joined.text())) {
        const std::size_t from = match.begin > 30 ? match.begin - 30 : 0;
        const bool listed = totals.line > 0 && match.begin - lastEnd <= 6;
        if (!listed && !promise.isIn(View(joined.text()).substr(from, match.begin - from))) {
            continue;
        }
        lastEnd = match.end;
        totals.line = joined.lineAt(match.begin);
        const auto number = ledger::numberFrom(match.groups[1]);
        const Text& noun = match.groups[2];
        if (noun == u"板块" || noun == u"部分" || noun == u"方面") {
            totals.sections = totals.sections ? totals.sections : number;
        } else if ((noun == u"大类" || noun == u"类") && !totals.sections) {
            totals.sections = number;
        } else if (noun == u"大项" || noun == u"大类" || noun == u"类") {
            totals.items = totals.items ? totals.items : number;
        } else {
            totals.tasks = totals.tasks ? totals.tasks : number;
        }
    }
    return totals;
}

std::vector<SuggestedWindow> readWindows(const Surroundings& around, const ledger::DeadlineBasis& basis) {
    static const Pattern report(
        u"(?:于|在|务必于|请于)?((?:每[年半季月周][^，。；,;\\n]{0,20}?|(?:20\\d{2}年)?\\d{1,2}月(?:\\d{1,2}["
        u"日号]|底|[上中下]旬)[^，。；,;\\n]{0,30}?)(?:前|之前|以前|[底末](?![月\\d])))[^。；\\n]{0,16}?(?:"
        u"报送|上报|"
        u"报至|"
        u"报|反馈|提交)");
    const JoinedLines joined(around);
    std::vector<SuggestedWindow> windows;
    const auto add = [&](std::optional<Date> closes, ledger::Recurrence recurrence,
                         const Pattern::Match& match) {
        const bool known =
            std::any_of(windows.begin(), windows.end(), [&](auto& w) { return w.closes == closes; });
        if (closes && !known) {
            windows.push_back(
                {closes, recurrence, ledger::toUtf8(match.groups[1]), joined.lineAt(match.begin)});
        }
    };
    for (const auto& match : report.findAll(joined.text())) {
        const auto deadline = ledger::parseDeadline(ledger::toUtf8(match.groups[1]), basis);
        add(deadline.due, deadline.recurrence, match);
        for (const Date& other : deadline.others) {
            add(other, deadline.recurrence, match);
        }
    }
    std::sort(windows.begin(), windows.end(), [](auto& a, auto& b) { return a.closes < b.closes; });
    return windows;
}

std::string kindWithoutTasks(const std::string& title) {
    struct Kind {
        const char16_t* pattern;
        const char* name;
    };
    static constexpr Kind kKinds[] = {
        {u"(?:目录|权责清单|权力清单|(?:服务|审批|许可)事项清单)(?:（.*）)?$", "a catalogue"},
        {u"(?:通讯录|名单|花名册|联系(?:表|方式))(?:及.{0,6})?(?:（.*）)?$", "a list of names"},
        {u"(?:评分|计分|打分|考核|评价|评估)(?:标准|细则|办法|指标(?:体系)?)?(?:表)?(?:（.*）)?$",
         "a score sheet"},
        {u"纪要(?:（.*）)?$", "minutes of a meeting"},
        {u"统计(?:表|情况)?(?:（.*）)?$", "a table of figures"},
        {u"通报(?:（.*）)?$", "a circular"},
        {u"解读|图解|一图读懂|问答|答记者问|一张图", "an interpretation"},
        {u"(?<!印发.{0,60})(?:通知|函|公告|通告|公示)$", "a notice"},
        {u"(?:汇总|登记|申请|调查)表$", "a form"},
        {u"(?:总结|报告|汇报)$", "a report"},
        {u"(?:日程|议程|课程|值班)(?:安排)?表?$", "a timetable"},
    };
    const Text text = ledger::toUtf16(title);
    for (const auto& [pattern, name] : kKinds) {
        if (Pattern(pattern).isIn(text)) {
            return name;
        }
    }
    return {};
}

bool titlesATable(View line) {
    constexpr std::size_t kTableTitleMin = 8;
    constexpr std::size_t kTableTitleMax = 50;
    const Text text = withoutMarks(line);
    return text.size() >= kTableTitleMin && text.size() <= kTableTitleMax && looksLikeTitle(text) &&
           !numberedLine(text) && isPlanTitle(ledger::toUtf8(text));
}

Text bareTitle(View line) {
    static const Pattern goesOn(u"(?:\\(续上?[表页]?(?:\\d*|[一二三四五六七八九十]*)\\)|续表\\d*)$");
    Text text = ledger::foldWidth(ledger::withoutBlanks(withoutMarks(line)));
    if (const auto m = goesOn.find(text)) {
        text.erase(m->begin);
    }
    return text;
}

bool isPlanTitle(const std::string& title) {
    return planName().isIn(ledger::toUtf16(title)) && kindWithoutTasks(title).empty();
}

}  // namespace hezhang::documents
