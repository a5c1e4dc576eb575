// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A value is erased by law: it is gone everywhere, the op and every proof over it stay, and nobody's work is
// lost by it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenario/on_each_store.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::string storedAt(World& world) {
    std::string all;
    sync::County& county = world.county().county();
    for (const Hash& hash : must(county.store().segmentsIn(sync::SegmentState::inLog))) {
        const auto sealed =
            must(sync::openSegment(*world.setup().suite, must(county.store().segment(hash))->envelope));
        for (const sync::Op& op : sealed.segment.ops) {
            all += std::string(op.value.asText().value_or("")) + "\n";
        }
    }
    return all;
}

// Whether a text lies anywhere on a device, once its files were cleaned as a home cleans them after its sync.
bool isOn(Device& device, std::string_view text) {
    device.box().scrub();
    return device.everythingStored().find(text) != std::string::npos;
}

class Redaction : public OnEachStore {};

TEST_P(Redaction, TakesTheValueFromTheCountyAndFromEveryDeviceThatSyncs) {
    const auto secret = m_world.device("alice").set(kPlan, "status", "身份证号");
    m_world.device("alice").set(kPlan, "text", "留下的。");
    m_world.device("bob");
    m_world.syncAll();
    ASSERT_TRUE(isOn(m_world.device("bob"), "身份证号"));

    const sync::RedactedOp redacted = m_world.county().redact(secret.op);
    m_world.syncAll();

    EXPECT_TRUE(redacted.isNew);
    EXPECT_EQ(redacted.field, "status");
    for (const char* name : {"alice", "bob"}) {
        EXPECT_EQ(m_world.device(name).shown(kPlan, "status"), std::nullopt) << name;
        EXPECT_EQ(m_world.device(name).shown(kPlan, "text"), "留下的。") << name;
        EXPECT_FALSE(isOn(m_world.device(name), "身份证号")) << name;
    }
    EXPECT_THAT(storedAt(m_world), Not(HasSubstr("身份证号")));
    EXPECT_THAT(storedAt(m_world), HasSubstr("留下的。"));
    EXPECT_EQ(m_world.difference(), "");
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
}

TEST_P(Redaction, LeavesSegmentsThatProveAndAreSignedAsBefore) {
    const auto secret = m_world.device("alice").set(kPlan, "status", "秘");
    m_world.device("alice").set(kPlan, "text", "在。");
    m_world.syncAll();
    sync::Store& store = m_world.county().box().store();
    const Hash hash = must(m_world.device("alice").replica().history().opAt(secret.ref))->segment;
    const auto before = must(sync::openSegment(*m_world.setup().suite, must(store.segment(hash))->envelope));

    m_world.county().redact(secret.op);

    const auto after = must(sync::openSegment(*m_world.setup().suite, must(store.segment(hash))->envelope));
    EXPECT_TRUE(after.segment.isExtract());
    EXPECT_EQ(after.hash, before.hash);
    EXPECT_EQ(after.opIds, before.opIds);
    EXPECT_EQ(after.packedHash, before.packedHash);
    const auto device = must(store.device(m_world.device("alice").id()));
    EXPECT_TRUE(sync::verify(*m_world.setup().suite, after, device->enrolment.publicKey));
    // The seed would let anybody try what the erased value was.
    EXPECT_TRUE(after.segment.seed.isNone());
    EXPECT_TRUE(after.segment.salts.front().isNone());
}

