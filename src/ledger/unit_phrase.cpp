// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/unit_phrase.h"

#include <algorithm>
#include <array>
#include <optional>

#include "src/ledger/chinese_text.h"
#include "src/ledger/deadline.h"
#include "src/ledger/unit_names.h"

namespace hezhang::ledger {

namespace {

using Text = std::u16string;
using View = std::u16string_view;

constexpr std::size_t kCharactersMax = 5'000;
constexpr View kPlaces = u"省市县区州旗";

bool isOneOf(char16_t c, View set) {
    return set.find(c) != View::npos;
}

// --- roles -------------------------------------------------------------------------------------

// What a name has around it that is not part of it.
struct RoleWords {
    Text name;
    std::optional<UnitRole> role;
    bool onlyThis = false;          // the role stood in the name's own bracket
    Text rest;                      // B配合 in A牵头B配合
    std::optional<UnitRole> after;  // 会同: the role of all that follows in the clause
};

UnitRole roleOf(View word) {
    static const Pattern lead(u"牵头|主办|主责|为主|第一责任");
    static const Pattern cooperate(u"配合|协|参与|参加|会同|会办(?!公)|支持");
    if (cooperate.isIn(word)) {
        return UnitRole::cooperate;
    }
    return lead.isIn(word) ? UnitRole::lead : UnitRole::responsible;
}

Text withoutDuties(View text) {
    static const Pattern duties(
        u"(?:(?:按照?|根据|依据)(?:各自)?(?:职责|职能|任务)?(?:分工|职责)?|分工|各司其职|各负其责|共同|分别|"
        u"主要|协调|指导|督促|"
        u"具体|联合|统筹|负责|落实|实施|组织|推进|办理|承办|抓好|"
        u"做好|完成|执行|贯彻|开展)+[。.]*$");
    static const Pattern begin(u"^(?:由|请|[（(]?\\d{1,2}[）).、．](?!\\d)|[①-⑳])");
    static const Pattern inBracket(u"[（(](?:按|各|分别|共同|根据)[^（(）)]*(?:负责|落实|分工|实施)[）)]$");
    Text out(trim(text));
    if (const auto m = inBracket.find(out)) {
        out.erase(m->begin);
    }
    if (const auto m = begin.find(out)) {
        out.erase(0, m->end);
    }
    if (const auto m = duties.find(out)) {
        out.erase(m->begin);
    }
    return Text(trim(out));
}

RoleWords readRole(View item) {
    static const Pattern inBracket(
        u"^(.+?)[（(]((?:牵头|主办|主责|配合|协办|协助|参与|责任)(?:单位|部门|科室|负责)?)[）)]$");
    static const Pattern inFront(
        u"^[（(]((?:牵头|主办|主责|配合|协办|协助|参与|责任)(?:单位|部门|科室)?)[）)](.+)$");
    static const Pattern together(
        u"^(.*?)(?:会同|(?<=[局委办厅部])商(?!务|贸|业|会|联|品|标|城|户|事))(.*)$");
    static const Pattern asLabel(u"^(?:为)?(牵头|主办|配合|协办|会办|参与|责任)(?:单位|部门|科室)为?(.+)$");
    static const Pattern bound(
        u"^(.+?)(?:负责|作?为|做好|积极|共同)*(牵头|主办|主责|为主(?!管|任|要)|配合|(?<![政科侨])协办(?!公)|("
        u"?<![委协联])"
        u"会办(?!"
        u"公)|协助|协同|参与|"
        u"参加)(?:负责|落实|"
        u"办理|推进|组织|实施|抓好|做好|开展|完成|工作|单位|部门)*(.*)$");
    static const Pattern leading(u"^(?:配合|协同|协助)(.+)$");
    static const Pattern inCharge(
        u"^(.+(?:局|办|委|室|厅|中心|部门|单位|镇|乡|公司|大队))(?:主要|具体)?负责(?!人).{1,12}$");
    const Text clean = withoutDuties(item);
    if (const auto m = inBracket.matchWhole(clean)) {
        return {m->groups[1], roleOf(m->groups[2]), true, {}, {}};
    }
    if (const auto m = inFront.matchWhole(clean)) {
        return {m->groups[2], roleOf(m->groups[1]), true, {}, {}};
    }
    if (const auto m = together.matchWhole(clean)) {
        const RoleWords left = readRole(m->groups[1]);
        return {left.name, left.role, left.onlyThis, m->groups[2], UnitRole::cooperate};
    }
    if (const auto m = asLabel.matchWhole(clean)) {
        return {{}, {}, false, m->groups[2], roleOf(m->groups[1])};
    }
    if (const auto m = leading.matchWhole(clean)) {
        return {{}, {}, false, m->groups[1], UnitRole::cooperate};
    }
    if (const auto m = bound.matchWhole(clean)) {
        return {withoutDuties(m->groups[1]), roleOf(m->groups[2]), false, m->groups[3], {}};
    }
    if (const auto m = inCharge.matchWhole(clean); m && isUnitNameText(m->groups[1])) {
        return {m->groups[1], {}, false, {}, {}};
    }
    static const Pattern alone(u"牵头|主办|配合|协办|会办|参与");
    if (alone.isWhole(clean)) {
        return {{}, roleOf(clean), false, {}, {}};
    }
    return {clean, {}, false, {}, {}};
}

// A part of the phrase under one label.
struct LabelledPart {
    std::optional<UnitRole> role;  // of a label; none before the first one
    Text skipped;                  // the label, where it names no units
    Text text;
};

const Pattern& labelPattern() {
    static const Pattern pattern(
        u"(?:第一责任|牵头责任|责任牵头|牵头督查|牵头|主办|主责|主要责任|责任|落实|承办|实施|完成|执行|"
        u"配合责任|配合|协办|会办|协助|协同|参与|参加|会同|支持|共同责任|监督|监管|督查|督办|督导|指导|验收|"
        u"联系|分管"
        u"|主管|组织|具体|包抓)(?:实施|落实|负责|配合)?(?:单位|部门|科室|股室|处室|机构|机关|主体|领导|人员|"
        u"人|电话|方式)?(?:[（(](?:单位|部门|科室|股室)[）)])?(?:及责任人|和责任人)?\\s*[:：]"
        u"|(?:[省市县区州旗镇乡]级?)?(?:分管|包抓|包联|联系|挂点)?领导\\s*[:：]"
        u"|(?:完成|办结|办理|时间|进度|推进|工作)?(?:时限|时间|期限|节点|要求)\\s*[:：]");
    return pattern;
}

std::vector<LabelledPart> labelledParts(const Text& text) {
    static const Pattern noUnits(
        u"时限|时间|期限|节点|要求|督|监管|指导|验收|联系|领导\\s*[:：]|人员?\\s*[:：]");
    std::vector<LabelledPart> parts(1);
    std::size_t from = 0;
    for (const auto& label : labelPattern().findAll(text)) {
        parts.back().text = text.substr(from, label.begin - from);
        LabelledPart next;
        if (noUnits.isIn(label.groups[0])) {
            next.skipped = label.groups[0];
        } else {
            next.role = roleOf(label.groups[0]);
        }
        parts.push_back(std::move(next));
        from = label.end;
    }
    parts.back().text = text.substr(from);
    return parts;
}

// --- blanks and lines --------------------------------------------------------------------------

// The name a piece ends or begins with, as far as a blank between two pieces needs to know.
bool endsAName(View left) {
    const auto at = left.find_last_of(u"、，,；;:：。");
    const View last = at == View::npos ? left : left.substr(at + 1);
    // 县直各有 is the begin of a group, not a group.
    static const Pattern cut(u"(?:各|各有|各相|有|相|直|属)$");
    const RoleWords words = readRole(last);
    return (words.role && !words.onlyThis && words.rest.empty()) ||
           (isUnitNameText(words.name) && !cut.isIn(words.name));
}

bool beginsAName(View right) {
    static const Pattern remainder(u"^(?:公室|民政府|员会|门|道|事处|局|办|室|镇|乡|村|府|会|中心|心|分局)$");
    const auto at = right.find_first_of(u"、，,；;。");
    const View first = right.substr(0, at);
    if (first.empty() || opensBracket(first.front())) {
        return false;  // （牵头） belongs to the name before it
    }
    if (labelPattern().isIn(first)) {
        return true;
    }
    if (remainder.isWhole(first)) {
        return false;
    }
    const RoleWords words = readRole(first);
    return isUnitNameText(words.name) || (words.role && !words.name.empty());
}

bool needsSeparator(View left, View right) {
    if (left.empty() || right.empty()) {
        return false;
    }
    if (isOneOf(left.back(), u"、，,；;：:/") || isOneOf(right.front(), u"、，,；;/")) {
        return false;
    }
    const auto depth = std::count_if(left.begin(), left.end(), opensBracket) -
                       std::count_if(left.begin(), left.end(), closesBracket);
    return depth <= 0 && endsAName(left) && beginsAName(right);
}

std::vector<Text> blankSeparated(View text) {
    std::vector<Text> pieces(1);
    for (const char16_t c : text) {
        if (!isBlank(c)) {
            pieces.back() += c;
        } else if (!pieces.back().empty()) {
            pieces.emplace_back();
        }
    }
    if (pieces.back().empty()) {
        pieces.pop_back();
    }
    return pieces;
}

// 财政 is no name, but with the 局 of the next line it is one, and no end of the name before it.
bool beginsWithNext(View left, View piece, View next) {
    const Text together = Text(left) + Text(piece);
    return needsSeparator(left, Text(piece) + Text(next)) && !isUnitNameText(together) &&
           !needsSeparator(together, next);
}

Text joined(const std::vector<Text>& pieces, View separator) {
    Text out;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool last = i + 1 == pieces.size();
        if (needsSeparator(out, pieces[i]) || (!last && beginsWithNext(out, pieces[i], pieces[i + 1])) ||
            isPersonBehind(out, pieces[i], last ? View() : View(pieces[i + 1]))) {
            out += separator;
        }
        out += pieces[i];
    }
    return out;
}

// --- the whole phrase --------------------------------------------------------------------------

class PhraseReader {
public:
    explicit PhraseReader(UnitRole role) : m_columnRole(role) {}

