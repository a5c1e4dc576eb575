// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is opened and checked beside the thread that takes it in: never anything but what that one would have
// found.
#include "src/ledger/opening_thread.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/store_box.h"

namespace hezhang::ledger {
namespace {

using namespace sync;  // NOLINT: the vocabulary of what is opened
using test::must;

class OpeningThreadTest : public ::testing::Test {
protected:
    // Segments of one device, each with one op.
    explicit OpeningThreadTest(unsigned count = 400) {
        for (unsigned i = 0; i < count; ++i) {
            m_envelopes.push_back(sealedBy(m_keys, i).envelope);
        }
    }
    [[nodiscard]] SealedSegment sealedBy(const KeyPair& keys, unsigned number) {
        Segment segment;
        segment.lane = {m_county, deviceIdOf(m_suite, m_keys.publicKey), m_random.draw<LaneId>(), "scope"};
        segment.seed = m_random.draw<Seed>();
        segment.records = {{"task", {{"serial", Value::integer(number)}}}};
        const RecordId record = recordIdOf(m_suite, m_county, segment.records.front());
        segment.ops = {{1, record, "text", OpKind::assign, Value::text("words"), RecordId{}, 1, {}}};
        return must(seal(m_suite, keys, std::move(segment)));
    }
    [[nodiscard]] DeviceId device() const { return deviceIdOf(m_suite, m_keys.publicKey); }
    [[nodiscard]] std::vector<OpeningThread::Work> work() const {
        std::vector<OpeningThread::Work> all;
        for (const Bytes& envelope : m_envelopes) {
            all.push_back({envelope, device(), m_keys.publicKey});
        }
        return all;
    }
    // Takes until one is given that the second thread has come to: it is ahead by some always, as soon as it
    // runs.
    [[nodiscard]] std::vector<std::size_t> takeAll(OpeningThread& ahead) {
        std::vector<std::size_t> given;
        for (std::size_t i = 0; i < m_envelopes.size(); ++i) {
            const auto opened =
                openSegment(m_suite, m_envelopes[i]);  // as long as the county's work takes, at least
            const auto taken = ahead.take(m_envelopes[i], m_keys.publicKey);
            if (taken) {
                given.push_back(i);
                EXPECT_EQ(taken->hash, opened->hash);
                EXPECT_EQ(taken->envelope, m_envelopes[i]);
            }
        }
        return given;
    }

    const Suite& m_suite = *suiteFor(SuiteId::international);
    SeededRandom m_random{7};
    KeyPair m_keys = must(m_suite.newKeyPair(m_random));
    CountyId m_county = m_random.draw<CountyId>();
    std::vector<Bytes> m_envelopes;
};

TEST_F(OpeningThreadTest, GivesWhatItHasOpened) {
    for (bool isAnyGiven = false; !isAnyGiven;) {
        OpeningThread ahead(m_suite);
        ahead.begin(work());
        isAnyGiven = !takeAll(ahead).empty();
    }
}

TEST_F(OpeningThreadTest, GivesNothingThatIsForgedOrDamagedOrOfAnother) {
    const KeyPair others = must(m_suite.newKeyPair(m_random));
    for (std::size_t i = 0; i < m_envelopes.size(); i += 2) {
        m_envelopes[i] =
            sealedBy(others, static_cast<unsigned>(i)).envelope;  // in the device's name, by another key
        if (i % 4 == 0) {
            m_envelopes[i].resize(m_envelopes[i].size() / 2);
        }
    }
    bool isAnyGiven = false;
    while (!isAnyGiven) {
        OpeningThread ahead(m_suite);
        ahead.begin(work());
        for (std::size_t i = 0; i < m_envelopes.size(); ++i) {
            const auto opened = openSegment(m_suite, m_envelopes[i]);
            const auto taken = ahead.take(m_envelopes[i], m_keys.publicKey);
            EXPECT_TRUE(!taken || i % 2 == 1) << i << opened.has_value();
            isAnyGiven = isAnyGiven || taken;
        }
    }
}

TEST_F(OpeningThreadTest, GivesNothingByAnotherKeyOrOfOtherMemory) {
    const KeyPair others = must(m_suite.newKeyPair(m_random));
    OpeningThread ahead(m_suite);
    ahead.begin(work());
    const Bytes copy = m_envelopes.front();
    EXPECT_FALSE(ahead.take(copy, m_keys.publicKey));
    for (const Bytes& envelope : m_envelopes) {
        EXPECT_FALSE(ahead.take(envelope, others.publicKey));
    }
}

// A page that is pulled has segments of many authors, which the county has checked.
TEST_F(OpeningThreadTest, ChecksNoSignatureWhereNoKeyIsGiven) {
    const KeyPair others = must(m_suite.newKeyPair(m_random));
    for (std::size_t i = 0; i < m_envelopes.size(); i += 2) {
        m_envelopes[i] = sealedBy(others, static_cast<unsigned>(i)).envelope;
        if (i % 4 == 0) {
            m_envelopes[i].resize(m_envelopes[i].size() / 2);
        }
    }
    std::vector<OpeningThread::Work> anybodys;
    for (const Bytes& envelope : m_envelopes) {
        anybodys.push_back({envelope, {}, {}});
    }
    bool isOneOfOthersGiven = false;
    while (!isOneOfOthersGiven) {
        OpeningThread ahead(m_suite);
        ahead.begin(anybodys);
        EXPECT_FALSE(
            ahead.take(m_envelopes[1], m_keys.publicKey));  // what was not checked is not given as checked
        for (std::size_t i = 2; i < m_envelopes.size(); ++i) {
            const auto opened = openSegment(m_suite, m_envelopes[i]);
            const auto taken = ahead.take(m_envelopes[i], {});
            EXPECT_TRUE(!taken || (opened && taken->hash == opened->hash)) << i;
            isOneOfOthersGiven = isOneOfOthersGiven || (taken && i % 4 == 2);
        }
    }
}

// What is passed over, and what is asked for twice, is not given.
TEST_F(OpeningThreadTest, PassesOverWhatNobodyAsksFor) {
    OpeningThread ahead(m_suite);
    ahead.begin(work());
    const auto last = ahead.take(m_envelopes.back(), m_keys.publicKey);
    EXPECT_FALSE(last);  // it is ahead by few
    EXPECT_FALSE(ahead.take(m_envelopes.front(), m_keys.publicKey));
    EXPECT_FALSE(ahead.take(m_envelopes.back(), m_keys.publicKey));
}

TEST_F(OpeningThreadTest, EndsWhereItStands) {
    for (int i = 0; i < 20; ++i) {
        OpeningThread ahead(m_suite);
        ahead.begin(work());
        ahead.begin(work());
        if (i % 2 == 0) {
            ahead.end();
            EXPECT_FALSE(ahead.take(m_envelopes.front(), m_keys.publicKey));
        }
    }
}

}  // namespace
}  // namespace hezhang::ledger
