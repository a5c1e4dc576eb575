// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One op set through the real projection, as often as it has orders:
//
//     the end state is the same in every order in which entries, later verdicts and own ops that are not
//     answered yet reach a replica
//     what comes once more changes nothing
//     it is the state that follows from the ops alone, worked out a second time without the engine: what is
//     live, what each merge rule makes of it, what is gone, which delete is in conflict with what
//     two logs of the same ops differ only in what the one order decides
//
// Shape:   the engine's MemoryStore, Projection, History, LogApplier and merge rules. The ops lie in the
// store
//          as a snapshot leaves them (loose), so that nothing is sealed and read again.
// Threads: none but the caller's.
#pragma once

#include <optional>

#include "tests/property/op_set.h"

namespace hezhang::test {

// What is broken, in words; nullopt: nothing.
[[nodiscard]] std::optional<std::string> brokenLaw(const OpSet& set);
// As small as dropping ops one by one makes it. REQUIRES: a law is broken.
[[nodiscard]] OpSet shrunken(OpSet set);

}  // namespace hezhang::test
