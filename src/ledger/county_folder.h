// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's data folder: what `hezhangd` does to it, without HTTP.
//
// Files:   county.db · head (the newest signed head, noted beside the database: tells a database that is older) · url (of the running
//          endpoint) · serve.lock (held by the one running `serve`) · blobs/.
// Errors:  notFound (no county here), inUse, alreadyEnrolled never; unknownUnit; storage errors.
// Threads: one CountyFolder, one thread. `invite` and the others work beside a running `serve`.
#pragma once

#include <memory>

#include "src/ledger/names.h"
#include "sync/engine/county.h"
#include "sync/store/sqlite_store.h"
#include "src/ledger/home.h"

namespace hezhang::ledger {

struct CountyOptions {
    std::string name;
    std::optional<std::string> office;     // name of the office's unit; default 政务公开办公室
    sync::SuiteId suite = sync::SuiteId::international;
};

struct InviteRequest {
    std::string unit;      // name
    std::string person;    // name; made when the unit has none of that name
    std::string role;
    WallMs validFor = WallMs{7} * 24 * 3600 * 1000;
};
struct InviteAnswer {
    std::string code;
    std::optional<std::string> url;
    WallMs expiresAt = 0;
};

struct UnitsImport {
    std::size_t created = 0;
    std::size_t changed = 0;
    std::size_t unchanged = 0;
    std::vector<std::string> warnings;
};

struct DeviceListing {
    sync::DeviceRow row;
    std::string personName;
    std::string unitName;
    struct Lane {
        LaneId lane;
        std::string scope;
        std::uint64_t branches = 1;   // more than one: the home was copied or restored
        sync::OpCounter ops = 0;
    };
    std::vector<Lane> lanes;
};

class CountyFolder {
public:
    // Errors: inUse where there is one already.
    [[nodiscard]] static Result<void> init(const std::string& folder, const CountyOptions& options, Environment environment);
    [[nodiscard]] static Result<std::unique_ptr<CountyFolder>> open(const std::string& folder, Environment environment);

    // Takes serve.lock until the folder is closed, and begins a new epoch where the database is behind the head noted beside it.
    // Errors: inUse.
    [[nodiscard]] Result<void> startServing(const std::string& url);
    void stopServing();   // removes the url file; the lock goes with the object

    [[nodiscard]] Result<UnitsImport> importUnits(std::string_view csv);
    [[nodiscard]] Result<InviteAnswer> invite(const InviteRequest& request, const std::optional<std::string>& url);
    [[nodiscard]] Result<std::vector<DeviceListing>> devices();
    [[nodiscard]] Result<void> revoke(std::string_view device);        // id or unique start
    [[nodiscard]] Result<void> endPerson(std::string_view person);     // id, unique start, or unique name
    [[nodiscard]] Result<void> backupTo(const std::string& file);
    // Puts a backup into an empty or existing folder; the next history is a new epoch. Errors: inUse beside a running serve.
    [[nodiscard]] static Result<void> restore(const std::string& backup, const std::string& folder, Environment environment);
    // Pages, log, signatures, projection; writes nothing (works on a copy). One line a finding.
    [[nodiscard]] static Result<std::vector<std::string>> verify(const std::string& folder, Environment environment);

    // Sync requests in one transaction; notes the new head beside the database.
    [[nodiscard]] Result<std::vector<Bytes>> handleSync(std::span<const Bytes> requests);
    [[nodiscard]] Result<Bytes> handleEnrol(BytesView request);
    [[nodiscard]] Result<Bytes> handleBlobPut(BytesView request);
    [[nodiscard]] Result<Bytes> handleBlobGet(BytesView request);

    [[nodiscard]] sync::County& county() { return *m_county; }
    [[nodiscard]] const schema::Registers& registers() const { return schema::Registers::builtIn(); }
    ~CountyFolder();

private:
    CountyFolder(std::string folder, Environment environment) : m_folder(std::move(folder)), m_environment(environment) {}
    [[nodiscard]] Result<void> load(storage::Access access);
    [[nodiscard]] Result<void> noteHead();
    [[nodiscard]] WallMs now() const { return m_environment.clock.now(); }

    std::string m_folder;
    Environment m_environment;
    const sync::Suite* m_suite = nullptr;
    std::unique_ptr<sync::SqliteStore> m_store;
    std::unique_ptr<LedgerRules> m_rules;
    std::unique_ptr<LedgerJudge> m_judge;
    std::unique_ptr<sync::County> m_county;
    int m_lock = -1;
};

}  // namespace hezhang::ledger
