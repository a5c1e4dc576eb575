// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The invitation in a picture file.
//
// Errors:  fileNotFound, fileUnreadable (no picture), notFound (no code in it), malformed (a code of
// something else). Threads: pure functions; some tenths of a second for a large picture.
#pragma once

#include <QString>

#include "src/ledger/invitation.h"

namespace hezhang::ui {

[[nodiscard]] Result<ledger::Invitation> invitationInPicture(const QString& path);

}  // namespace hezhang::ui
