// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A process that opens a filing, types into it and says `kept` when the form says that its draft is on the
// disk. Then it waits to be killed.
#pragma once

#include <QStringList>

namespace hezhang::test {

// HOME TASK WINDOW TEXT
[[nodiscard]] int runTypist(const QStringList& arguments);

}  // namespace hezhang::test
