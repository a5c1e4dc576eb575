// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Databases that were damaged, of a device and of the county: what somebody still has comes back, only that
// is sent, and unsent work stays.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/engine/repair.h"
#include "tests/scenario/on_each_store.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Done {
    sync::RepairReport report;
    std::size_t requests = 0;
    std::size_t bytesDown = 0;
};

Done repair(World& world, Device& device) {
    Done done;
    sync::Repair repair(device.replica());
    const auto key = must(device.replica().identity()).macKey;
    while (auto request = must(repair.nextRequest())) {
        const sync::OpenedFrame opened = must(sync::openFrame(*request));
        const auto message = must(sync::decode<sync::RepairRequest>(opened.plain, "request"));
        const auto row = must(world.county().box().store().device(message.device));
        const auto answer = must(world.county().county().handleRepair(*row, message, world.clock().now()));
        const Bytes bytes =
            sync::frameWithMac(*world.setup().suite, sync::encode(answer), key, opened.frame.tag);
        ++done.requests;
        done.bytesDown += bytes.size();
        must(repair.onAnswer(bytes));
    }
    done.report = must(repair.finish());
    return done;
}

// The position of the newest entry with a segment, `back` before it.
std::uint64_t newestSegmentEntry(sync::Store& store, std::size_t back = 0) {
    std::vector<std::uint64_t> found;
    for (const sync::EntryRow& row : must(store.entries(0, SIZE_MAX))) {
        if (std::holds_alternative<sync::SegmentEntry>(
                must(sync::decode<sync::LogEntry>(row.entry, "entry")).content)) {
            found.push_back(row.position);
        }
    }
    return found.at(found.size() - 1 - back);
}

void damageSegmentAt(sync::Store& store, std::uint64_t position) {
    const auto entry = must(sync::decode<sync::LogEntry>(must(store.entry(position))->entry, "entry"));
    auto row = *must(store.segment(std::get<sync::SegmentEntry>(entry.content).segment));
    row.envelope[row.envelope.size() / 2] ^= 0x10;
    must(store.begin());
    must(store.putSegment(row));
    must(store.commit());
}

// Readable still, and not what the county signed.
void damageEntryAt(sync::Store& store, std::uint64_t position) {
    auto row = *must(store.entry(position));
    auto entry = must(sync::decode<sync::LogEntry>(row.entry, "entry"));
    entry.at += 1;
    row.entry = sync::encode(entry);
    must(store.begin());
    must(store.putEntry(row));
    must(store.commit());
}

class Repair : public OnEachStore {
protected:
    void SetUp() override {
        m_world.device("bob");
        for (int i = 0; i < 60; ++i) {
            alice().set(note("n" + std::to_string(i)), "text",
                        "第" + std::to_string(i) + "条，写了不少内容。");
            alice().sync();
        }
        m_world.syncAll();
    }
    sync::Store& county() { return m_world.county().box().store(); }
};

TEST_P(Repair, OfWhatIsSoundCostsOneSmallRequest) {
    const Done done = repair(m_world, bob());
    EXPECT_EQ(done.requests, 1u);
    EXPECT_LT(done.bytesDown, 100u);
    EXPECT_EQ(done.report.fetched, 0u);
    EXPECT_GT(done.report.compared, 60u);
    EXPECT_THAT(done.report.lost, IsEmpty());
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, GetsADamagedSegmentAgainAndNothingElse) {
    damageSegmentAt(bob().box().store(), newestSegmentEntry(bob().box().store(), 5));
    bob().kill();

    const Done done = repair(m_world, bob());

    EXPECT_EQ(done.report.fetched, 1u);
    EXPECT_LT(done.bytesDown, 1500u);
    EXPECT_THAT(done.report.lost, IsEmpty());
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, FindsADamagedEntryByTheDigestOfItsRange) {
    damageEntryAt(bob().box().store(), newestSegmentEntry(bob().box().store(), 7));
    ASSERT_FALSE(must(bob().replica().verifyPages()).empty());

    const Done done = repair(m_world, bob());

    EXPECT_EQ(done.report.differing, 1u);
    EXPECT_EQ(done.report.fetched, 1u);
    EXPECT_THAT(must(bob().replica().verifyPages()), IsEmpty());
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, MakesALostStateAnewFromTheLog) {
    sync::Store& store = bob().box().store();
    must(store.begin());
    must(store.clearProjection());
    must(store.commit());
    ASSERT_EQ(bob().shown(note("n3"), "text"), std::nullopt);

    EXPECT_TRUE(repair(m_world, bob()).report.isRebuilt);

    EXPECT_EQ(m_world.difference(), "");
}