    UnitPhrase read(View text) {
        Text plain = withoutOuterBracket(joined(blankSeparated(text), u"、"));
        takeFirstIsLead(plain);
        takeLaterTasks(plain);
        takePrinciples(plain);
        takeBracketedLabels(plain);
        for (const auto& part : labelledParts(plain)) {
            readPart(part);
        }
        inheritPrefixes();
        if (m_firstIsLead && !m_found.empty()) {
            m_found.front().role = UnitRole::lead;
        }
        return finish();
    }

private:
    struct Found {
        Text written;
        Text name;
        UnitRole role = UnitRole::responsible;
        bool hasRole = false;
        bool openEnded = false;
    };

    static Text withoutOuterBracket(Text text) {
        while (text.size() > 1 && opensBracket(text.front()) && closesBracket(text.back())) {
            int depth = 0;
            for (std::size_t i = 0; i + 1 < text.size(); ++i) {
                depth += opensBracket(text[i]) ? 1 : closesBracket(text[i]) ? -1 : 0;
                if (depth == 0) {
                    return text;
                }
            }
            text = Text(trim(View(text).substr(1, text.size() - 2)));
        }
        return text;
    }

    void takeFirstIsLead(Text& text) {
        static const Pattern rule(
            u"[（(，,；;、]?(?:(?:列|排)在?(?:第一|首)(?:位|个|名)?|(?:第一|首)(?:位|个|名))的?(?:单位|部门)?"
            u"(?:为|是)?(?:牵头|第一责任|主办|主责)(?:单位|部门)?(?:[，,]下同)?[）)]?。?");
        const auto m = rule.find(text);
        if (!m) {
            return;
        }
        m_firstIsLead = true;
        text.erase(m->begin, m->end - m->begin);
    }

