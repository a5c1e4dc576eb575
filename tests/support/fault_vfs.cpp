// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_vfs.h"

#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <new>
#include <stdexcept>

#include "tests/support/fault_disk.h"

namespace hezhang::test {
namespace {

sqlite3_vfs* s_system = nullptr;
int s_errno = 0;  // of the last call that was refused

// What stands at the start of SQLite's file object; the system's own file follows it.
struct WatchedFile {
    sqlite3_file base;
    FaultDisk* disk;
    int file;
    bool isNewJournal;
    std::string* folder;
};

WatchedFile& watched(sqlite3_file* file) {
    return *reinterpret_cast<WatchedFile*>(file);
}
sqlite3_file* systems(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<WatchedFile*>(file) + 1);
}

int refused(DiskFault fault, int ioError) {
    s_errno = fault == DiskFault::full ? ENOSPC : EIO;
    return ioError;
}

// Who has the database of a disk in memory open.
std::map<const FaultDisk*, sqlite3*>& connections() {
    static std::map<const FaultDisk*, sqlite3*> all;
    return all;
}

int noteConnection(sqlite3* database, char**, const struct sqlite3_api_routines*) {
    const FaultDisk* disk = FaultDisk::of(sqlite3_db_filename(database, "main"));
    if (disk != nullptr && disk->isInMemory()) {
        connections()[disk] = database;
    }
    return SQLITE_OK;
}

int closeFile(sqlite3_file* file) {
    sqlite3_file* real = systems(file);
    const int code = real->pMethods->xClose(real);
    delete watched(file).folder;
    return code;
}

// Of a byte that holds something: most of a page is often empty.
void flipBit(std::uint8_t* bytes, std::size_t size, std::uint64_t seed) {
    SeededRandom random(seed);
    std::size_t at = random.below(size);
    for (std::size_t tries = 0; bytes[at] == 0 && tries < size; ++tries) {
        at = (at + 1) % size;
    }
    bytes[at] = static_cast<std::uint8_t>(bytes[at] ^ (1U << random.below(8)));
}

int readFile(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    sqlite3_file* real = systems(file);
    FaultDisk& disk = *watched(file).disk;
    const auto fault = disk.ask(DiskCall::read);
    if (fault == DiskFault::ioError) {
        return refused(*fault, SQLITE_IOERR_READ);
    }
    const int code = real->pMethods->xRead(real, bytes, size, offset);
    if (fault == DiskFault::flip && (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ)) {
        flipBit(static_cast<std::uint8_t*>(bytes), static_cast<std::size_t>(size), disk.seed());
    }
    return code;
}

int writeFile(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    WatchedFile& one = watched(file);
    sqlite3_file* real = systems(file);
    const auto fault = one.disk->ask(DiskCall::write);
    if (fault == DiskFault::powerOff) {
        return refused(*fault, SQLITE_IOERR_WRITE);
    }
    const int written = fault ? size / 2 : size;
    const int code = written > 0 ? real->pMethods->xWrite(real, bytes, written, offset) : SQLITE_OK;
    if (code == SQLITE_OK) {
        one.disk->noteWritten(
            one.file, static_cast<std::uint64_t>(offset),
            BytesView(static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(written)));
    }
    if (fault) {
        return refused(*fault, *fault == DiskFault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE);
    }
    return code;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    WatchedFile& one = watched(file);
    sqlite3_file* real = systems(file);
    if (const auto fault = one.disk->ask(DiskCall::truncate)) {
        return refused(*fault, SQLITE_IOERR_TRUNCATE);
    }
    const int code = real->pMethods->xTruncate(real, size);
    if (code == SQLITE_OK) {
        one.disk->noteTruncated(one.file, static_cast<std::uint64_t>(size));
    }
    return code;
}

int syncFile(sqlite3_file* file, int) {
    WatchedFile& one = watched(file);
    if (const auto fault = one.disk->ask(DiskCall::sync)) {
        return refused(*fault, SQLITE_IOERR_FSYNC);
    }
    one.disk->noteSynced(one.file);
    // The first sync of a new journal flushes its name too, as the system's VFS does.
    if (one.isNewJournal) {
        one.isNewJournal = false;
        one.disk->noteFolderSynced(*one.folder);
    }
    return SQLITE_OK;
}

int sizeOfFile(sqlite3_file* file, sqlite3_int64* size) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xFileSize(real, size);
}
int lockFile(sqlite3_file* file, int kind) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xLock(real, kind);
}
int unlockFile(sqlite3_file* file, int kind) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xUnlock(real, kind);
}
int checkReserved(sqlite3_file* file, int* isReserved) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xCheckReservedLock(real, isReserved);
}
int controlFile(sqlite3_file* file, int what, void* argument) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xFileControl(real, what, argument);
}
int sectorSize(sqlite3_file* file) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xSectorSize(real);
}
int characteristics(sqlite3_file* file) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xDeviceCharacteristics(real);
}