// A bit of the disk is not the author's word: it is named, and never signed for him.
TEST_P(Repair, NeverSignsAnEditThatTheDiskHasChanged) {
    bob().set(kPlan, "text", "刚写的。");
    sync::Store& store = bob().box().store();
    sync::TailRow row;
    for (const sync::LaneRow& lane : must(store.lanes())) {
        if (const auto tail = must(store.tail(lane.lane)); lane.isMine && !tail.empty()) {
            row = tail.back();
        }
    }
    ASSERT_GT(row.op.counter, 0u);
    row.op.at += 1;
    must(store.begin());
    must(store.eraseTail(row.lane, row.op.counter));
    must(store.addTail(row));
    must(store.commit());

    const auto request = bob().nextRequest();

    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().code, ErrorCode::storageCorrupt);
}

TEST_P(Repair, LeavesUnsentWorkAsItIs) {
    bob().set(kPlan, "status", "封存未报");
    ASSERT_TRUE(must(bob().nextRequest()));  // seals it
    bob().endRound();
    bob().set(kPlan, "text", "刚写的。");
    damageSegmentAt(bob().box().store(), newestSegmentEntry(bob().box().store(), 5));
    bob().kill();

    EXPECT_THAT(repair(m_world, bob()).report.lost, IsEmpty());

    EXPECT_EQ(must(bob().replica().ownCounts()).local, 2u);
    EXPECT_EQ(bob().shown(kPlan, "text"), "刚写的。");
    m_world.syncAll();
    EXPECT_EQ(alice().shown(kPlan, "status"), "封存未报");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, NamesWhatNobodyHasAnyMore) {
    bob().set(kPlan, "status", "未报");
    ASSERT_TRUE(must(bob().nextRequest()));
    bob().endRound();
    sync::Store& store = bob().box().store();
    auto row = *must(store.segment(must(store.segmentsIn(sync::SegmentState::unsent)).front()));
    row.envelope[row.envelope.size() / 2] ^= 0x10;
    must(store.begin());
    must(store.putSegment(row));
    must(store.commit());
    bob().kill();

    const Done done = repair(m_world, bob());

    EXPECT_FALSE(done.report.lost.empty());
}

