// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fault_disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <stdexcept>

namespace hezhang::test {
namespace {

constexpr std::size_t kSector = 512;

std::vector<FaultDisk*>& disks() {
    static std::vector<FaultDisk*> all;
    return all;
}

bool endsWith(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string folderOf(const std::string& path) {
    return std::filesystem::path(path).parent_path().string();
}

Bytes bytesOfFile(const std::string& path) {
    const FaultDisk::Elsewhere own;
    std::error_code error;
    const auto size = std::filesystem::file_size(path, error);
    Bytes content(error ? 0 : size);
    const int file = content.empty() ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file >= 0) {
        const ssize_t got = ::pread(file, content.data(), content.size(), 0);
        content.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        ::close(file);
    }
    return content;
}

// Over what is there, which costs a third of a new file.
void writeTo(const std::string& path, const Bytes& content) {
    const FaultDisk::Elsewhere own;
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    const bool isWritten =
        file >= 0 &&
        ::pwrite(file, content.data(), content.size(), 0) == static_cast<ssize_t>(content.size()) &&
        ::ftruncate(file, static_cast<off_t>(content.size())) == 0;
    if (file >= 0) {
        ::close(file);
    }
    if (!isWritten) {
        throw std::runtime_error("the fault disk cannot write " + path);
    }
}

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word) {
    hash = (hash ^ word) * 0x9E3779B97F4A7C15ULL;
    return hash ^ (hash >> 29);
}

std::uint64_t mixed(std::uint64_t hash, const std::uint8_t* bytes, std::size_t size) {
    std::size_t at = 0;
    for (; at + 8 <= size; at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes + at, 8);
        hash = mixed(hash, word);
    }
    for (; at < size; ++at) {
        hash = mixed(hash, bytes[at]);
    }
    return mixed(hash, size);
}

}  // namespace

FaultDisk::FaultDisk(std::filesystem::path path, Account account, Medium medium)
    : m_path(std::move(path)), m_keepers(m_path.string() + "~keepers"), m_account(account), m_medium(medium) {
    if (m_account == Account::kept && !isInMemory()) {
        std::filesystem::create_directories(m_keepers);
        keep();
    }
    disks().push_back(this);
}

FaultDisk::~FaultDisk() {
    std::erase(disks(), this);
    if (!isInMemory()) {
        std::error_code ignored;
        std::filesystem::remove_all(m_keepers, ignored);
    }
}

FaultDisk* FaultDisk::of(const char* path) {
    if (path == nullptr || Elsewhere::isAtWork()) {
        return nullptr;
    }
    for (FaultDisk* disk : disks()) {
        if (disk->isOurs(path)) {
            return disk;
        }
    }
    return nullptr;
}

FaultDisk* FaultDisk::latest() {
    return Elsewhere::isAtWork() || disks().empty() ? nullptr : disks().back();
}

bool FaultDisk::isOurs(std::string_view path) const {
    const std::string& start = m_path.native();
    return path.starts_with(start) && (path.size() == start.size() || path[start.size()] == '/' ||
                                       path[start.size()] == '-' || path[start.size()] == '.');
}

// A map of a database is made anew by whoever opens it first; locks hold nothing.
bool FaultDisk::isWatched(const std::string& name) const {
    return isOurs(name) && !endsWith(name, "-shm");
}

std::vector<std::string> FaultDisk::found() const {
    std::vector<std::string> all;
    const std::filesystem::path from = std::filesystem::is_directory(m_path) ? m_path : m_path.parent_path();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(from)) {
        if (entry.is_regular_file() && isWatched(entry.path().string())) {
            all.push_back(entry.path().string());
        }
    }
    std::sort(all.begin(), all.end());
    return all;
}

std::uint64_t FaultDisk::fingerprint() const {
    std::uint64_t hash = 1;
    for (const std::string& path : found()) {
        const Bytes content = bytesOfFile(path);
        hash = mixed(hash, reinterpret_cast<const std::uint8_t*>(path.data()), path.size());
        hash = mixed(hash, content.data(), content.size());
    }
    return hash;
}

