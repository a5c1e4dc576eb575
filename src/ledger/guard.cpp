// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/guard.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "src/ledger/files.h"

namespace hezhang::ledger {
namespace {

constexpr std::size_t kGuardBytesMax = 1024 * 1024;

std::string guardPath(const std::string& folder) { return folder + "/guard"; }

std::optional<FileIdentity> identityOf(const std::string& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) {
        return std::nullopt;
    }
    return FileIdentity{static_cast<std::uint64_t>(info.st_dev), static_cast<std::uint64_t>(info.st_ino)};
}

}  // namespace

// It stays as it is for as long as the machine runs.
static std::string readMachineId() {
    const auto content = readFile("/etc/machine-id", 256);
    std::string id = content ? std::string(textOf(*content)) : std::string();
    while (!id.empty() && id.back() == '\n') {
        id.pop_back();
    }
    return id;
}

std::string machineId() {
    static const std::string id = readMachineId();
    return id;
}

std::optional<Guard> readGuard(const std::string& folder) {
    const auto bytes = readFile(guardPath(folder), kGuardBytesMax);
    if (!bytes) {
        return std::nullopt;
    }
    auto guard = sync::decode<Guard>(*bytes, "guard");
    const auto self = identityOf(guardPath(folder));
    if (!guard || !self || guard->self != *self) {
        return std::nullopt;
    }
    return *std::move(guard);
}

// The identity of a file is known only once it exists: it is made empty, asked, and then filled. A crash in between leaves a guard that
// is not readable, which opens new lanes and loses nothing.
Result<FileIdentity> replaceGuard(const std::string& folder, const std::vector<sync::LaneTip>& offered) {
    const std::string fresh = guardPath(folder) + ".new";
    ::unlink(fresh.c_str());
    HZ_CHECK(writeInPlace(fresh, {}));
    Guard guard;
    guard.machine = machineId();
    guard.offered = offered;
    const auto self = identityOf(fresh);
    if (!self) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write " + fresh));
    }
    guard.self = *self;
    HZ_CHECK(writeInPlace(fresh, sync::encode(guard)));
    if (::rename(fresh.c_str(), guardPath(folder).c_str()) != 0) {
        return fail(errnoError(errno, ErrorCode::fileUnwritable, "cannot write the guard of " + folder));
    }
    HZ_CHECK(syncFolder(folder));
    return *self;
}

}  // namespace hezhang::ledger
