// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// SQLite's files on a FaultDisk: a VFS over the system's own. It is the default one while it lives, so the
// code under test opens its databases as ever; files of no FaultDisk pass by untouched.
//
// Shape:   a call that the disk refuses gives the code that SQLite's own VFS gives: an I/O error of its kind,
//          SQLITE_FULL for a write without space. A refused write has put down its first half. Syncs are not
//          passed on: the disk's own account of them is what counts.
// Errors:  none.
// Threads: one.
#pragma once

#include "sync/base/bytes.h"

struct sqlite3_vfs;

namespace hezhang::test {

class FaultDisk;

class FaultVfs {
public:
    FaultVfs();
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;
    // REQUIRES: no database is open that was opened through it.
    ~FaultVfs();

    // The database on a disk in memory, as whoever has it open sees it. REQUIRES: one has, outside a
    // transaction.
    [[nodiscard]] static Bytes imageOn(const FaultDisk& disk);

private:
    sqlite3_vfs* m_vfs;
};

}  // namespace hezhang::test
