// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What our own code asks of a disk for files that are no databases (drafts, guard, notes, blobs, renames),
// watched by the linker: a program that is linked with --wrap=NAME for the names below comes by here.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <filesystem>
#include <map>

#include "tests/support/fault_disk.h"

using hezhang::BytesView;
using hezhang::test::DiskCall;
using hezhang::test::DiskFault;
using hezhang::test::FaultDisk;

namespace {

struct OpenFile {
    FaultDisk* disk = nullptr;
    int file = -1;  // of the disk; -1: a folder
    std::string path;
};

// By descriptor. One that was closed and is used for something else is opened here again first.
std::map<int, OpenFile>& openFiles() {
    static std::map<int, OpenFile> all;
    return all;
}

OpenFile* openFile(int descriptor) {
    const auto found = openFiles().find(descriptor);
    return found == openFiles().end() || found->second.disk == nullptr ? nullptr : &found->second;
}

int refused(DiskFault fault) {
    errno = fault == DiskFault::full ? ENOSPC : EIO;
    return -1;
}

bool isThere(const char* path) {
    return ::access(path, F_OK) == 0;
}

}  // namespace

// The names are the linker's.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

int __real_open(const char* path, int flags, ...);
ssize_t __real_write(int descriptor, const void* bytes, size_t size);
ssize_t __real_pwrite(int descriptor, const void* bytes, size_t size, off_t offset);
int __real_ftruncate(int descriptor, off_t size);
int __real_fsync(int descriptor);
int __real_rename(const char* from, const char* to);
int __real_link(const char* from, const char* to);
int __real_unlink(const char* path);
int __real_remove(const char* path);

int __wrap_open(const char* path, int flags, ...) {
    va_list arguments;
    va_start(arguments, flags);
    const auto mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    FaultDisk* disk = FaultDisk::of(path);
    const bool isMade = disk != nullptr && (flags & O_CREAT) != 0 && !isThere(path);
    const bool isForWriting = (flags & (O_WRONLY | O_RDWR)) != 0;
    if (disk != nullptr && isForWriting && (isMade || !disk->isAboutSpace())) {
        if (const auto fault = disk->ask(DiskCall::fileOpen)) {
            return refused(*fault);
        }
    }
    const int descriptor = __real_open(path, flags, mode);
    if (descriptor < 0) {
        return descriptor;
    }
    OpenFile one{disk, -1, path};
    if (disk != nullptr && !std::filesystem::is_directory(path)) {
        if (isMade) {
            disk->noteMade(path);
        }
        one.file = disk->fileAt(path);
        if ((flags & O_TRUNC) != 0 && !isMade) {
            disk->noteTruncated(one.file, 0);
        }
    }
    openFiles()[descriptor] = one;
    return descriptor;
}

ssize_t __wrap_pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    const OpenFile* file = openFile(descriptor);
    if (file == nullptr) {
        return __real_pwrite(descriptor, bytes, size, offset);
    }
    const auto fault = file->disk->ask(DiskCall::fileWrite);
    const size_t room = fault == DiskFault::full ? size / 2 : 0;
    if (fault && room == 0) {
        return refused(*fault);
    }
    const ssize_t written = __real_pwrite(descriptor, bytes, fault ? room : size, offset);
    if (written > 0) {
        file->disk->noteWritten(
            file->file, static_cast<std::uint64_t>(offset),
            BytesView(static_cast<const std::uint8_t*>(bytes), static_cast<std::size_t>(written)));
    }
    return written;
}

ssize_t __wrap_write(int descriptor, const void* bytes, size_t size) {
    if (openFile(descriptor) == nullptr) {
        return __real_write(descriptor, bytes, size);
    }
    const off_t at = ::lseek(descriptor, 0, SEEK_CUR);
    const ssize_t written = __wrap_pwrite(descriptor, bytes, size, at);
    if (written > 0) {
        ::lseek(descriptor, at + written, SEEK_SET);
    }
    return written;
}

int __wrap_ftruncate(int descriptor, off_t size) {
    const int done = __real_ftruncate(descriptor, size);
    if (OpenFile* file = openFile(descriptor); file != nullptr && done == 0) {
        file->disk->noteTruncated(file->file, static_cast<std::uint64_t>(size));
    }
    return done;
}

int __wrap_fsync(int descriptor) {
    OpenFile* file = openFile(descriptor);
    if (file == nullptr) {
        return __real_fsync(descriptor);
    }
    if (const auto fault = file->disk->ask(DiskCall::fileSync)) {
        return refused(*fault);
    }
    if (file->file >= 0) {
        file->disk->noteSynced(file->file);
    } else {
        file->disk->noteFolderSynced(file->path);
    }
    return 0;
}

int __wrap_rename(const char* from, const char* to) {
    FaultDisk* disk = FaultDisk::of(to);
    if (disk != nullptr) {
        if (const auto fault = disk->ask(DiskCall::fileMove)) {
            return refused(*fault);
        }
    }
    const int done = __real_rename(from, to);
    if (disk != nullptr && done == 0) {
        disk->noteMoved(from, to);
    }
    return done;
}

int __wrap_link(const char* from, const char* to) {
    FaultDisk* disk = FaultDisk::of(to);
    if (disk != nullptr) {
        // One more name wants room.
        const bool isAboutSpace = disk->isAboutSpace();
        if (const auto fault = disk->ask(isAboutSpace ? DiskCall::fileOpen : DiskCall::fileMove)) {
            return refused(*fault);
        }
    }
    const int done = __real_link(from, to);
    if (disk != nullptr && done == 0) {
        disk->noteLinked(from, to);
    }
    return done;
}

int __wrap_unlink(const char* path) {
    FaultDisk* disk = FaultDisk::of(path);
    if (disk != nullptr && isThere(path)) {
        if (const auto fault = disk->ask(DiskCall::fileRemove)) {
            return refused(*fault);
        }
    }
    const int done = __real_unlink(path);
    if (disk != nullptr && done == 0) {
        disk->noteRemoved(path);
    }
    return done;
}

int __wrap_remove(const char* path) {
    return FaultDisk::of(path) != nullptr ? __wrap_unlink(path) : __real_remove(path);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
