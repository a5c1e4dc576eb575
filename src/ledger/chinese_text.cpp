// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/chinese_text.h"

#include <unicode/normalizer2.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdint>

#include "sync/base/check.h"

namespace hezhang::ledger {

namespace {

constexpr std::int32_t kMatchStepsMax = 100'000;
constexpr std::int32_t kMatchStackBytes = 8 << 20;

icu::UnicodeString alias(std::u16string_view text) {
    return icu::UnicodeString(UBool{0}, text.data(), static_cast<std::int32_t>(text.size()));
}

std::u16string plain(const icu::UnicodeString& text) {
    return {text.getBuffer(), static_cast<std::size_t>(text.length())};
}

int chineseDigit(char16_t c) {
    static constexpr std::u16string_view kDigits = u"零一二三四五六七八九";
    if (c == u'〇' || c == u'○' || c == u'Ｏ') {
        return 0;
    }
    if (c == u'两') {
        return 2;
    }
    const auto at = kDigits.find(c);
    return at == std::u16string_view::npos ? -1 : static_cast<int>(at);
}

bool isLatinOrDigit(char16_t c) {
    return isDigit(c) || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

// 一二三 digit by digit, or with 十 and 百 as places.
std::optional<int> chineseNumber(std::u16string_view text) {
    int total = 0;
    int digits = 0;
    bool placed = false;
    for (const char16_t c : text) {
        if (c == u'十' || c == u'百') {
            total += (digits == 0 ? 1 : digits) * (c == u'十' ? 10 : 100);
            digits = 0;
            placed = true;
            continue;
        }
        const int digit = chineseDigit(c);
        if (digit < 0) {
            return std::nullopt;
        }
        digits = placed ? digit : digits * 10 + digit;
    }
    return total + digits;
}

}  // namespace

std::u16string toUtf16(std::string_view utf8) {
    return plain(
        icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), static_cast<std::int32_t>(utf8.size()))));
}

std::string toUtf8(std::u16string_view text) {
    std::string utf8;
    alias(text).toUTF8String(utf8);
    return utf8;
}

std::u16string foldWidth(std::u16string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* nfkc = icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status)) {
        return std::u16string(text);
    }
    const auto folded = nfkc->normalize(alias(text), status);
    return U_FAILURE(status) ? std::u16string(text) : plain(folded);
}

bool isBlank(char16_t c) {
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f' || c == u'\v' || c == 0x00a0 ||
           c == 0x3000 || (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0xfeff;
}

bool isHan(char16_t c) {
    return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf) || (c >= 0xd840 && c <= 0xdfff) ||
           c == u'〇';
}

bool isDigit(char16_t c) {
    return c >= u'0' && c <= u'9';
}

std::u16string_view trim(std::u16string_view text) {
    while (!text.empty() && isBlank(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

std::u16string withoutBlanks(std::u16string_view text) {
    std::u16string out(text);
    std::erase_if(out, isBlank);
    return out;
}

std::u16string withoutStrayBlanks(std::u16string_view text) {
    std::u16string out;
    bool blankBefore = false;
    for (const char16_t c : trim(text)) {
        if (isBlank(c)) {
            blankBefore = true;
            continue;
        }
        if (blankBefore && isLatinOrDigit(c) && isLatinOrDigit(out.back())) {
            out += u' ';
        }
        blankBefore = false;
        out += c;
    }
    return out;
}

std::optional<int> numberFrom(std::u16string_view text) {
    if (text.empty() || text.size() > 8) {
        return std::nullopt;
    }
    if (!std::all_of(text.begin(), text.end(), isDigit)) {
        return chineseNumber(text);
    }
    int number = 0;
    for (const char16_t c : text) {
        number = number * 10 + (c - u'0');
    }
    return number;
}

struct Pattern::Compiled {
    std::unique_ptr<icu::RegexPattern> pattern;

    [[nodiscard]] std::unique_ptr<icu::RegexMatcher> matcher(const icu::UnicodeString& text) const {
        UErrorCode status = U_ZERO_ERROR;
        std::unique_ptr<icu::RegexMatcher> found(pattern->matcher(text, status));
        HZ_ASSERT(U_SUCCESS(status));
        found->setTimeLimit(kMatchStepsMax, status);
        found->setStackLimit(kMatchStackBytes, status);
        return found;
    }
};

Pattern::Pattern(std::u16string_view expression) : m_compiled(std::make_unique<Compiled>()) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    m_compiled->pattern.reset(icu::RegexPattern::compile(alias(expression), 0, where, status));
    HZ_ASSERT(U_SUCCESS(status));
}

Pattern::~Pattern() = default;

namespace {

Pattern::Match matchOf(const icu::RegexMatcher& matcher) {
    UErrorCode status = U_ZERO_ERROR;
    Pattern::Match match;
    match.begin = static_cast<std::size_t>(matcher.start(status));
    match.end = static_cast<std::size_t>(matcher.end(status));
    for (std::int32_t group = 0; group <= matcher.groupCount(); ++group) {
        match.groups.push_back(plain(matcher.group(group, status)));
    }
    HZ_ASSERT(U_SUCCESS(status));
    return match;
}

}  // namespace

std::optional<Pattern::Match> Pattern::find(std::u16string_view text, std::size_t from) const {
    if (from > text.size()) {
        return std::nullopt;
    }
    const auto input = alias(text);
    const auto matcher = m_compiled->matcher(input);
    UErrorCode status = U_ZERO_ERROR;
    if (!matcher->find(static_cast<std::int64_t>(from), status) || U_FAILURE(status)) {
        return std::nullopt;
    }
    return matchOf(*matcher);
}

std::optional<Pattern::Match> Pattern::matchWhole(std::u16string_view text) const {
    const auto input = alias(text);
    const auto matcher = m_compiled->matcher(input);
    UErrorCode status = U_ZERO_ERROR;
    if (!matcher->matches(status) || U_FAILURE(status)) {
        return std::nullopt;
    }
    return matchOf(*matcher);
}

std::vector<Pattern::Match> Pattern::findAll(std::u16string_view text) const {
    std::vector<Match> matches;
    const auto input = alias(text);
    const auto matcher = m_compiled->matcher(input);
    UErrorCode status = U_ZERO_ERROR;
    while (matcher->find(status) && U_SUCCESS(status)) {
        matches.push_back(matchOf(*matcher));
    }
    return matches;
}

}  // namespace hezhang::ledger
