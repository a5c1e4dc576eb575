// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/store_box.h"

#include <fstream>
#include <sstream>

namespace hezhang::test {
namespace {

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::stringstream content;
    content << file.rdbuf();
    return content.str();
}

}  // namespace

StoreBox::StoreBox(StoreKind kind, TemporaryFolder& folder) : m_folder(folder) {
    if (kind == StoreKind::memory) {
        m_inner = std::make_unique<sync::MemoryStore>();
    } else {
        m_path = m_folder.fresh("store");
        openFile();
    }
    m_flaky = std::make_unique<FlakyStore>(*m_inner);
}

void StoreBox::openFile() {
    auto opened = must(sync::SqliteStore::open(m_path.string(), storage::Access::create));
    must(opened->database().exec("PRAGMA synchronous = OFF"));
    m_inner = std::move(opened);
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
        openFile();
        m_flaky->setInner(*m_inner);
    } else {
        dynamic_cast<sync::MemoryStore&>(*m_inner).restore(std::get<sync::MemoryStore::Snapshot>(snapshot));
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
