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

// An endpoint that does what no endpoint with signed segments can leave out, and nothing else: it verifies
// each request's signature, writes a row of the log and a cell for each op, commits all requests that wait
// together, and signs once a commit. Runs until it is told to end (SIGTERM); prints `listening URL` first.
//
// Shape of a request: public key (32 bytes), signature (64), and what is signed: for each op varints of unit,
// sequence, row, field,
//          milliseconds, length, then the text.
[[nodiscard]] int runSigningFloor(const std::string& folder);

// The body of such a request. REQUIRES: `keys` are of the international suite.
[[nodiscard]] Result<Bytes> signingFloorRequest(const sync::KeyPair& keys, std::span<const WorkOp> ops);

}  // namespace hezhang::bench
