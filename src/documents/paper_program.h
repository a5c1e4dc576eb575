// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Starts hezhang-paper, the program that knows PDF, and waits for it.
//
// Shape:   the program stands beside the running one, or where it is installed. It gets `input` and gives
// lines,
//          the last of which may be its error. It ends before the call returns, however that ends.
// Limits:  16 MB a line, 256 MB in all; a minute without a line. Its own ones: docs/man/hezhang-paper.1.
// Errors:  notFound (the program), those it names itself, malformed (it broke down), timedOut, cancelled, and
//          those of `take`.
// Threads: any.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::documents {

using TakeLine = std::function<Result<void>(std::string_view line)>;
// False: stop. Asked several times a second.
using GoOn = std::function<bool()>;

[[nodiscard]] Result<void> runPaper(const std::vector<std::string>& arguments, std::string_view input,
                                    const TakeLine& take, const GoOn& goOn = {});

}  // namespace hezhang::documents
