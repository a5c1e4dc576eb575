// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Small pictures that go ahead of photos: all of them are sent before the first photo is, and asked for
// before the first photo is brought. Whoever can draw one makes it (the window client); others have none.
//
// Files:   blobs/HASH.thumb. Beside an own photo: to be sent; it goes when the county has it, or the photo
//          itself. Of others: until the photo is here.
// Shape:   nothing vouches for a thumbnail but who brought it, so it is shown and nothing else: not
//          exported, not counted, no evidence. An endpoint that does not know the route is passed over.
//          They do not go by file.
// Limits:  sync::kThumbMax each.
// Errors:  notOurServer; storage errors.
// Threads: those of the home.
#pragma once

#include "src/ledger/blobs.h"
#include "src/ledger/home.h"
#include "sync/transport/blob_messages.h"

namespace hezhang::ledger {

// Keeps the thumbnail of an own photo until it is sent. What is none (too large, no JPEG) is passed over.
[[nodiscard]] Result<void> saveThumb(Home& home, const std::string& blob, BytesView picture);
// nullopt: there is none, or the photo itself is here.
[[nodiscard]] std::optional<std::string> thumbPath(const std::string& homeFolder, const std::string& blob);

// One direction in one round, as steps.
class ThumbExchange {
public:
    // Those of own photos that the county does not have.
    [[nodiscard]] static ThumbExchange toSend(Home& home, const std::vector<BlobFile>& files);
    // Of these files, as far as there is none here; at most kThumbsAskedMax.
    [[nodiscard]] static ThumbExchange toAsk(Home& home, const std::vector<std::string>& blobs);

    // nullopt: done.
    [[nodiscard]] Result<std::optional<Bytes>> nextRequest();
    [[nodiscard]] Result<void> onAnswer(BytesView answer);

private:
    explicit ThumbExchange(Home& home) : m_home(&home) {}
    [[nodiscard]] Result<void> take(const sync::ThumbAnswer& answer);

    Home* m_home;
    std::vector<std::string> m_sent;  // not sent yet, the last one is next
    std::vector<Hash> m_asked;        // not asked for yet, the last one is next
    sync::ThumbRequest m_request;
    Bytes m_requestTag;
};

}  // namespace hezhang::ledger
