// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_box.h"

#include <fstream>
#include <sstream>

#include "tests/support/fault_vfs.h"

namespace hezhang::test {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

// A database that was made and closed: to make one for each store would be a seventh of a simulation's time.
const std::string& emptyStore(TemporaryFolder& folder) {
    static const std::string bytes = [&folder] {
        const std::filesystem::path path = folder.fresh("empty.db");
        must(sync::SqliteStore::open(path.string(), storage::Access::create));
        return contentOf(path);
    }();
    return bytes;
}

}  // namespace

StoreBox::StoreBox(StoreKind kind, TemporaryFolder& folder) : m_folder(folder) {
    if (kind == StoreKind::memory) {
        m_inner = std::make_unique<sync::MemoryStore>();
    } else {
        static const FaultVfs vfs;
        m_path = m_folder.fresh("store.db");
        std::ofstream(m_path, std::ios::binary) << emptyStore(m_folder);
        m_disk = std::make_unique<FaultDisk>(m_path);
        openFile();
    }
    m_flaky = std::make_unique<FlakyStore>(*m_inner);
}

void StoreBox::openFile() {
    m_inner = must(sync::SqliteStore::open(m_path.string(), storage::Access::create));
    if (m_flaky) {
        m_flaky->setInner(*m_inner);
    }
}

StoreBox::Snapshot StoreBox::snapshot() {
    if (auto* memory = dynamic_cast<sync::MemoryStore*>(m_inner.get())) {
        return memory->snapshot();
    }
    const std::filesystem::path copy = m_folder.fresh("snapshot");
    must(dynamic_cast<sync::SqliteStore&>(*m_inner).database().backupTo(copy.string()));
    return copy;
}

void StoreBox::restore(const Snapshot& snapshot) {
    if (const auto* copy = std::get_if<std::filesystem::path>(&snapshot)) {
        m_inner.reset();
        std::filesystem::remove(m_path);
        std::filesystem::remove(m_path.string() + "-wal");
        std::filesystem::remove(m_path.string() + "-shm");
        std::filesystem::copy_file(*copy, m_path);
        m_disk->keep();
        openFile();
    } else {
        dynamic_cast<sync::MemoryStore&>(*m_inner).restore(std::get<sync::MemoryStore::Snapshot>(snapshot));
    }
    mend();
}

void StoreBox::breakAfter(std::uint64_t calls, DiskFault how) {
    m_planned = how;
    if (m_disk == nullptr) {
        m_flaky->failAfter(calls);
        return;
    }
    m_disk->plan({.calls = how == DiskFault::full ? only(DiskCall::write) : kAllCalls,
                  .at = calls + 1,
                  .how = how,
                  .isLasting = true});
}

void StoreBox::mend() {
    m_flaky->mend();
    if (m_disk != nullptr && !isOff()) {
        m_disk->mend();
    }
}

bool StoreBox::isOff() const {
    return m_disk != nullptr && m_planned == DiskFault::powerOff && m_disk->isReached();
}

void StoreBox::cutPower(std::uint64_t seed) {
    m_flaky->rollback();
    if (m_disk != nullptr) {
        // Before it is closed, which would flush what lies in the log.
        breakAfter(0, DiskFault::powerOff);
        m_inner.reset();
        m_disk->cutPower(seed);
        openFile();
    }
    m_flaky->mend();
}

void StoreBox::scrub() {
    if (auto* sqlite = dynamic_cast<sync::SqliteStore*>(m_inner.get())) {
        must(sqlite->database().scrub());
    }
}

std::string StoreBox::fileBytes() const {
    return m_path.empty() ? std::string{} : contentOf(m_path) + contentOf(m_path.string() + "-wal");
}

}  // namespace hezhang::test
