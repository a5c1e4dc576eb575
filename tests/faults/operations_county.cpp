// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <filesystem>

#include "src/ledger/home.h"
#include "sync/engine/enrolment.h"
#include "sync/transport/blob_messages.h"
#include "sync/transport/office_messages.h"
#include "tests/faults/operation.h"

namespace hezhang::test {
namespace {

using ledger::CountyFolder;

std::function<Result<void>(Bench&)> with(const std::function<Result<void>(CountyFolder&, Bench&)>& work) {
    return [work](Bench& bench) -> Result<void> {
        HZ_TRY(const std::unique_ptr<CountyFolder> county,
               CountyFolder::open(bench.folder(), bench.environment()));
        return work(*county, bench);
    };
}

Operation county(const std::string& name, const std::string& state,
                 const std::function<Result<void>(CountyFolder&, Bench&)>& work) {
    return {.name = name, .side = Side::county, .state = state, .run = with(work)};
}

Result<void> serve(CountyFolder& county, Bench&) {
    return county.startServing();
}

Result<void> importUnits(CountyFolder& county, Bench&) {
    HZ_TRY([[maybe_unused]] const ledger::UnitsImport done,
           county.importUnits(
               "name,short_names,kind,parent\n丁镇,丁,town,\n戊镇,戊,town,\n县财政局,财政,department,\n"));
    return {};
}

Result<void> invite(CountyFolder& county, Bench&) {
    HZ_TRY([[maybe_unused]] const ledger::InviteAnswer answer,
           county.invite({"甲镇", "赵六", "clerk"}, std::nullopt));
    return {};
}

Result<void> enrol(CountyFolder& county, Bench& bench) {
    const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::international);
    SeededRandom random(77);  // the same device, however often it asks
    HZ_TRY(const sync::Enrolment enrolment,
           sync::Enrolment::begin(suite, random, bench.story().codes.front()));
    HZ_TRY(const Bytes answer, county.handleEnrol(enrolment.request()));
    HZ_TRY(const sync::Identity identity, enrolment.onAnswer(suite, answer));
    bench.promise("device " + identity.enrolment.device.hex());
    return {};
}

// The segments that were answered as taken are in the log.
Result<void> push(CountyFolder& county, Bench& bench, const std::vector<std::string>& files) {
    std::vector<Bytes> requests;
    for (const std::string& file : files) {
        requests.push_back(bench.left(file));
    }
    HZ_TRY(const std::vector<Bytes> answers, county.handleSync(requests));
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (answers[i].empty()) {
            return fail(ErrorCode::internal, "the county does not know the device");
        }
        HZ_TRY(const auto opened, sync::openFrame(requests[i]));
        HZ_TRY(const auto request, sync::decode<sync::SyncRequest>(opened.plain, "request"));
        for (const Bytes& segment : request.segments) {
            HZ_TRY(const auto sealed,
                   sync::openSegment(*sync::suiteFor(sync::SuiteId::international), segment));
            bench.promise(sealed.hash.hex());
        }
    }
    return {};
}

Result<void> revoke(CountyFolder& county, Bench& bench) {
    HZ_CHECK(county.revoke(bench.story().clerk.hex()));
    bench.promise("revoked " + bench.story().clerk.hex());
    return {};
}

Result<void> backup(CountyFolder& county, Bench& bench) {
    const std::string file = bench.folder() + "/backups.db";
    HZ_CHECK(county.backupTo(file));
    HZ_TRY(const storage::Database database, storage::Database::open(file, storage::Access::readOnly));
    return {};
}

Result<void> archive(CountyFolder& county, Bench&) {
    HZ_TRY([[maybe_unused]] const ledger::CountyArchiving done, county.archive(0));
    return {};
}

Result<void> restore(Bench& bench) {
    return CountyFolder::restore(bench.place().folder + "/backup.db", bench.folder(), bench.environment());
}

// While the old database cannot be closed well: its last commits are in its side file.
Result<void> restoreOverOpenOne(Bench& bench) {
    HZ_TRY(const std::unique_ptr<CountyFolder> county,
           CountyFolder::open(bench.folder(), bench.environment()));
    HZ_TRY([[maybe_unused]] const ledger::UnitsImport done,
           county->importUnits("name,short_names,kind,parent\n丁镇,丁,town,\n"));
    return restore(bench);
}

Result<Bytes> framed(CountyFolder& county, const DeviceId& device, BytesView content) {
    HZ_TRY(const auto key, county.county().macKeyOf(device));
    return sync::frameWithMac(*sync::suiteFor(sync::SuiteId::international), copyOf(content), key, {});
}

