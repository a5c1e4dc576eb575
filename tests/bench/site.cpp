// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/site.h"

#include <filesystem>

#include "schema/built_in_files.h"
#include "sync/base/check.h"
#include "sync/engine/enrolment.h"

namespace hezhang::bench {
namespace {

constexpr WallMs kNewYear = 1'767'225'600'000;  // 2026-01-01

std::string unitName(int unit) {
    return "第" + std::to_string(unit) + "镇";
}

using nlohmann::json;

json fixedField(const char* name, const char* type) {
    return {{"name", name}, {"title", {{"zh", name}, {"en", name}}}, {"type", type}};
}

// Eight keepBoth cells for these writers, in records that `key` and `scope` place.
std::string registerSource(std::string_view name, const char* scope, const json& key, const json& writers) {
    json cells = json::array();
    for (const char* const field : kFieldNames) {
        cells.push_back({{"name", field},
                         {"title", {{"zh", field}, {"en", field}}},
                         {"type", "text"},
                         {"max_length", 1000},
                         {"merge", "keepBoth"},
                         {"write", writers}});
    }
    return json{{"name", name},
                {"title", {{"zh", "行"}, {"en", "Row"}}},
                {"version", 1},
                {"scope", scope},
                {"key", key},
                {"cells", cells},
                {"delete", json::array({{{"by", "office"}}})}}
        .dump();
}

// People of every unit may write it: checkers, whatever unit they are of.
std::string sharedRegister() {
    return registerSource(kRegister, "county", json::array({fixedField("row", "integer")}),
                          {"office", "checker"});
}

std::string unitRegister() {
    json unit = fixedField("unit", "reference");
    unit["register"] = "unit";
    return registerSource(kUnitRegister, "unit",
                          json::array({unit, fixedField("row", "integer"), fixedField("scope", "scope")}),
                          json::array({"ownUnit"}));
}

}  // namespace

const schema::Registers& registers() {
    static const schema::Registers all = [] {
        const std::string shared = sharedRegister();
        const std::string ofUnits = unitRegister();
        const auto builtIn = schema::builtInSources();
        std::vector<schema::RegisterSource> sources(builtIn.begin(), builtIn.end());
        sources.push_back({"bench_row.json", shared});
        sources.push_back({"bench_unit_row.json", ofUnits});
        auto parsed = schema::Registers::parse(sources);
        if (!parsed) {
            std::fprintf(stderr, "%s\n", parsed.error().text.c_str());
        }
        HZ_ASSERT(parsed.has_value());
        return std::move(*parsed);
    }();
    return all;
}

void WorkClock::standAt(std::int64_t sinceNewYear) {
    m_at = kNewYear + sinceNewYear;
}

std::int64_t WorkClock::sinceNewYear(WallMs at) {
    return at - kNewYear;
}

Result<ledger::HomeSyncReport> Member::sync() {
    HZ_TRY(ledger::HomeSyncReport report, home->sync(*transport));
    if (report.error) {
        return fail(*report.error);
    }
    return report;
}

double Member::wireBytes() const {
    const sync::Traffic traffic = transport->traffic();
    return static_cast<double>(traffic.sent + traffic.received);
}

// -- the county

Result<std::unique_ptr<Site>> Site::make(const std::string& folder, int units, sync::SuiteId suite) {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::unique_ptr<Site> site(new Site(folder));
    HZ_CHECK(ledger::CountyFolder::init(site->countyFolder(),
                                        {.name = "测试县", .office = std::nullopt, .suite = suite},
                                        site->environment()));
    std::string table = "name,short_names,kind,parent\n";
    for (int unit = 1; unit <= units; ++unit) {
        table += unitName(unit) + ",,town,\n";
    }
    HZ_TRY(site->m_county, ledger::CountyFolder::open(site->countyFolder(), site->environment()));
    HZ_CHECK(site->m_county->importUnits(table));
    HZ_CHECK(site->serve());
    return site;
}

Site::~Site() {
    m_endpoint.reset();
    std::error_code ignored;
    std::filesystem::remove_all(m_folder, ignored);
}

// This program, as hezhangd: other than the built one it knows the benchmark's register.
Result<void> Site::serve() {
    const std::string listen = m_url.empty() ? "127.0.0.1:0" : m_url.substr(m_url.rfind('/') + 1);
    HZ_TRY(Process process, Process::start({thisProgram(), "hezhangd", "serve", "--data", countyFolder(),
                                            "--listen", listen}));
    HZ_TRY(const std::string line, process.readLine());
    m_url = line.substr(line.find(' ') + 1);
    m_endpoint.emplace(std::move(process));
    return {};
}

Result<void> Site::restartEndpoint() {
    HZ_CHECK(m_endpoint->end());
    m_endpoint.reset();
    return serve();
}

Result<std::string> Site::invite(int unit, const std::string& role) {
    // By its id: a name is looked for among all of them.
    HZ_TRY(const sync::CountyControl control, m_county->county().control());
    const RecordId id =
        sync::recordIdOf(*sync::suiteFor(control.suite), control.county, ledger::unitKey(unitName(unit)));
    HZ_TRY(const ledger::InviteAnswer invitation,
           m_county->invite({.unit = id.hex(), .person = "张三", .role = role}, std::nullopt));
    return invitation.code;
}

Result<Member> Site::enrolAs(int unit, const std::string& role) {
    Member member;
    member.folder = m_folder + "/home" + std::to_string(++m_homes);
    HZ_TRY(const std::string code, invite(unit, role));
    HZ_TRY(member.transport, sync::CurlTransport::open(m_url));
    HZ_CHECK(ledger::Home::enroll(member.folder, m_url, code, *member.transport, environment()));
    HZ_TRY(member.home, ledger::Home::open(member.folder, environment()));
    m_units[member.home->me().enrolment.person] = unit;
    return member;
}

Result<Member> Site::enrolUnsynced(int unit) {
    return enrolAs(unit, "checker");
}

Result<Member> Site::enrolOffice() {
    HZ_TRY(Member member, enrolAs(1, "office"));
    HZ_CHECK(member.sync());
    return member;
}

Result<sync::Identity> Site::enrolDevice(int unit) {
    const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::international);
    HZ_TRY(const std::string code, invite(unit, "clerk"));
    HZ_TRY(const auto transport, sync::CurlTransport::open(m_url));
    HZ_TRY(const sync::Enrolment enrolment, sync::Enrolment::begin(suite, m_random, code));
    HZ_TRY(const sync::Answer answer, transport->post(std::string(sync::kEnrolPath), enrolment.request()));
    return enrolment.onAnswer(suite, answer.body);
}