int mapShared(sqlite3_file* file, int region, int size, int isExtended, void volatile** memory) {
    sqlite3_file* real = systems(file);
    FaultDisk& disk = *watched(file).disk;
    if (isExtended != 0 || !disk.isAboutSpace()) {
        if (const auto fault = disk.ask(DiskCall::map); fault && *fault != DiskFault::powerOff) {
            *memory = nullptr;
            return refused(*fault, *fault == DiskFault::full ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP);
        }
    }
    return real->pMethods->xShmMap(real, region, size, isExtended, memory);
}
int lockShared(sqlite3_file* file, int offset, int count, int flags) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xShmLock(real, offset, count, flags);
}
void barrier(sqlite3_file* file) {
    sqlite3_file* real = systems(file);
    real->pMethods->xShmBarrier(real);
}
int unmapShared(sqlite3_file* file, int isDeleted) {
    sqlite3_file* real = systems(file);
    return real->pMethods->xShmUnmap(real, isDeleted);
}

// Version 2: files are not mapped into memory, every write is seen.
const sqlite3_io_methods kMethods{2,           closeFile,   readFile,        writeFile,  truncateFile,
                                  syncFile,    sizeOfFile,  lockFile,        unlockFile, checkReserved,
                                  controlFile, sectorSize,  characteristics, mapShared,  lockShared,
                                  barrier,     unmapShared, nullptr,         nullptr};

// -- files of a disk in memory: one connection at a time has them open, so nobody waits for a lock

int closeHeld(sqlite3_file* file) {
    delete watched(file).folder;
    return SQLITE_OK;
}

int readHeld(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    const Bytes& content = watched(file).disk->contentOf(watched(file).file);
    const auto from = std::min(static_cast<std::size_t>(offset), content.size());
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t got = std::min(wanted, content.size() - from);
    if (got > 0) {
        std::memcpy(bytes, content.data() + from, got);
    }
    std::memset(static_cast<std::uint8_t*>(bytes) + got, 0, wanted - got);
    return got < wanted ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
}

int writeHeld(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    WatchedFile& one = watched(file);
    const auto fault = one.disk->ask(DiskCall::write);
    if (fault == DiskFault::powerOff) {
        return refused(*fault, SQLITE_IOERR_WRITE);
    }
    const int written = fault ? size / 2 : size;
    one.disk->write(one.file, static_cast<std::uint64_t>(offset),
                    BytesView(static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(written)));
    return fault ? refused(*fault, *fault == DiskFault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE) : SQLITE_OK;
}

int truncateHeld(sqlite3_file* file, sqlite3_int64 size) {
    WatchedFile& one = watched(file);
    if (const auto fault = one.disk->ask(DiskCall::truncate)) {
        return refused(*fault, SQLITE_IOERR_TRUNCATE);
    }
    one.disk->truncate(one.file, static_cast<std::uint64_t>(size));
    return SQLITE_OK;
}

