// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_memory.h"

#include <sqlite3.h>

#include "tests/support/fault_disk.h"

namespace hezhang::test {
namespace {

// SQLite's own; it has none before it is asked for the first time.
sqlite3_mem_methods s_ownMemory;
constexpr int kLookasideBytes = 1200;
constexpr int kLookasideSlots = 40;

bool isMemoryRefused() {
    FaultDisk* disk = FaultDisk::latest();
    return disk != nullptr && disk->ask(DiskCall::allocate) == DiskFault::ioError;
}

void* allocate(int size) {
    return isMemoryRefused() ? nullptr : s_ownMemory.xMalloc(size);
}

void* allocateAgain(void* memory, int size) {
    return isMemoryRefused() ? nullptr : s_ownMemory.xRealloc(memory, size);
}

}  // namespace

FaultMemory::FaultMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_GETMALLOC, &s_ownMemory);
    sqlite3_mem_methods watched = s_ownMemory;
    watched.xMalloc = allocate;
    watched.xRealloc = allocateAgain;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &watched);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
    sqlite3_initialize();
}

FaultMemory::~FaultMemory() {
    sqlite3_shutdown();
    sqlite3_config(SQLITE_CONFIG_MALLOC, &s_ownMemory);
    sqlite3_config(SQLITE_CONFIG_LOOKASIDE, kLookasideBytes, kLookasideSlots);
    sqlite3_initialize();
}

}  // namespace hezhang::test
