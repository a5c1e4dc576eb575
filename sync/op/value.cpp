// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/op/value.h"

namespace hezhang::sync {

Value Value::text(std::string_view text) {
    Value value;
    value.m_encoded.append(text);
    return value;
}

Value Value::integer(std::int64_t number) {
    Value value;
    value.m_encoded.assign(1, '\x01');
    for (int shift = 56; shift >= 0; shift -= 8) {
        value.m_encoded.push_back(static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff));
    }
    return value;
}

Value Value::boolean(bool truth) {
    Value value;
    value.m_encoded.assign({'\x02', truth ? '\x01' : '\x00'});
    return value;
}

std::optional<Value> Value::fromEncoded(BytesView bytes) {
    if (bytes.empty() || bytes.size() > kValueBytesMax) {
        return std::nullopt;
    }
    const auto payload = bytes.subspan(1);
    switch (static_cast<Class>(bytes[0])) {
    case Class::text:
        if (!isWellFormedUtf8(textOf(payload))) {
            return std::nullopt;
        }
        break;
    case Class::integer:
        if (payload.size() != 8) {
            return std::nullopt;
        }
        break;
    case Class::boolean:
        if (payload.size() != 1 || payload[0] > 1) {
            return std::nullopt;
        }
        break;
    case Class::sealed:
        break;
    default:
        return std::nullopt;
    }
    Value value;
    value.m_encoded.assign(textOf(bytes));
    return value;
}

std::optional<std::string_view> Value::asText() const {
    if (valueClass() != Class::text) {
        return std::nullopt;
    }
    return std::string_view(m_encoded).substr(1);
}

std::optional<std::int64_t> Value::asInteger() const {
    if (valueClass() != Class::integer) {
        return std::nullopt;
    }
    std::uint64_t number = 0;
    for (std::size_t i = 1; i < m_encoded.size(); ++i) {
        number = number << 8 | static_cast<std::uint8_t>(m_encoded[i]);
    }
    return static_cast<std::int64_t>(number);
}

std::optional<bool> Value::asBoolean() const {
    if (valueClass() != Class::boolean) {
        return std::nullopt;
    }
    return m_encoded[1] != 0;
}

// Björn Höhrmann's classes written as ranges: overlong forms, surrogates and > U+10FFFF are refused; so is NUL,
// which would cut the text in C interfaces.
bool isWellFormedUtf8(std::string_view text) {
    std::size_t i = 0;
    const auto at = [&](std::size_t k) { return static_cast<std::uint8_t>(text[k]); };
    while (i < text.size()) {
        const std::uint8_t lead = at(i);
        if (lead == 0) {
            return false;
        }
        if (lead < 0x80) {
            ++i;
            continue;
        }
        const std::size_t extra = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
        if (lead < 0xc2 || lead > 0xf4 || i + extra >= text.size()) {
            return false;
        }
        const std::uint8_t second = at(i + 1);
        const std::uint8_t low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
        const std::uint8_t high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
        if (second < low || second > high) {
            return false;
        }
        for (std::size_t k = 2; k <= extra; ++k) {
            if ((at(i + k) & 0xc0) != 0x80) {
                return false;
            }
        }
        i += extra + 1;
    }
    return true;
}

}  // namespace hezhang::sync
