// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "sync/base/clock_source.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

namespace hezhang {

WallMs RealClock::now() const {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string toIsoText(WallMs at) {
    using namespace std::chrono;
    constexpr WallMs kYear0 = -62'167'219'200'000;
    constexpr WallMs kYear9999 = 253'402'300'799'000;
    const auto seconds = floor<std::chrono::seconds>(milliseconds(std::clamp(at, kYear0, kYear9999)));
    const auto day = floor<days>(sys_seconds(seconds));
    const year_month_day date(day);
    const hh_mm_ss time(sys_seconds(seconds) - day);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                  static_cast<int>(time.seconds().count()));
    return text;
}

}  // namespace hezhang
