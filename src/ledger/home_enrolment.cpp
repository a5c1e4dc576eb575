// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How a folder becomes a home.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "src/ledger/answered.h"
#include "src/ledger/enrolment_note.h"
#include "src/ledger/files.h"
#include "src/ledger/home.h"
#include "src/ledger/leaving.h"
#include "sync/engine/enrolment.h"

namespace hezhang::ledger {
namespace {

constexpr std::size_t kKeysKept = 8;  // of codes typed before

std::string databaseIn(const std::string& folder) {
    return folder + "/home.db";
}

// The folder while it is no home yet. What it was is what is left where nothing came of it.
class FolderToBe {
public:
    explicit FolderToBe(std::string folder) : m_folder(std::move(folder)), m_wasThere(fileExists(m_folder)) {}

    // One process at a time. Errors: inUse.
    Result<void> make() {
        HZ_CHECK(makeFolder(m_folder));
        HZ_TRY(m_lock, FileLock::tryTake(m_folder + kLockName));
        if (!m_lock) {
            return fail(ErrorCode::inUse, "another process enrolls the folder " + m_folder);
        }
        return {};
    }
    void leaveAsItWas() const {
        std::error_code ignored;
        for (const char* name : {"/home.db.new", "/home.db.new-wal", "/home.db.new-shm", "/url"}) {
            std::filesystem::remove(m_folder + name, ignored);
        }
        if (readEnrolmentNote(m_folder).empty()) {
            std::filesystem::remove(m_folder + kLockName, ignored);
            if (!m_wasThere) {
                std::filesystem::remove(m_folder, ignored);  // fails where something else is in it
            }
        }
    }

private:
    // The lock of a sync: the home begins with its first one.
    static constexpr const char* kLockName = "/sync.lock";

