// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_box.h"

#include "tests/support/fault_vfs.h"

namespace hezhang::test {
namespace {

// A database that was made and closed: to make one for each store would be a seventh of a simulation's time.
const Bytes& emptyStore() {
    static const Bytes bytes = [] {
        const std::string path = "/made/once/empty.db";
        FaultDisk disk(path, Account::kept, Medium::memory);
        must(sync::SqliteStore::open(path, storage::Access::create));
        return disk.contentAt(path);
    }();
    return bytes;
}

}  // namespace

StoreBox::StoreBox(StoreKind kind, TemporaryFolder& folder) {
    if (kind == StoreKind::memory) {
        m_inner = std::make_unique<sync::MemoryStore>();
    } else {
        static const FaultVfs vfs;
        m_path = folder.fresh("store.db");
        m_disk = std::make_unique<FaultDisk>(m_path, Account::kept, Medium::memory);
        m_disk->holdOnly(m_path, emptyStore());
        openFile();
    }
    m_flaky = std::make_unique<FlakyStore>(*m_inner);
}

void StoreBox::openFile() {
    m_inner = must(sync::SqliteStore::open(m_path, storage::Access::create));
    if (m_flaky) {
        m_flaky->setInner(*m_inner);
    }
    if (m_whenOpened) {
        m_whenOpened(dynamic_cast<sync::SqliteStore&>(*m_inner));
    }
}

void StoreBox::whenOpened(std::function<void(sync::SqliteStore&)> told) {
    m_whenOpened = std::move(told);
    m_whenOpened(dynamic_cast<sync::SqliteStore&>(*m_inner));
}

StoreBox::Snapshot StoreBox::snapshot() {
    if (auto* memory = dynamic_cast<sync::MemoryStore*>(m_inner.get())) {
        return memory->snapshot();
    }
    return std::make_shared<const Bytes>(FaultVfs::imageOn(*m_disk));
}

void StoreBox::restore(const Snapshot& snapshot) {
    if (const auto* copy = std::get_if<std::shared_ptr<const Bytes>>(&snapshot)) {
        m_inner.reset();
        m_disk->holdOnly(m_path, **copy);
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
    if (m_disk == nullptr) {
        return {};
    }
    const Bytes log = m_disk->contentAt(m_path + "-wal");
    return std::string(textOf(m_disk->contentAt(m_path))).append(textOf(log));
}

}  // namespace hezhang::test
