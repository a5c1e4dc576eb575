// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/transport/curl_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "sync/base/check.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::sync {

namespace {

using Clock = std::chrono::steady_clock;
using EasyHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using HeaderList = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

constexpr std::size_t kHeadBytesMax = 64 * 1024;
constexpr std::string_view kFilePaths = "/v1/blob/";
constexpr long kLimitedPiece = 16 * 1024;
constexpr auto kTurnStep = std::chrono::milliseconds(100);

struct BaseUrl {
    std::string text;  // without a slash at the end
    std::string host;
};

std::string partOf(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url, part, &text, 0) != CURLUE_OK) {
        return {};
    }
    std::string result = text;
    curl_free(text);
    return result;
}

bool isAcceptable(CURLU* url) {
    const std::string scheme = partOf(url, CURLUPART_SCHEME);
    return (scheme == "http" || scheme == "https") && !partOf(url, CURLUPART_HOST).empty() &&
           partOf(url, CURLUPART_USER).empty() && partOf(url, CURLUPART_PASSWORD).empty() &&
           partOf(url, CURLUPART_QUERY).empty() && partOf(url, CURLUPART_FRAGMENT).empty();
}

// The address is not repeated in the error: it may hold a password.
Result<BaseUrl> parseBaseUrl(const std::string& text) {
    const UrlHandle url(curl_url(), &curl_url_cleanup);
    HZ_ASSERT(url != nullptr);
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK || !isAcceptable(url.get())) {
        return fail(ErrorCode::usage, "the address is not http://HOST:PORT or https://HOST:PORT");
    }
    BaseUrl result{partOf(url.get(), CURLUPART_URL), partOf(url.get(), CURLUPART_HOST)};
    while (result.text.ends_with('/')) {
        result.text.pop_back();
    }
    return result;
}

bool isLoopback(std::string_view host) {
    return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

// Why one of our callbacks ended the transfer.
enum class Ending { none, cancelled, stalled, tooLarge };

}  // namespace

struct CurlTransport::Session {
    Session(BaseUrl url, TransportOptions wanted) : baseUrl(std::move(url)), options(std::move(wanted)) {}

    BaseUrl baseUrl;
    TransportOptions options;
    EasyHandle easy{curl_easy_init(), &curl_easy_cleanup};
    HeaderList headers{nullptr, &curl_slist_free_all};
    Traffic total;
    Clock::time_point nextFile;  // not before

    // Of the call under way.
    Traffic call;
    Bytes body;
    std::size_t headBytes = 0;
    bool headEnded = false;  // the empty line has come
    std::uint64_t movedBytes = 0;
    Clock::time_point movedAt;
    Ending ending = Ending::none;

    template <class Value>
    void set(CURLoption option, Value value) {
        const CURLcode code = curl_easy_setopt(easy.get(), option, value);
        HZ_ASSERT(code == CURLE_OK);
    }
    void addHeader(const char* line) {
        curl_slist* longer = curl_slist_append(headers.get(), line);
        HZ_ASSERT(longer != nullptr);
        static_cast<void>(headers.release());
        headers.reset(longer);
    }

    void configure();
    void configureCallbacks();
    void begin();
    void limitRate(bool isFile);
    // False: cancelled meanwhile.
    [[nodiscard]] bool waitForTurn();
    void noteTurn(Clock::time_point begun);
    [[nodiscard]] bool isCancelled() const { return options.cancel != nullptr && options.cancel->load(); }
    [[nodiscard]] bool hasStalled();
    [[nodiscard]] Error errorOf(CURLcode code) const;

    static std::size_t onHead(const char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static std::size_t onBody(const char* data, std::size_t size, std::size_t count, void* self) noexcept;
    static int onProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept;
    static int onBytes(CURL*, curl_infotype type, char* data, std::size_t size, void* self) noexcept;
};

void CurlTransport::Session::configure() {
    // libcurl would send Accept, and Expect for larger bodies; an empty value takes a header out.
    addHeader("Content-Type: application/x-hezhang");
    addHeader("Accept:");
    addHeader("Expect:");
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_POST, 1L);
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_NOSIGNAL, 1L);
    // A name is asked for in a thread of libcurl. A call that ends meanwhile leaves it behind; it would wait
    // for the name server, which may take half a minute not to answer.
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connectTimeout.count()));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.answerBytesMax));
    if (!options.caFile.empty()) {
        set(CURLOPT_CAINFO, options.caFile.c_str());
    }
    if (isLoopback(baseUrl.host)) {
        set(CURLOPT_PROXY, "");
    }
    configureCallbacks();
}

