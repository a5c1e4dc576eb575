// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/endpoint/commands.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <vector>

#include "schema/text_rules.h"
#include "src/endpoint/arguments.h"
#include "src/endpoint/serve.h"
#include "src/ledger/county_folder.h"
#include "src/ledger/dump.h"
#include "src/ledger/invitation.h"

namespace hezhang::endpoint {

using ledger::CountyFolder;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kUnitsBytesMax = 16 * 1024 * 1024;
constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;

constexpr std::array kOptions{Option{"--data"},
                              Option{"--county"},
                              Option{"--office"},
                              Option{"--suite"},
                              Option{"--database"},
                              Option{"--listen"},
                              Option{"--url"},
                              Option{"--tls-cert"},
                              Option{"--tls-key"},
                              Option{"--behind-proxy", Option::Takes::nothing},
                              Option{"--unit"},
                              Option{"--person"},
                              Option{"--role"},
                              Option{"--device"},
                              Option{"--wipe", Option::Takes::nothing},
                              Option{"--op"},
                              Option{"--scope"},
                              Option{"--older-than"},
                              Option{"--dry-run", Option::Takes::nothing},
                              Option{"-o"},
                              Option{"--json", Option::Takes::nothing},
                              Option{"--help", Option::Takes::nothing},
                              Option{"--version", Option::Takes::nothing}};

// One run: what was asked, and where the answer goes.
struct Call {
    const Arguments& arguments;
    ledger::Environment environment;
    bool isJson = false;

    // REQUIRES: a required option of the command.
    [[nodiscard]] std::string given(std::string_view option) const { return *arguments.value(option); }
    [[nodiscard]] std::string folder() const { return given("--data"); }
    [[nodiscard]] Result<std::unique_ptr<CountyFolder>> open() const {
        return CountyFolder::open(folder(), environment);
    }
    // Prints the object, or for people the text.
    void print(const ordered_json& object, const std::string& text) const {
        std::cout << (isJson ? object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n"
                             : text);
    }
};

struct Command {
    std::string_view name;
    std::string_view usage;  // after the name
    std::vector<std::string_view> required;
    std::vector<std::string_view> optional;
    std::size_t words;  // after the name
    Result<int> (*run)(const Call&);
};

std::string lineOf(std::initializer_list<std::string_view> cells) {
    std::string line;
    for (const std::string_view cell : cells) {
        line += (line.empty() ? "" : "\t") + std::string(cell.empty() ? "-" : cell);
    }
    return line + "\n";
}

// -- the county's data

Result<int> runInit(const Call& call) {
    ledger::CountyOptions options;
    options.name = call.given("--county");
    options.office = call.arguments.value("--office");
    const std::string suite = call.arguments.value("--suite").value_or("international");
    if (suite != "international" && suite != "sm") {
        return fail(ErrorCode::usage, "'" + suite + "' is no suite: international or sm");
    }
    if (call.arguments.has("--database")) {
        return fail(ErrorCode::usage, "this hezhangd keeps a county in its folder only, without --database");
    }
    options.suite = suite == "sm" ? sync::SuiteId::sm : sync::SuiteId::international;
    HZ_CHECK(CountyFolder::init(call.folder(), options, call.environment));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const sync::CountyControl control, county->county().control());
    call.print({{"county", control.county.hex()}, {"name", control.name}, {"suite", suite}},
               "made the county " + control.name + " in " + call.folder() + "\n");
    return kDone;
}

Result<int> runServe(const Call& call) {
    ServeOptions options;
    options.folder = call.folder();
    HZ_CHECK(setListen(options, call.arguments.value("--listen").value_or("127.0.0.1:8420")));
    options.publicUrl = call.arguments.value("--url");
    options.tlsCertFile = call.arguments.value("--tls-cert").value_or("");
    options.tlsKeyFile = call.arguments.value("--tls-key").value_or("");
    options.isBehindProxy = call.arguments.has("--behind-proxy");
    HZ_CHECK(serve(options, call.environment, [](const std::string& url) {
        std::cout << "listening " << url << "\n" << std::flush;
    }));
    return kDone;
}

