// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

namespace hezhang {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> collected;

void collect(log::Level level, std::string_view area, std::string_view event,
             std::span<const log::Field> fields) {
    collected.push_back(log::toJsonLine(0, level, area, event, fields));
}

class Log : public ::testing::Test {
protected:
    void SetUp() override {
        collected.clear();
        log::setSink(&collect);
    }
    void TearDown() override {
        log::setSink(nullptr);
        log::setLevel(log::Level::warning);
    }
};

nlohmann::json parsed(const std::string& text) {
    const log::Field fields[] = {{"text", text}};
    return nlohmann::json::parse(log::toJsonLine(0, log::Level::info, "a", "e", fields));
}

TEST_F(Log, IsOneJsonObjectALine) {
    log::setLevel(log::Level::info);

    log::info("sync", "pull finished", {{"device", std::string("ab12")}, {"ops", 3U}, {"code", "timedOut"}});

    EXPECT_THAT(
        collected,
        ElementsAre("{\"at\":\"1970-01-01T00:00:00Z\",\"level\":\"info\",\"area\":\"sync\","
                    "\"event\":\"pull finished\",\"device\":\"ab12\",\"ops\":3,\"code\":\"timedOut\"}\n"));
}

TEST_F(Log, DropsWhatIsBelowItsLevel) {
    log::trace("sync", "t");
    log::debug("sync", "d");
    log::info("sync", "i");
    EXPECT_THAT(collected, IsEmpty());

    log::warning("sync", "w");
    log::error("sync", "e");
    EXPECT_EQ(collected.size(), 2U);
}

TEST_F(Log, IsSilentWhenOff) {
    log::setLevel(log::Level::off);

    log::error("sync", "e");

    EXPECT_THAT(collected, IsEmpty());
}

TEST_F(Log, EscapesWhatWouldBreakTheLine) {
    const std::string text = std::string("a\"b\\c\n\t\x7f 合账") + '\0';

    EXPECT_EQ(parsed(text)["text"], text);
}

TEST_F(Log, CutsLongTextAtACharacter) {
    std::string text;
    for (int i = 0; i < 100; ++i) {
        text += "账";
    }

    const std::string logged = parsed(text)["text"];

    EXPECT_EQ(logged, text.substr(0, 198));
}

TEST_F(Log, TheDefaultSinkWritesToStandardError) {
    log::setSink(nullptr);
    ::testing::internal::CaptureStderr();

    log::warning("net", "slow", {{"ms", -1}});

    const auto line = nlohmann::json::parse(::testing::internal::GetCapturedStderr());
    EXPECT_EQ(line["level"], "warning");
    EXPECT_EQ(line["ms"], -1);
}

}  // namespace
}  // namespace hezhang
