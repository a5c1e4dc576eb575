// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A county's folder as the other side of a transport: what its endpoint does with a request, without HTTP.
#pragma once

#include "src/ledger/county_folder.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/repair_messages.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::test {

[[nodiscard]] inline Result<Bytes> askCounty(ledger::CountyFolder& county, const std::string& path,
                                             BytesView body) {
    using Handler = Result<Bytes> (ledger::CountyFolder::*)(BytesView);
    const std::pair<std::string_view, Handler> routes[] = {
        {sync::kEnrolPath, &ledger::CountyFolder::handleEnrol},
        {sync::kBlobPutPath, &ledger::CountyFolder::handleBlobPut},
        {sync::kBlobGetPath, &ledger::CountyFolder::handleBlobGet},
        {sync::kThumbPath, &ledger::CountyFolder::handleThumbs},
        {sync::kOfficePath, &ledger::CountyFolder::handleOffice},
        {sync::kRepairPath, &ledger::CountyFolder::handleRepair},
        {sync::kSnapshotPath, &ledger::CountyFolder::handleSnapshot},
        {sync::kWipePath, &ledger::CountyFolder::handleWipe}};
    for (const auto& [route, handler] : routes) {
        if (path == route) {
            return (county.*handler)(body);
        }
    }
    const Bytes request = copyOf(body);
    HZ_TRY(std::vector<Bytes> answers, county.handleSync({&request, 1}));
    return std::move(answers.front());
}

class DirectTransport final : public sync::Transport {
public:
    explicit DirectTransport(ledger::CountyFolder& county) : m_county(county) {}

    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        HZ_TRY(Bytes answer, askCounty(m_county, path, body));
        return sync::Answer{200, std::string(sync::kContentType), std::move(answer)};
    }
    [[nodiscard]] sync::Traffic traffic() const override { return {}; }

private:
    ledger::CountyFolder& m_county;
};

}  // namespace hezhang::test
