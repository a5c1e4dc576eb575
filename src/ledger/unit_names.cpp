// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/unit_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "src/ledger/chinese_text.h"

namespace hezhang::ledger {

namespace {

using Text = std::u16string;
using View = std::u16string_view;

bool isAnyOf(char16_t c, View set) {
    return set.find(c) != View::npos;
}

// A kind of units without a name of its own: 部门, 乡镇（街道）, 县（市、区）人民政府.
const Pattern& genericNoun() {
    static const Pattern pattern(
        u"(?:(?:全[省市县区州]|[省市县区州旗](?:委|政府|人民政府|直|级|属|内)?|自治区|政府|机关|党政|本级|"
        u"局属|系统|直属|重点|行业|职能|业务|主管|责任|驻\\p{"
        u"Han}{0,3})*)(?:直属)?(?:机关)?"
        u"(?:(?:部门|单位|乡镇|镇街|镇乡|街镇|街道|街道办|街道办事处|乡|镇|村|社区|村居|村社区|科室|股室|"
        u"处室|站所|企事业单位|事业单位|人民团体|学校|企业|机构)"
        u"(?:[（(][^）)]*[）)])?(?:人民政府|政府|办事处|党委|委员会)?(?:单位|部门|科室)?"
        u"|[县市区][（(][^）)]*[）)](?:人民政府|政府|部门|党委|单位)*)");
    return pattern;
}

const Pattern& dynamicActor() {
    static const Pattern pattern(
        u"(?:政策|文件|决策|各)?(?:起草|制定|承办|实施|制发|决策|发布|主办|主管|主管主办|起草实施|行业主管|"
        u"业务主管|牵头起草)(?:单位|部门|机关|"
        u"科室)");
    return pattern;
}

// What the members of a group are.
constexpr View kGroupKinds =
    u"[^在对把将查看向从按]{0,20}(?:部门|单位|科室|股室|处室|乡镇|镇街|街镇|街道|街道办|办事处|镇|乡|街|村|"
    u"社区|"
    u"村居|县|区|市|旗|州|政府|园区|开发区|管委会|管理委员会|委会|机关|中小学|"
    u"企业|机构|学校|医院|所|站|院|局|委|办|中心|公司|银行|团体|组织|校|馆|队|支部|党委|成员)(?:[（(][^）)]*["
    u"）)])?"
    u"(?:人民政府|政府|部门|单位|党委)?";

const Pattern& unitSuffix() {
    static const Pattern pattern(
        u"(?:局|委|办|厅|院|署|科|股|处|队|所|站|馆|台|校|室|部|庭|段|乡|镇|村|场|库|(?:供销|联|报|通讯|旅行|"
        u"合作|信用|出版|总)社"
        u"|中心|大厅|委员会|委会|小组|指挥部|专班|公司|集团|银行|支行|分行|联合会|协会|学会|商会|总会|工会|"
        u"妇联|"
        u"残联|文联|科协|侨联|工商联|红十字会|政协|人大|政府|街道|社区"
        u"|开发区|园区|(?:高新|工业|产业|科技|物流|创业|示范)园|示范区|管理区|基地|窗口|专线|热线|大学|中学|"
        u"小学|幼儿园|融媒体|公积金|组织|机构|"
        u"机关|部门|单位|专员|总站|联社|团[省市县区]委)"
        u"(?:[（(〔][^）)〕]*[）)〕])?$");
    return pattern;
}

// 有关部门和单位 is one group: the right side lives on the left side's 有关.
bool isSameKind(View left, View right) {
    static const Pattern kind(u"(?:部门|单位)$");
    static const Pattern party(u"^各.*党(?:工)?委$");
    return ((right == u"单位" || right == u"部门") && isUnitGroup(left) && kind.isIn(left)) ||
           ((right == u"政府" || right == u"人民政府") && party.isIn(left));
}

// The place where 和, 与, 及 part two names, and how long the word is.
std::optional<std::pair<std::size_t, std::size_t>> conjunctionIn(View text) {
    static constexpr std::array<View, 5> kWords = {u"以及", u"和", u"与", u"及", u"并"};
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += opensBracket(text[i]) ? 1 : closesBracket(text[i]) ? -1 : 0;
        if (depth > 0) {
            continue;
        }
        for (const View word : kWords) {
            if (text.substr(i, word.size()) != word) {
                continue;
            }
            const View right = text.substr(i + word.size());
            if (isSameKind(text.substr(0, i), right)) {
                return std::nullopt;
            }
            if (isUnitNameText(text.substr(0, i)) && isUnitNameText(right)) {
                return std::pair{i, word.size()};
            }
            if (isUnitNameText(text.substr(0, i)) && conjunctionIn(right)) {
                return std::pair{i, word.size()};
            }
        }
    }
    return std::nullopt;
}

// 县教育局县财政局: the second name begins as the first does, or the first ends like a bureau and the second
// is one.
std::size_t secondNameIn(View text) {
    static const Pattern boundary(u"(?<=局|办|室|中心|大队|公司|[镇乡]|委|联|会)(?=[\\p{Han}]{3,})");
    static const Pattern place(u"^\\p{Han}{0,5}?[县市区旗州](?!场|政|容|辖|域)");
    static const Pattern bureau(u"(?<!公安|总|分)局$");
    const auto prefix = place.find(text);
    for (std::size_t from = 0; const auto at = boundary.find(text, from);) {
        from = at->begin + 1;
        const View left = text.substr(0, at->begin);
        const View right = text.substr(at->begin);
        const bool again = prefix && right.substr(0, prefix->end) == text.substr(0, prefix->end) &&
                           right.size() > prefix->end + 1;
        const bool bureaus = bureau.isIn(left) && bureau.isIn(right.substr(0, right.find(u'局') + 1));
        if ((again || bureaus) && left.size() > 2 && isUnitNameText(left) &&
            (isUnitNameText(right) || right.find(u'局') + 1 < right.size())) {
            return at->begin;
        }
    }
    return View::npos;
}

// 各县（市、区）各部门: the second 各 begins another group; 县教育局各乡镇: the first does.
std::size_t secondGroupIn(View text) {
    const auto first = text.find(u'各');
    if (first == View::npos) {
        return View::npos;
    }
    static const Pattern bureau(u".{2,}(?:局|办|室|中心|队|公司)$");
    static const Pattern towns(u"^各(?:乡|镇|街道)");
    if (bureau.isWhole(text.substr(0, first)) && towns.isIn(text.substr(first))) {
        return first;
    }
    static const Pattern complete(u".*(?:部门|单位|政府|乡镇|镇街|街道|社区|科室|[）)县区镇村])$");
    for (auto at = text.find(u'各', first + 1); at != View::npos; at = text.find(u'各', at + 1)) {
        if (complete.isWhole(text.substr(first, at - first))) {
            return at;
        }
    }
    return View::npos;
}

}  // namespace

