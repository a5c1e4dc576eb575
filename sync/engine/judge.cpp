// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/judge.h"

#include <map>

namespace hezhang::sync {

std::vector<std::pair<std::string, std::uint32_t>> definitionsOf(const std::vector<RecordKey>& records, const Rules& rules) {
    std::map<std::string, std::uint32_t> versions;
    for (const RecordKey& key : records) {
        versions.emplace(key.registerName, rules.versionOf(key.registerName));
    }
    return {versions.begin(), versions.end()};
}

}  // namespace hezhang::sync
