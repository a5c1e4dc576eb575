// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/batch.h"

#include <algorithm>
#include <istream>
#include <ostream>
#include <set>

#include "schema/text_rules.h"
#include "src/cli/args.h"
#include "src/ledger/names.h"

namespace hezhang::cli {

using ledger::EditRequest;
using ledger::Home;

// --- reading a line ---

static tl::unexpected<Error> bad(std::string what) {
    return fail(ErrorCode::badInput, std::move(what));
}

static constexpr std::array kKinds{sync::OpKind::assign, sync::OpKind::add, sync::OpKind::remove,
                                   sync::OpKind::increment};

static Result<std::string> textAt(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) {
        return bad("\"" + std::string(key) + "\" is not a text");
    }
    return found->get<std::string>();
}

static Result<void> checkKeys(const nlohmann::json& object) {
    static constexpr std::array<std::string_view, 9> kKeys{"record", "register", "key",       "field", "seen",
                                                           "assign", "add",      "increment", "remove"};
    for (const auto& [key, value] : object.items()) {
        if (std::ranges::find(kKeys, key) == kKeys.end()) {
            return bad("unknown key " + schema::inQuotes(key));
        }
    }
    return {};
}

static Result<void> readTarget(Home& home, const nlohmann::json& object, EditRequest& request) {
    if (object.contains("record") == object.contains("register")) {
        return bad("a line needs either \"record\" or \"register\"");
    }
    if (object.contains("record")) {
        if (object.contains("key")) {
            return bad("\"key\" goes with \"register\"");
        }
        HZ_TRY(const std::string text, textAt(object, "record"));
        const auto whole = RecordId::fromHexText(text);
        HZ_TRY(request.record, whole ? Result<RecordId>(*whole) : ledger::findRecord(home.state(), text));
        return {};
    }
    HZ_TRY(request.registerName, textAt(object, "register"));
    request.key = object.value("key", nlohmann::json::object());
    return request.key.is_object() ? Result<void>() : bad("\"key\" is not an object");
}

static Result<void> readChange(const nlohmann::json& object, EditRequest& request) {
    for (const sync::OpKind kind : kKinds) {
        const auto found = object.find(name(kind));
        if (found == object.end()) {
            continue;
        }
        if (request.json) {
            return bad("a line holds one change only");
        }
        request.kind = kind;
        request.json = *found;
    }
    return request.json ? Result<void>() : bad("no assign, add, remove or increment");
}

static Result<void> readSeen(const nlohmann::json& object, EditRequest& request) {
    const auto found = object.find("seen");
    if (found == object.end()) {
        return {};
    }
    if (!found->is_array()) {
        return bad("\"seen\" is not a list of dots");
    }
    request.seen.emplace();
    for (const nlohmann::json& dot : *found) {
        if (!dot.is_string() || !isDot(dot.get_ref<const std::string&>())) {
            return fail(ErrorCode::usage, "a dot in \"seen\" is malformed (lane/counter)");
        }
        request.seen->push_back(dot.get<std::string>());
    }
    return {};
}

// Of a key that stands twice the parser would keep the last: one of two values would be lost without a word.
static Result<nlohmann::json> objectFrom(const std::string& line) {
    std::set<std::string> keys;
    bool isRepeated = false;
    const auto look = [&](int depth, nlohmann::json::parse_event_t event, const nlohmann::json& parsed) {
        if (depth == 1 && event == nlohmann::json::parse_event_t::key) {
            isRepeated = !keys.insert(parsed.get<std::string>()).second || isRepeated;
        }
        return true;
    };
    nlohmann::json object = nlohmann::json::parse(line, look, false);
    if (!object.is_object()) {
        return bad("the line is not a JSON object");
    }
    return isRepeated ? bad("a key stands twice") : Result<nlohmann::json>(std::move(object));
}

Result<EditRequest> readBatchLine(Home& home, const std::string& line) {
    HZ_TRY(const nlohmann::json object, objectFrom(line));
    EditRequest request;
    HZ_CHECK(checkKeys(object));
    HZ_TRY(request.field, textAt(object, "field"));
    HZ_CHECK(readTarget(home, object, request));
    HZ_CHECK(readChange(object, request));
    HZ_CHECK(readSeen(object, request));
    return request;
}

// --- running ---

namespace {

struct Line {
    std::uint64_t number = 0;
    std::string text;
    bool isTooLong = false;
    [[nodiscard]] bool isBlank() const {
        return !isTooLong && text.find_first_not_of(" \t\r") == std::string::npos;
    }
};

class BatchRun {
public:
    BatchRun(Home& home, std::istream& lines, const BatchOptions& options, Streams& streams)
        : m_home(home), m_lines(lines), m_options(options), m_io(streams) {}

