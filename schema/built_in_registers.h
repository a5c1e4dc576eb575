// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The files of schema/registers, written into the program at build time by embed_registers.cmake, so that
// there is no data file to lose at run time.
#pragma once

#include <span>

#include "schema/registers.h"

namespace hezhang::schema {

[[nodiscard]] std::span<const RegisterSource> builtInSources();

}  // namespace hezhang::schema
