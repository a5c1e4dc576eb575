// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Memory that SQLite asks for and does not get: while it lives, the latest FaultDisk is asked before each
// allocation (DiskCall::allocate). Every allocation of SQLite comes by here: its small ones are not taken
// from a store of their own.
//
// Errors:  none.
// Threads: one. REQUIRES: no database is open when it is made or destroyed; a FaultVfs lives shorter.
#pragma once

namespace hezhang::test {

class FaultMemory {
public:
    FaultMemory();
    FaultMemory(const FaultMemory&) = delete;
    FaultMemory& operator=(const FaultMemory&) = delete;
    ~FaultMemory();
};

}  // namespace hezhang::test