Result<int> runInvite(const Call& call) {
    const std::string role = call.given("--role");
    if (std::find(ledger::kRoles.begin(), ledger::kRoles.end(), role) == ledger::kRoles.end()) {
        std::string words;
        for (const std::string_view one : ledger::kRoles) {
            words += (words.empty() ? "" : ", ") + std::string(one);
        }
        return fail(ErrorCode::usage, "'" + role + "' is no role: " + words);
    }
    const auto url = call.arguments.value("--url");
    if (url && !isUrl(*url)) {
        return fail(ErrorCode::usage, "'" + *url + "' is not an http or https URL");
    }
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const ledger::InviteAnswer answer,
           county->invite({call.given("--unit"), call.given("--person"), role}, url));
    const std::string expires = toIsoText(answer.expiresAt);
    // What a QR picture of the invitation holds; without an address there is nothing to go to.
    const std::string uri = answer.url ? ledger::invitationUri({*answer.url, answer.code}) : std::string();
    call.print({{"code", answer.code},
                {"url", answer.url ? ordered_json(*answer.url) : ordered_json(nullptr)},
                {"uri", answer.url ? ordered_json(uri) : ordered_json(nullptr)},
                {"expires_at", expires}},
               "code     " + answer.code + "\nurl      " + answer.url.value_or("-") + "\nexpires  " +
                   expires + "\n" + (uri.empty() ? "" : "as QR    " + uri + "\n"));
    return kDone;
}

Result<int> runUnits(const Call& call) {
    if (call.arguments.words()[1] != "import") {
        return fail(ErrorCode::usage, "'" + call.arguments.words()[1] + "' is nothing units can do");
    }
    HZ_TRY(const Bytes csv, ledger::readFile(call.arguments.words()[2], kUnitsBytesMax));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const ledger::UnitsImport import, county->importUnits(textOf(csv)));
    std::string text = "created " + std::to_string(import.created) + ", changed " +
                       std::to_string(import.changed) + ", unchanged " + std::to_string(import.unchanged) +
                       "\n";
    for (const std::string& warning : import.warnings) {
        text += "warning: " + warning + "\n";
    }
    call.print({{"created", import.created},
                {"changed", import.changed},
                {"unchanged", import.unchanged},
                {"warnings", import.warnings}},
               text);
    return kDone;
}

Result<int> runBundle(const Call& call) {
    if (call.arguments.words()[1] != "import") {
        return fail(ErrorCode::usage, "'" + call.arguments.words()[1] + "' is nothing bundle can do");
    }
    HZ_TRY(const Bytes file, ledger::readFile(call.arguments.words()[2], sync::kBundleBytesMax));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const ledger::BundleTaken taken, county->importBundle(file, sync::kBundleBytesMax));
    const auto answer = call.arguments.value("-o");
    if (answer) {
        HZ_CHECK(ledger::replaceFile(*answer, taken.answer));
    }
    call.print({{"device", taken.device.isNone() ? ordered_json(nullptr) : ordered_json(taken.device.hex())},
                {"accepted", taken.accepted},
                {"held", taken.held},
                {"refused", taken.refused},
                {"blobs", taken.blobs},
                {"blobs_given", taken.given},
                {"enrolled", taken.isEnrolled},
                {"complete", taken.isAll},
                {"file", answer ? ordered_json(*answer) : ordered_json(nullptr)},
                {"bytes", taken.answer.size()}},
               "segments accepted " + std::to_string(taken.accepted) + ", held " +
                   std::to_string(taken.held) + ", refused " + std::to_string(taken.refused) + "; files " +
                   std::to_string(taken.blobs) + ", given " + std::to_string(taken.given) +
                   (taken.isEnrolled ? "; enrolled a device" : "") +
                   (answer ? "; the answer is in " + *answer : "; no answer was written") + "\n");
    return kDone;
}

// What is known of the order to empty a device. `done` is what the device said last: nobody else can tell.
struct WipeWords {
    std::string state;  // empty: no order
    WallMs at = 0;
};
WipeWords wipeWords(const std::optional<sync::ListedWipe>& wipe) {
    if (!wipe) {
        return {};
    }
    if (wipe->toldAt == 0) {
        return {"ordered", 0};
    }
    return wipe->doneAt >= wipe->toldAt ? WipeWords{"done", wipe->doneAt} : WipeWords{"told", wipe->toldAt};
}