TEST_P(Repair, BringsBackToTheCountyWhatADeviceHas) {
    const std::uint64_t segmentAt = newestSegmentEntry(county(), 9);
    const std::uint64_t entryAt = newestSegmentEntry(county(), 20);
    damageSegmentAt(county(), segmentAt);
    damageEntryAt(county(), entryAt);
    m_world.county().restart();
    ASSERT_FALSE(must(m_world.county().county().verify()).empty());

    const sync::CountyDamage damage = must(m_world.county().county().inspect());
    EXPECT_THAT(damage.entries, ElementsAre(entryAt, segmentAt));
    const Done done = repair(m_world, bob());

    EXPECT_EQ(done.report.given, 2u);
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
    EXPECT_THAT(must(m_world.county().county().inspect()).entries, IsEmpty());
    bob().set(kPlan, "status", "done");
    m_world.syncAll();
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, MakesTheTreeOfTheLogAnew) {
    must(county().begin());
    must(county().putNode(0, 5, Hash{}));
    must(county().putNode(2, 1, Hash{}));
    must(county().commit());

    const sync::CountyDamage damage = must(m_world.county().county().inspect());

    EXPECT_TRUE(damage.isTreeRebuilt);
    EXPECT_THAT(damage.entries, IsEmpty());
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
    alice().set(kPlan, "status", "done");
    m_world.syncAll();
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, WorksWhereBothHaveLostSomething) {
    damageSegmentAt(county(), newestSegmentEntry(county(), 9));
    damageSegmentAt(bob().box().store(), newestSegmentEntry(bob().box().store(), 9));
    damageSegmentAt(bob().box().store(), newestSegmentEntry(bob().box().store(), 3));
    m_world.county().restart();
    bob().kill();
    ASSERT_EQ(must(m_world.county().county().inspect()).entries.size(), 1u);

    EXPECT_EQ(repair(m_world, bob()).report.lost.size(),
              2u);  // the one that the county lost as well, and so the state
    repair(m_world, alice());
    const Done done = repair(m_world, bob());

    EXPECT_THAT(done.report.lost, IsEmpty());
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Repair, TakesNothingThatTheLogDoesNotName) {
    const std::uint64_t at = newestSegmentEntry(county(), 4);
    damageSegmentAt(county(), at);
    m_world.county().restart();
    ASSERT_THAT(must(m_world.county().county().inspect()).entries, ElementsAre(at));
    sync::Store& store = alice().box().store();
    const auto entry = *must(store.entry(at));
    const auto other = *must(store.entry(newestSegmentEntry(store, 5)));
    const auto otherSegment =
        std::get<sync::SegmentEntry>(must(sync::decode<sync::LogEntry>(other.entry, "entry")).content)
            .segment;
    sync::RepairRequest request;
    request.device = alice().id();
    request.epoch = must(alice().replica().cursor()).epoch;
    request.scopes = alice().scopes();
    const auto row = *must(county().device(alice().id()));

    request.given = {{at, other.entry, must(store.segment(otherSegment))->envelope}};
    EXPECT_THAT(must(m_world.county().county().handleRepair(row, request, 0)).needed, ElementsAre(at));
    request.given = {{at, entry.entry, must(store.segment(otherSegment))->envelope}};
    EXPECT_THAT(must(m_world.county().county().handleRepair(row, request, 0)).needed, ElementsAre(at));

    EXPECT_EQ(repair(m_world, bob()).report.given, 1u);
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
}

TEST_P(Repair, GivesNobodyWhatHeMayNotRead) {
    m_world.enrol("hana", "clerk", {"harbour"});
    m_world.syncAll();
    sync::RepairRequest request;
    request.device = m_world.device("hana").id();
    request.epoch = must(m_world.device("hana").replica().cursor()).epoch;
    request.scopes = {"harbour"};
    for (std::uint64_t position = 0; position < 60; ++position) {
        request.wanted.push_back(position);
    }
    const auto row = *must(county().device(request.device));

    const auto answer = must(m_world.county().county().handleRepair(row, request, 0));
    for (const sync::ProvenEntry& proven : answer.page->entries) {
        EXPECT_TRUE(proven.segment.empty());
    }
    request.scopes = {"team"};
    EXPECT_EQ(must(m_world.county().county().handleRepair(row, request, 0)).status,
              sync::RepairStatus::otherScopes);
}

TEST_P(Repair, GivesWhatWasSetAsideToOfficeAndAuthorAlone) {
    m_world.enrol("olga", "office");
    m_world.county().ban("bob");
    bob().set(kPlan, "status", "late");
    m_world.syncAll();
    const std::uint64_t at = newestSegmentEntry(county());
    for (const char* name : {"olga", "bob"}) {
        damageSegmentAt(m_world.device(name).box().store(), at);
        m_world.device(name).kill();

        EXPECT_EQ(repair(m_world, m_world.device(name)).report.fetched, 1u) << name;
    }
    sync::RepairRequest request;
    request.device = alice().id();
    request.epoch = must(alice().replica().cursor()).epoch;
    request.scopes = alice().scopes();
    request.wanted = {at};
    const auto row = *must(county().device(alice().id()));

    EXPECT_FALSE(must(m_world.county().county().handleRepair(row, request, 0)).page);
    EXPECT_EQ(m_world.difference(), "");
}

INSTANTIATE_TEST_SUITE_P(, Repair, eachStore(), storeName);

}  // namespace
}  // namespace hezhang::test
