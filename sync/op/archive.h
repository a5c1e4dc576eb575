// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The two cereal archives everything of ours is encoded with: CompactOut and BoundedIn.
//
// Shape:   unsigned integers wider than a byte and all sizes are LEB128 varints (shortest form only), signed ones zigzag
//          first; bytes and booleans one byte; FixedBytes raw. So one value has one encoding: any slack is refused.
// Limits:  BoundedIn takes no more memory than the input could need: a size is at most the bytes that remain, and the elements of
//          all lists of one message together take at most kListBytesMax. (The stock archive takes 2 GB for 9 hostile bytes, and a
//          list of empty lists takes 24 bytes for each byte of input.)
// Errors:  BoundedIn throws cereal::Exception; decode() below turns it into malformed. No pointers, no polymorphism, no floats.
// Threads: each archive belongs to one call.
#pragma once

#include <cereal/cereal.hpp>
#include <cereal/types/optional.hpp>
#include <cereal/types/utility.hpp>
#include <cstring>
#include <limits>
#include <type_traits>

#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::sync {

class CompactOut : public cereal::OutputArchive<CompactOut, cereal::AllowEmptyClassElision> {
public:
    explicit CompactOut(Bytes& out) : OutputArchive(this), m_out(out) {}
    void raw(const void* data, std::size_t size) {
        const auto* bytes = static_cast<const std::uint8_t*>(data);
        m_out.insert(m_out.end(), bytes, bytes + size);
    }
    void byte(std::uint8_t value) { m_out.push_back(value); }
    void varint(std::uint64_t number) {
        while (number >= 0x80) {
            m_out.push_back(static_cast<std::uint8_t>(number | 0x80));
            number >>= 7;
        }
        m_out.push_back(static_cast<std::uint8_t>(number));
    }

private:
    Bytes& m_out;
};

class BoundedIn : public cereal::InputArchive<BoundedIn, cereal::AllowEmptyClassElision> {
public:
    static constexpr std::uint64_t kListBytesMax = 32 * 1024 * 1024;

    explicit BoundedIn(BytesView in) : InputArchive(this), m_in(in) {}
    void raw(void* data, std::size_t size) {
        if (size > m_in.size()) {
            throw cereal::Exception("input ends early");
        }
        if (size > 0) {
            std::memcpy(data, m_in.data(), size);
        }
        m_in = m_in.subspan(size);
    }
    // The next bytes where they are.
    [[nodiscard]] BytesView view(std::size_t size) {
        if (size > m_in.size()) {
            throw cereal::Exception("input ends early");
        }
        const BytesView bytes = m_in.first(size);
        m_in = m_in.subspan(size);
        return bytes;
    }
    [[nodiscard]] std::uint64_t varint() {
        if (!m_in.empty() && m_in.front() < 0x80) {
            const std::uint8_t small = m_in.front();
            m_in = m_in.subspan(1);
            return small;
        }
        std::uint64_t number = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            std::uint8_t byte = 0;
            raw(&byte, 1);
            const std::uint64_t part = byte & 0x7f;
            if (shift == 63 && part > 1) {
                break;
            }
            number |= part << shift;
            if ((byte & 0x80) == 0) {
                if (byte == 0 && shift > 0) {
                    break;
                }
                return number;
            }
        }
        throw cereal::Exception("a number is not in its shortest form");
    }
    // Of a list whose elements take so many bytes each.
    [[nodiscard]] std::uint64_t size(std::uint64_t bytesEach = 1) {
        const std::uint64_t claimed = varint();
        if (claimed > m_in.size()) {
            throw cereal::Exception("a size is larger than the input");
        }
        if (claimed > (kListBytesMax - m_listBytes) / bytesEach) {
            throw cereal::Exception("the lists are larger than allowed");
        }
        m_listBytes += claimed * bytesEach;
        return claimed;
    }
    [[nodiscard]] bool isAtEnd() const { return m_in.empty(); }
    void finish() const {
        if (!m_in.empty()) {
            throw cereal::Exception("bytes are left over");
        }
    }

private:
    BytesView m_in;
    std::uint64_t m_listBytes = 0;
};

}  // namespace hezhang::sync

CEREAL_SETUP_ARCHIVE_TRAITS(hezhang::sync::BoundedIn, hezhang::sync::CompactOut)

namespace hezhang {

template <class Tag, std::size_t N>
void CEREAL_SAVE_FUNCTION_NAME(sync::CompactOut& out, const FixedBytes<Tag, N>& fixed) {
    out.raw(fixed.bytes.data(), N);
}
template <class Tag, std::size_t N>
void CEREAL_LOAD_FUNCTION_NAME(sync::BoundedIn& in, FixedBytes<Tag, N>& fixed) {
    in.raw(fixed.bytes.data(), N);
}

}  // namespace hezhang

