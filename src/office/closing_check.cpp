// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A snapshot of a closed window against the log: its form, every op that it names, and what stands now.
#include <algorithm>
#include <map>

#include "src/ledger/calendar.h"
#include "src/office/closing_counts.h"
#include "src/office/closing_parts.h"
#include "sync/base/clock_source.h"

namespace hezhang::office {

using ledger::Home;
using nlohmann::json;
using sync::RecordReading;

namespace {

RecordId idIn(const json& row, const char* key) {
    return RecordId::fromHexText(row[key].get<std::string>()).value_or(RecordId{});
}

FrozenFinding about(const json& row, std::string why) {
    return {idIn(row, "task"), idIn(row, "unit"), std::move(why), {}};
}

// -- the form of the text

bool isTextOf(const json& object, std::initializer_list<const char*> keys) {
    return std::ranges::all_of(
        keys, [&](const char* key) { return object.contains(key) && object[key].is_string(); });
}

bool isPositionIn(const json& object) {
    return object.contains("position") && object["position"].is_number_unsigned();
}

bool isOp(const json& value) {
    return value.is_object() && isTextOf(value, {"dot", "at"}) && isPositionIn(value);
}

bool isEvidence(const json& evidence) {
    return evidence.is_object() && std::ranges::all_of(evidence.items(), [](const auto& fact) {
               const json& value = fact.value();
               const bool isWhole = fact.key() != "more_time" || isTextOf(value, {"decision"});
               return fact.key() == "on_time" ? value.is_object() : isOp(value) && isWhole;
           });
}

bool isRow(const json& row) {
    return row.is_object() && isTextOf(row, {"task", "unit", "unit_name", "item", "state"}) &&
           row.contains("filing") && row.contains("fingerprint") && row.contains("on_time") &&
           row.contains("serial") && row["serial"].is_number_integer() && row.contains("complete") &&
           row["complete"].is_boolean() && row.contains("correct") && row["correct"].is_boolean() &&
           row.contains("evidence") && isEvidence(row["evidence"]);
}

// The first form named no op for a later day, and had no counts.
bool namesOps(const json& content) {
    return content.value("form", json()).is_number_integer();
}

std::string dayIn(const json& row, const std::string& otherwise) {
    return row.contains("last_day") && row["last_day"].is_string() ? row["last_day"].get<std::string>()
                                                                   : otherwise;
}

// An op as a snapshot names it.
struct NamedOp {
    sync::HistoricOp op;
    WallMs at = 0;
    bool isBefore = false;  // it stands where the snapshot says, and before the window was closed
};

// Compares what was frozen with the log and with the rows of now.
class Verifier {
public:
    Verifier(Home& home, const RecordId& window, const json& content)
        : m_home(home),
          m_succession(home.state()),
          m_window(window),
          m_content(content),
          m_position(content["position"].get<std::uint64_t>()),
          m_lastDay(content["last_day"].get<std::string>()) {}

    Result<void> run(const json& now, FrozenCheck& check) {
        HZ_TRY(m_then, ledger::extensionsOfWindow(m_home, m_succession, m_window, m_position));
        HZ_TRY(m_now, ledger::extensionsOfWindow(m_home, m_succession, m_window));
        HZ_CHECK(checkWindow(now, check));
        using RowKey = std::pair<RecordId, RecordId>;
        const auto keyOf = [](const json& row) { return RowKey(idIn(row, "task"), idIn(row, "unit")); };
        std::map<RowKey, const json*> present;
        for (const json& row : now["rows"]) {
            present.emplace(keyOf(row), &row);
        }
        for (const json& row : m_content["rows"]) {
            ++check.rows;
            HZ_CHECK(checkEvidence(row, check));
            const auto same = present.find(keyOf(row));
            if (same == present.end()) {
                check.changed.push_back(about(row, "the task is not asked of the unit any more"));
                continue;
            }
            compare(row, *same->second, check);
            present.erase(same);
        }
        for (const auto& [key, row] : present) {
            check.changed.push_back(about(*row, "the task is asked of the unit since"));
        }
        return {};
    }

private:
    Result<void> checkEvidence(const json& row, FrozenCheck& check) {
        for (const auto& [fact, cell] :
             {std::pair("complete", "submitted"), std::pair("correct", "approved")}) {
            if (row["evidence"].contains(fact)) {
                HZ_CHECK(checkOp(row, fact, cell, check));
            }
        }
        return checkLastDay(row, check);
    }
    // nullopt: the op or its entry is not here.
    Result<std::optional<NamedOp>> namedOp(const std::string& dot, std::uint64_t position) {
        const auto ref = m_home.replica().history().parseDot(dot);
        HZ_TRY(const std::optional<sync::HistoricOp> op,
               ref ? m_home.replica().history().opAt(*ref)
                   : Result<std::optional<sync::HistoricOp>>(std::nullopt));
        HZ_TRY(const std::optional<WallMs> at, ledger::countyTimeOf(m_home, position));
        if (!op || !at) {
            return std::optional<NamedOp>();
        }
        HZ_TRY(const sync::Order entered, m_home.state().orderOf(*ref));
        // An op that was admitted counts from its later verdict on.
        return std::optional(NamedOp{*op, *at, entered.position <= position && position < m_position});
    }
    Result<std::optional<NamedOp>> namedOp(const json& evidence) {
        HZ_TRY(std::optional<NamedOp> named,
               namedOp(evidence["dot"].get<std::string>(), evidence["position"].get<std::uint64_t>()));
        if (named) {
            named->isBefore = named->isBefore && evidence["at"] == toIsoText(named->at);
        }
        return named;
    }
    void count(bool isThere, FrozenFinding wrong, FrozenCheck& check) {
        check.proved += isThere ? 1 : 0;
        if (!isThere) {
            check.wrong.push_back(std::move(wrong));
        }
    }
    Result<void> checkOp(const json& row, const std::string& fact, std::string_view cell,
                         FrozenCheck& check) {
        HZ_TRY(const std::optional<NamedOp> named, namedOp(row["evidence"][fact]));
        if (!named) {
            check.absent.push_back(about(row, fact + ": the op or its entry is not here"));
            return {};
        }
        const sync::Op& op = named->op.op;
        const bool isThere = named->isBefore && row["filing"] == op.record.hex() && op.field == cell &&
                             op.kind == sync::OpKind::add &&
                             row["fingerprint"] == std::string(op.value.asText().value_or(""));
        count(isThere, about(row, fact + ": the op in the log is another one"), check);
        const bool isOnTime = ledger::beijingDay(named->at).text() <= dayIn(row, m_lastDay);
        if (fact == "complete" && row["on_time"].is_boolean() && row["on_time"] != isOnTime) {
            check.wrong.push_back(about(row, "on_time: it is not as the county's time and the last day say"));
        }
        return {};
    }