void CurlTransport::Session::configureCallbacks() {
    set(CURLOPT_HEADERFUNCTION, &Session::onHead);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Session::onBody);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Session::onProgress);
    set(CURLOPT_XFERINFODATA, this);
    // CURLINFO_REQUEST_SIZE counts a small body and not a large one, so it cannot be added to
    // CURLINFO_SIZE_UPLOAD. The debug callback sees each byte once; it needs the verbose mode.
    set(CURLOPT_VERBOSE, 1L);
    set(CURLOPT_DEBUGFUNCTION, &Session::onBytes);
    set(CURLOPT_DEBUGDATA, this);
}

void CurlTransport::Session::begin() {
    call = {};
    body.clear();
    headBytes = 0;
    headEnded = false;
    movedBytes = 0;
    movedAt = Clock::now();
    ending = Ending::none;
}

// Small pieces: libcurl looks at the rate between two of them, and a wait for one must not look like a stall.
void CurlTransport::Session::limitRate(bool isFile) {
    const auto rate = static_cast<curl_off_t>(isFile ? options.fileBytesPerSecond : 0);
    set(CURLOPT_MAX_SEND_SPEED_LARGE, rate);
    set(CURLOPT_MAX_RECV_SPEED_LARGE, rate);
    set(CURLOPT_UPLOAD_BUFFERSIZE, kLimitedPiece);
    set(CURLOPT_BUFFERSIZE, kLimitedPiece);
}

bool CurlTransport::Session::waitForTurn() {
    while (Clock::now() < nextFile && !isCancelled()) {
        std::this_thread::sleep_for(std::min<Clock::duration>(kTurnStep, nextFile - Clock::now()));
    }
    return !isCancelled();
}

void CurlTransport::Session::noteTurn(Clock::time_point begun) {
    const std::uint64_t bytes = std::max(call.sent, call.received);
    nextFile = begun + std::chrono::milliseconds(bytes * 1000 / options.fileBytesPerSecond);
}

// Not CURLOPT_LOW_SPEED_TIME: it judges the mean of five seconds and comes that much too late.
bool CurlTransport::Session::hasStalled() {
    const std::uint64_t moved = call.sent + call.received;
    if (moved != movedBytes) {
        movedBytes = moved;
        movedAt = Clock::now();
    }
    return Clock::now() - movedAt > options.stallTimeout;
}

std::size_t CurlTransport::Session::onHead(const char* data, std::size_t size, std::size_t count,
                                           void* self) noexcept {
    auto& session = *static_cast<Session*>(self);
    session.headBytes += size * count;
    const std::string_view line(data, size * count);
    session.headEnded = line == "\r\n" || line == "\n";
    if (session.headBytes > kHeadBytesMax) {
        session.ending = Ending::tooLarge;
        return 0;
    }
    return size * count;
}

std::size_t CurlTransport::Session::onBody(const char* data, std::size_t size, std::size_t count,
                                           void* self) noexcept {
    auto& session = *static_cast<Session*>(self);
    const std::size_t bytes = size * count;
    if (bytes > session.options.answerBytesMax - session.body.size()) {
        session.ending = Ending::tooLarge;
        return 0;
    }
    session.body.insert(session.body.end(), data, data + bytes);
    return bytes;
}

int CurlTransport::Session::onProgress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
    auto& session = *static_cast<Session*>(self);
    if (session.isCancelled()) {
        session.ending = Ending::cancelled;
    } else if (session.hasStalled()) {
        session.ending = Ending::stalled;
    }
    return session.ending == Ending::none ? 0 : 1;
}

int CurlTransport::Session::onBytes(CURL*, curl_infotype type, char*, std::size_t size, void* self) noexcept {
    Traffic& call = static_cast<Session*>(self)->call;
    if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) {
        call.sent += size;
    } else if (type == CURLINFO_HEADER_IN || type == CURLINFO_DATA_IN) {
        call.received += size;
    }
    return 0;
}

