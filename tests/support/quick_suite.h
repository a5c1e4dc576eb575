// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The international suite with signatures that cost one hash: two thirds of a simulation's time are
// signatures otherwise. Its hashes and MACs are the same, byte for byte, at half the price.
//
// Shape:   a public key is a hash of the private one, a signature a hash over public key and message. Whoever
// knows the public key can forge one; what was changed on the way, signed by another or bound to another
// message is refused as ever. No test of forgery may use it.
// Threads: no state.
#pragma once

#include "sync/trust/suite.h"

namespace hezhang::test {

[[nodiscard]] const sync::Suite& quickSuite();

}  // namespace hezhang::test
