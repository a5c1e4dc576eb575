// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/enrolment_note.h"

#include <sys/stat.h>
#include <unistd.h>

#include "src/ledger/files.h"
#include "sync/op/archive.h"

namespace hezhang::ledger {
namespace {

constexpr std::size_t kNoteBytesMax = 16 * 1024;

std::string notePath(const std::string& folder) {
    return folder + "/enrolling";
}

std::string byFilePath(const std::string& folder) {
    return folder + "/enrolling.file";
}

}  // namespace

std::vector<EnrolmentKey> readEnrolmentNote(const std::string& folder) {
    const auto bytes = readFile(notePath(folder), kNoteBytesMax);
    auto keys = bytes ? sync::decode<std::vector<EnrolmentKey>>(*bytes, "enrolment note")
                      : Result<std::vector<EnrolmentKey>>(std::vector<EnrolmentKey>{});
    return keys ? *std::move(keys) : std::vector<EnrolmentKey>{};
}

Result<void> writeEnrolmentNote(const std::string& folder, const std::vector<EnrolmentKey>& keys) {
    HZ_CHECK(replaceFile(notePath(folder), sync::encode(keys)));
    ::chmod(notePath(folder).c_str(), 0600);
    return {};
}

void eraseEnrolmentNote(const std::string& folder) {
    ::unlink(notePath(folder).c_str());
    ::unlink(byFilePath(folder).c_str());
}

std::optional<EnrolmentByFile> readEnrolmentByFile(const std::string& folder) {
    const auto bytes = readFile(byFilePath(folder), kNoteBytesMax);
    auto note = bytes ? sync::decode<EnrolmentByFile>(*bytes, "enrolment note")
                      : Result<EnrolmentByFile>(fail(bytes.error()));
    const bool isWhole = note && note->keys.size() == note->codeKeys.size();
    return isWhole ? std::optional(*std::move(note)) : std::nullopt;
}

Result<void> writeEnrolmentByFile(const std::string& folder, const EnrolmentByFile& note) {
    HZ_CHECK(replaceFile(byFilePath(folder), sync::encode(note)));
    ::chmod(byFilePath(folder).c_str(), 0600);
    return {};
}

}  // namespace hezhang::ledger
