// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A receipt: the county's proof that a record, as its live values stand, was in its log at a position and time. Anybody can check it
// without the home and without the network.
//
// Shape:   docs/wire-format.md section 7. Per live op: its canonical form, its value with the salt of that value, the way up the
//          segment's tree; then the log entries and the way up the county's tree, and the signed head. Other people's text is not in it.
// Errors:  proofInvalid: any changed, missing or extra byte; wrongVersion.
// Threads: pure but for makeReceipt, which reads the home.
#pragma once

#include "src/ledger/home.h"

namespace hezhang::ledger {

struct ReceiptFacts {
    std::string county;
    Bytes countyKey;
    std::string keyFingerprint;   // hex of the hash of the county's key
    RecordId record;
    std::uint64_t position = 0;   // of the last entry with an op of the record
    WallMs at = 0;                // the county's time of that entry
    std::vector<std::pair<std::string, std::string>> fields;   // field → value as text, for people
};

// Errors: notFound where an op of the record has no verdict yet: sync first.
[[nodiscard]] Result<Bytes> makeReceipt(Home& home, const RecordId& record);
[[nodiscard]] Result<ReceiptFacts> verifyReceipt(BytesView receipt);
[[nodiscard]] std::string keyFingerprint(const sync::Suite& suite, BytesView countyKey);

}  // namespace hezhang::ledger
