// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/damage/trial.h"

#include <algorithm>
#include <filesystem>

#include "src/ledger/bundles.h"
#include "src/ledger/repairing.h"
#include "tests/damage/damage.h"

namespace hezhang::test {

using ledger::CountyFolder;
using ledger::Home;

namespace {

constexpr std::uint64_t kDrawn = 4711;
constexpr std::uint64_t kOneInWal = 3;

std::string textOfError(const Error& error) {
    return std::string(name(error.code)) + ": " + error.text;
}

// The scope and the first line that differ.
std::string difference(const Dumps& is, const Dumps& wanted) {
    for (const auto& [scope, text] : wanted) {
        const auto there = is.find(scope);
        if (there == is.end()) {
            return "scope " + scope + " is not there";
        }
        if (there->second != text) {
            const auto [a, b] =
                std::mismatch(there->second.begin(), there->second.end(), text.begin(), text.end());
            const auto at = static_cast<std::size_t>(b - text.begin());
            const std::size_t from = at < 60 ? 0 : at - 60;
            return "scope " + scope + ": is …" +
                   there->second.substr(std::min(from, there->second.size()), 120) + "…, should be …" +
                   text.substr(from, 120) + "…";
        }
    }
    return is.size() == wanted.size() ? "" : "there are more scopes";
}

class Trial {
public:
    Trial(Site& site, const Wanted* wanted, const OpIds& known, bool isEdited, Place place)
        : m_site(site), m_wanted(wanted), m_known(known), m_isEdited(isEdited), m_place(std::move(place)) {}

    void onHome();
    void onCounty();
    void onBundle(std::uint64_t which);
    Outcome outcome;
    Seen seen;

private:
    [[nodiscard]] bool isFound() const { return m_isFound; }
    void note(Found found, const std::string& how) {
        if (!m_isFound) {
            m_isFound = true;
            outcome.found = found;
            outcome.how = how;
        }
    }
    void broken(const std::string& what) {
        if (outcome.broken.empty()) {
            outcome.broken = what;
        }
    }
    // False: it said what is wrong.
    template <class T>
    bool isFine(Found found, const Result<T>& result) {
        if (!result) {
            note(found, textOfError(result.error()));
        }
        return result.has_value();
    }
    [[nodiscard]] const Seen* wanted() const {
        return m_wanted != nullptr ? &m_wanted->seen[m_isEdited ? 1 : 0] : nullptr;
    }
    void judgeBefore(const std::string& side);
    void edit(Home& home);
    bool sync(Home& home, CountyFolder& county);
    void expectSound(CountyFolder& county);
    void expectSound(Home& home, const std::string& who);
    void expectNothingForeign(sync::Store& store, const sync::Suite& suite, const std::string& who);
    void expectAgreement(Home& home, CountyFolder& county, const std::string& who);
    void expectUnchanged(sync::Store& store, const sync::Suite& suite, const OpIds& before,
                         const std::string& who);
    bool refuses(const Result<void>& imported);
    void mendHome(Home& home, CountyFolder& county);
    void mendCounty(Home& clerk, Home& office, CountyFolder& county);