// -- in memory

void FaultDisk::holdOnly(const std::string& path, BytesView content) {
    m_files.clear();
    m_nameChanges.clear();
    m_files.emplace_back().content = copyOf(content);
    m_names = {{path, 0}};
    m_flushedNames = m_names;
    plan({});
}

Bytes FaultDisk::contentAt(const std::string& path) const {
    const auto found = m_names.find(path);
    return found == m_names.end() ? Bytes{} : contentOf(found->second);
}

void FaultDisk::write(int file, std::uint64_t offset, BytesView bytes) {
    File& one = m_files[static_cast<std::size_t>(file)];
    const std::size_t before = one.content.size();
    const std::uint64_t end = offset + bytes.size();
    const auto there = std::min<std::uint64_t>(offset, before);
    const BytesView replaced =
        BytesView(one.content).subspan(there, std::min<std::uint64_t>(end, before) - there);
    one.undo.push_back({++m_serial, false, offset, bytes.size(), before, copyOf(replaced)});
    if (before < end) {
        one.content.resize(end);
    }
    std::copy(bytes.begin(), bytes.end(), one.content.begin() + static_cast<std::ptrdiff_t>(offset));
}

void FaultDisk::truncate(int file, std::uint64_t size) {
    File& one = m_files[static_cast<std::size_t>(file)];
    const std::size_t before = one.content.size();
    const BytesView gone = BytesView(one.content).subspan(std::min<std::uint64_t>(size, before));
    one.undo.push_back({++m_serial, true, size, 0, before, copyOf(gone)});
    one.content.resize(size);
}

// From the last change back to what was flushed: what each wrote stands there when those after it are undone.
void FaultDisk::unfold(File& file) {
    file.changes.clear();
    for (auto undo = file.undo.rbegin(); undo != file.undo.rend(); ++undo) {
        Change change{undo->serial, undo->isTruncation, undo->offset, {}};
        if (!undo->isTruncation) {
            change.bytes = copyOf(BytesView(file.content).subspan(undo->offset, undo->size));
        }
        file.changes.push_back(std::move(change));
        file.content.resize(undo->sizeBefore);
        const auto there = std::min(undo->offset, undo->sizeBefore);
        std::copy(undo->bytes.begin(), undo->bytes.end(),
                  file.content.begin() + static_cast<std::ptrdiff_t>(there));
    }
    std::reverse(file.changes.begin(), file.changes.end());
    file.undo.clear();
    file.flushed = std::move(file.content);
}

FaultDisk::Region* FaultDisk::region(std::size_t number, bool isMade) {
    while (isMade && m_regions.size() <= number) {
        m_regions.push_back(std::make_unique<Region>());
    }
    return number < m_regions.size() ? m_regions[number].get() : nullptr;
}

// A guard knows its file by the inode: it has to stay the same one. Databases are known by their names.
void FaultDisk::keepInode(int file, const std::string& path) {
    File& one = m_files[static_cast<std::size_t>(file)];
    if (!one.keeper.empty() || path.find(".db") != std::string::npos) {
        return;
    }
    std::string keeper = (m_keepers / std::to_string(m_nextKeeper++)).string();
    std::error_code error;
    std::filesystem::create_hard_link(path, keeper, error);
    if (!error) {
        one.keeper = keeper;
        m_ownKeepers.push_back(keeper);
    }
}

void FaultDisk::keep() {
    m_files.clear();
    m_names.clear();
    m_nameChanges.clear();
    m_ownKeepers.clear();
    for (const std::string& path : found()) {
        m_names[path] = static_cast<int>(m_files.size());
        m_files.emplace_back().flushed = bytesOfFile(path);
        keepInode(m_names[path], path);
    }
    m_flushedNames = m_names;
    m_kept = m_files;
    m_keptNames = m_names;
    m_ownKeepers.clear();  // these stay
    plan({});
}

