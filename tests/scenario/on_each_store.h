// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A world whose stories are told on every kind of store.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/support/world.h"

namespace hezhang::test {

class OnEachStore : public ::testing::TestWithParam<StoreKind> {
protected:
    explicit OnEachStore(WorldSetup setup = {}) : m_world(onStore(std::move(setup))) {}

    // How much of the history is not there.
    static std::size_t absentAt(Device& device) {
        return must(device.replica().segmentsToFetch(1'000)).size();
    }
    // So many times, a sync each: "第0版。" and so on, three tags in turn, counted in twos. In the end one
    // tag is taken away, and all have synced.
    void writeVersionsOfPlan(int versions) {
        for (int i = 0; i < versions; ++i) {
            alice().set(kPlan, "text", "第" + std::to_string(i) + "版。");
            alice().add(kPlan, "tags", "tag" + std::to_string(i % 3));
            alice().increment(kPlan, "count", 2);
            alice().sync();
        }
        alice().remove(kPlan, "tags", "tag1");
        m_world.syncAll();
    }
    void expectAllAgree() {
        m_world.syncAll();
        EXPECT_EQ(m_world.difference(), "");
    }
    Device& alice() { return m_world.device("alice"); }
    Device& bob() { return m_world.device("bob"); }

private:
    static WorldSetup onStore(WorldSetup setup) {
        setup.stores = GetParam();
        return setup;
    }

protected:
    World m_world;
};

inline auto eachStore() {
    return ::testing::Values(StoreKind::memory, StoreKind::sqlite);
}

inline std::string storeName(const ::testing::TestParamInfo<StoreKind>& one) {
    return one.param == StoreKind::memory ? "memory" : "sqlite";
}

}  // namespace hezhang::test
