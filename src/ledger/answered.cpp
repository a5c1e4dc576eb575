// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/answered.h"

#include "sync/transport/wire_messages.h"

namespace hezhang::ledger {

Result<Bytes> messageIn(const sync::Answer& answer, std::string_view newer) {
    if (answer.status == 503) {
        return fail(ErrorCode::storageBusy, "the county's endpoint is busy or out of space");
    }
    // So an endpoint says that is older than this route; the page of a portal is no plain text.
    if (!newer.empty() && answer.status == 404 && answer.contentType.starts_with("text/plain")) {
        return fail(ErrorCode::wrongVersion, "the county's endpoint does not take " + std::string(newer));
    }
    // A captive portal answers 200 as well.
    if (answer.status != 200 || answer.contentType != sync::kContentType) {
        return fail(ErrorCode::notOurServer,
                    "what answered is not the county's endpoint; the county could not be reached");
    }
    return answer.body;
}

}  // namespace hezhang::ledger