void FaultDisk::putBack(const Names& names, const std::vector<Bytes>& contents) {
    if (isInMemory()) {
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            m_files[i].content = contents[i];
            m_files[i].flushed = {};
        }
        return;
    }
    std::error_code ignored;
    for (const std::string& path : found()) {
        // A second name of the same file would be written over too.
        if (!names.contains(path) || std::filesystem::hard_link_count(path, ignored) > 1) {
            std::filesystem::remove(path, ignored);
        }
        std::filesystem::remove(path + "-shm", ignored);
    }
    for (const auto& [path, file] : names) {
        const auto index = static_cast<std::size_t>(file);
        std::filesystem::create_directories(folderOf(path));
        if (m_files[index].keeper.empty()) {
            writeTo(path, contents[index]);
        } else {
            writeTo(m_files[index].keeper, contents[index]);
            std::filesystem::remove(path, ignored);
            std::filesystem::create_hard_link(m_files[index].keeper, path);
        }
    }
}

void FaultDisk::reset() {
    for (const std::string& keeper : m_ownKeepers) {
        std::error_code ignored;
        std::filesystem::remove(keeper, ignored);
    }
    m_ownKeepers.clear();
    m_files = m_kept;
    m_names = m_keptNames;
    m_flushedNames = m_keptNames;
    m_nameChanges.clear();
    std::vector<Bytes> contents;
    for (const File& file : m_files) {
        contents.push_back(file.flushed);
    }
    putBack(m_names, contents);
    plan({});
}

void FaultDisk::plan(const DiskPlan& plan) {
    m_plan = plan;
    m_counted = 0;
    m_isOff = false;
}

std::optional<DiskFault> FaultDisk::ask(DiskCall call) {
    if (m_isOff) {
        return DiskFault::powerOff;
    }
    if (m_plan.at == 0 || (m_plan.calls & only(call)) == 0) {
        return std::nullopt;
    }
    ++m_counted;
    if (m_counted < m_plan.at || (m_counted > m_plan.at && !m_plan.isLasting)) {
        return std::nullopt;
    }
    if (m_plan.how == DiskFault::powerOff) {
        turnOff();
    }
    return m_plan.how;
}

// -- what is on the disk

int FaultDisk::fileAt(const std::string& path) {
    if (m_account == Account::none) {
        return -1;
    }
    const auto known = m_names.find(path);
    if (known != m_names.end()) {
        return known->second;
    }
    // It came into being behind our back: nothing of it is flushed.
    const int file = static_cast<int>(m_files.size());
    m_files.emplace_back();
    const Bytes content = isInMemory() ? Bytes{} : bytesOfFile(path);
    if (!content.empty()) {
        m_files.back().changes.push_back({++m_serial, false, 0, content});
    }
    m_names[path] = file;
    m_nameChanges.push_back({++m_serial, {}, path, file});
    if (!isInMemory()) {
        keepInode(file, path);
    }
    return file;
}

void FaultDisk::noteMade(const std::string& path) {
    m_names.erase(path);
    static_cast<void>(fileAt(path));
}

void FaultDisk::noteMoved(const std::string& from, const std::string& to) {
    if (m_account == Account::none) {
        return;
    }
    if (!m_names.contains(from)) {
        noteMade(to);
        return;
    }
    m_nameChanges.push_back({++m_serial, from, to, m_names[from]});
    apply(m_nameChanges.back(), m_names);
}

void FaultDisk::noteLinked(const std::string& from, const std::string& to) {
    if (m_account == Account::none) {
        return;
    }
    if (!m_names.contains(from)) {
        noteMade(to);
        return;
    }
    m_nameChanges.push_back({++m_serial, {}, to, m_names[from]});
    apply(m_nameChanges.back(), m_names);
}

void FaultDisk::noteRemoved(const std::string& path) {
    if (m_account == Account::none) {
        return;
    }
    m_nameChanges.push_back({++m_serial, path, {}, -1});
    apply(m_nameChanges.back(), m_names);
}

void FaultDisk::noteWritten(int file, std::uint64_t offset, BytesView bytes) {
    if (m_account == Account::none) {
        return;
    }
    m_files[static_cast<std::size_t>(file)].changes.push_back({++m_serial, false, offset, copyOf(bytes)});
}