    void takeLaterTasks(Text& text) {
        static const Pattern sentence(u"^以下(?:各项|各|重点|所有)?任务(?:均|都)?(?:需要|需|须|由|应)*");
        const auto m = sentence.find(text);
        if (!m) {
            return;
        }
        text.erase(0, m->end);
        warn("binds later tasks too: check each of them");
    }

    void takePrinciples(Text& text) {
        static const Pattern principle(u"[“\"]?谁\\p{Han}{1,8}[、，,]?谁\\p{Han}{1,6}[”\"]?(?:的?原则)?");
        while (const auto m = principle.find(text)) {
            warn("a principle, the unit is known only case by case: " + toUtf8(m->groups[0]));
            text.erase(m->begin, m->end - m->begin);
        }
    }

    // 县教育局（联系人：张三） says nothing of the task; 县教育局（配合：县财政局） does.
    void takeBracketedLabels(Text& text) {
        static const Pattern person(u"[（(]((?:联系人|联络员|责任人|负责人|电话)[^（）()]*)[）)]");
        static const Pattern labelled(
            u"[（(]((?:牵头|主办|主责|配合|协办|协助|参与)(?:单位|部门|科室)?[:：][^（）()]+)[）)]");
        while (const auto m = person.find(text)) {
            warn("left out beside a unit: " + toUtf8(m->groups[1]));
            text.erase(m->begin, m->end - m->begin);
        }
        while (const auto m = labelled.find(text)) {
            text.replace(m->begin, m->end - m->begin, u"；" + m->groups[1] + u"；");
        }
    }