    // -- until when it was on time

    // The window's own day. A finding about all rows names no task and unit.
    Result<void> checkWindow(const json& now, FrozenCheck& check) {
        HZ_TRY(const std::optional<RecordReading> window, m_home.state().read(m_window));
        const WindowDay then = window ? windowDay(*window, m_position) : WindowDay{};
        const WindowDay present = window ? windowDay(*window, UINT64_MAX) : WindowDay{};
        const json extended = m_content.value("extended", json());
        if (extended.is_object()) {
            HZ_TRY(const std::optional<NamedOp> named,
                   isOp(extended) ? namedOp(extended) : Result<std::optional<NamedOp>>(std::nullopt));
            if (named) {
                const sync::Op& op = named->op.op;
                count(named->isBefore && op.record == m_window && op.field == "extended_to" &&
                          op.value.asText() == m_lastDay,
                      {{}, {}, "last_day: the op in the log is another one", {}}, check);
            } else {
                check.absent.push_back({{}, {}, "last_day: the op or its entry is not here", {}});
            }
        } else if (then.extended == present.extended && then.day != m_lastDay && namesOps(m_content)) {
            check.wrong.push_back({{}, {}, "last_day: by the log it was " + then.day, {}});
        }
        const std::string day = now["last_day"].get<std::string>();
        if (day != m_lastDay) {
            check.granted.push_back({{},
                                     {},
                                     "the window was put off after it was closed, to " + day +
                                         ": the snapshot goes by " + m_lastDay,
                                     day});
        }
        return {};
    }
    Result<void> checkLastDay(const json& row, FrozenCheck& check) {
        const std::string day = dayIn(row, m_lastDay);
        const RecordId task = idIn(row, "task");
        const RecordId unit = idIn(row, "unit");
        const ledger::StandingExtension& then = m_then.of(task, unit);
        const ledger::StandingExtension& now = m_now.of(task, unit);
        const bool isDecidedSince = then.request != now.request || then.at != now.at;
        const std::string byLog = std::max(m_lastDay, then.grantedTo);
        const bool hasGrant = row["evidence"].contains("more_time");
        if (hasGrant) {
            HZ_CHECK(checkGrant(row, day, check));
        } else if (day != m_lastDay && namesOps(m_content)) {
            check.wrong.push_back(about(row, "last_day: no op grants it"));
        } else if (day != m_lastDay && day != byLog) {
            check.absent.push_back(about(row, "last_day: no op is named that grants it"));
        }
        // What was decided since may hide what stood then, and another unit's request may have been none of
        // this one's: they came together since.
        HZ_TRY(const std::optional<sync::RecordRow> request, m_home.store().record(then.request));
        const bool isOwn = request && ledger::keyId(request->key, "unit") == unit;
        if (namesOps(m_content) && isOwn && !isDecidedSince && day != byLog) {
            check.wrong.push_back(about(row, "last_day: by the log it was " + byLog));
        }
        if (std::max(m_lastDay, now.grantedTo) != day && isDecidedSince) {
            FrozenFinding finding =
                about(row, (now.grantedTo.empty()
                                ? std::string("more time was taken back after the closing")
                                : "more time was granted after the closing, until " + now.grantedTo) +
                               ": the snapshot goes by " + day);
            finding.until = now.grantedTo;
            check.granted.push_back(std::move(finding));
        }
        return {};
    }
    // The day and the decision stand on one request for the report.
    Result<void> checkGrant(const json& row, const std::string& day, FrozenCheck& check) {
        const json& evidence = row["evidence"]["more_time"];
        HZ_TRY(const std::optional<NamedOp> until, namedOp(evidence));
        const std::string dot = evidence.contains("decision") && evidence["decision"].is_string()
                                    ? evidence["decision"].get<std::string>()
                                    : std::string();
        HZ_TRY(const std::optional<NamedOp> decision,
               namedOp(dot, evidence["position"].get<std::uint64_t>()));
        HZ_TRY(const std::optional<sync::RecordRow> request,
               until ? m_home.store().record(until->op.op.record)
                     : Result<std::optional<sync::RecordRow>>(std::nullopt));
        if (!until || !decision || !request) {
            check.absent.push_back(about(row, "more_time: the op or its entry is not here"));
            return {};
        }
        HZ_TRY(const std::set<RecordId> heirs,
               m_succession.heirs(ledger::keyId(request->key, "unit").value_or(RecordId{})));
        const bool isOfReport = request->key.registerName == ledger::kExtensionRegister &&
                                ledger::keyId(request->key, "window") == m_window &&
                                ledger::keyId(request->key, "task") == idIn(row, "task");
        const bool isThere = isOfReport && until->isBefore && decision->isBefore &&
                             decision->op.op.record == request->id && decision->op.op.field == "decision" &&
                             decision->op.op.value.asText() == "granted" &&
                             until->op.op.field == "granted_to" && until->op.op.value.asText() == day;
        if (isThere && !heirs.contains(idIn(row, "unit"))) {
            check.changed.push_back(
                about(row, "more_time: it was granted to a unit that is another one now"));
            return {};
        }
        count(isThere, about(row, "more_time: the op in the log is another one"), check);
        return {};
    }