Result<int> runDevices(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const std::vector<ledger::DeviceListing> devices, county->devices());
    ordered_json list = ordered_json::array();
    std::string text;
    for (const ledger::DeviceListing& listing : devices) {
        const sync::ListedDevice& device = listing.device;
        ordered_json lanes = ordered_json::array();
        std::uint64_t branches = 0;
        for (const ledger::DeviceListing::Lane& lane : listing.lanes) {
            lanes.push_back({{"lane", lane.lane.hex()},
                             {"scope", lane.scope},
                             {"ops", lane.ops},
                             {"branches", lane.branches}});
            branches += lane.branches > 1 ? lane.branches - 1 : 0;
        }
        const WipeWords wipe = wipeWords(listing.wipe);
        list.push_back({{"device", device.device.hex()},
                        {"person", device.person.hex()},
                        {"person_name", device.personName},
                        {"unit", device.unit.hex()},
                        {"unit_name", device.unitName},
                        {"role", device.role},
                        {"enrolled_at", toIsoText(device.enrolledAt)},
                        {"revoked", device.isRevoked},
                        {"wipe", wipe.state.empty() ? ordered_json(nullptr) : ordered_json(wipe.state)},
                        {"wipe_at", wipe.at == 0 ? ordered_json(nullptr) : ordered_json(toIsoText(wipe.at))},
                        {"lanes", lanes},
                        {"branches", branches}});
        text += lineOf({device.device.hex(), device.personName, device.unitName, device.role,
                        toIsoText(device.enrolledAt), device.isRevoked ? "revoked" : "",
                        wipe.state.empty() ? "" : "wipe " + wipe.state,
                        branches > 0 ? std::to_string(branches) + " branches" : ""});
    }
    call.print(list, text);
    return kDone;
}

Result<int> runPersons(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const std::vector<ledger::PersonListing> persons, county->persons());
    ordered_json list = ordered_json::array();
    std::string text;
    for (const ledger::PersonListing& person : persons) {
        list.push_back({{"person", person.person.hex()},
                        {"name", person.name},
                        {"unit", person.unit.hex()},
                        {"unit_name", person.unitName},
                        {"role", person.role},
                        {"ended", person.isEnded}});
        text += lineOf(
            {person.person.hex(), person.name, person.unitName, person.role, person.isEnded ? "ended" : ""});
    }
    call.print(list, text);
    return kDone;
}

Result<int> runRevoke(const Call& call) {
    HZ_TRY(const auto county, call.open());
    const bool isWiped = call.arguments.has("--wipe");
    HZ_CHECK(county->revoke(call.given("--device"),
                            isWiped ? CountyFolder::Revoking::wipe : CountyFolder::Revoking::stop));
    call.print({{"revoked", call.given("--device")}, {"wipe", isWiped}},
               isWiped ? "revoked; at its next contact it hands in what it has not sent, and empties itself\n"
                       : "revoked\n");
    return kDone;
}

Result<int> runEnd(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_CHECK(county->endPerson(call.given("--person")));
    call.print({{"ended", call.given("--person")}}, "ended\n");
    return kDone;
}

Result<int> runRedact(const Call& call) {
    const auto op = Hash::fromHexText(call.given("--op"));
    if (!op) {
        return fail(ErrorCode::usage,
                    "'" + call.given("--op") + "' is no op: 64 hex digits, as hz history --json names it");
    }
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const sync::RedactedOp redacted, county->redact(*op));
    call.print({{"op", redacted.op.hex()},
                {"record", redacted.record.hex()},
                {"field", redacted.field},
                {"position", redacted.position},
                {"new", redacted.isNew}},
               (redacted.isNew ? "erased: " : "was erased before: ") + redacted.field + " of " +
                   redacted.record.hex() +
                   "\nDevices follow at their next sync. Backups made before still hold the value: make a "
                   "new one and "
                   "delete them.\n");
    return kDone;
}

// The scope asked for, empty for all. Errors: usage.
Result<std::string> scopeOf(const Call& call) {
    const auto scope = call.arguments.value("--scope");
    if (scope && !schema::isScope(*scope)) {
        return fail(ErrorCode::usage, schema::inQuotes(*scope) + " is no scope: common, task:ID or unit:ID");
    }
    return scope.value_or("");
}

