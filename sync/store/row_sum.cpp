// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/store/row_sum.h"

#include <zlib.h>

#include <algorithm>

namespace hezhang::sync {

std::uint64_t rowSum(std::initializer_list<BytesView> columns) {
    uLong sum = 0;
    for (const BytesView column : columns) {
        sum = ::crc32_z(sum, column.data(), column.size());
    }
    return std::max<std::uint64_t>(sum, 1);
}

}  // namespace hezhang::sync
