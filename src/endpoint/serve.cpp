// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/serve.h"

#include <arpa/inet.h>
#include <csignal>

#include <charconv>
#include <thread>

#include "src/endpoint/routes.h"
#include "src/ledger/county_folder.h"
#include "sync/base/log.h"

namespace hezhang::endpoint {
namespace {

constexpr std::size_t kUrlCharactersMax = 2048;

bool isLoopback(const std::string& address) {
    in_addr v4{};
    in6_addr v6{};
    if (::inet_pton(AF_INET, address.c_str(), &v4) == 1) {
        return ntohl(v4.s_addr) >> 24 == 127;
    }
    return address == "localhost" ||
           (::inet_pton(AF_INET6, address.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6));
}

std::string urlOf(const ServeOptions& options, std::uint16_t port) {
    const bool isV6 = options.address.find(':') != std::string::npos;
    return std::string(options.tlsCertFile.empty() ? "http://" : "https://") + (isV6 ? "[" : "") +
           options.address + (isV6 ? "]:" : ":") + std::to_string(port);
}

ServerOptions serverOptions(const ServeOptions& options) {
    ServerOptions server;
    server.address = options.address;
    server.port = options.port;
    server.tlsCertFile = options.tlsCertFile;
    server.tlsKeyFile = options.tlsKeyFile;
    return server;
}

// Blocked before any thread starts, so that they reach nobody but waitForEnd().
sigset_t blockEndSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return signals;
}

void waitForEnd(const sigset_t& signals) {
    int signal = 0;
    sigwait(&signals, &signal);
}

}  // namespace

bool isUrl(std::string_view text) {
    const bool isSchemeKnown = text.starts_with("http://") || text.starts_with("https://");
    const bool isPrintable =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    return isSchemeKnown && isPrintable && text.size() > text.find("//") + 2 &&
           text.size() <= kUrlCharactersMax;
}

Result<void> setListen(ServeOptions& options, std::string_view text) {
    const std::size_t colon = text.rfind(':');
    std::string_view host = text.substr(0, colon);
    const std::string_view port =
        colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
    const bool isBracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (isBracketed) {
        host = host.substr(1, host.size() - 2);
    }
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), options.port);
    if (host.empty() || port.empty() || error != std::errc() || end != port.data() + port.size() ||
        (!isBracketed && host.find(':') != std::string_view::npos)) {
        return fail(ErrorCode::usage, "'" + std::string(text) + "' is not HOST:PORT");
    }
    options.address = std::string(host);
    return {};
}

Result<void> check(const ServeOptions& options) {
    if (options.tlsCertFile.empty() != options.tlsKeyFile.empty()) {
        return fail(ErrorCode::usage, "--tls-cert and --tls-key go together");
    }
    const bool isTls = !options.tlsCertFile.empty();
    if (isTls && options.isBehindProxy) {
        return fail(ErrorCode::usage, "--behind-proxy is for plain HTTP, without --tls-cert");
    }
    if (!isTls && !options.isBehindProxy && !isLoopback(options.address)) {
        return fail(ErrorCode::usage,
                    "plain HTTP on " + options.address +
                        " could be read by others: give --tls-cert and --tls-key, or --behind-proxy");
    }
    if (options.publicUrl && !isUrl(*options.publicUrl)) {
        return fail(ErrorCode::usage, "'" + *options.publicUrl + "' is not an http or https URL");
    }
    return {};
}

Result<void> serve(const ServeOptions& options, ledger::Environment environment,
                   const std::function<void(const std::string&)>& onReady) {
    HZ_CHECK(check(options));
    // Who was invited and stopped by whom is nowhere else.
    log::setLevel(log::Level::info);
    const sigset_t endSignals = blockEndSignals();
    HZ_TRY(std::unique_ptr<ledger::CountyFolder> opened,
           ledger::CountyFolder::open(options.folder, environment));
    ledger::CountyFolder& county = *opened;
    HZ_CHECK(county.startServing());
    Routes* routes = nullptr;
    HZ_TRY(const std::unique_ptr<HttpServer> server,
           HttpServer::listen(serverOptions(options), [&routes](HttpRequest request, Reply reply) {
               routes->handle(std::move(request), std::move(reply));
           }));
    const std::string url = urlOf(options, server->port());
    HZ_CHECK(county.announce(url, options.publicUrl.value_or("")));
    CountyThread thread(std::move(opened));
    Routes ours(thread);
    routes = &ours;
    std::thread network([&] { server->run(); });
    onReady(url);
    waitForEnd(endSignals);
    server->stop();
    network.join();
    thread.stop();
    county.stopServing();
    return {};
}

}  // namespace hezhang::endpoint
