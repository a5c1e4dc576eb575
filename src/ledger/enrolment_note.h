// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The key pairs of an enrolment under way: a file beside the database that is to be. Should the answer get
// lost, the county has noted the code as used by this key; with it, and only with it, the same code is
// answered again.
//
// Files:   FOLDER/enrolling, for its owner only; erased once the home stands or the code is refused.
// Errors:  fileUnwritable, storageFull. A note that cannot be read counts as none.
// Threads: any.
#pragma once

#include <optional>
#include <vector>

#include "sync/trust/suite.h"

namespace hezhang::ledger {

struct EnrolmentKey {
    Bytes codeId;
    sync::SuiteId suite = sync::SuiteId::international;
    sync::KeyPair device;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(codeId, suite, device.privateKey, device.publicKey);
    }
};

// Of an enrolment by file, where the answer comes days later: what the code proves, and where the county is
// if that was said. Files:   FOLDER/enrolling.file, erased with the other.
struct EnrolmentByFile {
    std::vector<EnrolmentKey> keys;
    std::vector<Bytes> codeKeys;  // one a key
    std::string url;

    template <class Archive>
    void serialize(Archive& archive) {
        archive(keys, codeKeys, url);
    }
};

[[nodiscard]] std::optional<EnrolmentByFile> readEnrolmentByFile(const std::string& folder);
[[nodiscard]] Result<void> writeEnrolmentByFile(const std::string& folder, const EnrolmentByFile& note);

[[nodiscard]] std::vector<EnrolmentKey> readEnrolmentNote(const std::string& folder);
[[nodiscard]] Result<void> writeEnrolmentNote(const std::string& folder,
                                              const std::vector<EnrolmentKey>& keys);
void eraseEnrolmentNote(const std::string& folder);

}  // namespace hezhang::ledger
