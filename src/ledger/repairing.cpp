// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/repairing.h"

#include "src/ledger/answered.h"
#include "src/ledger/bundles.h"

namespace hezhang::ledger {

Result<sync::RepairReport> repair(Home& home, sync::Transport& transport) {
    HZ_TRY(const FileLock lock, lockForSync(home));
    sync::Repair repair(home.replica());
    for (;;) {
        HZ_TRY(const std::optional<Bytes> request, repair.nextRequest());
        if (!request) {
            return repair.finish();
        }
        HZ_TRY(const sync::Answer answer, transport.post(std::string(sync::kRepairPath), *request));
        HZ_TRY(const Bytes message, messageIn(answer, "repairs"));
        HZ_CHECK(repair.onAnswer(message));
    }
}

}  // namespace hezhang::ledger
