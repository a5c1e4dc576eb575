// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the QR code in a picture file says.
//
// Errors:  fileNotFound, fileUnreadable (no picture), notFound (no code in it); of an invitation also
// malformed (a code of something else). Threads: pure functions; some tenths of a second for a large picture.
#pragma once

#include <QString>

#include "src/ledger/invitation.h"

namespace hezhang::ui {

[[nodiscard]] Result<std::string> textInPicture(const QString& path);
[[nodiscard]] Result<ledger::Invitation> invitationInPicture(const QString& path);

}  // namespace hezhang::ui
