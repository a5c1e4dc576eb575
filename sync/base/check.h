// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// HZ_ASSERT states what cannot be false in a correct program. It stays on in release builds and ends the
// process: going on with a broken invariant could write it to disk. Never for input.
#pragma once

#include <cstdio>
#include <cstdlib>

#define HZ_ASSERT(condition)                                                                     \
    do {                                                                                         \
        if (!(condition)) {                                                                      \
            std::fprintf(stderr, "assertion failed: %s (%s:%d)\n", #condition, __FILE__, __LINE__); \
            std::abort();                                                                        \
        }                                                                                        \
    } while (false)