// The same with and without --json. One read transaction: a running serve goes on meanwhile.
Result<int> runDump(const Call& call) {
    HZ_TRY(const std::string scope, scopeOf(call));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const auto reading, storage::Transaction::beginRead(county->store().database()));
    HZ_CHECK(ledger::dump(county->county().projection(), county->registers(), scope,
                          [](std::string_view line) { std::cout << line; }));
    return kDone;
}

Result<int> runDigest(const Call& call) {
    HZ_TRY(const std::string scope, scopeOf(call));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const auto reading, storage::Transaction::beginRead(county->store().database()));
    HZ_TRY(const Hash digest, ledger::digest(county->county().projection(), county->registers(), scope));
    call.print({{"digest", digest.hex()}}, digest.hex() + "\n");
    return kDone;
}

Result<int> runStatus(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const auto reading, storage::Transaction::beginRead(county->store().database()));
    HZ_TRY(const sync::CountyStatus status, county->county().status());
    HZ_TRY(const std::vector<ledger::ArchiveNote> archives, county->archives().notes());
    HZ_TRY(const std::vector<std::string> missing, county->archives().missing());
    const ordered_json object{{"epoch", status.epoch.hex()}, {"entries", status.entries},
                              {"segments", status.segments}, {"branches", status.branches},
                              {"held", status.held},         {"archives", archives.size()},
                              {"archives_missing", missing}};
    std::string text;
    for (const auto& [key, value] : object.items()) {
        text += key + " " + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
    }
    call.print(object, text);
    return kDone;
}

// -- keeping it

Result<int> runBackup(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_CHECK(county->backupTo(call.given("-o")));
    HZ_TRY(const std::vector<ledger::ArchiveNote> archives, county->archives().notes());
    ordered_json list = ordered_json::array();
    std::string text = "wrote " + call.given("-o") + "\n";
    for (const ledger::ArchiveNote& note : archives) {
        const std::string path = county->archives().pathOf(note);
        list.push_back(path);
        text += "keep a copy of " + path + ", which never changes\n";
    }
    call.print({{"file", call.given("-o")}, {"archives", list}}, text);
    return kDone;
}

// Errors: usage.
Result<WallMs> ageOf(const Call& call, WallMs byDefault) {
    const auto text = call.arguments.value("--older-than");
    constexpr std::size_t kDigitsMax = 5;
    const bool isNumber = text && !text->empty() && text->size() <= kDigitsMax &&
                          text->find_first_not_of("0123456789") == std::string::npos && std::stol(*text) > 0;
    if (text && !isNumber) {
        return fail(ErrorCode::usage, "--older-than takes a number of days");
    }
    constexpr WallMs kDay = WallMs{24} * 3600 * 1000;
    return text ? std::stol(*text) * kDay : byDefault;
}

Result<int> runPrune(const Call& call) {
    ledger::GarbageRequest request;
    HZ_TRY(request.age, ageOf(call, ledger::kGarbageAgeDefault));
    request.isDryRun = call.arguments.has("--dry-run");
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const ledger::GarbageReport report, county->throwAwayGarbage(request));
    call.print({{"files", report.files},
                {"bytes", report.bytes},
                {"kept", report.kept},
                {"dry_run", request.isDryRun}},
               std::string(request.isDryRun ? "would remove " : "removed ") + std::to_string(report.files) +
                   " files of " + std::to_string(report.bytes) + " bytes, " + std::to_string(report.kept) +
                   " stay\n");
    return kDone;
}

Result<int> runArchive(const Call& call) {
    HZ_TRY(const WallMs age, ageOf(call, ledger::kArchiveAgeDefault));
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const ledger::CountyArchiving done, county->archive(age));
    ordered_json object{{"file", nullptr},
                        {"segments", 0},
                        {"bytes", 0},
                        {"file_bytes_before", done.fileBytesBefore},
                        {"file_bytes", done.fileBytes}};
    std::string text = "nothing is that old\n";
    if (done.added) {
        const std::string path = county->archives().pathOf(*done.added);
        object["file"] = path;
        object["segments"] = done.added->segments;
        object["bytes"] = done.added->bytes;
        text = "moved " + std::to_string(done.added->segments) + " texts to " + path +
               ": leave it in its place, and copy it once; the database has " +
               std::to_string(done.fileBytes / 1024) + " KiB, before " +
               std::to_string(done.fileBytesBefore / 1024) + "\n";
    }
    call.print(object, text);
    return kDone;
}

