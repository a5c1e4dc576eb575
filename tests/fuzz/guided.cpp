// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// For libFuzzer (packaging/fuzz): the target that HEZHANG_FUZZ_TARGET names.
#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/targets.h"

namespace {

hezhang::fuzz::Target chosenTarget() {
    const char* name = std::getenv("HEZHANG_FUZZ_TARGET");
    const auto found = hezhang::fuzz::targets().find(name == nullptr ? "" : name);
    if (found == hezhang::fuzz::targets().end()) {
        std::fprintf(stderr, "HEZHANG_FUZZ_TARGET names none of the targets\n");
        std::exit(2);
    }
    return found->second;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto chosen = chosenTarget();
    chosen({data, size});
    return 0;
}
