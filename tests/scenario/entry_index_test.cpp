// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/engine/entry_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sync/log/log_entry.h"
#include "sync/store/memory_store.h"
#include "tests/support/store_box.h"

namespace hezhang::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Positions = std::vector<std::uint64_t>;

constexpr std::size_t kAll = 1000;

class EntryIndexTest : public ::testing::Test {
protected:
    // Appends entries of these scopes; of none: a control entry.
    void append(const std::vector<std::string>& scopes) {
        for (const std::string& scope : scopes) {
            sync::LogEntry entry{scope, 0, sync::VerdictEntry{}};
            if (scope.empty()) {
                entry.content = sync::ControlEntry{};
            }
            must(m_store.putEntry({m_size++, sync::encode(entry), 0}));
        }
    }
    // In a transaction that is undone.
    template <class Body>
    void undone(const Body& body) {
        const std::uint64_t size = m_size;
        {
            const auto scope = must(sync::WriteScope::begin(m_store));
            m_index.begin();
            body();
        }
        m_size = size;
    }
    template <class Body>
    void done(const Body& body) {
        auto scope = must(sync::WriteScope::begin(m_store));
        m_index.begin();
        body();
        must(scope.commit());
        m_index.keep();
    }
    Positions positions(const std::set<std::string>& scopes, bool withControls, std::uint64_t from,
                        std::size_t most = kAll) {
        return must(m_index.positions(scopes, withControls, from, m_size, most));
    }

    sync::MemoryStore m_store;
    sync::EntryIndex m_index{m_store};
    std::uint64_t m_size = 0;
};

TEST_F(EntryIndexTest, ListsWhatIsAskedForInTheOrderOfTheLog) {
    done([&] {
        append({"", "a", "b", "a", "", "c"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(1, 3));
        EXPECT_THAT(positions({"a", "c"}, true, 0), ElementsAre(0, 1, 3, 4, 5));
        EXPECT_THAT(positions({"a", "c"}, true, 3), ElementsAre(3, 4, 5));
        EXPECT_THAT(positions({"a", "c"}, true, 0, 3), ElementsAre(0, 1, 3));
        EXPECT_THAT(positions({"*"}, false, 2), ElementsAre(2, 3, 4, 5));
        EXPECT_THAT(positions({"*"}, false, 2, 2), ElementsAre(2, 3));
        EXPECT_THAT(positions({"unheard"}, false, 0), IsEmpty());
        EXPECT_THAT(positions({"a"}, true, 6), IsEmpty());
    });
}

TEST_F(EntryIndexTest, ReadsFurtherBackWhereSomebodyAsksForIt) {
    done([&] {
        append({"a", "", "b", "a", "b", "a"});
        EXPECT_THAT(positions({"a"}, true, 4), ElementsAre(5));
        EXPECT_THAT(positions({"a"}, true, 2), ElementsAre(3, 5));
        EXPECT_THAT(positions({"a"}, true, 0), ElementsAre(0, 1, 3, 5));
        EXPECT_THAT(positions({"b"}, false, 0), ElementsAre(2, 4));
    });
}

TEST_F(EntryIndexTest, GoesOnWhereTheLogHasGrown) {
    done([&] {
        append({"a", "b"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0));
    });
    append({"a"});  // by another process
    done([&] {
        append({"b", "a"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0, 2, 4));
    });
}

TEST_F(EntryIndexTest, ForgetsWhatWasUndone) {
    done([&] {
        append({"a", "b"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0));
    });
    undone([&] {
        append({"a", "a", "b"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0, 2, 3));
    });
    done([&] {
        append({"b", "b", "a"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0, 4));
        EXPECT_THAT(positions({"b"}, false, 0), ElementsAre(1, 2, 3));
    });
}

// The first who asks begins among entries that do not stay.
TEST_F(EntryIndexTest, ForgetsWhatWasUndoneWhereItHadReadNothingBefore) {
    append({"a", "a", "b"});
    undone([&] {
        append({"a", "a", "b", "a"});
        EXPECT_THAT(positions({"a"}, false, 5), ElementsAre(6));
        EXPECT_THAT(positions({"a"}, false, 1), ElementsAre(1, 3, 4, 6));
    });
    done([&] {
        append({"b", "b", "a", "b"});
        EXPECT_THAT(positions({"a"}, false, 0), ElementsAre(0, 1, 5));
        EXPECT_THAT(positions({"b"}, false, 0), ElementsAre(2, 3, 4, 6));
    });
}

TEST_F(EntryIndexTest, ReadsAnewAfterARepair) {
    done([&] {
        append({"a", "damaged"});
        EXPECT_THAT(positions({"b"}, false, 0), IsEmpty());
    });
    m_size = 1;
    append({"b"});
    m_index.forget();
    done([&] { EXPECT_THAT(positions({"b"}, false, 0), ElementsAre(1)); });
}

TEST_F(EntryIndexTest, SaysThatAnEntryIsMissingOrCannotBeRead) {
    append({"a", "b"});
    const auto missing = m_index.positions({"a"}, false, 0, 3, kAll);
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, ErrorCode::storageCorrupt);

    must(m_store.putEntry({1, {0xFF}, 0}));
    const auto damaged = m_index.positions({"a"}, false, 0, 2, kAll);
    ASSERT_FALSE(damaged.has_value());
    EXPECT_EQ(damaged.error().code, ErrorCode::storageCorrupt);
}

}  // namespace
}  // namespace hezhang::test