Result<int> runRestore(const Call& call) {
    const std::string& file = call.arguments.words()[1];
    HZ_CHECK(CountyFolder::restore(file, call.folder(), call.environment));
    call.print({{"data", call.folder()}}, "restored " + file + " into " + call.folder() + "\n");
    return kDone;
}

void printError(const Error& error) {
    std::string line = "hezhangd: " + error.text + ": " + std::string(advice(error.code));
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::cerr << line << "\n";
}

ordered_json errorObject(const Error& error) {
    return {{"code", std::string(name(error.code))}, {"message", error.text}};
}

Result<int> runRepair(const Call& call) {
    HZ_TRY(const auto county, call.open());
    HZ_TRY(const sync::CountyDamage damage, county->repair());
    std::string text;
    if (damage.isBeyondRepair) {
        const Error error{ErrorCode::storageCorrupt,
                          "neither the entries nor their tree lead to the head that was signed"};
        printError(error);
        call.print({{"error", errorObject(error)}}, "restore a backup: devices hand back what it lacks\n");
        return kFailed;
    }
    if (damage.isTreeRebuilt) {
        text += "the tree of the log was made anew\n";
    }
    for (const std::uint64_t position : damage.entries) {
        text += "entry " + std::to_string(position) + " is damaged or its segment is\n";
    }
    text += damage.entries.empty()
                ? "the state was made anew from the log\n"
                : "run hz repair on a device that holds these scopes, the office's first\n";
    call.print({{"damaged", damage.entries},
                {"tree_rebuilt", damage.isTreeRebuilt},
                {"state_rebuilt", damage.isStateRebuilt}},
               text);
    return damage.entries.empty() ? kDone : kFailed;
}

Result<int> runVerify(const Call& call) {
    HZ_TRY(const std::vector<std::string> findings, CountyFolder::verify(call.folder(), call.environment));
    ordered_json object{{"valid", findings.empty()}, {"findings", findings}};
    std::string text = findings.empty() ? "valid\n" : "";
    for (const std::string& finding : findings) {
        text += finding + "\n";
    }
    if (!findings.empty()) {
        const Error error{ErrorCode::storageCorrupt, "the county's data is damaged"};
        object["error"] = errorObject(error);
        printError(error);
    }
    call.print(object, text);
    return findings.empty() ? kDone : kFailed;
}

// -- the table of commands

const std::vector<Command>& commands() {
    static const std::vector<Command> all{
        {"init",
         "--data DIR --county NAME [--office NAME] [--suite international|sm]",
         {"--data", "--county"},
         {"--office", "--suite", "--database"},
         0,
         runInit},
        {"serve",
         "--data DIR [--listen 127.0.0.1:8420] [--url PUBLIC] [--tls-cert F --tls-key F | --behind-proxy]",
         {"--data"},
         {"--listen", "--url", "--tls-cert", "--tls-key", "--behind-proxy"},
         0,
         runServe},
        {"invite",
         "--data DIR --unit NAME --person NAME --role ROLE [--url URL]",
         {"--data", "--unit", "--person", "--role"},
         {"--url"},
         0,
         runInvite},
        {"units", "--data DIR import F.csv", {"--data"}, {}, 2, runUnits},
        {"bundle", "--data DIR import FILE [-o ANSWER]", {"--data"}, {"-o"}, 2, runBundle},
        {"devices", "--data DIR", {"--data"}, {}, 0, runDevices},
        {"revoke", "--data DIR --device ID [--wipe]", {"--data", "--device"}, {"--wipe"}, 0, runRevoke},
        {"persons", "--data DIR", {"--data"}, {}, 0, runPersons},
        {"end", "--data DIR --person ID", {"--data", "--person"}, {}, 0, runEnd},
        {"redact", "--data DIR --op ID", {"--data", "--op"}, {}, 0, runRedact},
        {"dump", "--data DIR [--scope S]", {"--data"}, {"--scope"}, 0, runDump},
        {"digest", "--data DIR [--scope S]", {"--data"}, {"--scope"}, 0, runDigest},
        {"backup", "--data DIR -o F", {"--data", "-o"}, {}, 0, runBackup},
        {"prune",
         "--data DIR [--older-than DAYS] [--dry-run]",
         {"--data"},
         {"--older-than", "--dry-run"},
         0,
         runPrune},
        {"archive", "--data DIR [--older-than DAYS]", {"--data"}, {"--older-than"}, 0, runArchive},
        {"restore", "F --data DIR", {"--data"}, {}, 1, runRestore},
        {"status", "--data DIR", {"--data"}, {}, 0, runStatus},
        {"verify", "--data DIR", {"--data"}, {}, 0, runVerify},
        {"repair", "--data DIR", {"--data"}, {}, 0, runRepair},
    };
    return all;
}