    Site& m_site;
    const Wanted* m_wanted;
    OpIds m_known;
    bool m_isEdited;
    bool m_isFound = false;
    Place m_place;
};

// Nobody has noticed anything: then what is read is what stood there.
void Trial::judgeBefore(const std::string& side) {
    if (isFound() || wanted() == nullptr || seen.before == wanted()->before) {
        return;
    }
    const auto& earlier = m_site.earlier(side);
    if (outcome.what.starts_with("-wal") &&
        std::find(earlier.begin(), earlier.end(), seen.before) != earlier.end()) {
        note(Found::older, "an earlier moment is back");
        return;
    }
    broken("is believed: " + difference(seen.before, wanted()->before));
}

void Trial::edit(Home& home) {
    if (!m_isEdited) {
        return;
    }
    const auto answer = home.edit({.record = m_site.joint(),
                                   .field = "joint_progress",
                                   .text = std::string("现在改写：已公开十五项。")});
    if (isFine(Found::sync, answer)) {
        m_known.insert(answer->op);
    }
}

// Twice: what the first answer leads to.
bool Trial::sync(Home& home, CountyFolder& county) {
    DirectTransport endpoint(county);
    for (int turn = 0; turn < 2; ++turn) {
        const auto report = home.sync(endpoint);
        if (!report || report->error) {
            const Error& error = report ? *report->error : report.error();
            note(Found::sync, textOfError(error));
            return false;
        }
    }
    return true;
}

void Trial::expectNothingForeign(sync::Store& store, const sync::Suite& suite, const std::string& who) {
    if (!isSubset(must(opsOf(store, suite)), m_known)) {
        broken(who + " has taken an op that nobody wrote");
    }
}

void Trial::expectSound(CountyFolder& county) {
    const auto findings = must(county.county().verify());
    if (!findings.empty()) {
        broken("the damage has come to the county: " + findings.front());
    }
    expectNothingForeign(county.store(), *sync::suiteFor(sync::SuiteId::international), "the county");
}

void Trial::expectSound(Home& home, const std::string& who) {
    const auto findings = must(home.verify());
    if (!findings.empty()) {
        broken("the damage has come to the " + who + ": " + findings.front());
    }
    expectNothingForeign(home.store(), home.suite(), "the " + who);
}

void Trial::expectAgreement(Home& home, CountyFolder& county, const std::string& who) {
    const auto is = dumpsOf(home);
    if (!isFine(Found::later, is)) {
        return;
    }
    const auto at = dumpsOf(county, *is);
    if (!isFine(Found::later, at)) {
        return;
    }
    if (*is != *at) {
        broken("the " + who + " and the county synced and differ: " + difference(*is, *at));
    }
}

// Gets back what the other has, and then all is well or somebody says that it is not.
void Trial::mendHome(Home& home, CountyFolder& county) {
    DirectTransport endpoint(county);
    const auto report = ledger::repair(home, endpoint);
    if (!report || !sync(home, county)) {
        return;
    }
    const auto findings = home.verify();
    if (!findings || !findings->empty()) {
        return;
    }
    expectAgreement(home, county, "repaired home");
    outcome.isMended = report->lost.empty() && outcome.found != Found::older;
}

void Trial::onHome() {
    const auto county = must(CountyFolder::open(m_place.county(), m_site.environment()));
    m_site.draw(kDrawn);
    const auto opened = Home::open(m_place.clerk(), m_site.environment());
    if (!isFine(Found::open, opened)) {
        return;
    }
    Home& home = **opened;
    auto before = dumpsOf(home);
    if (isFine(Found::read, before)) {
        seen.before = *std::move(before);
    }
    const auto findings = home.verify();
    if (isFine(Found::check, findings) && !findings->empty()) {
        note(Found::check, findings->front());
    }
    judgeBefore("clerk");
    edit(home);
    const bool isSynced = sync(home, *county);
    expectSound(*county);
    const auto after = home.verify();
    const bool isClean = isFine(Found::later, after) && after->empty();
    if (after && !after->empty()) {
        note(Found::later, after->front());
    }
    if (isSynced && isClean) {
        expectAgreement(home, *county, "home");
    }
    if (auto clerk = dumpsOf(home); isFine(Found::later, clerk)) {
        seen.clerk = *std::move(clerk);
    }
    seen.county = must(dumpsOf(*county, wanted() != nullptr ? wanted()->county : seen.clerk));
    if (!isFound() && wanted() != nullptr && seen.county != wanted()->county) {
        broken("nobody noticed, and the county lacks something: " +
               difference(seen.county, wanted()->county));
    }
    if (isFound()) {
        mendHome(home, *county);
        expectSound(*county);
    }
}

void Trial::mendCounty(Home& clerk, Home& office, CountyFolder& county) {
    if (!county.repair()) {
        return;
    }
    DirectTransport endpoint(county);
    for (Home* home : {&clerk, &office}) {
        if (!ledger::repair(*home, endpoint)) {
            return;
        }
    }
    if (!sync(clerk, county) || !sync(office, county) || !sync(clerk, county)) {
        return;
    }
    const auto findings = CountyFolder::verify(m_place.county(), m_site.environment());
    if (!findings || !findings->empty()) {
        return;
    }
    expectAgreement(clerk, county, "clerk");
    expectAgreement(office, county, "office");
    outcome.isMended = outcome.found != Found::older;
}

void Trial::onCounty() {
    const auto clerk = must(Home::open(m_place.clerk(), m_site.environment()));
    const auto office = must(Home::open(m_place.office(), m_site.environment()));
    m_site.draw(kDrawn);
    const auto findings = CountyFolder::verify(m_place.county(), m_site.environment());
    const auto opened = CountyFolder::open(m_place.county(), m_site.environment());
    if (!isFine(Found::open, opened) || !isFine(Found::open, (*opened)->startServing())) {
        return;
    }
    CountyFolder& county = **opened;
    auto before = dumpsOf(county, wanted() != nullptr ? wanted()->before : must(dumpsOf(*office)));
    if (isFine(Found::read, before)) {
        seen.before = *std::move(before);
    }
    if (isFine(Found::check, findings) && !findings->empty()) {
        note(Found::check, findings->front());
    }
    judgeBefore("county");
    edit(*clerk);
    bool isSynced = true;
    for (Home* home : {clerk.get(), office.get(), clerk.get()}) {
        isSynced = sync(*home, county) && isSynced;
    }
    expectSound(*clerk, "clerk");
    expectSound(*office, "office");
    const auto after = CountyFolder::verify(m_place.county(), m_site.environment());
    const bool isClean = isFine(Found::later, after) && after->empty();
    if (after && !after->empty()) {
        note(Found::later, after->front());
    }
    if (isSynced && isClean) {
        expectAgreement(*clerk, county, "clerk");
        expectAgreement(*office, county, "office");
        expectNothingForeign(county.store(), office->suite(), "the county");
    }
    seen.clerk = must(dumpsOf(*clerk));
    seen.office = must(dumpsOf(*office));
    if (!isFound() && wanted() != nullptr &&
        (seen.clerk != wanted()->clerk || seen.office != wanted()->office)) {
        broken("nobody noticed, and the homes show something else: " +
               difference(seen.clerk, wanted()->clerk) + difference(seen.office, wanted()->office));
    }
    if (isFound()) {
        mendCounty(*clerk, *office, county);
        expectSound(*clerk, "clerk");
        expectSound(*office, "office");
    }
}

bool Trial::refuses(const Result<void>& imported) {
    if (m_wanted == nullptr) {
        must(imported);
        return false;
    }
    if (imported) {
        broken("a damaged bundle is taken");
        return false;
    }
    note(Found::open, textOfError(imported.error()));
    return true;
}

void Trial::expectUnchanged(sync::Store& store, const sync::Suite& suite, const OpIds& before,
                            const std::string& who) {
    if (m_wanted != nullptr && must(opsOf(store, suite)) != before) {
        broken("a bundle that was refused has left something at the " + who);
    }
}

// At the county, at the home that gets the answer, at one that carries it for another.
void Trial::onBundle(std::uint64_t which) {
    const auto bytes = [&](const std::string& path) { return must(ledger::readFile(path, kDamagedFileMax)); };
    m_site.draw(kDrawn);
    if (which == 0) {
        const auto county = must(CountyFolder::open(m_place.county(), m_site.environment()));
        const sync::Suite& suite = *sync::suiteFor(sync::SuiteId::international);
        const OpIds before = must(opsOf(county->store(), suite));
        const auto take = [&](const std::string& path) -> Result<void> {
            HZ_TRY([[maybe_unused]] const ledger::BundleTaken taken,
                   county->importBundle(bytes(path), ledger::kBundleBytesDefault));
            return {};
        };
        refuses(take(m_place.bundle()));
        expectUnchanged(county->store(), suite, before, "county");
        expectSound(*county);
        must(take(m_place.bundle() + ".sound"));
        return;
    }
    const auto home = must(Home::open(which == 1 ? m_place.clerk() : m_place.office(), m_site.environment()));
    const std::string file = which == 1 ? m_place.answer() : m_place.bundle();
    const OpIds before = must(opsOf(home->store(), home->suite()));
    const auto take = [&](const std::string& path) -> Result<void> {
        HZ_TRY([[maybe_unused]] const ledger::BundleImport taken, ledger::importBundle(*home, bytes(path)));
        return {};
    };
    refuses(take(file));
    expectUnchanged(home->store(), home->suite(), before, "home");
    expectSound(*home, "home");
    if (m_wanted != nullptr && !must(ledger::carriedBundles(*home)).empty()) {
        broken("a damaged bundle is carried on");
    }
    must(take(file + ".sound"));
}

std::string pathToDamage(const Place& place, Damaged kind, std::uint64_t which, SeededRandom& random) {
    if (kind == Damaged::bundle) {
        return which == 1 ? place.answer() : place.bundle();
    }
    const std::string path =
        kind == Damaged::home ? place.clerk() + "/home.db" : place.county() + "/county.db";
    return random.below(kOneInWal) == 0 ? path + "-wal" : path;
}

void run(Trial& trial, Damaged kind, std::uint64_t which) {
    switch (kind) {
    case Damaged::home:
        return trial.onHome();
    case Damaged::county:
        return trial.onCounty();
    case Damaged::bundle:
        return trial.onBundle(which);
    }
}

}  // namespace

Wanted wantedOf(Site& site, Damaged kind) {
    Wanted wanted;
    {
        const Place place = site.fresh("known");
        const auto county = must(CountyFolder::open(place.county(), site.environment()));
        for (const std::string& folder : {place.clerk(), place.office()}) {
            const auto home = must(Home::open(folder, site.environment()));
            wanted.known.merge(must(opsOf(home->store(), home->suite())));
        }
        wanted.known.merge(must(opsOf(county->store(), *sync::suiteFor(sync::SuiteId::international))));
    }
    if (kind == Damaged::bundle) {
        return wanted;
    }
    for (const bool isEdited : {false, true}) {
        Trial trial(site, nullptr, wanted.known, isEdited, site.fresh("wanted"));
        run(trial, kind, 0);
        if (!trial.outcome.how.empty() || !trial.outcome.broken.empty()) {
            throw std::runtime_error("without damage: " + trial.outcome.how + trial.outcome.broken);
        }
        wanted.seen[isEdited ? 1 : 0] = trial.seen;
    }
    return wanted;
}

Outcome tryDamage(Site& site, const Wanted& wanted, Damaged kind, std::uint64_t seed,
                  const std::string& name) {
    SeededRandom random(seed);
    const std::uint64_t which = random.below(3);
    const Place place = kind == Damaged::bundle && which == 1 ? site.freshSent(name) : site.fresh(name);
    const std::string path = pathToDamage(place, kind, which, random);
    if (kind == Damaged::bundle) {
        std::filesystem::copy_file(path, path + ".sound");
    }
    Trial trial(site, &wanted, wanted.known, random.below(2) == 0, place);
    const std::string file = std::filesystem::path(path).filename().string();
    trial.outcome.what = (file.ends_with("-wal") ? "-wal of " : "") + file + ": " + damageFile(path, random);
    try {
        run(trial, kind, which);
    } catch (const std::exception& error) {
        trial.outcome.broken = std::string("a sound side fails: ") + error.what();
    }
    return trial.outcome;
}

}  // namespace hezhang::test
