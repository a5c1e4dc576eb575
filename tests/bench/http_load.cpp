// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/http_load.h"

#include <curl/curl.h>

#include <chrono>
#include <deque>

namespace hezhang::bench {
namespace {

constexpr long kBusy = 503;
constexpr double kPauseSeconds = 0.02;
constexpr int kPollMs = 5;

double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Line {
    CURL* handle = nullptr;
    LoadClient* client = nullptr;
    Bytes message;
    Bytes answer;
    double since = 0;  // the message was first sent
};

std::size_t keep(char* bytes, std::size_t size, std::size_t count, void* line) {
    Bytes& answer = static_cast<Line*>(line)->answer;
    answer.insert(answer.end(), bytes, bytes + size * count);
    return size * count;
}

class Driver {
public:
    Driver(const std::string& url, const std::vector<std::unique_ptr<LoadClient>>& clients)
        : m_multi(curl_multi_init()),
          m_heads(curl_slist_append(curl_slist_append(nullptr, "Expect:"),
                                    "Content-Type: application/x-hezhang")),
          m_lines(clients.size()) {
        curl_multi_setopt(m_multi, CURLMOPT_MAXCONNECTS, static_cast<long>(clients.size()) + 8);
        for (std::size_t i = 0; i < clients.size(); ++i) {
            Line& line = m_lines[i];
            line.client = clients[i].get();
            line.handle = curl_easy_init();
            curl_easy_setopt(line.handle, CURLOPT_URL, url.c_str());
            curl_easy_setopt(line.handle, CURLOPT_HTTPHEADER, m_heads);
            curl_easy_setopt(line.handle, CURLOPT_TCP_NODELAY, 1L);
            curl_easy_setopt(line.handle, CURLOPT_WRITEFUNCTION, keep);
            curl_easy_setopt(line.handle, CURLOPT_WRITEDATA, &line);
            curl_easy_setopt(line.handle, CURLOPT_PRIVATE, &line);
        }
    }
    ~Driver() {
        for (const Line& line : m_lines) {
            curl_multi_remove_handle(m_multi, line.handle);
            curl_easy_cleanup(line.handle);
        }
        curl_multi_cleanup(m_multi);
        curl_slist_free_all(m_heads);
    }
    Driver(const Driver&) = delete;
    Driver& operator=(const Driver&) = delete;

    Result<LoadOutcome> run() {
        const double begun = now();
        for (Line& line : m_lines) {
            HZ_CHECK(goOn(line));
        }
        while (m_underWay > 0 || !m_pausing.empty()) {
            int running = 0;
            curl_multi_perform(m_multi, &running);
            int left = 0;
            while (const CURLMsg* message = curl_multi_info_read(m_multi, &left)) {
                HZ_CHECK(onDone(message->easy_handle, message->data.result));
            }
            for (; !m_pausing.empty() && m_pausing.front().second <= now(); m_pausing.pop_front()) {
                send(*m_pausing.front().first);
            }
            if (m_underWay > 0 || !m_pausing.empty()) {
                curl_multi_poll(m_multi, nullptr, 0, kPollMs, nullptr);
            }
        }
        m_outcome.seconds = now() - begun;
        return std::move(m_outcome);
    }

private:
    Result<void> goOn(Line& line) {
        HZ_TRY(std::optional<Bytes> message, line.client->next());
        if (message) {
            line.message = *std::move(message);
            line.since = now();
            send(line);
        }
        return {};
    }

    void send(Line& line) {
        line.answer.clear();
        curl_easy_setopt(line.handle, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(line.message.data()));
        curl_easy_setopt(line.handle, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(line.message.size()));
        curl_multi_add_handle(m_multi, line.handle);
        ++m_underWay;
    }

    Result<void> onDone(CURL* handle, CURLcode code) {
        Line* line = nullptr;
        curl_easy_getinfo(handle, CURLINFO_PRIVATE, &line);
        curl_multi_remove_handle(m_multi, handle);
        --m_underWay;
        if (code != CURLE_OK) {
            return fail(ErrorCode::unreachable, curl_easy_strerror(code));
        }
        countBytes(handle);
        long status = 0;
        curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
        if (status == kBusy) {
            ++m_outcome.refusals;
            m_pausing.emplace_back(line, now() + kPauseSeconds);
            return {};
        }
        m_outcome.waitedMs.push_back((now() - line->since) * 1e3);
        HZ_CHECK(line->client->onAnswer(std::move(line->answer)));
        return goOn(*line);
    }

    void countBytes(CURL* handle) {
        long sentHead = 0;  // with the body or without, as it was sent together or not
        long receivedHead = 0;
        curl_off_t sent = 0;
        curl_off_t received = 0;
        curl_easy_getinfo(handle, CURLINFO_REQUEST_SIZE, &sentHead);
        curl_easy_getinfo(handle, CURLINFO_HEADER_SIZE, &receivedHead);
        curl_easy_getinfo(handle, CURLINFO_SIZE_UPLOAD_T, &sent);
        curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &received);
        m_outcome.wireBytes += static_cast<double>(sentHead > sent ? sentHead : sentHead + sent);
        m_outcome.wireBytes += static_cast<double>(receivedHead + received);
    }

    CURLM* m_multi;
    curl_slist* m_heads;
    std::vector<Line> m_lines;
    std::size_t m_underWay = 0;
    std::deque<std::pair<Line*, double>> m_pausing;  // until when, the earliest first
    LoadOutcome m_outcome;
};

}  // namespace

Result<LoadOutcome> drive(const std::string& url, const std::vector<std::unique_ptr<LoadClient>>& clients) {
    return Driver(url, clients).run();
}

}  // namespace hezhang::bench