namespace hezhang::sync {

template <class T>
concept Narrow = std::is_same_v<T, bool> || sizeof(T) == 1;

template <class T>
    requires std::is_integral_v<T>
void CEREAL_SAVE_FUNCTION_NAME(CompactOut& out, const T& number) {
    if constexpr (Narrow<T>) {
        out.byte(static_cast<std::uint8_t>(number));
    } else if constexpr (std::is_signed_v<T>) {
        const auto wide = static_cast<std::int64_t>(number);
        out.varint(static_cast<std::uint64_t>(wide) << 1 ^ static_cast<std::uint64_t>(wide >> 63));
    } else {
        out.varint(number);
    }
}

template <class T>
    requires std::is_integral_v<T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedIn& in, T& number) {
    if constexpr (Narrow<T>) {
        std::uint8_t byte = 0;
        in.raw(&byte, 1);
        if (std::is_same_v<T, bool> && byte > 1) {
            throw cereal::Exception("a truth value is neither 0 nor 1");
        }
        number = static_cast<T>(byte);
    } else if constexpr (std::is_signed_v<T>) {
        const std::uint64_t coded = in.varint();
        const auto wide = static_cast<std::int64_t>(coded >> 1 ^ (~(coded & 1) + 1));
        if (wide < std::numeric_limits<T>::min() || wide > std::numeric_limits<T>::max()) {
            throw cereal::Exception("a number is out of range");
        }
        number = static_cast<T>(wide);
    } else {
        const std::uint64_t wide = in.varint();
        if (wide > std::numeric_limits<T>::max()) {
            throw cereal::Exception("a number is out of range");
        }
        number = static_cast<T>(wide);
    }
}

inline void CEREAL_SAVE_FUNCTION_NAME(CompactOut& out, const std::string& text) {
    out.varint(text.size());
    out.raw(text.data(), text.size());
}
inline void CEREAL_LOAD_FUNCTION_NAME(BoundedIn& in, std::string& text) {
    text.resize(in.size());
    in.raw(text.data(), text.size());
}

// Bytes go as one run, everything else element by element.
template <class T>
void CEREAL_SAVE_FUNCTION_NAME(CompactOut& out, const std::vector<T>& list) {
    out.varint(list.size());
    if constexpr (std::is_same_v<T, std::uint8_t>) {
        out.raw(list.data(), list.size());
    } else {
        for (const T& item : list) {
            out(item);
        }
    }
}
template <class T>
void CEREAL_LOAD_FUNCTION_NAME(BoundedIn& in, std::vector<T>& list) {
    const std::uint64_t size = in.size(sizeof(T));
    list.clear();
    if constexpr (std::is_same_v<T, std::uint8_t>) {
        list.resize(size);
        in.raw(list.data(), size);
    } else {
        // Grows as elements really arrive: a claimed size costs nothing by itself.
        for (std::uint64_t i = 0; i < size; ++i) {
            in(list.emplace_back());
        }
    }
}

template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(CompactOut& out, cereal::NameValuePair<T>& pair) {
    out(pair.value);
}
template <class T>
void CEREAL_SERIALIZE_FUNCTION_NAME(BoundedIn& in, cereal::NameValuePair<T>& pair) {
    in(pair.value);
}

template <class T>
[[nodiscard]] Bytes encode(const T& message) {
    Bytes bytes;
    CompactOut out(bytes);
    out(message);
    return bytes;
}

// The one message in `bytes`, all of it. `what` names it in the error. Errors: malformed.
template <class T>
[[nodiscard]] Result<T> decode(BytesView bytes, const char* what) {
    try {
        T message;
        BoundedIn in(bytes);
        in(message);
        in.finish();
        return message;
    } catch (const std::exception& error) {
        return fail(ErrorCode::malformed, std::string(what) + ": " + error.what());
    }
}

// The first field of every stored or sent type. Version 0 until the formats are frozen.
template <std::uint8_t kVersion = 0>
struct FormatVersion {
    template <class Archive>
    void save(Archive& out) const {
        out(kVersion);
    }
    template <class Archive>
    void load(Archive& in) {
        std::uint8_t found = 0;
        in(found);
        if (found != kVersion) {
            throw cereal::Exception("format version " + std::to_string(found) + " is not known here");
        }
    }
};

}  // namespace hezhang::sync