Result<Member> Site::enrol(int unit) {
    HZ_TRY(Member member, enrolUnsynced(unit));
    HZ_CHECK(member.sync());
    return member;
}

Result<void> Site::reopen(Member& member) {
    member.home.reset();
    HZ_TRY(member.home, ledger::Home::open(member.folder, environment()));
    return {};
}

// -- ops

Result<void> Author::write(const WorkOp& op) {
    ledger::EditRequest request{.field = kFieldNames[static_cast<std::size_t>(op.field)], .text = op.value};
    const auto known = m_rows.find(op.row);
    if (known != m_rows.end()) {
        request.record = known->second;
    } else {
        request.registerName = kRegister;
        request.key = {{"row", op.row}};
    }
    m_clock.standAt(op.at);
    HZ_TRY(const sync::EditAnswer answer, m_home.edit(request));
    m_rows.emplace(op.row, answer.record);
    m_clock.goOn();
    return {};
}

Result<void> Author::writeAll(std::span<const WorkOp> ops, std::size_t count) {
    for (std::size_t from = 0; from < ops.size(); from += count) {
        HZ_CHECK(m_home.beginBatch());
        for (const WorkOp& op : ops.subspan(from, std::min(count, ops.size() - from))) {
            HZ_CHECK(write(op));
        }
        HZ_CHECK(m_home.commitBatch());
    }
    return {};
}

// -- looking

Result<CellTexts> shownLast(Site& site, ledger::Home& home) {
    CellTexts texts;
    HZ_CHECK(home.state().each(kRegister, [&](sync::RecordReading&& reading) -> Result<void> {
        const int row = static_cast<int>(reading.record.key.fields.front().second.asInteger().value_or(-1));
        for (std::size_t field = 0; field < kFieldNames.size(); ++field) {
            const auto cell = reading.cells.find(kFieldNames[field]);
            if (cell == reading.cells.end()) {
                continue;
            }
            const auto isEarlier = [&](const sync::LiveRow& a, const sync::LiveRow& b) {
                return std::pair(a.at, site.unitOf(a.person)) < std::pair(b.at, site.unitOf(b.person));
            };
            const auto& rows = cell->second.rows;
            const auto last = std::max_element(rows.begin(), rows.end(), isEarlier);
            texts[{row, static_cast<int>(field)}] = std::string(last->value.asText().value_or(""));
        }
        return {};
    }));
    return texts;
}

double bytesIn(const std::string& folder) {
    double bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        bytes += entry.is_regular_file() ? static_cast<double>(entry.file_size()) : 0;
    }
    return bytes;
}

}  // namespace hezhang::bench
