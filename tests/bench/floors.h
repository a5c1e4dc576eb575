// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Limits that the limit programs lack, each as simple and as good as it can be.
#pragma once

#include "tests/bench/site.h"

namespace hezhang::bench {

// All live values of the workload's cells with their dots, packed without a byte to spare and compressed as
// one (zstd -3).
[[nodiscard]] Result<double> packedLiveBytes(Site& site, ledger::Home& home);

}  // namespace hezhang::bench
