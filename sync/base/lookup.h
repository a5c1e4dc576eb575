// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A map that is only looked into: nobody can go through it, so no result depends on an order that differs
// from run to run. By hash, with a seed of the process: nobody can choose keys that fall together.
//
// Shape:   a value stays where it is until it is erased. Keys are ids (FixedBytes that are random or hashes)
// or texts. Threads: as a container.
#pragma once

#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "sync/base/bytes.h"

namespace hezhang {

struct LookupHash {
    using is_transparent = void;
    template <class Tag, std::size_t N>
    std::size_t operator()(const FixedBytes<Tag, N>& id) const {
        std::uint64_t start = 0;
        static_assert(N >= sizeof(start));
        std::memcpy(&start, id.bytes.data(), sizeof(start));
        return mixed(start);
    }
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }

private:
    [[nodiscard]] static std::size_t mixed(std::uint64_t start);
};

template <class Key, class T>
class Lookup {
public:
    // nullptr: it is not here.
    template <class Wanted>
    [[nodiscard]] T* find(const Wanted& key) {
        const auto at = m_map.find(key);
        return at == m_map.end() ? nullptr : &at->second;
    }
    // What is here already stays as it is.
    T& add(Key key, T value = {}) {
        return m_map.try_emplace(std::move(key), std::move(value)).first->second;
    }
    T& put(const Key& key, T value) { return m_map[key] = std::move(value); }
    void erase(const Key& key) { m_map.erase(key); }
    void clear() { m_map.clear(); }
    [[nodiscard]] std::size_t size() const { return m_map.size(); }

private:
    std::unordered_map<Key, T, LookupHash, std::equal_to<>> m_map;
};

}  // namespace hezhang
