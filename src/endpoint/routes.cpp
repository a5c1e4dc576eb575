// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/routes.h"

#include <algorithm>
#include <array>
#include <utility>

namespace hezhang::endpoint {
namespace {

constexpr std::string_view kHealthPath = "/health";
constexpr std::string_view kMetricsPath = "/metrics";
constexpr std::string_view kOtherRoute = "other";
constexpr const char* kPlain = "text/plain; charset=utf-8";
constexpr const char* kPrometheus = "text/plain; version=0.0.4; charset=utf-8";

struct Route {
    std::string_view path;
    CountyThread::Kind kind;
};
constexpr std::array kRoutes{Route{sync::kSyncPath, CountyThread::Kind::sync},
                             Route{sync::kEnrolPath, CountyThread::Kind::enrol},
                             Route{sync::kBlobPutPath, CountyThread::Kind::blobPut},
                             Route{sync::kBlobGetPath, CountyThread::Kind::blobGet},
                             Route{sync::kThumbPath, CountyThread::Kind::thumbs},
                             Route{sync::kOfficePath, CountyThread::Kind::office},
                             Route{sync::kRepairPath, CountyThread::Kind::repair},
                             Route{sync::kSnapshotPath, CountyThread::Kind::snapshot},
                             Route{sync::kWipePath, CountyThread::Kind::wipe}};

HttpResponse text(int status, std::string_view content, const char* type = kPlain) {
    return {status, type, copyOf(viewOf(content))};
}

bool isOurType(std::string_view contentType) {
    const std::string_view type = contentType.substr(0, contentType.find(';'));
    return type.substr(0, type.find_last_not_of(' ') + 1) == sync::kContentType;
}

HttpResponse responseOf(Result<Bytes> answer) {
    if (answer && !answer->empty()) {
        return {200, std::string(sync::kContentType), *std::move(answer)};
    }
    if (answer) {
        return text(400, "no message of a device of this county\n");
    }
    switch (answer.error().code) {
    case ErrorCode::storageBusy:
    case ErrorCode::storageFull:
    case ErrorCode::storageCorrupt:
    case ErrorCode::storageFailed:
        return text(503, std::string(name(answer.error().code)) + "\n");
    default:
        return text(500, std::string(name(answer.error().code)) + "\n");
    }
}

}  // namespace

HttpResponse Routes::page(std::string_view path) const {
    if (path == kHealthPath) {
        return text(200, "ok");
    }
    return text(200, m_metrics.page({m_county.queueLength(), m_county.entries(), m_county.commits()}),
                kPrometheus);
}

void Routes::handle(HttpRequest request, Reply reply) {
    const std::string_view path = std::string_view(request.path).substr(0, request.path.find('?'));
    const auto route =
        std::find_if(kRoutes.begin(), kRoutes.end(), [&](const Route& one) { return one.path == path; });
    const bool isPage = path == kHealthPath || path == kMetricsPath;
    const std::string_view name = route != kRoutes.end() ? route->path
                                  : path == kHealthPath  ? kHealthPath
                                  : path == kMetricsPath ? kMetricsPath
                                                         : kOtherRoute;
    const auto respond = [this, name, reply = std::move(reply)](HttpResponse response) {
        m_metrics.count(name, response.status);
        reply(std::move(response));
    };
    if (route == kRoutes.end() && !isPage) {
        return respond(text(404, "no such page\n"));
    }
    if (request.method != (isPage ? "GET" : "POST")) {
        return respond(text(405, "another method is needed\n"));
    }
    if (isPage) {
        return respond(page(path));
    }
    if (!isOurType(request.contentType)) {
        return respond(text(415, "the content type has to be " + std::string(sync::kContentType) + "\n"));
    }
    const auto taken = m_county.submit(route->kind, std::move(request.body), [respond](Result<Bytes> answer) {
        respond(responseOf(std::move(answer)));
    });
    if (taken == CountyThread::Taken::queueFull) {
        respond(text(503, "busy\n"));
    }
}

}  // namespace hezhang::endpoint