    void readPart(const LabelledPart& part) {
        if (!part.skipped.empty()) {
            static const Pattern time(u"时限|时间|期限|节点|要求");
            if (!time.isIn(part.skipped)) {
                warn("names no unit of the task: " + toUtf8(part.skipped + part.text));
            }
            return;
        }
        m_partRole = part.role.value_or(m_columnRole);
        for (const auto& clause : splitOutsideBrackets(part.text, u"，,；;。\n")) {
            readClause(clause);
        }
    }

    void readClause(const Text& clause) {
        static const Pattern said(u"不再(?:一一|逐一)?列出|下同|(?:各|其)?(?:自)?按.*");
        const View text = trim(clause);
        if (text.empty() || readsAsDeadline(text) || said.isWhole(withoutBlanks(text))) {
            return;
        }
        m_pending.clear();
        m_role.reset();
        for (const auto& item : itemsOf(text)) {
            readItem(item, 0);
        }
        for (const std::size_t at : m_pending) {
            m_found[at].role = m_role.value_or(m_partRole);
        }
    }

    // 各市、县（区）人民政府 and 各乡镇党委、政府 are one group each.
    static bool continuesGroup(const Text& before, const Text& item) {
        static const Pattern places(u"各[省市县区州旗乡镇]");
        static const Pattern more(
            u"(?:[市县区州旗乡镇]、)*[市县区州旗乡镇](?:[（(][^）)]*[）)])?(?:人民政府|政府|党委)?");
        static const Pattern party(u"各.*(?:党(?:工)?委|[县市区旗）)]委)");
        static const Pattern kinds(u".*各(?:[委办局镇乡街]、)*[委办局镇乡街]");
        static const Pattern kind(u"[委办局镇乡街村]");
        return (places.isWhole(before) && more.isWhole(item)) ||
               (kinds.isWhole(before) && kind.isWhole(item)) ||
               (party.isWhole(before) && (item == u"政府" || item == u"人民政府"));
    }

    // 市、区各部门: a place alone belongs to what follows it.
    static std::vector<Text> itemsOf(View clause) {
        std::vector<Text> items;
        Text carried;
        for (const auto& item : splitOutsideBrackets(clause, u"、/|／")) {
            static constexpr std::array<View, 3> kLevels = {u"中央", u"自治区", u"中央及"};
            const bool level = std::find(kLevels.begin(), kLevels.end(), View(item)) != kLevels.end();
            const bool isOfGroup = !items.empty() && continuesGroup(items.back(), carried + item);
            if (level || (!isOfGroup && item.size() == 1 &&
                          (isOneOf(item.front(), kPlaces) || isOneOf(item.front(), u"镇乡村")))) {
                carried += item + u"、";
                continue;
            }
            const Text whole = carried + item;
            carried.clear();
            if (!items.empty() && continuesGroup(items.back(), whole)) {
                items.back() += u"、" + whole;
            } else {
                items.push_back(whole);
            }
        }
        if (!carried.empty()) {
            items.push_back(carried.substr(0, carried.size() - 1));
        }
        return items;
    }

