// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/damage/site.h"

#include <algorithm>
#include <filesystem>

#include "src/ledger/bundles.h"
#include "src/ledger/dump.h"
#include "src/ledger/filing.h"
#include "src/ledger/names.h"
#include "src/ledger/sync_round.h"
#include "src/office/checks.h"
#include "src/office/windows.h"
#include "tests/support/small_ledger.h"

namespace hezhang::test {

using ledger::CountyFolder;
using ledger::EditRequest;
using ledger::Home;
using sync::OpKind;

namespace {

constexpr int kTasks = 8;

void syncHome(Home& home, CountyFolder& county) {
    DirectTransport endpoint(county);
    const auto report = must(home.sync(endpoint));
    if (report.error) {
        throw std::runtime_error(report.error->text);
    }
}

// The guard tells a copied home by its file: a link is the same one, and nobody writes into it.
void copyPlace(const std::string& from, const std::string& to) {
    namespace fs = std::filesystem;
    for (const auto& entry : fs::recursive_directory_iterator(from)) {
        const fs::path target = fs::path(to) / fs::relative(entry.path(), from);
        if (entry.is_directory()) {
            fs::create_directories(target);
        } else if (entry.path().filename() == "guard") {
            fs::create_directories(target.parent_path());
            fs::create_hard_link(entry.path(), target);
        } else if (entry.path().extension() != ".lock" &&
                   !entry.path().filename().string().ends_with("-shm")) {
            fs::create_directories(target.parent_path());
            fs::copy_file(entry.path(), target);
        }
    }
}

void addOps(const Result<sync::SealedSegment>& sealed, OpIds& ops) {
    if (sealed) {
        ops.insert(sealed->opIds.begin(), sealed->opIds.end());
    }
}

}  // namespace

Site::Site(const std::string& root)
    : m_root(root), m_made{m_root / "made"}, m_sound{m_root / "sound"}, m_sent{m_root / "sent"} {
    std::filesystem::create_directories(m_made.folder);
    tell();
}

void Site::tell() {
    must(CountyFolder::init(m_made.county(), {.name = "测试县", .office = "公开办"}, environment()));
    {
        const auto county = must(CountyFolder::open(m_made.county(), environment()));
        must(county->importUnits(kUnits));
        DirectTransport endpoint(*county);
        const auto enrol = [&](const std::string& folder, const std::string& unit, const std::string& person,
                               const std::string& role) {
            const std::string code = must(county->invite({unit, person, role}, std::nullopt)).code;
            must(Home::enroll(folder, kUrl, code, endpoint, environment()));
            auto home = must(Home::open(folder, environment()));
            syncHome(*home, *county);
            return home;
        };
        const auto office = enrol(m_made.office(), "公开办", "李办", "office");
        const auto clerk = enrol(m_made.clerk(), "甲镇", "张三", "clerk");
        const std::string ledgerId = must(office->edit({.registerName = "ledger",
                                                        .key = {{"year", 2026}, {"title", "要点"}},
                                                        .field = "state",
                                                        .text = "open"}))
                                         .record.hex();
        const RecordId town = must(ledger::findUnit(office->state(), "甲镇"));
        m_task = newTask(*office, ledgerId, 1, town);
        m_joint = newTask(*office, ledgerId, 2, town);
        must(office->edit({.record = m_joint, .field = "shared", .json = true}));
        for (int serial = 3; serial <= kTasks; ++serial) {
            newTask(*office, ledgerId, serial, town);
        }
        const RecordId window = must(office::openWindow(
            *office, must(ledger::findLedger(office->state(), "")), "2026-06-30", "上半年"));
        syncHome(*office, *county);
        syncHome(*clerk, *county);
        m_filing = must(ledger::file(*clerk, {.task = m_task,
                                              .unit = town,
                                              .window = window,
                                              .text = "已召开会议。已张贴公告。",
                                              .status = "in-progress",
                                              .count = 2}))
                       .record;
        set(*clerk, m_joint, "joint_progress", "甲镇已完成栏目建设。");
        set(*clerk, m_joint, "joint_status", "in-progress");
        set(*office, m_joint, "joint_progress", "公开办已督办。");
        set(*office, m_joint, "joint_status", "blocked");
        must(office::addCheck(*office, {m_task, town, {}, "no", "公告栏未更新。", {}, "2026-07-31"}));
        for (int turn = 0; turn < 2; ++turn) {
            syncHome(*clerk, *county);
            syncHome(*office, *county);
        }
        editUnsent(*clerk, "clerk");
        editUnsent(*office, "office");
    }
    // Everything up to here is folded into the databases; what follows is in the files beside them.
    const auto county = must(CountyFolder::open(m_made.county(), environment()));
    const auto office = must(Home::open(m_made.office(), environment()));
    const auto clerk = must(Home::open(m_made.clerk(), environment()));
    const auto note = [&](const std::string& side, Dumps dumps) {
        m_earlier[side].push_back(std::move(dumps));
    };
    note("clerk", must(dumpsOf(*clerk)));
    set(*clerk, m_joint, "joint_progress", "甲镇再报：已公开十二项。");
    note("clerk", must(dumpsOf(*clerk)));
    must(clerk->edit({.record = m_filing, .field = "done_count", .kind = OpKind::increment, .text = "1"}));
    note("clerk", must(dumpsOf(*clerk)));
    set(*clerk, m_filing, "status", "done");
    note("county", must(dumpsOf(*county, must(dumpsOf(*office)))));
    must(county->importUnits("name,short_names,kind,parent\n丙镇,,town,\n"));
    note("county", must(dumpsOf(*county, must(dumpsOf(*office)))));
    must(county->importUnits("name,short_names,kind,parent\n丁镇,,town,\n"));
    copyPlace(m_made.folder, m_sound.folder);
    // By file: of a copy, which becomes the one that has written it.
    const Place carried = fresh("carrying");
    const auto sender = must(Home::open(carried.clerk(), environment()));
    must(ledger::exportBundle(*sender, m_sound.bundle(), ledger::kBundleBytesDefault));
    const auto taker = must(CountyFolder::open(carried.county(), environment()));
    const Bytes bundle = must(ledger::readFile(m_sound.bundle(), ledger::kBundleBytesDefault));
    const auto taken = must(taker->importBundle(bundle, ledger::kBundleBytesDefault));
    must(ledger::replaceFile(m_sound.answer(), taken.answer));
    for (const std::string& file : {m_sound.bundle(), m_sound.answer()}) {
        std::filesystem::copy_file(file,
                                   carried.folder + "/" + std::filesystem::path(file).filename().string());
    }
    std::filesystem::remove_all(carried.county());
    std::filesystem::copy(m_sound.county(), carried.county(), std::filesystem::copy_options::recursive);
    copyPlace(carried.folder, m_sent.folder);
}

// Some of it sealed: a round was begun, and its first message was lost.
void Site::editUnsent(Home& home, const std::string& side) {
    set(home, m_joint, "joint_progress", side + "：材料已经报送，等待审核。");
    if (side == "clerk") {
        set(home, m_filing, "text", "已召开会议。已张贴公告。群众可以查询。");
    } else {
        set(home, m_task, "item", "事项一（修订）");
    }
    {
        const auto round = must(ledger::SyncRound::tryBegin(home));
        static_cast<void>(round->nextRequest());
    }
    set(home, m_joint, "joint_progress", side + "：审核意见已收到，正在修改。");
    if (side == "clerk") {
        set(home, m_filing, "text", "已召开会议。已张贴公告。群众可以查询。档案已归档。");
    } else {
        set(home, m_task, "content", "公开第一项工作的进展情况，每季度一次。");
    }
}

Place Site::fresh(const std::string& name) const {
    const Place place{m_root / name};
    std::filesystem::remove_all(place.folder);
    copyPlace(m_sound.folder, place.folder);
    return place;
}

Place Site::freshSent(const std::string& name) const {
    const Place place{m_root / name};
    std::filesystem::remove_all(place.folder);
    copyPlace(m_sent.folder, place.folder);
    return place;
}

static Result<std::string> dumpOf(sync::Projection& state, const std::string& scope) {
    std::string text;
    HZ_CHECK(ledger::dump(state, schema::Registers::builtIn(), scope,
                          [&](std::string_view line) { text += line; }));
    return text;
}

Result<Dumps> dumpsOf(Home& home) {
    HZ_TRY(const storage::Transaction moment, home.beginRead());
    HZ_TRY(const std::vector<std::string> scopes, home.scopes());
    Dumps dumps;
    for (const std::string& scope : scopes) {
        HZ_TRY(dumps[scope], dumpOf(home.state(), scope));
    }
    return dumps;
}

Result<Dumps> dumpsOf(CountyFolder& county, const Dumps& like) {
    HZ_TRY(const storage::Transaction moment, storage::Transaction::beginRead(county.store().database()));
    Dumps dumps;
    for (const auto& [scope, text] : like) {
        HZ_TRY(dumps[scope], dumpOf(county.county().projection(), scope));
    }
    return dumps;
}

Result<OpIds> opsOf(sync::Store& store, const sync::Suite& suite) {
    using sync::SegmentState;
    OpIds ops;
    for (const SegmentState state : {SegmentState::inLog, SegmentState::unsent, SegmentState::received,
                                     SegmentState::held, SegmentState::refused}) {
        HZ_TRY(const std::vector<Hash> hashes, store.segmentsIn(state));
        for (const Hash& hash : hashes) {
            HZ_TRY(const std::optional<sync::SegmentRow> row, store.segment(hash));
            if (row) {
                addOps(sync::openSegment(suite, row->envelope), ops);
            }
        }
    }
    HZ_TRY(const std::vector<sync::LaneRow> lanes, store.lanes());
    for (const sync::LaneRow& lane : lanes) {
        HZ_TRY(const std::vector<sync::TailRow> tail,
               lane.isMine ? store.tail(lane.lane)
                           : Result<std::vector<sync::TailRow>>(std::vector<sync::TailRow>{}));
        for (const sync::TailRow& row : tail) {
            ops.insert(row.id);
        }
    }
    return ops;
}

bool isSubset(const OpIds& part, const OpIds& whole) {
    return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

}  // namespace hezhang::test
