// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/bench.h"
#include "tests/support/direct_transport.h"
#include "tests/support/small_ledger.h"

#include <filesystem>
#include <stdexcept>

#include "src/ledger/blobs.h"
#include "src/ledger/compacting.h"
#include "src/ledger/sync_round.h"
#include "src/office/checks.h"
#include "src/office/windows.h"
#include "sync/store/sqlite_schema.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/wire_messages.h"

namespace hezhang::test {

using ledger::CountyFolder;
using ledger::EditRequest;
using ledger::Home;
using sync::OpKind;

namespace {

constexpr std::size_t kRemembered = 64;
constexpr WallMs kMoment = 1000;
constexpr std::size_t kFileMax = 16 * 1024 * 1024;

// The database as a program of the first version had it.
void makeOld(const std::string& path) {
    std::vector<sync::LiveRow> live;
    std::vector<std::pair<sync::OpRef, sync::OpRef>> hidden;
    {
        const auto store = must(sync::SqliteStore::open(path, storage::Access::open));
        must(store->eachLive("", [&](sync::LiveRow&& row) { live.push_back(std::move(row)); }));
        for (const sync::RecordRow& record : must(store->recordsOf(""))) {
            const auto pairs = must(store->hiddenIn(record.id));
            hidden.insert(hidden.end(), pairs.begin(), pairs.end());
        }
    }
    auto database = must(storage::Database::open(path, storage::Access::open));
    must(database.exec(
        "ALTER TABLE invitation DROP COLUMN invited_by; DROP TABLE loose; DROP TABLE cell;"
        " DROP TABLE element; DROP TABLE hidden; DROP TABLE crossing; ALTER TABLE meta DROP COLUMN sum;"
        " ALTER TABLE record DROP COLUMN sum"));
    const std::string first = sync::kSchema1;
    for (const std::string table : {"CREATE TABLE live(", "CREATE TABLE hidden("}) {
        const std::size_t begin = first.find(table);
        must(database.exec(first.substr(begin, first.find("CREATE TABLE", begin + 1) - begin)));
    }
    for (const sync::LiveRow& row : live) {
        auto insert = must(
            database.query("INSERT INTO live(record, field, branch, counter, position, place, kind, rank,"
                           " person, at, value) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"));
        must(insert
                 .bind(row.record, row.field, row.ref.branch, row.ref.counter, row.order.position,
                       row.order.place, row.kind, row.rank, row.person, row.at, row.value.encoded())
                 .run());
    }
    for (const auto& [ref, by] : hidden) {
        auto insert = must(database.query("INSERT INTO hidden VALUES(?1, ?2, ?3, ?4)"));
        must(insert.bind(ref.branch, ref.counter, by.branch, by.counter).run());
    }
    must(database.exec("PRAGMA user_version = 1"));
}

// A county's folder with nothing remembered in between.
class DirectCounty final : public sync::Transport {
public:
    explicit DirectCounty(CountyFolder& county) : m_county(county) {}
    Result<sync::Answer> post(const std::string& path, BytesView body) override {
        ++m_sent;
        HZ_TRY(Bytes answer, askCounty(m_county, path, body));
        return sync::Answer{200, std::string(sync::kContentType), std::move(answer)};
    }
    sync::Traffic traffic() const override { return {m_sent, 0, 0}; }

private:
    CountyFolder& m_county;
    std::uint64_t m_sent = 0;
};

}  // namespace

// -- the other side of a home's sync

void RememberedCounty::startAnew() {
    const FaultDisk::Elsewhere otherMachine;
    m_live.reset();
    m_liveAsked = 0;
    m_asked.clear();
    m_asWhole.clear();
    m_random = SeededRandom(17);
}

Result<void> RememberedCounty::openLive() {
    if (!m_live) {
        std::filesystem::remove_all(m_scratch);
        std::filesystem::copy(m_countyFolder, m_scratch, std::filesystem::copy_options::recursive);
        HZ_TRY(m_live, CountyFolder::open(m_scratch, {m_clock, m_random}));
        m_live->county().setSnapshotWorthFrom(0);
    }
    return {};
}

Result<Bytes> RememberedCounty::askLive(const Asked& asked) {
    HZ_CHECK(openLive());
    return askCounty(*m_live, asked.path, asked.body);
}

Result<void> RememberedCounty::catchUp(std::size_t count) {
    for (; m_liveAsked < count; ++m_liveAsked) {
        HZ_TRY([[maybe_unused]] const Bytes again, askLive(m_asked[m_liveAsked]));
    }
    return {};
}

Result<std::size_t> RememberedCounty::opsInLog() {
    HZ_CHECK(openLive());
    std::size_t ops = 0;
    HZ_TRY(const std::vector<sync::EntryRow> rows, m_live->store().entries(0, SIZE_MAX));
    for (const sync::EntryRow& row : rows) {
        HZ_TRY(const sync::LogEntry entry, sync::decode<sync::LogEntry>(row.entry, "log entry"));
        if (const auto* segment = std::get_if<sync::SegmentEntry>(&entry.content)) {
            HZ_TRY(const std::optional<sync::SegmentRow> stored, m_live->store().outline(segment->segment));
            ops += stored ? stored->count : 0;
        }
    }
    return ops;
}

Result<std::size_t> RememberedCounty::opsTaken() {
    const FaultDisk::Elsewhere otherMachine;
    const auto known = m_opsTaken.find(m_asWhole);
    if (known != m_opsTaken.end()) {
        return known->second;
    }
    HZ_CHECK(catchUp(m_asked.size()));
    HZ_TRY(const std::size_t after, opsInLog());
    m_live.reset();
    m_liveAsked = 0;
    HZ_TRY(const std::size_t before, opsInLog());
    return m_opsTaken.emplace(m_asWhole, after - before).first->second;
}

Result<sync::Answer> RememberedCounty::post(const std::string& path, BytesView body) {
    const FaultDisk::Elsewhere otherMachine;
    ++m_sent;
    m_asked.push_back({path, copyOf(body)});
    m_asWhole += path + std::string(textOf(body));
    auto answer = m_answers.find(m_asWhole);
    if (answer == m_answers.end()) {
        HZ_CHECK(catchUp(m_asked.size() - 1));
        HZ_TRY(Bytes fresh, askLive(m_asked.back()));
        ++m_liveAsked;
        if (m_answers.size() >= kRemembered) {
            return sync::Answer{200, std::string(sync::kContentType), std::move(fresh)};
        }
        answer = m_answers.emplace(m_asWhole, std::move(fresh)).first;
    }
    return sync::Answer{200, std::string(sync::kContentType), answer->second};
}

// -- the story

Bench::Bench(const std::string& root) : m_root(root) {
    m_states["calm"] = {m_root / "calm"};
    std::filesystem::create_directories(m_states["calm"].folder);
    tell(m_states["calm"]);
}

std::unique_ptr<Home> Bench::openHome(const std::string& folder) {
    return must(Home::open(folder, environment()));
}

void Bench::syncHome(Home& home, CountyFolder& county, const ledger::SyncOptions& options) {
    DirectCounty transport(county);
    const auto report = must(home.sync(transport, options));
    if (report.error) {
        throw std::runtime_error(report.error->text);
    }
}

void Bench::tell(const Place& place) {
    must(CountyFolder::init(place.county(), {.name = "测试县", .office = "公开办"}, environment()));
    const auto county = must(CountyFolder::open(place.county(), environment()));
    must(county->importUnits(kUnits));
    DirectCounty transport(*county);
    const auto enrol = [&](const std::string& folder, const std::string& unit, const std::string& person,
                           const std::string& role) {
        const std::string code = must(county->invite({unit, person, role}, std::nullopt)).code;
        must(Home::enroll(folder, kUrl, code, transport, environment()));
        auto home = openHome(folder);
        syncHome(*home, *county);
        return home;
    };
    const auto office = enrol(place.office(), "公开办", "李办", "office");
    const auto clerk = enrol(place.clerk(), "甲镇", "张三", "clerk");
    m_story.clerk = clerk->me().enrolment.device;
    m_story.ledgerId = must(office->edit({.registerName = "ledger",
                                          .key = {{"year", 2026}, {"title", "要点"}},
                                          .field = "state",
                                          .text = "open"}))
                           .record.hex();
    m_story.town = must(ledger::findUnit(office->state(), "甲镇"));
    m_story.task = newTask(*office, m_story.ledgerId, 1, m_story.town);
    m_story.joint = newTask(*office, m_story.ledgerId, 2, m_story.town);
    must(office->edit({.record = m_story.joint, .field = "shared", .json = true}));
    m_story.window = must(
        office::openWindow(*office, must(ledger::findLedger(office->state(), "")), "2026-06-30", "上半年"));
    syncHome(*office, *county);
    syncHome(*clerk, *county);
    m_story.filing = must(ledger::file(*clerk, {.task = m_story.task,
                                                .unit = m_story.town,
                                                .window = m_story.window,
                                                .text = "已召开会议。已张贴公告。",
                                                .status = "in-progress",
                                                .count = 2}))
                         .record;
    syncHome(*clerk, *county);
    syncHome(*office, *county);
    for (int i = 0; i < 3; ++i) {
        m_story.codes.push_back(
            must(county->invite({"乙镇", "王五" + std::to_string(i), "clerk"}, std::nullopt)).code);
    }
}

// A copied home opens new lanes; after this it is at home where it lies.
void Bench::settle(const Place& place) {
    const auto county = must(CountyFolder::open(place.county(), environment()));
    for (const std::string& folder : {place.office(), place.clerk()}) {
        const auto home = openHome(folder);
        syncHome(*home, *county);
    }
}

Place Bench::copyOf(const std::string& from, const std::string& to) {
    const Place place{m_root / to};
    std::filesystem::copy(m_states.at(from).folder, place.folder, std::filesystem::copy_options::recursive);
    settle(place);
    return place;
}

void Bench::keepFile(const Place& place, const std::string& name, BytesView bytes) {
    must(ledger::replaceFile(place.folder + "/" + name, bytes));
}

Bytes Bench::left(const std::string& name) const {
    return must(ledger::readFile(m_place->folder + "/" + name, kFileMax));
}

void Bench::make(const std::string& name, const Place& place) {
    const auto county = must(CountyFolder::open(place.county(), environment()));
    auto clerk = openHome(place.clerk());
    const auto office = openHome(place.office());
    const auto editClerk = [&] {
        set(*clerk, m_story.joint, "joint_progress", "甲镇已完成栏目建设。");
        set(*clerk, m_story.joint, "joint_status", "in-progress");
        must(clerk->edit(
            {.record = m_story.filing, .field = "done_count", .kind = OpKind::increment, .text = "1"}));
    };
    if (name == "edited" || name == "pushed") {
        editClerk();
    } else if (name == "conflict") {
        editClerk();
        set(*office, m_story.joint, "joint_progress", "公开办已督办。");
        set(*office, m_story.joint, "joint_status", "blocked");
        syncHome(*clerk, *county);
        syncHome(*office, *county);
        syncHome(*clerk, *county);
    } else if (name == "behind" || name == "meeting") {
        for (int serial = 10; serial < 18; ++serial) {
            newTask(*office, m_story.ledgerId, serial, m_story.town);
        }
        set(*office, m_story.joint, "joint_status", "blocked");
        syncHome(*office, *county);
        if (name == "meeting") {
            editClerk();
        }
    } else if (name == "ahead" || name == "handing") {
        // The county was restored from an older backup.
        must(county->backupTo(place.folder + "/backup.db"));
        editClerk();
        syncHome(*clerk, *county);
        set(*office, m_story.joint, "joint_status", "blocked");
        syncHome(*office, *county);
        syncHome(*clerk, *county);
    } else if (name == "photo") {
        keepFile(place, "photo.jpg", viewOf(std::string(90'000, 'x')));
        keepFile(place, "second.jpg", viewOf(std::string(90'000, 'y')));
        must(ledger::file(*clerk, {.task = m_story.task,
                                   .unit = m_story.town,
                                   .window = m_story.window,
                                   .evidence = {place.folder + "/photo.jpg"}}));
    } else if (name == "files") {
        // The office has added a photo of two chunks, and the clerk's home knows of it.
        keepFile(place, "photo.jpg", viewOf(std::string(700'000, 'x')));
        const std::string photo = must(office->addBlob(place.folder + "/photo.jpg"));
        must(office::addCheck(
            *office, {m_story.task, m_story.town, {}, "no", "公告栏未更新。", {photo}, "2026-07-31"}));
        syncHome(*office, *county);
        syncHome(*clerk, *county, {.fetchBytesMax = 0});
    } else if (name == "copied") {
        editClerk();
    } else if (name == "long" || name == "let-go" || name == "joining") {
        // Many texts of others, all of them of before.
        for (int i = 1; i <= 8; ++i) {
            set(*office, m_story.task, "content", "第" + std::to_string(i) + "版。");
            set(*office, m_story.joint, "joint_progress", "公开办第" + std::to_string(i) + "次督办。");
            syncHome(*office, *county);
        }
        syncHome(*clerk, *county);
        m_clock.advance(kMoment);
        if (name == "let-go") {
            must(ledger::compact(*clerk, 0));
        }
    } else if (name == "revoked") {
        editClerk();
        must(county->revoke(m_story.clerk.hex(), CountyFolder::Revoking::wipe));
    }
    if (name == "pushed" || name == "meeting") {
        // What the homes would send, for a county that has not had it.
        set(*office, m_story.joint, "joint_progress", "公开办已督办。");
        int number = 0;
        for (Home* home : {clerk.get(), office.get()}) {
            const auto round = must(ledger::SyncRound::tryBegin(*home));
            keepFile(place, "request" + std::to_string(number++), round->nextRequest()->bytes);
        }
    }
}

const Place& Bench::state(const std::string& name) {
    const auto known = m_states.find(name);
    if (known != m_states.end()) {
        return known->second;
    }
    begin(1000);
    const Place place = copyOf("calm", name);
    make(name, place);
    if (name == "ahead" || name == "handing") {
        must(CountyFolder::restore(place.folder + "/backup.db", place.county(), environment()));
    } else if (name == "copied") {
        std::filesystem::remove(place.clerk() + "/guard");
    } else if (name == "old") {
        for (const std::string& path : {place.clerk() + "/home.db", place.county() + "/county.db"}) {
            makeOld(path);
        }
    } else if (name == "backed") {
        const auto county = must(CountyFolder::open(place.county(), environment()));
        must(county->backupTo(place.folder + "/backup.db"));
        must(county->importUnits("name,short_names,kind,parent\n丙镇,,town,\n"));
    } else if (name == "crashed") {
        // The last commits are in the side file: the process did not come to close its database.
        const std::string database = place.county() + "/county.db";
        {
            const auto county = must(CountyFolder::open(place.county(), environment()));
            must(county->backupTo(place.folder + "/backup.db"));
            must(county->importUnits("name,short_names,kind,parent\n丙镇,,town,\n"));
            std::filesystem::copy_file(database, place.folder + "/left.db");
            std::filesystem::copy_file(database + "-wal", place.folder + "/left.db-wal");
        }
        std::filesystem::rename(place.folder + "/left.db", database);
        std::filesystem::rename(place.folder + "/left.db-wal", database + "-wal");
    } else if (name == "older") {
        // An older database beside the note of a newer head.
        std::filesystem::copy_file(place.county() + "/county.db", place.folder + "/older.db");
        {
            const auto county = must(CountyFolder::open(place.county(), environment()));
            must(county->importUnits("name,short_names,kind,parent\n丙镇,,town,\n"));
        }
        std::filesystem::copy_file(place.folder + "/older.db", place.county() + "/county.db",
                                   std::filesystem::copy_options::overwrite_existing);
    } else if (name == "joining") {
        // A device that has enrolled and has not read anything yet.
        std::filesystem::remove_all(place.clerk());
        const auto county = must(CountyFolder::open(place.county(), environment()));
        DirectCounty transport(*county);
        must(Home::enroll(place.clerk(), kUrl, m_story.codes.back(), transport, environment()));
    } else if (name == "empty") {
        std::filesystem::remove_all(place.clerk());
    } else if (name == "nothing") {
        std::filesystem::remove_all(place.county());
    }
    return m_states[name] = place;
}

void Bench::use(const std::string& name, Side side) {
    if (m_disk) {
        m_disk->reset();  // the state is as it was for whoever uses it next
    }
    m_disk.reset();
    m_transport.reset();
    const Place& place = state(name);
    m_place = &place;
    m_folder = side == Side::home ? place.clerk() : place.county();
    m_disk = std::make_unique<FaultDisk>(m_folder);
    m_transport = std::make_unique<RememberedCounty>(place.county(), m_root / "live");
}

void Bench::begin(std::uint64_t seed) {
    m_random = SeededRandom(seed);
    m_promised.clear();
    if (m_transport) {
        m_transport->startAnew();
    }
}

Sight Bench::look(Side side, bool isClose) {
    return side == Side::home ? lookAtHome(m_folder, environment(), isClose)
                              : lookAtCounty(m_folder, environment(), isClose);
}

}  // namespace hezhang::test