constexpr std::string_view kAfterHelp =
    "\nRoles: office supervisor leader clerk checker auditor\n"
    "Every command takes --json, --help and --version. More: man hezhangd\n";

std::string usageLine(const Command& command) {
    return "hezhangd " + std::string(command.name) + " " + std::string(command.usage) + "\n";
}

// Of the command the line names, else of all.
std::string helpText(const Arguments& arguments) {
    std::string text = "hezhangd, the county's endpoint\n\n";
    for (const Command& command : commands()) {
        if (!arguments.words().empty() && arguments.words().front() == command.name) {
            return usageLine(command) + std::string(kAfterHelp);
        }
        text += "  " + usageLine(command);
    }
    return text + std::string(kAfterHelp);
}

bool contains(const std::vector<std::string_view>& all, std::string_view one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

Result<void> checkUsage(const Command& command, const Arguments& arguments) {
    const std::string usage =
        ", usage is hezhangd " + std::string(command.name) + " " + std::string(command.usage);
    for (const std::string_view option : command.required) {
        if (arguments.value(option).value_or("").empty()) {
            return fail(ErrorCode::usage, std::string(option) + " is missing" + usage);
        }
    }
    for (const auto& [option, value] : arguments.options()) {
        if (option != "--json" && !contains(command.required, option) &&
            !contains(command.optional, option)) {
            return fail(ErrorCode::usage, std::string(command.name) + " takes no " + option + usage);
        }
    }
    if (arguments.words().size() != command.words + 1) {
        return fail(ErrorCode::usage, std::string(command.name) + " takes " + std::to_string(command.words) +
                                          " words, not " + std::to_string(arguments.words().size() - 1) +
                                          usage);
    }
    return {};
}

Result<int> dispatch(std::span<const std::string> given, ledger::Environment environment, bool isJson) {
    HZ_TRY(const Arguments arguments, Arguments::parse(given, kOptions));
    if (arguments.has("--help")) {
        std::cout << helpText(arguments);
        return kDone;
    }
    if (arguments.has("--version")) {
        Call{arguments, environment, isJson}.print({{"program", "hezhangd"}, {"version", HZ_VERSION}},
                                                   "hezhangd " HZ_VERSION "\n");
        return kDone;
    }
    if (arguments.words().empty()) {
        return fail(ErrorCode::usage, "no command is given");
    }
    const auto command = std::find_if(commands().begin(), commands().end(), [&](const Command& one) {
        return one.name == arguments.words().front();
    });
    if (command == commands().end()) {
        return fail(ErrorCode::usage, "the command '" + arguments.words().front() + "' is unknown");
    }
    HZ_CHECK(checkUsage(*command, arguments));
    return command->run({arguments, environment, isJson});
}

int exitCodeOf(ErrorCode code) {
    return code == ErrorCode::usage || code == ErrorCode::ambiguous ? kWrongUsage : kFailed;
}

}  // namespace

int runCommand(std::span<const std::string> arguments, ledger::Environment environment) {
    // Also where the rest of the line cannot be read, the error goes where a program looks for it.
    const bool isJson = std::find(arguments.begin(), arguments.end(), "--json") != arguments.end();
    const auto code = dispatch(arguments, environment, isJson);
    if (!code) {
        printError(code.error());
        if (isJson) {
            const ordered_json object{{"error", errorObject(code.error())}};
            std::cout << object.dump(-1, ' ', false, ordered_json::error_handler_t::replace) << "\n";
        }
    }
    if (!std::cout.flush()) {
        printError({ErrorCode::fileUnwritable, "the output cannot be written"});
        return kFailed;
    }
    return code ? *code : exitCodeOf(code.error().code);
}

}  // namespace hezhang::endpoint