bool opensBracket(char16_t c) {
    return isAnyOf(c, u"（([〔【〈《");
}

bool closesBracket(char16_t c) {
    return isAnyOf(c, u"）)]〕】〉》");
}

bool isUnitGroup(View name) {
    static const Pattern marked(
        u"各(?!自|部$|有$|相$)" + Text(kGroupKinds) +
        u"|(?:全体|所有|相关|有关|涉及|其他|其它|其余|下属|所属|辖区)" + Text(kGroupKinds) +
        u"|\\p{Han}*(?<!\\d)成员单位|\\p{Han}{2,12}各(?:工作)?(?:专班|工作组)"
        u"|[县市区旗]{2,4}(?:人民政府|政府)|(?:属地|(?:项目)?所在地?|事发地|当地)(?:各)?" +
        Text(kGroupKinds) +
        u""
        u"|[省市县区州旗乡镇村、]{2,}[两三四]级各?(?:人民政府|政府|党委|部门|机关|单位)*"
        u"|(?:[省市县区州旗乡镇]、)+[市县区州旗乡镇](?:[（(][^）)]*[）)])?(?:人民政府|政府|党委)"
        u"|(?:[省市县区州旗镇乡、及]|自治区|中央|街道|全|本|政府|人民政府|党委|党政|机关|直属?|级|属|内|局|"
        u"委|院|厅|"
        u"中心|"
        u"辖|系统|行业|驻"
        u"\\p{Han}{1,3}|\\p{Han}{2,3}[省市县区州旗])+(?:各(?!部$|有$|相$)|相关|有关|所属|下属)" +
        Text(kGroupKinds));
    return marked.isWhole(name) || genericNoun().isWhole(name) || dynamicActor().isWhole(name);
}

bool isOpenUnitGroup(View name) {
    static const Pattern open(
        u"(?:相关|有关|涉及|其他|其它|其余|所涉).*(?:部门|单位|科室|股室|处室|乡镇|镇街|街道|企业|机构|"
        u"站所)|^(?:属地|(?:项目)?所在地?|事发地|当地)");
    return open.isIn(name) || dynamicActor().isWhole(name);
}