    Result<int> run() {
        // Lines are read before the transaction begins: others can write while we wait for input.
        while (!m_storageError && readBatch()) {
            commitBatch();
            if (!m_io.out) {
                return fail(ErrorCode::fileUnwritable, "the answers could not be written");
            }
        }
        return finish();
    }

private:
    bool readBatch() {
        m_batch.clear();
        while (m_batch.size() < m_options.editsPerCommit) {
            Line line;
            if (!readLine(line)) {
                break;
            }
            if (!line.isBlank()) {
                m_batch.push_back(std::move(line));
            }
        }
        return !m_batch.empty();
    }

    bool readLine(Line& line) {
        using Traits = std::streambuf::traits_type;
        std::streambuf& in = *m_lines.rdbuf();
        auto next = in.sbumpc();
        if (Traits::eq_int_type(next, Traits::eof())) {
            return false;
        }
        for (; !Traits::eq_int_type(next, Traits::eof()) && next != '\n'; next = in.sbumpc()) {
            line.isTooLong = line.text.size() == kLineBytesMax;
            if (!line.isTooLong) {
                line.text.push_back(Traits::to_char_type(next));
            }
        }
        line.number = ++m_lineCount;
        return true;
    }

    // Others may hold the store for a while: then the lines fail, and the run goes on.
    static bool endsTheRun(ErrorCode code) {
        return code == ErrorCode::storageFull || code == ErrorCode::storageFailed ||
               code == ErrorCode::storageCorrupt;
    }

    void commitBatch() {
        std::vector<Result<sync::EditAnswer>> answers;
        auto committed = m_home.beginBatch();
        for (std::size_t i = 0; i < m_batch.size() && committed; ++i) {
            answers.push_back(edit(m_batch[i]));
            if (!m_home.isInBatch()) {  // storage failed, and with it the lines before
                committed = fail(answers.back().error());
            }
        }
        if (committed) {
            committed = m_home.commitBatch();
        }
        for (std::size_t i = 0; i < m_batch.size(); ++i) {
            answer(m_batch[i], committed ? answers[i] : fail(committed.error()));
        }
        m_io.out.flush();
        if (committed) {
            m_safeLine = m_batch.back().number;
        } else if (endsTheRun(committed.error().code)) {
            m_storageError = committed.error();
        }
    }

    Result<sync::EditAnswer> edit(const Line& line) {
        if (line.isTooLong) {
            return fail(ErrorCode::tooLarge,
                        "the line is longer than " + std::to_string(kLineBytesMax) + " bytes");
        }
        HZ_TRY(const EditRequest request, readBatchLine(m_home, line.text));
        return m_home.edit(request);
    }

    void answer(const Line& line, const Result<sync::EditAnswer>& edit) {
        Json json{{"line", line.number}, {"ok", edit.has_value()}};
        if (edit) {
            ++m_applied;
            json["dot"] = edit->dot;
            json["op"] = edit->op.hex();
            json["record"] = edit->record.hex();
            if (edit->warning != sync::Reason::none) {
                json["warning"] = name(edit->warning);
            }
        } else {
            ++m_failed;
            json["error"] = errorJson(edit.error());
        }
        m_io.out << printed(json) << '\n';
    }

    Result<int> finish() {
        Json json{{"applied", m_applied}, {"failed", m_failed}};
        if (m_storageError) {
            m_storageError->text +=
                ", only the edits up to line " + std::to_string(m_safeLine) + " are saved";
            json["error"] = errorJson(*m_storageError);
        }
        m_io.out << printed(json) << std::endl;
        if (m_storageError) {
            m_io.err << errorLine(*m_storageError) << std::endl;
        }
        return m_failed > 0 || m_storageError ? 1 : 0;
    }

    Home& m_home;
    std::istream& m_lines;
    const BatchOptions& m_options;
    Streams& m_io;
    std::vector<Line> m_batch;
    std::uint64_t m_lineCount = 0;
    std::uint64_t m_safeLine = 0;
    std::uint64_t m_applied = 0;
    std::uint64_t m_failed = 0;
    std::optional<Error> m_storageError;
};

}  // namespace

Result<int> runBatch(Home& home, std::istream& lines, const BatchOptions& options, Streams& streams) {
    return BatchRun(home, lines, options, streams).run();
}

}  // namespace hezhang::cli
