// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/carrying.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace hezhang::ledger {

using sync::Bundle;
using sync::BundleKind;

namespace {

constexpr std::string_view kAnswered = ".answer";
constexpr std::string_view kSaid =
    ".said";  // what the county has said so far: size, hash, answer; again and again
constexpr std::size_t kSaidHead = 4 + Hash::kSize;

std::string folderOf(const Home& home) {
    return home.folder() + "/carried";
}

std::vector<std::string> namesIn(const Home& home) {
    std::vector<std::string> names;
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(folderOf(home), none)) {
        std::string name = entry.path().filename().string();
        const std::string bare =
            name.ends_with(kAnswered) ? name.substr(0, name.size() - kAnswered.size()) : name;
        if (Hash::fromHexText(bare)) {
            names.push_back(std::move(name));
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

std::string_view pathOf(sync::CarriedRoute route) {
    switch (route) {
    case sync::CarriedRoute::sync:
        return sync::kSyncPath;
    case sync::CarriedRoute::blobPut:
    case sync::CarriedRoute::blobChunk:
        return sync::kBlobPutPath;
    case sync::CarriedRoute::enrol:
        return sync::kEnrolPath;
    }
    return sync::kSyncPath;
}

}  // namespace

bool isUnansweredBundle(std::string_view name) {
    return Hash::fromHexText(name).has_value();
}

Result<BundleImport> keepCarried(Home& home, const Bundle& bundle, BytesView file) {
    HZ_CHECK(makeFolder(folderOf(home)));
    HZ_CHECK(replaceFile(folderOf(home) + "/" + home.suite().hash({file}).hex(), file));
    BundleImport import;
    import.what = BundleImport::What::carried;
    import.device = bundle.header.device;
    return import;
}

std::vector<std::string> waitingBundles(const Home& home) {
    std::vector<std::string> names = namesIn(home);
    std::erase_if(names, [](const std::string& name) { return !isUnansweredBundle(name); });
    return names;
}

Result<std::unique_ptr<BundleCarrier>> BundleCarrier::begin(Home& home, const std::string& name) {
    HZ_TRY(Bytes file, readFile(folderOf(home) + "/" + name, sync::kBundleBytesMax));
    std::unique_ptr<BundleCarrier> carrier(new BundleCarrier(home, name, std::move(file)));
    HZ_TRY(carrier->m_bundle, sync::openBundle(carrier->m_file));
    carrier->readSaid();
    return carrier;
}

Result<std::optional<BundleCarrier::Message>> BundleCarrier::next() {
    // What was asked for beside what was handed in may be more than a file, or this home, has room for: its
    // device asks again.
    while (m_answers.size() < m_bundle.parts.size() && isTooMuch()) {
        HZ_CHECK(onAnswer({}));
    }
    if (m_answers.size() == m_bundle.parts.size()) {
        HZ_CHECK(finish());
        return std::optional<Message>{};
    }
    const sync::CarriedPart& part = m_bundle.parts[m_answers.size()];
    return std::optional<Message>({std::string(pathOf(part.route)), copyOf(part.request)});
}

// Whether the next question is one that need not be asked, and the answers are as many as a file has.
bool BundleCarrier::isTooMuch() const {
    const bool isQuestion = m_bundle.parts[m_answers.size()].route == sync::CarriedRoute::blobPut;
    return isQuestion && m_bytes > kBundleBytesDefault;
}

void BundleCarrier::keep(Bytes answer) {
    m_bytes += answer.size();
    m_answers.push_back(std::move(answer));
}

// A note that is torn or damaged ends there: what comes after it is asked again.
void BundleCarrier::readSaid() {
    const std::string path = folderOf(m_home) + "/" + m_name + std::string(kSaid);
    const auto said = readFile(path, sync::kBundleBytesMax);
    const BytesView all = said ? BytesView(*said) : BytesView{};
    std::size_t at = 0;
    while (all.size() - at >= kSaidHead && m_answers.size() < m_bundle.parts.size()) {
        const BytesView rest = all.subspan(at);
        std::size_t size = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            size |= static_cast<std::size_t>(rest[i]) << (8 * i);
        }
        const bool isWhole = size <= rest.size() - kSaidHead;
        const BytesView answer = isWhole ? rest.subspan(kSaidHead, size) : BytesView{};
        if (!isWhole ||
            !std::ranges::equal(m_home.suite().hash({answer}).view(), rest.subspan(4, Hash::kSize))) {
            break;
        }
        keep(copyOf(answer));
        at += kSaidHead + size;
    }
    std::error_code none;
    if (at < all.size()) {
        std::filesystem::resize_file(path, at, none);
    }
}

Result<void> BundleCarrier::onAnswer(BytesView answer) {
    keep(copyOf(answer));
    Bytes note;
    for (std::size_t i = 0; i < 4; ++i) {
        note.push_back(static_cast<std::uint8_t>(answer.size() >> (8 * i)));
    }
    const Hash hash = m_home.suite().hash({answer});
    note.insert(note.end(), hash.bytes.begin(), hash.bytes.end());
    note.insert(note.end(), answer.begin(), answer.end());
    std::ofstream file(folderOf(m_home) + "/" + m_name + std::string(kSaid),
                       std::ios::binary | std::ios::app);
    file << textOf(note);
    file.close();
    return file ? Result<void>()
                : fail(ErrorCode::fileUnwritable, "the answer to a carried bundle cannot be noted");
}

Result<void> BundleCarrier::finish() {
    sync::BundleHeader header = m_bundle.header;
    header.kind = BundleKind::answers;
    header.held.clear();
    sync::BundleWriter writer(*sync::suiteFor(m_bundle.suite), header);
    for (std::size_t i = 0; i < m_answers.size(); ++i) {
        const sync::CarriedPart& part = m_bundle.parts[i];
        if (part.route != sync::CarriedRoute::blobChunk) {
            writer.add(part.route, part.request, m_answers[i]);
        }
    }
    const std::string path = folderOf(m_home) + "/" + m_name;
    HZ_CHECK(replaceFile(path + std::string(kAnswered), std::move(writer).finish()));
    ::unlink(path.c_str());
    ::unlink((path + std::string(kSaid)).c_str());
    return syncFolder(folderOf(m_home));
}

Result<std::vector<CarriedBundle>> carriedBundles(Home& home) {
    std::vector<CarriedBundle> all;
    for (const std::string& name : namesIn(home)) {
        const auto file = readFile(folderOf(home) + "/" + name, sync::kBundleBytesMax);
        const auto bundle = file ? sync::openBundle(*file) : Result<Bundle>(fail(file.error()));
        if (bundle) {  // one that was damaged here is of no use to anybody
            all.push_back(
                {bundle->header.device, name, file->size(), bundle->header.kind == BundleKind::answers});
        }
    }
    return all;
}

Result<BundleExport> exportAnswer(Home& home, std::string_view device, const std::string& path) {
    HZ_TRY(const std::vector<CarriedBundle> all, carriedBundles(home));
    std::vector<CarriedBundle> found;
    std::copy_if(all.begin(), all.end(), std::back_inserter(found), [&](const CarriedBundle& one) {
        return one.isAnswered && one.device.hex().starts_with(device);
    });
    if (found.empty()) {
        return fail(ErrorCode::notFound, "this home carries no answer for the device " + std::string(device));
    }
    if (std::any_of(found.begin(), found.end(),
                    [&](const CarriedBundle& one) { return one.device != found[0].device; })) {
        return fail(ErrorCode::ambiguous, "answers for several devices start with " + std::string(device));
    }
    const std::string kept = folderOf(home) + "/" + found.front().name;
    HZ_TRY(const Bytes file, readFile(kept, sync::kBundleBytesMax));
    HZ_CHECK(replaceFile(path, file));
    ::unlink(kept.c_str());
    return BundleExport{file.size(), 0, 0, 0, 0, found.size() == 1};
}

}  // namespace hezhang::ledger
