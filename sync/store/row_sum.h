// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A sum over what a row says, so that a bit that the disk has changed is noticed. Private to SqliteStore.
//
// Units:   CRC-32, as 1 … 2^32 - 1: 0 stands where there is none.
// Threads: pure functions.
#pragma once

#include <cstdint>
#include <initializer_list>

#include "sync/base/bytes.h"

namespace hezhang::sync {

[[nodiscard]] std::uint64_t rowSum(std::initializer_list<BytesView> columns);

}  // namespace hezhang::sync
