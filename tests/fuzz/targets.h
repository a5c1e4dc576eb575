// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What reads bytes from outside. A target fails by crashing, by a finding of a sanitizer, or where something
// that was read does not say the same when it is written and read again.
#pragma once

#include <map>
#include <string_view>

#include "sync/base/bytes.h"

namespace hezhang::fuzz {

using Target = void (*)(BytesView);

[[nodiscard]] const std::map<std::string_view, Target>& targets();

}  // namespace hezhang::fuzz