    void readItem(View item, int depth) {
        static const Pattern duty(u"(?:负责|落实|组织实施)$");
        const RoleWords words = readRole(item);
        addList(words.name, words.onlyThis ? words.role : std::nullopt);
        if (!words.role && duty.isIn(trim(item))) {
            bindPending(m_role.value_or(m_partRole));
        }
        if (words.role && !words.onlyThis) {
            bindPending(*words.role);
        }
        if (words.after) {
            for (const std::size_t at : m_pending) {
                m_found[at].role = m_partRole;
            }
            m_pending.clear();
            m_role = words.after;
        }
        if (!words.rest.empty() && depth < 8) {
            readItem(words.rest, depth + 1);
        }
    }

    void bindPending(UnitRole role) {
        for (const std::size_t at : m_pending) {
            m_found[at].role = role;
        }
        m_pending.clear();
    }

    void addList(const Text& text, std::optional<UnitRole> ownRole) {
        static const Pattern open(
            u"^(.*?)(?<![高中初平上下])等(?:\\d+|[一二三四五六七八九十]+)?(?:个|家)?各?(?:相关|有关|其他|"
            u"涉及)?(?:行业|业务)?(?:职能|责任|成员|主管)?(?:部门|单位|科室|乡镇|机构|镇街|街道)*(?:和(?:"
            u"单位|部门))?$");
        static const Pattern openKind(
            u"^(.*?(?:局|委|办|室|中心|医院|学校|公司|队|站|所))等\\p{Han}{2,6}(?:机构|医院|学校|企业|公司)"
            u"$");
        auto list = open.matchWhole(text);
        list = list ? list : openKind.matchWhole(text);
        std::vector<Text> names;
        addUnitNames(list ? list->groups[1] : text, names);
        for (const auto& name : names) {
            addName(name, ownRole);
        }
        if (list && !m_found.empty()) {
            m_found.back().openEnded = true;
        }
    }

    void addName(const Text& raw, std::optional<UnitRole> ownRole) {
        static const Pattern nothing(u"(?:[-—/\\\\.。·…*“”\"]|无|暂无|见附件|另定|负责|配合|牵头|落实)*");
        const Text written = withoutBlanks(trimmedSigns(raw));
        if (written == u"同上" || written == u"同前") {
            warn("as the row above: a person must say which units");
            return;
        }
        if (nothing.isWhole(written)) {
            return;
        }
        if (const auto beside = remarkBeside(written)) {
            warn("left out beside a unit: " + toUtf8(written.substr(*beside)));
            addName(written.substr(0, *beside), ownRole);
            return;
        }
        // 兴庆区、金凤区人民政府: a place stands for its government.
        static const Pattern place(
            u"\\p{Han}{2,4}(?:县|旗|市(?!场)|(?<![城地辖社园景小校片灾牧山库矿林厂街专发新示])区)");
        if (!isUnitNameText(written) && !place.isWhole(written)) {
            if (written.size() > kUnitNameLengthMax) {
                warn("is no unit's name: " + toUtf8(written.substr(0, kUnitNameLengthMax)));
                return;
            }
            warn("may be no unit's name: " + toUtf8(written));
        }
        if (!ownRole) {
            m_pending.push_back(m_found.size());
        }
        m_found.push_back({written, written, ownRole.value_or(m_partRole), true, isOpenUnitGroup(written)});
    }

    static Text trimmedSigns(View text) {
        while (!text.empty() && isOneOf(text.front(), u"。.．、·“\"：: ")) {
            text.remove_prefix(1);
        }
        while (!text.empty() && isOneOf(text.back(), u"。.．、·”\"：: ")) {
            text.remove_suffix(1);
        }
        const auto open = std::count_if(text.begin(), text.end(), opensBracket);
        const auto close = std::count_if(text.begin(), text.end(), closesBracket);
        if (close > open && closesBracket(text.back())) {
            text.remove_suffix(1);
        }
        if (open > close && !text.empty() && opensBracket(text.front())) {
            text.remove_prefix(1);
        }
        return Text(text);
    }

    // 县, 市, 区 before a name, where it is a place and not the beginning of a word (市场, 市政).
    static std::optional<char16_t> prefixOf(const Text& name) {
        static const Pattern place(
            u"^(?:[省县州旗](?!委|直|级|属|城|域)|区(?!域|块|委|直|级|属|间)|市(?!场|容|井|委|直|级|属|区|政|"
            u"民|辖)|市政(?=府|务|法|协|策|数)|市民(?=政|族|宗|营|兵|航|盟|建))");
        if (!place.isIn(name)) {
            return std::nullopt;
        }
        return name.front();
    }