Error CurlTransport::Session::errorOf(CURLcode code) const {
    switch (ending) {
    case Ending::cancelled:
        return {ErrorCode::cancelled, "the request was cancelled"};
    case Ending::stalled:
        return {ErrorCode::timedOut, baseUrl.text + " stopped answering"};
    case Ending::tooLarge:
        return {ErrorCode::tooLarge, "the answer of " + baseUrl.text + " is too large"};
    case Ending::none:
        break;
    }
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return {ErrorCode::unreachable, "the name " + baseUrl.host + " is not known here"};
    case CURLE_COULDNT_CONNECT:
        return {ErrorCode::unreachable, "no connection to " + baseUrl.text};
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
        return {ErrorCode::unreachable, "the connection to " + baseUrl.text + " broke"};
    case CURLE_OPERATION_TIMEDOUT:
        return {ErrorCode::timedOut, "no connection to " + baseUrl.text + " in time"};
    case CURLE_FILESIZE_EXCEEDED:
        return {ErrorCode::tooLarge, "the answer of " + baseUrl.text + " is too large"};
    case CURLE_UNSUPPORTED_PROTOCOL:  // what libcurl calls an answer without a status line
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_SSL_CONNECT_ERROR:
        return {ErrorCode::notOurServer, baseUrl.text + " did not answer as a web server does"};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {ErrorCode::notOurServer, "the certificate of " + baseUrl.text + " is not trusted"};
    case CURLE_SSL_CACERT_BADFILE:
        return {ErrorCode::fileUnreadable, options.caFile + " does not hold certificates"};
    case CURLE_URL_MALFORMAT:
        return {ErrorCode::usage, "the address " + baseUrl.text + " is not usable"};
    default:
        return {ErrorCode::unreachable, std::string(curl_easy_strerror(code)) + ": " + baseUrl.text};
    }
}

CurlTransport::CurlTransport(std::unique_ptr<Session> session) : m_session(std::move(session)) {}
CurlTransport::~CurlTransport() = default;

Result<std::unique_ptr<CurlTransport>> CurlTransport::open(const std::string& baseUrl,
                                                           const TransportOptions& options) {
    static const CURLcode kInitialised = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (kInitialised != CURLE_OK) {
        return fail(ErrorCode::internal, curl_easy_strerror(kInitialised));
    }
    HZ_TRY(BaseUrl url, parseBaseUrl(baseUrl));
    auto session = std::make_unique<Session>(std::move(url), options);
    if (session->easy == nullptr) {
        return fail(ErrorCode::internal, "libcurl gives no handle");
    }
    session->configure();
    return std::unique_ptr<CurlTransport>(new CurlTransport(std::move(session)));
}

Result<Answer> CurlTransport::post(const std::string& path, BytesView body) {
    HZ_ASSERT(path.starts_with('/'));
    Session& session = *m_session;
    const bool isFile = path.starts_with(kFilePaths);
    const bool isLimited = session.options.fileBytesPerSecond > 0;
    if (isLimited && isFile && !session.waitForTurn()) {
        return fail(ErrorCode::cancelled, "the request was cancelled");
    }
    if (isLimited) {
        session.limitRate(isFile);
    }
    session.begin();
    const Clock::time_point begun = Clock::now();
    session.set(CURLOPT_URL, (session.baseUrl.text + path).c_str());
    session.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    // A null pointer would make libcurl ask a read callback.
    session.set(CURLOPT_POSTFIELDS, body.empty() ? static_cast<const void*>("") : body.data());

    CURLcode code = curl_easy_perform(session.easy.get());
    if (isLimited && isFile) {
        session.noteTurn(begun);
    }
    if (code == CURLE_OK && !session.headEnded) {
        // libcurl takes a connection that ends within the head for the end of an empty answer.
        code = CURLE_PARTIAL_FILE;
    }
    session.set(CURLOPT_POSTFIELDS, static_cast<const void*>(""));
    session.total.sent += session.call.sent;
    session.total.received += session.call.received;
    session.total.requests += session.call.sent > 0 ? 1 : 0;
    if (code != CURLE_OK) {
        return fail(session.errorOf(code));
    }
    long status = 0;
    const char* contentType = nullptr;
    curl_easy_getinfo(session.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(session.easy.get(), CURLINFO_CONTENT_TYPE, &contentType);
    return Answer{static_cast<int>(status), contentType != nullptr ? contentType : "",
                  std::exchange(session.body, {})};
}

Traffic CurlTransport::traffic() const {
    return m_session->total;
}

}  // namespace hezhang::sync