bool isUnitNameText(View name) {
    static const Pattern otherWord(
        u"(?:平台|网站|[主承督交联举]办|(?<![政科侨])协办|(?<!公)开办|[布格全结]局|场所|厕所|[全内外]部|["
        u"好坏之到]处|市场|"
        u"现场|立场|"
        u"农村|乡村|会场|入场|到场|学科|专科|车站|组织机构|何处|[各有相直属])$|^(?:会(?!计|展|议)|镇人民政府|"
        u"镇政府|道办|"
        u"公室|府办|员会|关部门|"
        u"关单位)");
    if (name.size() < 2 || name.size() > kUnitNameLengthMax) {
        return false;
    }
    // 落实责任县财政局: a place this far inside is the begin of the name, what is before it belongs
    // elsewhere; but 国家…总局 stands before the place in the names of its branches.
    static const Pattern placeInside(
        u"^(?!国家|中国|共青团|国网|驻)[^省市县区州旗]{5,}(?:[县州旗]|(?<!城)市(?!场)|(?<!["
        u"治园社发景小能范地城校片新灌护])区(?!"
        u"域))(?!.*"
        u"公司)");
    static const Pattern headingWord(u"(?:牵头|责任|配合|协办|主办)(?:单位|部门|科室)");
    if (headingWord.isWhole(name) || otherWord.isIn(name) || placeInside.isIn(name)) {
        return false;
    }
    if (isUnitGroup(name)) {
        return true;
    }
    const auto every = name.find(u'各');
    if (name.substr(0, 3) == u"共青团") {
        return true;
    }
    return unitSuffix().isIn(name) && every == View::npos;
}

void addUnitNames(View text, std::vector<Text>& names) {
    text = trim(text);
    if (text.empty()) {
        return;
    }
    std::size_t right = secondGroupIn(text);
    std::size_t left = right;
    if (const auto word = right == View::npos ? conjunctionIn(text) : std::nullopt) {
        left = word->first;
        right = word->first + word->second;
    } else if (right == View::npos) {
        left = right = secondNameIn(text);
    }
    if (right != View::npos) {
        addUnitNames(text.substr(0, left), names);
        addUnitNames(text.substr(right), names);
        return;
    }
    names.emplace_back(text);
}

std::vector<Text> splitOutsideBrackets(View text, View separators) {
    std::vector<Text> parts(1);
    int depth = 0;
    const bool balanced = std::count_if(text.begin(), text.end(), opensBracket) ==
                          std::count_if(text.begin(), text.end(), closesBracket);
    for (const char16_t c : text) {
        if (balanced) {
            depth += opensBracket(c) ? 1 : closesBracket(c) ? -1 : 0;
        }
        if (depth <= 0 && isAnyOf(c, separators)) {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

bool isPersonBehind(View left, View piece, View next) {
    static const Pattern person(
        u"[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
        u"沈"
        u"姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向"
        u"汤]"
        u"\\p{Han}{1,2}");
    static const Pattern unit(u"(?:局|办|室|中心|科|股|委|队|站|所|镇|乡|街道)$");
    const auto at = left.find_last_of(u"、，,；;:：。 ");
    const View last = at == View::npos ? left : left.substr(at + 1);
    return person.isWhole(piece) && unit.isIn(last) && isUnitNameText(last) && !isUnitNameText(piece) &&
           (next.empty() || isUnitNameText(next)) && !isUnitNameText(Text(piece) + Text(next));
}

std::optional<std::size_t> remarkBeside(const Text& written) {
    static const Pattern bracket(u"(.+?)[（(]([^（）()]+)[）)]");
    static const Pattern kind(
        u"(?:单位|部门|科室|本级|机关|筹|[省市县区州旗]{1,3}|[镇乡村]|街道|社区|街道办|园区|开发区|"
        u"功能区|[、，]|及|和)+");
    static const Pattern duty(u"^(?:负责|按照?|根据|共|含|不含|除|仅|\\d)");
    const auto m = bracket.matchWhole(written);
    if (m && isUnitNameText(m->groups[1]) && duty.isIn(m->groups[2])) {
        return m->groups[1].size();
    }
    if (!m || isUnitGroup(written) || !isUnitNameText(m->groups[1]) || kind.isWhole(m->groups[2])) {
        return std::nullopt;
    }
    for (const Text& one : splitOutsideBrackets(m->groups[2], u"、，,；;/ ")) {
        if (isUnitNameText(one)) {
            return std::nullopt;
        }
    }
    return m->groups[1].size();
}

}  // namespace hezhang::ledger