Result<void> takePhoto(CountyFolder& county, Bench& bench) {
    const Bytes photo = copyOf(viewOf(std::string(3000, 'p')));
    sync::BlobPut put;
    put.device = bench.story().clerk;
    put.hash = sync::suiteFor(sync::SuiteId::international)->hash({photo});
    put.total = photo.size();
    // As a device does: it asks how much is there, and goes on.
    for (put.offset = 0; put.offset < photo.size();) {
        HZ_TRY(const Bytes request, framed(county, put.device, sync::encode(put)));
        HZ_TRY(const Bytes answer, county.handleBlobPut(request));
        HZ_TRY(const auto opened, sync::openFrame(answer));
        HZ_TRY(const auto told, sync::decode<sync::BlobPutAnswer>(opened.plain, "answer"));
        if (told.status != sync::BlobStatus::ok) {
            return fail(ErrorCode::internal, "the county does not take the photo");
        }
        put.offset = told.have;
        const auto from = photo.begin() + static_cast<std::ptrdiff_t>(told.have);
        put.bytes = Bytes(from, from + std::min<std::ptrdiff_t>(1500, photo.end() - from));
    }
    bench.promise("blob " + put.hash.hex());
    return {};
}

// Its copies are on the same disk. A copy that cannot be read is a finding like any other.
Result<void> verify(Bench& bench) {
    constexpr std::array kOfTheDisk{"disk I/O error",     "unable to open", "unable to get the page",
                                    "failed to get page", "out of memory",  "no memory for"};
    const std::string scratch = bench.folder() + "/scratch";
    std::filesystem::create_directories(scratch);
    ::setenv("TMPDIR", scratch.c_str(), 1);
    const auto verified = CountyFolder::verify(bench.folder(), bench.environment());
    ::unsetenv("TMPDIR");
    HZ_TRY(const std::vector<std::string> findings, verified);
    if (findings.empty()) {
        return {};
    }
    const bool isOfTheDisk = std::any_of(kOfTheDisk.begin(), kOfTheDisk.end(), [&](const char* words) {
        return findings.front().find(words) != std::string::npos;
    });
    return fail(isOfTheDisk ? ErrorCode::storageFailed : ErrorCode::internal, findings.front());
}

Operation recovering(Operation operation) {
    operation.isRecovering = true;
    return operation;
}

}  // namespace

std::vector<Operation> countyOperations() {
    std::vector<Operation> all{
        {.name = "init",
         .side = Side::county,
         .state = "nothing",
         .run =
             [](Bench& bench) {
                 return CountyFolder::init(bench.folder(), {.name = "新县", .office = "公开办"},
                                           bench.environment());
             },
         .saysDone = ErrorCode::inUse},
        county("county-open", "calm", [](CountyFolder&, Bench&) { return Result<void>(); }),
        county("county-migrate", "old", [](CountyFolder&, Bench&) { return Result<void>(); }),
        county("serve", "calm", serve),
        county("serve-behind-its-head", "older", serve),
        county("units", "calm", importUnits),
        county("invite", "calm", invite),
        county("enrol-device", "calm", enrol),
        county("take-push", "pushed",
               [](CountyFolder& folder, Bench& bench) { return push(folder, bench, {"request0"}); }),
        county("take-batch", "meeting",
               [](CountyFolder& folder, Bench& bench) {
                   return push(folder, bench, {"request0", "request1"});
               }),
        county("take-twice", "pushed",
               [](CountyFolder& folder, Bench& bench) {
                   return push(folder, bench, {"request0", "request0"});
               }),
        county("write", "calm",
               [](CountyFolder& folder, Bench& bench) {
                   const std::vector<sync::CountyEdit> edits{
                       {{"unit", {{"first_name", sync::Value::text("甲镇")}}},
                        "common",
                        "short_names",
                        sync::OpKind::add,
                        sync::Value::text("甲")}};
                   return folder.county().write(edits, bench.environment().clock.now());
               }),
        county("revoke", "calm", revoke),
        county("end-person", "calm", [](CountyFolder& folder, Bench&) { return folder.endPerson("张三"); }),
        county("begin-epoch", "calm",
               [](CountyFolder& folder, Bench& bench) -> Result<void> {
                   HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(folder.store()));
                   HZ_CHECK(folder.county().beginEpoch("test", bench.environment().clock.now()));
                   HZ_CHECK(folder.county().enterEdits({}, bench.environment().clock.now()));
                   return scope.commit();
               }),
        county("backup", "calm", backup),
        {.name = "archive",
         .side = Side::county,
         .state = "long",
         .run = with(archive),
         .isWhole = false,
         .stride = 8},
        county("take-photo", "calm", takePhoto),
        {.name = "restore",
         .side = Side::county,
         .state = "backed",
         .run = restore,
         .isWhole = false,
         .isReplacing = true},
        {.name = "restore-over-open-one",
         .side = Side::county,
         .state = "backed",
         .run = restoreOverOpenOne,
         .isWhole = false,
         .isReplacing = true},
        {.name = "restore-over-crashed-one",
         .side = Side::county,
         .state = "crashed",
         .run = restore,
         .isWhole = false,
         .isReplacing = true},
        recovering(
            county("open-after-crash", "crashed", [](CountyFolder&, Bench&) { return Result<void>(); })),
        {.name = "verify-county", .side = Side::county, .state = "meeting", .run = verify, .isReading = true},
    };
    return all;
}

}  // namespace hezhang::test