    std::string m_folder;
    bool m_wasThere;
    std::optional<FileLock> m_lock;
};

// Errors: alreadyEnrolled.
Result<void> checkFree(const std::string& folder) {
    if (!fileExists(databaseIn(folder))) {
        return {};
    }
    HZ_TRY(const bool wasLeft, finishLeaving(folder));
    return wasLeft ? Result<void>()
                   : fail(ErrorCode::alreadyEnrolled, "the folder " + folder + " is enrolled already");
}

// One attempt a suite: which one the county has shows only in what its code is known by. The international
// one is the common case. Key pairs of an attempt with this code whose answer did not come are used again.
Result<std::vector<EnrolmentKey>> keysFor(const std::vector<EnrolmentKey>& before, const std::string& code,
                                          RandomSource& random) {
    std::vector<EnrolmentKey> keys;
    for (const sync::SuiteId id : {sync::SuiteId::international, sync::SuiteId::sm}) {
        const sync::Suite& suite = *sync::suiteFor(id);
        EnrolmentKey key{sync::codeIdOf(suite, code), id, {}};
        const auto same = std::find_if(before.begin(), before.end(), [&](const EnrolmentKey& one) {
            return one.suite == id && one.codeId == key.codeId;
        });
        if (same != before.end()) {
            key.device = same->device;
        } else {
            HZ_TRY(key.device, suite.newKeyPair(random));
        }
        keys.push_back(std::move(key));
    }
    return keys;
}

Result<sync::Identity> askWith(const EnrolmentKey& key, const std::string& url, const std::string& code,
                               sync::Transport& transport) {
    const sync::Suite& suite = *sync::suiteFor(key.suite);
    HZ_TRY(const sync::Enrolment enrolment, sync::Enrolment::again(suite, key.device, code));
    HZ_TRY(const sync::Answer answer, transport.post(std::string(sync::kEnrolPath), enrolment.request()));
    const auto message = messageIn(answer);
    if (!message && message.error().code == ErrorCode::notOurServer) {
        return fail(ErrorCode::notOurServer, "what answered at " + url + " is not a county's endpoint");
    }
    HZ_CHECK(message);
    return enrolment.onAnswer(suite, *message);
}

Result<void> buildDatabase(const std::string& folder, const std::string& url, const sync::Identity& identity,
                           RandomSource& random) {
    const std::string fresh = databaseIn(folder) + ".new";
    std::error_code ignored;
    std::filesystem::remove(fresh, ignored);
    {
        HZ_TRY(const std::unique_ptr<sync::SqliteStore> store,
               sync::SqliteStore::open(fresh, storage::Access::create));
        ::chmod(fresh.c_str(), 0600);
        const LedgerRules rules(schema::Registers::builtIn());
        const LedgerJudge judge(schema::Registers::builtIn());
        sync::Replica replica(*store, *sync::suiteFor(identity.county.suite), rules, judge, random);
        HZ_TRY(sync::WriteScope scope, sync::WriteScope::begin(*store));
        HZ_CHECK(replica.initialise(identity));
        HZ_CHECK(scope.commit());
        HZ_CHECK(store->database().fold());
    }
    if (!url.empty()) {
        HZ_CHECK(replaceFile(folder + "/url", viewOf(url)));
    }
    forgetWipe(folder);
    if (::rename(fresh.c_str(), databaseIn(folder).c_str()) != 0) {
        return fail(ErrorCode::fileUnwritable, "cannot make the home in " + folder);
    }
    return syncFolder(folder);
}

}  // namespace

Result<Bytes> Home::enrolmentBundle(const std::string& folder, const std::string& url,
                                    const std::string& code, Environment environment) {
    FolderToBe place(folder);
    HZ_CHECK(checkFree(folder));
    HZ_CHECK(place.make());
    const std::optional<EnrolmentByFile> before = readEnrolmentByFile(folder);
    EnrolmentByFile note{{}, {}, url};
    HZ_TRY(note.keys, keysFor(before ? before->keys : readEnrolmentNote(folder), code, environment.random));
    sync::BundleWriter writer(*sync::suiteFor(sync::SuiteId::international),
                              {sync::BundleKind::requests, {}, {}, {}});
    for (const EnrolmentKey& key : note.keys) {
        const sync::Suite& suite = *sync::suiteFor(key.suite);
        note.codeKeys.push_back(sync::codeKeyOf(suite, code));
        HZ_TRY(const sync::Enrolment enrolment, sync::Enrolment::again(suite, key.device, code));
        writer.add(sync::CarriedRoute::enrol, enrolment.request());
    }
    HZ_CHECK(writeEnrolmentByFile(folder, note));
    ::chmod(folder.c_str(), 0700);
    return std::move(writer).finish();
}

Result<void> Home::finishEnrolment(const std::string& folder, const sync::Bundle& bundle,
                                   Environment environment) {
    HZ_CHECK(checkFree(folder));
    const std::optional<EnrolmentByFile> note = readEnrolmentByFile(folder);
    if (!note) {
        return fail(ErrorCode::otherDevice, "no enrolment by file was begun in the folder " + folder);
    }
    FolderToBe place(folder);
    HZ_CHECK(place.make());
    Result<sync::Identity> identity =
        fail(ErrorCode::otherDevice, "the answer is to another device's enrolment");
    for (const sync::CarriedPart& part : bundle.parts) {
        for (std::size_t i = 0; part.route == sync::CarriedRoute::enrol && i < note->keys.size() && !identity;
             ++i) {
            const EnrolmentKey& key = note->keys[i];
            const sync::Suite& suite = *sync::suiteFor(key.suite);
            const auto resumed = sync::Enrolment::resume(suite, key.device, note->codeKeys[i], part.request);
            if (resumed) {
                identity = resumed->onAnswer(suite, part.answer);
            }
        }
    }
    HZ_CHECK(identity);
    HZ_CHECK(buildDatabase(folder, note->url, *identity, environment.random));
    eraseEnrolmentNote(folder);
    ::chmod(folder.c_str(), 0700);
    HZ_TRY([[maybe_unused]] const std::unique_ptr<Home> opened, open(folder, environment));
    return {};
}

Result<void> Home::enroll(const std::string& folder, const std::string& url, const std::string& code,
                          sync::Transport& transport, Environment environment) {
    HZ_CHECK(checkFree(folder));
    FolderToBe place(folder);
    HZ_CHECK(place.make());
    HZ_CHECK(checkFree(folder));
    // Keys of other codes stay noted: a slip of the pen must not burn the code that was typed before it.
    const std::vector<EnrolmentKey> before = readEnrolmentNote(folder);
    HZ_TRY(const std::vector<EnrolmentKey> keys, keysFor(before, code, environment.random));
    const auto isOfThisCode = [&](const EnrolmentKey& one) {
        return std::any_of(keys.begin(), keys.end(), [&](const EnrolmentKey& key) {
            return key.suite == one.suite && key.codeId == one.codeId;
        });
    };
    std::vector<EnrolmentKey> others = before;
    std::erase_if(others, isOfThisCode);
    others.erase(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(
                                                      others.size() - std::min(others.size(), kKeysKept)));
    const bool isSecondTry = others.size() < before.size();
    std::vector<EnrolmentKey> noted = others;
    noted.insert(noted.end(), keys.begin(), keys.end());
    const auto forget = [&] {
        if (others.empty() || !writeEnrolmentNote(folder, others)) {
            eraseEnrolmentNote(folder);
        }
        place.leaveAsItWas();
    };
    if (auto written = writeEnrolmentNote(folder, noted); !written) {
        forget();
        return written;
    }
    const std::uint64_t sentBefore = transport.traffic().sent;
    Result<sync::Identity> identity =
        fail(ErrorCode::badCode, "the invitation code is wrong, was used, or has expired");
    for (const EnrolmentKey& key : keys) {
        identity = askWith(key, url, code, transport);
        if (identity || identity.error().code != ErrorCode::badCode) {
            break;
        }
    }
    if (!identity) {
        // Where nothing went out, or the county said no, nothing can be lost. Else it may have taken the
        // code: its key is kept.
        const bool isNothingSent = transport.traffic().sent == sentBefore && !isSecondTry;
        if (isNothingSent || identity.error().code == ErrorCode::badCode) {
            forget();
        }
        return fail(identity.error());
    }
    // From here on the code is used: what fails now (a full disk) can be tried again with the same code.
    HZ_CHECK(buildDatabase(folder, url, *identity, environment.random));
    eraseEnrolmentNote(folder);
    ::chmod(folder.c_str(), 0700);
    // The home stands. Its guard is written now where the disk lets us, else by whoever opens it next.
    static_cast<void>(open(folder, environment));
    return {};
}

}  // namespace hezhang::ledger
