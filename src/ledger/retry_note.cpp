// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/retry_note.h"

namespace hezhang::ledger {

using sync::RetryState;

Result<RetryState> retryState(Home& home) {
    HZ_TRY(const auto stored, home.store().meta(sync::kRetryMetaKey));
    return stored ? sync::decode<RetryState>(*stored, "retry state").value_or(RetryState{}) : RetryState{};
}

Result<void> keepRetryState(Home& home, const RetryState& state) {
    HZ_TRY(const RetryState stored, retryState(home));
    if (stored == state) {
        return {};
    }
    HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(home.store()));
    HZ_CHECK(home.store().setMeta(sync::kRetryMetaKey, sync::encode(state)));
    return scope.commit();
}

}  // namespace hezhang::ledger
