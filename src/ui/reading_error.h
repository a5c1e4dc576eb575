// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Why a document could not be read and what to do, in the language that is shown: more than the error's code
// says, where the readers say more (src/documents/import_office.h).
//
// Threads: any.
#pragma once

#include "src/ui/message_table.h"

namespace hezhang::ui {

class ReadingError {
    Q_DECLARE_TR_FUNCTIONS(ReadingError)
public:
    [[nodiscard]] static Message of(const Error& error);
    // Of a file with a notice on days off (src/ledger/holiday_file.h), with the place in it.
    [[nodiscard]] static Message ofHolidays(const Error& error);
};

}  // namespace hezhang::ui