    void inheritPrefixes() {
        static const Pattern heir(u"(?:局|办|办公室|中心|发改委|卫健委|委员会|队|馆)$");
        static const Pattern ownPlace(
            u"^(?:政府|人民|党|国|中|自治|宁夏)|(?<!城)[省县州旗区]|(?<!城)市(?!场|政|容)");
        std::optional<char16_t> prefix;
        for (auto& unit : m_found) {
            if (isUnitGroup(unit.written)) {
                continue;
            }
            if (const auto own = prefixOf(unit.written)) {
                prefix = own;
            } else if (isOneOf(unit.written.front(), kPlaces) && unit.written.size() > 1 &&
                       unit.written[1] == u'委') {
                prefix.reset();
            } else if (prefix && heir.isIn(unit.written) && !ownPlace.isIn(unit.written)) {
                unit.name = *prefix + unit.written;
            }
        }
    }

    UnitPhrase finish() {
        UnitPhrase phrase;
        for (const auto& unit : m_found) {
            const std::string name = toUtf8(unit.name);
            const auto same = std::find_if(phrase.units.begin(), phrase.units.end(),
                                           [&](auto& u) { return u.name == name; });
            if (same == phrase.units.end()) {
                phrase.units.push_back(
                    {name, toUtf8(unit.written), unit.role, isUnitGroup(unit.written), unit.openEnded});
                continue;
            }
            same->role = std::min(same->role, unit.role);
            same->openEnded = same->openEnded || unit.openEnded;
        }
        phrase.warnings = std::move(m_warnings);
        return phrase;
    }

    void warn(std::string text) { m_warnings.push_back(std::move(text)); }

    UnitRole m_columnRole;
    UnitRole m_partRole = UnitRole::responsible;
    std::optional<UnitRole> m_role;  // within the present clause, after 会同
    bool m_firstIsLead = false;
    std::vector<Found> m_found;
    std::vector<std::size_t> m_pending;
    std::vector<std::string> m_warnings;
};

}  // namespace

std::string_view name(UnitRole role) {
    switch (role) {
    case UnitRole::lead:
        return "lead";
    case UnitRole::responsible:
        return "responsible";
    case UnitRole::cooperate:
        return "cooperate";
    }
    return "responsible";
}

UnitPhrase parseUnits(std::string_view text, UnitRole role) {
    const Text wide = toUtf16(text);
    UnitPhrase phrase = PhraseReader(role).read(View(wide).substr(0, kCharactersMax));
    if (phrase.units.empty() && phrase.warnings.empty() && !trim(wide).empty()) {
        phrase.warnings.push_back("names no unit");
    }
    return phrase;
}

bool readsAsUnits(View text) {
    static const Pattern duty(
        u"(?:^|[、，,；;：:])(?:加强|推进|做好|开展|完善|建立|健全|提升|提高|强化|落实|深化|优化|规范|积极|"
        u"切实|全面|进一步|认真|围绕|聚焦|依据|查看|报送|抓好|深入|持续|推动|打造|严格|"
        u"制定|编制|梳理|确保|及时|组织(?!部|人事)|按照|根据|通过|对|在|将)");
    if (text.size() > 400 || duty.isIn(text)) {
        return false;
    }
    const auto sentenceEnd = text.find(u'。');
    if (sentenceEnd != View::npos && sentenceEnd + 1 < text.size()) {
        return false;
    }
    const UnitPhrase phrase = PhraseReader(UnitRole::responsible).read(text);
    const bool verbs = std::any_of(phrase.units.begin(), phrase.units.end(),
                                   [](auto& unit) { return duty.isIn(toUtf16(unit.written)); });
    const bool bare = phrase.units.size() == 1 && (text == u"部门" || text == u"单位");
    return !phrase.units.empty() && phrase.warnings.empty() && !bare && !verbs;
}

bool isUnitName(View text) {
    return isUnitNameText(withoutBlanks(text));
}

std::u16string joinUnitLines(const std::vector<std::u16string>& lines) {
    std::vector<Text> pieces;
    for (const auto& line : lines) {
        for (auto& piece : blankSeparated(line)) {
            pieces.push_back(std::move(piece));
        }
    }
    return joined(pieces, u" ");
}

}  // namespace hezhang::ledger
