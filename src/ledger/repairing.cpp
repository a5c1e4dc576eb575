// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/repairing.h"

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
        if (answer.status == 503) {
            return fail(ErrorCode::storageBusy, "the county's endpoint is busy or out of space");
        }
        if (answer.status != 200 || answer.contentType != sync::kContentType) {
            return fail(ErrorCode::notOurServer,
                        "what answered is not the county's endpoint; the county could not be reached");
        }
        HZ_CHECK(repair.onAnswer(answer.body));
    }
}

}  // namespace hezhang::ledger