void FaultDisk::noteTruncated(int file, std::uint64_t size) {
    if (m_account == Account::none) {
        return;
    }
    m_files[static_cast<std::size_t>(file)].changes.push_back({++m_serial, true, size, {}});
}

void FaultDisk::noteSynced(int file) {
    if (m_plan.isLying || m_account == Account::none) {
        return;
    }
    File& one = m_files[static_cast<std::size_t>(file)];
    one.undo.clear();
    for (const Change& change : one.changes) {
        apply(change, change.bytes.size(), one.flushed);
    }
    one.changes.clear();
}

void FaultDisk::noteFolderSynced(const std::string& folder) {
    if (m_plan.isLying) {
        return;
    }
    std::vector<NameChange> rest;
    for (const NameChange& change : m_nameChanges) {
        if (folderOf(change.made.empty() ? change.gone : change.made) == folder) {
            apply(change, m_flushedNames);
        } else {
            rest.push_back(change);
        }
    }
    m_nameChanges = std::move(rest);
}

void FaultDisk::apply(const NameChange& change, Names& names) {
    names.erase(change.gone);
    if (!change.made.empty()) {
        names[change.made] = change.file;
    }
}

void FaultDisk::apply(const Change& change, std::size_t bytes, Bytes& content) {
    if (change.isTruncation) {
        content.resize(change.offset);
        return;
    }
    const std::size_t end = change.offset + bytes;
    if (content.size() < end) {
        content.resize(end);
    }
    std::copy_n(change.bytes.begin(), bytes, content.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

// -- the power goes

// Names that changed by calls nobody watches (a shared library's).
void FaultDisk::takeStock() {
    const std::vector<std::string> there = found();
    const std::set<std::string> present(there.begin(), there.end());
    const Names before = m_names;
    for (const auto& [path, file] : before) {
        if (!present.contains(path)) {
            noteRemoved(path);
        }
    }
    for (const std::string& path : there) {
        static_cast<void>(fileAt(path));
    }
}

void FaultDisk::turnOff() {
    if (!m_isOff && m_account == Account::kept && !isInMemory()) {
        takeStock();
    }
    m_isOff = true;
}

Bytes FaultDisk::left(const File& file, SeededRandom& random, std::optional<std::uint64_t> until) {
    Bytes content = file.flushed;
    // All or nothing are more likely than a fair coin for each would have it.
    const std::uint64_t odds = random.below(4);
    std::vector<const Change*> stay;
    for (const Change& change : file.changes) {
        const bool stays = until ? change.serial <= *until : odds == 0 || (odds > 1 && random.below(2) == 0);
        if (stays) {
            stay.push_back(&change);
        }
    }
    for (const Change* change : stay) {
        std::size_t bytes = change->bytes.size();
        if (change == stay.back() && random.below(2) == 0) {
            bytes = random.below(bytes / kSector + 1) * kSector;
        }
        apply(*change, bytes, content);
    }
    return content;
}

void FaultDisk::cutPower(std::uint64_t seed, Survivors survivors) {
    turnOff();
    SeededRandom random(seed);
    const bool isOrdered = survivors != Survivors::random;
    const std::uint64_t moment = survivors == Survivors::earliest ? random.below(m_serial + 1) : 0;
    const std::uint64_t names = random.below(m_nameChanges.size() + 1);
    for (std::size_t i = 0; i < m_nameChanges.size(); ++i) {
        if (isOrdered ? m_nameChanges[i].serial <= moment : i < names) {
            apply(m_nameChanges[i], m_flushedNames);
        }
    }
    std::vector<Bytes> contents;
    for (File& file : m_files) {
        if (isInMemory()) {
            unfold(file);
        }
        contents.push_back(left(file, random, isOrdered ? std::optional(moment) : std::nullopt));
        file.flushed = contents.back();
        file.changes.clear();
    }
    m_names = m_flushedNames;
    m_nameChanges.clear();
    putBack(m_names, contents);
    plan({});
}

}  // namespace hezhang::test
