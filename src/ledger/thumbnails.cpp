// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/thumbnails.h"

#include <unistd.h>

#include <algorithm>

#include "src/ledger/blobs.h"
#include "src/ledger/files.h"
#include "src/ledger/part_file.h"

namespace hezhang::ledger {
namespace {

constexpr std::size_t kThumbsAskedMax = 512;

std::string thumbIn(const std::string& homeFolder, const std::string& blob) {
    return homeFolder + "/blobs/" + blob + std::string(kThumbSuffix);
}

}  // namespace

Result<void> saveThumb(Home& home, const std::string& blob, BytesView picture) {
    HZ_CHECK(makeFolder(home.folder() + "/blobs"));
    return sync::isThumb(picture) ? replaceFile(thumbIn(home.folder(), blob), picture) : Result<void>();
}

std::optional<std::string> thumbPath(const std::string& homeFolder, const std::string& blob) {
    std::string path = thumbIn(homeFolder, blob);
    const bool isShown = fileExists(path) && !fileExists(homeFolder + "/blobs/" + blob);
    return isShown ? std::optional(std::move(path)) : std::nullopt;
}

ThumbExchange ThumbExchange::toSend(Home& home, const std::vector<BlobFile>& files) {
    ThumbExchange exchange(home);
    for (const BlobFile& file : files) {
        const std::string path = thumbIn(home.folder(), file.name);
        if (!fileExists(path)) {
            continue;
        }
        if (file.isAtCounty) {
            ::unlink(path.c_str());  // the photo was faster
        } else {
            exchange.m_sent.push_back(file.name);
        }
    }
    return exchange;
}

ThumbExchange ThumbExchange::toAsk(Home& home, const std::vector<std::string>& blobs) {
    ThumbExchange exchange(home);
    for (const std::string& blob : blobs) {
        const bool isHere = fileExists(home.folder() + "/blobs/" + blob);
        if (exchange.m_asked.size() < kThumbsAskedMax && !isHere &&
            !fileExists(thumbIn(home.folder(), blob))) {
            exchange.m_asked.push_back(*Hash::fromHexText(blob));
        }
    }
    std::reverse(exchange.m_asked.begin(), exchange.m_asked.end());
    return exchange;
}

Result<std::optional<Bytes>> ThumbExchange::nextRequest() {
    m_request = {};
    m_request.device = m_home->me().enrolment.device;
    while (!m_sent.empty() && m_request.brought.size() < sync::kThumbsPerMessage) {
        const auto picture = readFile(thumbIn(m_home->folder(), m_sent.back()), sync::kThumbMax);
        if (picture) {
            m_request.brought.push_back({*Hash::fromHexText(m_sent.back()), *picture});
        }
        m_sent.pop_back();
    }
    while (!m_asked.empty() && m_request.brought.size() + m_request.asked.size() < sync::kThumbsPerMessage) {
        m_request.asked.push_back(m_asked.back());
        m_asked.pop_back();
    }
    if (m_request.brought.empty() && m_request.asked.empty()) {
        return std::optional<Bytes>();
    }
    Bytes framed = sync::frameWithMac(m_home->suite(), sync::encode(m_request), m_home->me().macKey, {});
    m_requestTag = sync::tagOf(framed);
    return std::optional(std::move(framed));
}

Result<void> ThumbExchange::onAnswer(BytesView bytes) {
    HZ_TRY(const sync::ThumbAnswer answer,
           sync::answerTo<sync::ThumbAnswer>(m_home->suite(), bytes, m_home->me().macKey, m_requestTag));
    return answer.status == sync::BlobStatus::ok ? take(answer) : Result<void>();
}

Result<void> ThumbExchange::take(const sync::ThumbAnswer& answer) {
    for (const sync::Thumb& sent : m_request.brought) {
        ::unlink(thumbIn(m_home->folder(), sent.blob.hex()).c_str());
    }
    for (const sync::Thumb& thumb : answer.found) {
        const bool isAsked =
            std::find(m_request.asked.begin(), m_request.asked.end(), thumb.blob) != m_request.asked.end();
        HZ_CHECK(isAsked ? saveThumb(*m_home, thumb.blob.hex(), thumb.picture) : Result<void>());
    }
    return {};
}

}  // namespace hezhang::ledger