int sizeOfHeld(sqlite3_file* file, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(watched(file).disk->contentOf(watched(file).file).size());
    return SQLITE_OK;
}
int lockHeld(sqlite3_file*, int) {
    return SQLITE_OK;
}
int checkHeldReserved(sqlite3_file*, int* isReserved) {
    *isReserved = 0;
    return SQLITE_OK;
}
int controlHeld(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
// As the system's.
int sectorOfHeld(sqlite3_file*) {
    return 4096;
}
int characteristicsOfHeld(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}
int mapHeld(sqlite3_file* file, int region, int size, int isExtended, void volatile** memory) {
    FaultDisk& disk = *watched(file).disk;
    *memory = nullptr;
    if (isExtended != 0 || !disk.isAboutSpace()) {
        if (const auto fault = disk.ask(DiskCall::map); fault && *fault != DiskFault::powerOff) {
            return refused(*fault, *fault == DiskFault::full ? SQLITE_IOERR_SHMSIZE : SQLITE_IOERR_SHMMAP);
        }
    }
    if (static_cast<std::size_t>(size) != std::tuple_size_v<FaultDisk::Region>) {
        return SQLITE_IOERR_SHMSIZE;
    }
    FaultDisk::Region* mapped = disk.region(static_cast<std::size_t>(region), isExtended != 0);
    *memory = mapped == nullptr ? nullptr : mapped->data();
    return SQLITE_OK;
}
int lockHeldShared(sqlite3_file*, int, int, int) {
    return SQLITE_OK;
}
void heldBarrier(sqlite3_file*) {}
int unmapHeld(sqlite3_file* file, int) {
    watched(file).disk->forgetRegions();
    return SQLITE_OK;
}

const sqlite3_io_methods kHeldMethods{2,
                                      closeHeld,
                                      readHeld,
                                      writeHeld,
                                      truncateHeld,
                                      syncFile,
                                      sizeOfHeld,
                                      lockHeld,
                                      lockHeld,
                                      checkHeldReserved,
                                      controlHeld,
                                      sectorOfHeld,
                                      characteristicsOfHeld,
                                      mapHeld,
                                      lockHeldShared,
                                      heldBarrier,
                                      unmapHeld,
                                      nullptr,
                                      nullptr};

bool isThere(const FaultDisk& disk, const char* path) {
    return disk.isInMemory() ? disk.has(path) : ::access(path, F_OK) == 0;
}

int openFile(sqlite3_vfs*, const char* path, sqlite3_file* file, int flags, int* outFlags) {
    FaultDisk* disk = FaultDisk::of(path);
    if (disk == nullptr) {
        return s_system->xOpen(s_system, path, file, flags, outFlags);
    }
    file->pMethods = nullptr;
    const bool isMade = (flags & SQLITE_OPEN_CREATE) != 0 && !isThere(*disk, path);
    if (isMade || !disk->isAboutSpace()) {
        const auto fault = disk->ask(DiskCall::open);
        if (fault && (isMade || *fault != DiskFault::powerOff)) {
            return refused(*fault, SQLITE_CANTOPEN);
        }
    }
    s_errno = 0;
    if (disk->isInMemory()) {
        if (!isMade && !disk->has(path)) {
            return SQLITE_CANTOPEN;
        }
        if (outFlags != nullptr) {
            *outFlags = flags;
        }
    } else {
        const int code = s_system->xOpen(s_system, path, systems(file), flags, outFlags);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    const bool isJournal = (flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) != 0;
    if (isMade) {
        disk->noteMade(path);
    }
    ::new (file) WatchedFile{{disk->isInMemory() ? &kHeldMethods : &kMethods},
                             disk,
                             disk->fileAt(path),
                             isMade && isJournal,
                             new std::string(std::filesystem::path(path).parent_path().string())};
    return SQLITE_OK;
}

int removeFile(sqlite3_vfs*, const char* path, int isFolderSynced) {
    FaultDisk* disk = FaultDisk::of(path);
    if (disk == nullptr) {
        return s_system->xDelete(s_system, path, isFolderSynced);
    }
    if (const auto fault = disk->ask(DiskCall::remove)) {
        return refused(*fault, SQLITE_IOERR_DELETE);
    }
    const int code = disk->isInMemory() ? (disk->has(path) ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT)
                                        : s_system->xDelete(s_system, path, 0);
    if (code == SQLITE_OK) {
        disk->noteRemoved(path);
        if (isFolderSynced != 0) {
            disk->noteFolderSynced(std::filesystem::path(path).parent_path().string());
        }
    }
    return code;
}

int accessFile(sqlite3_vfs*, const char* path, int what, int* answer) {
    const FaultDisk* disk = FaultDisk::of(path);
    if (disk == nullptr || !disk->isInMemory()) {
        return s_system->xAccess(s_system, path, what, answer);
    }
    // An empty file counts as none, as with the system's VFS.
    const bool isThere = disk->has(path);
    *answer = isThere && (what != SQLITE_ACCESS_EXISTS || !disk->contentAt(path).empty()) ? 1 : 0;
    return SQLITE_OK;
}

int wholePath(sqlite3_vfs*, const char* path, int size, char* whole) {
    const FaultDisk* disk = FaultDisk::of(path);
    if (disk == nullptr || !disk->isInMemory()) {
        return s_system->xFullPathname(s_system, path, size, whole);
    }
    sqlite3_snprintf(size, whole, "%s", path);
    return SQLITE_OK;
}

int lastError(sqlite3_vfs*, int size, char* text) {
    return s_errno != 0 ? s_errno : s_system->xGetLastError(s_system, size, text);
}

}  // namespace

FaultVfs::FaultVfs() {
    s_system = sqlite3_vfs_find("unix");
    s_errno = 0;
    m_vfs = new sqlite3_vfs(*s_system);
    m_vfs->szOsFile = static_cast<int>(sizeof(WatchedFile)) + s_system->szOsFile;
    m_vfs->pNext = nullptr;
    m_vfs->zName = "hezhang-fault";
    m_vfs->xOpen = openFile;
    m_vfs->xDelete = removeFile;
    m_vfs->xAccess = accessFile;
    m_vfs->xFullPathname = wholePath;
    m_vfs->xGetLastError = lastError;
    sqlite3_vfs_register(m_vfs, 1);
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(noteConnection));
}

Bytes FaultVfs::imageOn(const FaultDisk& disk) {
    sqlite3_int64 size = 0;
    std::uint8_t* image = sqlite3_serialize(connections().at(&disk), "main", &size, 0);
    if (image == nullptr) {
        throw std::runtime_error("a database on a disk in memory cannot be copied");
    }
    Bytes bytes(image, image + size);
    sqlite3_free(image);
    return bytes;
}

FaultVfs::~FaultVfs() {
    sqlite3_cancel_auto_extension(reinterpret_cast<void (*)()>(noteConnection));
    sqlite3_vfs_unregister(m_vfs);
    sqlite3_vfs_register(s_system, 1);
    delete m_vfs;
}

}  // namespace hezhang::test
