// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Definitions only grow: what a device wrote by an older version, offline for months perhaps, must be worth
// the same by every later one.
//
// Shape:   may change from one version to the next: titles; fields added; choices added; a field or a choice
//          retired (or taken up again); limits widened; writers added; who may delete; the order of fields in
//          a form. Nothing else may: a fixed field is part of identities, a merge rule gives the state.
// Errors:  badInput, naming register and field.
// Threads: pure functions.
#pragma once

#include "schema/register_def.h"

namespace hezhang::schema {

// Whether `later` may follow `earlier`. Versions that are equal are not asked: those must be the same bytes.
[[nodiscard]] Result<void> checkGrows(const RegisterDef& earlier, const RegisterDef& later);

}  // namespace hezhang::schema
