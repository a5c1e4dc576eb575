// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// From HTTP requests to the county and back.
//
// Shape:   POST /v1/sync, /v1/enroll, /v1/blob/put, /v1/blob/get, /v1/blob/thumb, /v1/office, /v1/repair,
//          /v1/wipe with kContentType · GET /health,
//          /metrics.
// Errors:  404 no such route, 405 another method, 415 another content type, 400 no message of a device of
// this
//          county, 503 the queue is full or the storage fails, 500 anything else.
// Threads: handle() from any thread; it does not block.
#pragma once

#include "src/endpoint/county_thread.h"
#include "src/endpoint/http_server.h"
#include "src/endpoint/metrics.h"

namespace hezhang::endpoint {

class Routes {
public:
    explicit Routes(CountyThread& county) : m_county(county) {}

    void handle(HttpRequest request, Reply reply);

private:
    [[nodiscard]] HttpResponse page(std::string_view path) const;

    CountyThread& m_county;
    Metrics m_metrics;
};

}  // namespace hezhang::endpoint
