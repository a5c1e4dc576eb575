// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a bad disk, cable or stick does to a file: bits flip, a run becomes zeros, a sector holds something
// else.
//
// Errors:  a file that cannot be read or written throws.
// Threads: any.
#pragma once

#include <string>
#include <vector>

#include "sync/base/random_source.h"

namespace hezhang::test {

inline constexpr std::size_t kDamagedFileMax = 64 * 1024 * 1024;

// Changes the file's bytes in place (the file stays the same one) and says what it did. The same random
// numbers do the same to the same bytes. REQUIRES: the file is not empty.
std::string damageFile(const std::string& path, SeededRandom& random);

}  // namespace hezhang::test
