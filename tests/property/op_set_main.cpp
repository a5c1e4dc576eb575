// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-op-sets [--seed S] [--count N]: random sets of ops, each in six orders of delivery through
// the real projection (op_set_laws.h). Prints how many; for one that breaks a law, the command that repeats
// it and the smallest set that was found to break one. Exit codes: 0 all kept, 1 one broken, 2 wrong usage.
#include <cstdio>

#include "tests/property/op_set_laws.h"
#include "tests/support/options.h"

namespace {

using namespace hezhang::test;

constexpr std::uint64_t kUsual = 200'000;  // 45 s of one processor

void report(std::uint64_t seed, const OpSet& set, const std::string& broken) {
    const OpSet small = shrunken(set);
    std::printf("BROKEN %s\n    again: hezhang-op-sets --seed %llu --count 1\n%s  of these: %s\n",
                broken.c_str(), static_cast<unsigned long long>(seed), textOf(small).c_str(),
                brokenLaw(small).value_or("nothing").c_str());
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t seed = 1;
    std::uint64_t count = kUsual;
    if (!readOptions(argc, argv, {{"--seed", &seed}, {"--count", &count}})) {
        std::fputs("usage: hezhang-op-sets [--seed S] [--count N]\n", stderr);
        return 2;
    }
    std::uint64_t ops = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        const OpSet set = drawOpSet(seed + i);
        ops += set.ops.size();
        if (const auto broken = brokenLaw(set)) {
            report(seed + i, set, *broken);
            return 1;
        }
    }
    std::printf("%llu op sets, %llu ops, %zu orders each: all kept\n", static_cast<unsigned long long>(count),
                static_cast<unsigned long long>(ops), kLogs * kDeliveries);
    return 0;
}
