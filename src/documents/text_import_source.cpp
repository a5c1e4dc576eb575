// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/text_import_source.h"

#include <unicode/ucnv.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "src/ledger/chinese_text.h"

namespace hezhang::documents {

namespace {

using ledger::Pattern;
using Text = std::u16string;

constexpr std::size_t kBytesMax = 20 << 20;

struct ConverterCloser {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
};

// The whole text, or nothing if a byte does not fit the encoding.
std::optional<Text> decode(std::string_view bytes, const char* encoding) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<UConverter, ConverterCloser> converter(ucnv_open(encoding, &status));
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    Text text(bytes.size() + 1, u'\0');
    const auto length = ucnv_toUChars(converter.get(), text.data(), static_cast<std::int32_t>(text.size()),
                                      bytes.data(), static_cast<std::int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) {
        return std::nullopt;
    }
    text.resize(static_cast<std::size_t>(length));
    return text;
}

struct ByteMark {
    std::string_view mark;
    const char* encoding;
};

void replaceAll(Text& text, const Pattern& pattern, std::u16string_view with) {
    Text out;
    std::size_t from = 0;
    for (const auto& match : pattern.findAll(text)) {
        out.append(text, from, match.begin - from).append(with);
        from = match.end;
    }
    text = out.append(text, from);
}

void replaceAll(Text& text, std::u16string_view what, std::u16string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != Text::npos; at += with.size()) {
        text.replace(at, what.size(), with);
    }
}

Text withoutTags(Text text) {
    static const Pattern cellEnd(u"(?i)</t[dh]>\\s*(?=<t[dh][\\s>])");
    static const Pattern lineEnd(u"(?i)<br\\s*/?>|</(?:tr|div|h\\d|li)>");
    static const Pattern other(
        u"(?i)</"
        u"?(?:p|span|td|th|tr|table|tbody|thead|div|b|i|u|strong|em|font|a|li|ul|ol|h\\d|sup|sub|center|o:p)("
        u"?:\\s[^<>]*)?/?>");
    replaceAll(text, cellEnd, u"\t");
    replaceAll(text, lineEnd, u"\n");
    replaceAll(text, other, u"");
    replaceAll(text, u"&nbsp;", u" ");
    replaceAll(text, u"&lt;", u"<");
    replaceAll(text, u"&gt;", u">");
    replaceAll(text, u"&quot;", u"\"");
    replaceAll(text, u"&amp;", u"&");
    return text;
}

bool isInvisible(char16_t c) {
    return (c < 0x20 && c != u'\t') || c == 0x7f || c == 0x200b || c == 0x200c || c == 0x200d ||
           c == 0xfeff || c == 0x00ad || c == 0x2028 || c == 0x2029;
}

Text cleanLine(Text line) {
    const bool tagged = line.find(u'<') != Text::npos || line.find(u'&') != Text::npos;
    if (tagged) {
        line = withoutTags(std::move(line));
    }
    replaceAll(line, u"**", u"");
    std::erase_if(line, [](char16_t c) { return c != u'\n' && isInvisible(c); });
    return line;
}

}  // namespace

Result<Text> decodeText(std::string_view bytes) {
    static constexpr std::array kMarks = {ByteMark{"\xef\xbb\xbf", "UTF-8"}, ByteMark{"\xff\xfe", "UTF-16LE"},
                                          ByteMark{"\xfe\xff", "UTF-16BE"}};
    std::optional<Text> text;
    for (const auto& [mark, encoding] : kMarks) {
        if (!text && bytes.substr(0, mark.size()) == mark) {
            text = decode(bytes.substr(mark.size()), encoding);
        }
    }
    if (!text) {
        text = decode(bytes, "UTF-8");
    }
    if (!text) {
        text = decode(bytes, "GB18030");
    }
    if (!text) {
        return fail(ErrorCode::badInput, "the text is neither UTF-8 nor GB18030");
    }
    if (text->find(u'\0') != Text::npos) {
        return fail(ErrorCode::badInput, "the file is binary, not text");
    }
    return *std::move(text);
}

Result<std::vector<SourceLine>> readSource(std::string_view bytes) {
    if (bytes.size() > kBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    HZ_TRY(const Text text, decodeText(bytes));
    std::vector<SourceLine> lines;
    int number = 0;
    for (std::size_t from = 0; from <= text.size();) {
        const auto end = std::min(text.find(u'\n', from), text.size());
        const Text raw = text.substr(from, end - from);
        const bool pageBreak = raw.find(u'\f') != Text::npos;
        ++number;
        const Text clean = cleanLine(raw);
        for (std::size_t at = 0; at <= clean.size();) {
            const auto stop = std::min(clean.find(u'\n', at), clean.size());
            lines.push_back({number, clean.substr(at, stop - at), pageBreak});
            at = stop + 1;
        }
        from = end + 1;
    }
    return lines;
}

bool isPageNumber(std::u16string_view line) {
    static const Pattern pattern(
        u"\\s*(?:[-—–－─·]+\\s*\\d{1,4}\\s*[-—–－─·]+|第\\s*\\d{1,4}\\s*页.{0,12}|\\d{1,4}\\s*/"
        u"\\s*\\d{1,4}|(?i:page)\\s*\\d+.{0,12})\\s*");
    return pattern.isWhole(line);
}

}  // namespace hezhang::documents