TEST_P(Redaction, StillRetiresWhatItsAuthorSaw) {
    m_world.device("alice").set(kPlan, "status", "started");
    m_world.syncAll();
    m_world.device("bob").sync();
    const auto secret = m_world.device("bob").set(kPlan, "status", "秘");
    m_world.syncAll();

    m_world.county().redact(secret.op);
    m_world.syncAll();
    m_world.device("carol");
    m_world.syncAll();

    for (const char* name : {"alice", "bob", "carol"}) {
        EXPECT_EQ(m_world.device(name).shown(kPlan, "status"), std::nullopt) << name;
    }
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, EndsAConflictWithTheErasedValue) {
    m_world.device("alice").set(kPlan, "status", "done");
    const auto secret = m_world.device("bob").set(kPlan, "status", "秘");
    m_world.syncAll();
    ASSERT_EQ(m_world.device("alice").conflict(kPlan, "status").size(), 2u);

    m_world.county().redact(secret.op);
    m_world.syncAll();

    EXPECT_THAT(m_world.device("alice").conflict(kPlan, "status"), IsEmpty());
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), "done");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, OfTheTextThatBothStartedFromLeavesOneMergeEverywhere) {
    m_world.device("alice").set(kPlan, "text", "甲。乙。");
    m_world.syncAll();
    m_world.device("bob").sync();
    m_world.device("carol").sync();
    const auto secret = m_world.device("alice").set(kPlan, "text", "甲。秘。乙。");
    m_world.syncAll();
    m_world.device("bob").set(kPlan, "text", "甲一。乙。");
    m_world.device("carol").set(kPlan, "text", "甲。乙。丙。");
    m_world.syncAll();

    m_world.county().redact(secret.op);
    m_world.syncAll();
    m_world.device("dora");
    m_world.syncAll();

    const auto shown = m_world.device("dora").shown(kPlan, "text");
    EXPECT_EQ(shown, "甲一。乙。丙。");
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "text"), shown);
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, OfASetAsideOpLeavesNothingToAdmit) {
    m_world.enrol("olga", "office");
    m_world.device("alice").set(kPlan, "text", "在。");
    m_world.syncAll();
    m_world.county().ban("bob");
    const auto secret = m_world.device("bob").set(kPlan, "status", "秘");
    m_world.syncAll();
    ASSERT_THAT(m_world.device("olga").asideReasons(), ElementsAre("noRight"));

    m_world.county().redact(secret.op);
    m_world.syncAll();
    m_world.device("olga").admit(kPlan, secret.op, "as agreed");
    m_world.syncAll();

    EXPECT_EQ(m_world.device("alice").shown(kPlan, "status"), std::nullopt);
    EXPECT_FALSE(isOn(m_world.device("bob"), "秘"));
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, ReachesWhatACopiedHomeBringsLater) {
    m_world.device("bob").set(kPlan, "text", "前。");
    m_world.syncAll();
    const auto secret = m_world.device("bob").set(kPlan, "status", "秘");
    Device& copy = m_world.device("bob").copyTo("copy");
    copy.set(note("other"), "status", "副本");
    m_world.device("bob").sync();

    m_world.county().redact(secret.op);
    m_world.syncAll();  // the copy has the op in its tail, and brings it in a segment of its own

    EXPECT_THAT(storedAt(m_world), Not(HasSubstr("秘")));
    EXPECT_FALSE(isOn(copy, "秘"));
    EXPECT_EQ(m_world.device("bob").shown(note("other"), "status"), "副本");
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, ComesBackWithTheLogToACountyThatForgotIt) {
    const auto secret = m_world.device("alice").set(kPlan, "status", "秘");
    m_world.device("bob");
    m_world.syncAll();
    m_world.county().backup();
    m_world.county().redact(secret.op);
    m_world.syncAll();

    m_world.county().restore();
    ASSERT_THAT(storedAt(m_world), HasSubstr("秘"));
    m_world.syncAll();

    EXPECT_THAT(storedAt(m_world), Not(HasSubstr("秘")));
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), std::nullopt);
    EXPECT_EQ(m_world.difference(), "");
}

TEST_P(Redaction, OfWhatTheCountyLostIsHandedBackWithoutIt) {
    m_world.device("bob");
    m_world.county().backup();
    const auto secret = m_world.device("alice").set(kPlan, "status", "秘");
    m_world.device("alice").set(kPlan, "text", "在。");
    m_world.syncAll();
    m_world.county().redact(secret.op);
    m_world.syncAll();

    m_world.county().restore();
    m_world.syncAll();

    EXPECT_THAT(storedAt(m_world), Not(HasSubstr("秘")));
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "text"), "在。");
    EXPECT_EQ(m_world.difference(), "");
    EXPECT_THAT(must(m_world.county().county().verify()), IsEmpty());
}

TEST_P(Redaction, AskedAgainAddsNothingToTheLog) {
    const auto secret = m_world.device("alice").set(kPlan, "status", "秘");
    m_world.syncAll();
    m_world.county().redact(secret.op);
    const std::uint64_t size = must(m_world.county().county().size());

    EXPECT_FALSE(m_world.county().redact(secret.op).isNew);

    EXPECT_EQ(must(m_world.county().county().size()), size);
}

TEST_P(Redaction, OfADeletionOrOfWhatIsNotThereIsRefused) {
    m_world.device("alice").set(kPlan, "status", "done");
    m_world.device("alice").sync();
    const auto deletion = m_world.device("alice").erase(kPlan);
    m_world.syncAll();
    sync::County& county = m_world.county().county();

    EXPECT_EQ(county.redact(deletion.op, 0).error().code, ErrorCode::badValue);
    EXPECT_EQ(county.redact(Hash{}, 0).error().code, ErrorCode::notFound);
}

TEST_P(Redaction, IsNoWayToHandInWhatNobodyMayRead) {
    // An extract of a segment that the county does not have, with a value taken out that nobody ordered to
    // erase.
    m_world.device("alice").set(kPlan, "status", "started");
    const auto secret = m_world.device("alice").set(kPlan, "status", "done");
    ASSERT_TRUE(must(m_world.device("alice").nextRequest()));
    m_world.device("alice").endRound();
    sync::Store& store = m_world.device("alice").box().store();
    const std::vector<Hash> unsent = must(store.segmentsIn(sync::SegmentState::unsent));
    ASSERT_EQ(unsent.size(), 1u);
    auto row = *must(store.segment(unsent.front()));
    const auto sealed = must(sync::openSegment(*m_world.setup().suite, row.envelope));
    const Bytes whole = std::exchange(
        row.envelope, sync::extractOf(*m_world.setup().suite, sealed, std::span(&secret.op, 1)));
    must(store.begin());
    must(store.putSegment(row));
    must(store.commit());

    m_world.push(m_world.device("alice"), sync::SegmentState::unsent);

    EXPECT_TRUE(must(m_world.county().box().store().segmentsIn(sync::SegmentState::held)).empty());
    EXPECT_FALSE(must(m_world.county().box().store().hasSegment(unsent.front())));
    row.envelope = whole;
    must(store.begin());
    must(store.putSegment(row));
    must(store.commit());
    m_world.device("bob");
    m_world.syncAll();
    EXPECT_EQ(m_world.device("bob").shown(kPlan, "status"), "done");
}

INSTANTIATE_TEST_SUITE_P(, Redaction, eachStore(), storeName);

}  // namespace
}  // namespace hezhang::test
