// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stands in a home and in a county.
#include <algorithm>
#include <filesystem>

#include "src/ledger/drafts.h"
#include "src/ledger/dump.h"
#include "src/ledger/leaving.h"
#include "tests/faults/bench.h"

namespace hezhang::test {
namespace {

bool isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// Ids and hashes of anything that was drawn become `#`.
std::string withoutIds(const std::string& text) {
    constexpr std::size_t kIdDigits = 32;
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && isHex(text[end])) {
            ++end;
        }
        if (end - at >= kIdDigits) {
            result += '#';
            at = end;
        } else {
            end = std::max(end, at + 1);
            result.append(text, at, end - at);
            at = end;
        }
    }
    return result;
}

std::string dumpText(sync::Projection& state) {
    std::vector<std::string> lines;
    must(ledger::dump(state, schema::Registers::builtIn(), "",
                      [&](std::string_view line) { lines.push_back(withoutIds(std::string(line))); }));
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (const std::string& line : lines) {
        text += line;
    }
    return text;
}

std::string filesText(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
        const std::string name = entry.path().filename().string();
        if (entry.is_regular_file() && name.find(".new") == std::string::npos &&
            name.find(".part") == std::string::npos) {
            names.push_back(withoutIds(name) + " " + std::to_string(entry.file_size()) + "\n");
        }
    }
    std::sort(names.begin(), names.end());
    std::string text;
    for (const std::string& name : names) {
        text += name;
    }
    return text;
}

void lookAtBlobs(const std::string& folder, Sight& sight) {
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
        sight.facts.insert("blob " + entry.path().filename().string());
    }
}

void addOnce(Sight& sight, const std::string& fact) {
    if (sight.facts.contains(fact)) {
        sight.findings.push_back("twice: " + fact);
    }
    sight.facts.insert(fact);
}

void lookAtOps(ledger::Home& home, Sight& sight) {
    for (const sync::LaneRow& lane : must(home.store().lanes())) {
        if (!lane.isMine) {
            continue;
        }
        for (const sync::TailRow& row : must(home.store().tail(lane.lane))) {
            addOnce(sight, row.id.hex());
        }
        for (const Hash& hash : must(home.store().segmentsOfLane(lane.lane))) {
            for (const Hash& op : must(home.replica().history().segment(hash))->opIds) {
                addOnce(sight, op.hex());
            }
        }
    }
}

void lookAtLog(ledger::CountyFolder& county, Sight& sight) {
    for (const sync::EntryRow& row : must(county.store().entries(0, SIZE_MAX))) {
        const auto entry = must(sync::decode<sync::LogEntry>(row.entry, "log entry"));
        if (const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content)) {
            addOnce(sight, segment->segment.hex());
            const auto stored = must(county.store().segment(segment->segment));
            if (!stored || !stored->hasText()) {
                sight.findings.push_back("a text is gone: " + segment->segment.hex());
            }
        }
    }
    // Which texts are in which file, or in two after a bit was read wrongly, nobody sees: each of them was
    // read above.
    sight.text += must(county.archives().notes()).empty() ? "" : "texts are archived\n";
    for (const ledger::DeviceListing& listing : must(county.devices())) {
        const std::string id = listing.device.device.hex();
        addOnce(sight, "device " + id);
        if (listing.device.isRevoked) {
            addOnce(sight, "revoked " + id);
        }
        sight.text +=
            "device of " + listing.device.personName + (listing.device.isRevoked ? " revoked\n" : "\n");
    }
    for (const ledger::PersonListing& person : must(county.persons())) {
        sight.text += "person " + person.name + " " + person.role + (person.isEnded ? " ended\n" : "\n");
    }
}

// Nobody else is there: one lock for all that is looked at saves a third of the time.
std::vector<std::string> pageFindings(storage::Database& database) {
    must(database.exec("PRAGMA locking_mode = EXCLUSIVE"));
    auto query = must(database.query("PRAGMA integrity_check(1)"));
    static_cast<void>(must(query.step()));
    const std::string answer = query.text(0);
    return answer == "ok" ? std::vector<std::string>{} : std::vector<std::string>{answer};
}

std::vector<std::string> findingsOf(const Result<std::vector<std::string>>& verified) {
    return verified ? *verified : std::vector<std::string>{"cannot be checked: " + verified.error().text};
}

std::string countsText(const sync::OwnCounts& counts) {
    return "own " + std::to_string(counts.local) + " " + std::to_string(counts.received) + " " +
           std::to_string(counts.applied) + " " + std::to_string(counts.setAside) + "\n";
}

// Of a home that was emptied: what is left.
Sight lookAtWiped(const std::string& folder) {
    Sight sight;
    sight.text = "wiped\n";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name != "sync.lock" && name != "waiting") {  // empty, and there while others may hold them
            sight.text += name + "\n";
        }
    }
    return sight;
}

}  // namespace

Sight lookAtHome(const std::string& folder, ledger::Environment environment, bool isClose) {
    Sight sight;
    sight.isThere = std::filesystem::exists(folder + "/home.db");
    if (!sight.isThere && !ledger::wasWiped(folder)) {
        return sight;
    }
    auto opened = ledger::Home::open(folder, environment);
    if (!opened && opened.error().code == ErrorCode::wiped) {
        return lookAtWiped(folder);
    }
    if (!opened) {
        sight.findings.push_back("cannot be opened: " + std::string(name(opened.error().code)) + ": " +
                                 opened.error().text);
        return sight;
    }
    ledger::Home& home = **opened;
    sight.findings = pageFindings(static_cast<sync::SqliteStore&>(home.store()).database());
    if (sight.findings.empty() && isClose) {
        sight.findings = findingsOf(home.verify());
    }
    if (!sight.findings.empty()) {
        return sight;
    }
    lookAtOps(home, sight);
    sight.text = dumpText(home.state()) + countsText(must(home.replica().ownCounts()));
    for (const std::string& slot : must(ledger::drafts(home))) {
        sight.text += "draft " + must(ledger::loadDraft(home, slot))->content.dump() + "\n";
    }
    sight.text += filesText(folder + "/blobs");
    sight.text += std::to_string(must(home.blobsPending())) + " blobs pending\n";
    sight.text += std::to_string(must(home.historyMissing())) + " texts elsewhere\n";
    if (!home.url()) {
        sight.findings.emplace_back("the address is gone");
    }
    return sight;
}

Sight lookAtCounty(const std::string& folder, ledger::Environment environment, bool isClose) {
    Sight sight;
    if (!std::filesystem::exists(folder + "/county.db")) {
        return sight;
    }
    sight.isThere = true;
    auto opened = ledger::CountyFolder::open(folder, environment);
    if (!opened) {
        sight.findings.push_back("cannot be opened: " + std::string(name(opened.error().code)) + ": " +
                                 opened.error().text);
        return sight;
    }
    ledger::CountyFolder& county = **opened;
    sight.findings = pageFindings(county.store().database());
    if (sight.findings.empty() && isClose) {
        sight.findings = findingsOf(county.county().verify());
    }
    if (!sight.findings.empty()) {
        return sight;
    }
    sight.text = dumpText(county.county().projection());
    lookAtLog(county, sight);
    lookAtBlobs(folder + "/blobs", sight);
    sight.text += filesText(folder + "/blobs");
    return sight;
}

}  // namespace hezhang::test