    void compare(const json& then, const json& now, FrozenCheck& check) {
        const bool isSame = then["state"] == now["state"] && then["fingerprint"] == now["fingerprint"] &&
                            then["correct"] == now["correct"];
        if (isSame) {
            return;
        }
        // What is complete now by an op that was in the log by then, and was not there, was left out.
        const bool wasThere =
            now["complete"].get<bool>() && now["evidence"]["complete"]["position"] < m_content["position"];
        if (then["state"] == "none" && wasThere) {
            check.wrong.push_back(about(then, "the log has a filing that the snapshot leaves out"));
            return;
        }
        const auto words = [](const json& row) {
            return row["state"].get<std::string>() + (row["correct"].get<bool>() ? " and approved" : "");
        };
        check.changed.push_back(about(then, words(then) + " then, " + words(now) + " now"));
    }

    Home& m_home;
    ledger::Succession m_succession;
    RecordId m_window;
    const json& m_content;
    std::uint64_t m_position;
    std::string m_lastDay;
    ledger::ExtensionsOfWindow m_then;
    ledger::ExtensionsOfWindow m_now;
};

}  // namespace

bool isFrozen(const json& content) {
    return content.is_object() && isTextOf(content, {"window", "closed_at", "last_day"}) &&
           isPositionIn(content) && content.contains("rows") && content["rows"].is_array() &&
           std::ranges::all_of(content["rows"], isRow) &&
           (content.contains("counts") ? areCounts(content["counts"]) : !namesOps(content));
}

Result<FrozenCheck> verifyFrozen(Home& home, const RecordId& window) {
    HZ_TRY(const FrozenWindow frozen, frozenWindow(home, window));
    return verifyFrozen(home, window, frozen.text);
}

Result<FrozenCheck> verifyFrozen(Home& home, const RecordId& window, std::string_view text) {
    const json content = json::parse(text, nullptr, false);
    if (!isFrozen(content)) {
        return fail(ErrorCode::malformed, "this is no snapshot of a window");
    }
    if (content["window"] != window.hex()) {
        return fail(ErrorCode::badInput, "the snapshot is of another window");
    }
    HZ_TRY(const std::vector<std::string> names, closingDigests(home, window));
    FrozenCheck check;
    check.digest = home.suite().hash({viewOf(text)}).hex();
    check.isNamed = std::ranges::find(names, check.digest) != names.end();
    check.isLatest = check.isNamed && names.back() == check.digest;
    HZ_TRY(const sync::Cursor cursor, home.replica().cursor());
    HZ_TRY(const json now, windowContent(home, window, cursor.position));
    HZ_CHECK(Verifier(home, window, content).run(now, check));
    if (content.contains("counts")) {
        HZ_CHECK(checkCounts(home, content, now["counts"], check));
    }
    return check;
}

}  // namespace hezhang::office
