// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// `hezhangd serve`: one county's folder behind one port, until SIGTERM or SIGINT.
//
// Errors:  usage: an address or URL that is none, plain HTTP to the outside; inUse: another serve, or the
// port. Threads: called once, from the main thread. It blocks both signals for the process.
#pragma once

#include <functional>
#include <string_view>

#include "src/endpoint/http_server.h"
#include "src/ledger/home.h"

namespace hezhang::endpoint {

struct ServeOptions {
    std::string folder;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8420;
    std::optional<std::string> publicUrl;  // what invitations carry; default: what is listened on
    std::string tlsCertFile{};
    std::string tlsKeyFile{};
    bool isBehindProxy = false;
};

// Whether it is an http or https address of printable characters.
[[nodiscard]] bool isUrl(std::string_view text);
// HOST:PORT or [HOST]:PORT into address and port.
[[nodiscard]] Result<void> setListen(ServeOptions& options, std::string_view text);
// What can be seen wrong before anything is opened.
[[nodiscard]] Result<void> check(const ServeOptions& options);

// `onReady` gets the URL that is listened on. Returns when a signal came and requests that had begun are
// answered.
[[nodiscard]] Result<void> serve(const ServeOptions& options, ledger::Environment environment,
                                 const std::function<void(const std::string& url)>& onReady);

}  // namespace hezhang::endpoint
