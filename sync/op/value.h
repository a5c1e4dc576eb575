// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A value as it is stored, hashed and sent: one class byte, then the payload. sync compares and merges these
// bytes and knows nothing else of them (prose excepted, whose payload is UTF-8 text).
//
// Shape:   'text'  00 then UTF-8 · 'integer' 01 then 8 bytes two's complement, big-endian · 'boolean' 02 then 00 or 01 ·
//          'sealed' 10: reserved (class, key id, nonce, ciphertext, tag).
// Limits:  kValueBytesMax in all; checked where values enter (validator, segment decoder).
// Threads: a value type.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sync/base/bytes.h"

namespace hezhang::sync {

inline constexpr std::size_t kValueBytesMax = 16 * 1024;

class Value {
public:
    enum class Class : std::uint8_t { text = 0, integer = 1, boolean = 2, sealed = 16 };

    // The empty text.
    Value() : m_encoded(1, 0) {}
    [[nodiscard]] static Value text(std::string_view text);
    [[nodiscard]] static Value integer(std::int64_t number);
    [[nodiscard]] static Value boolean(bool truth);
    // nullopt unless `bytes` is the one encoding of a value of a known class (sealed included) within the limit;
    // text must be well-formed UTF-8 without NUL.
    [[nodiscard]] static std::optional<Value> fromEncoded(BytesView bytes);

    [[nodiscard]] Class valueClass() const { return static_cast<Class>(m_encoded[0]); }
    [[nodiscard]] BytesView encoded() const { return viewOf(m_encoded); }
    [[nodiscard]] std::optional<std::string_view> asText() const;
    [[nodiscard]] std::optional<std::int64_t> asInteger() const;
    [[nodiscard]] std::optional<bool> asBoolean() const;

    // Byte order of the encodings: the order dumps list values in.
    auto operator<=>(const Value&) const = default;

private:
    std::string m_encoded;
};

[[nodiscard]] bool isWellFormedUtf8(std::string_view text);

}  // namespace hezhang::sync
