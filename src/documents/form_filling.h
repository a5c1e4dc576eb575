// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A template and a ledger's reading become a printed form.
//
// Errors:  none.
// Threads: pure functions.
#pragma once

#include "src/documents/ledger_reading.h"
#include "src/documents/printed_form.h"
#include "src/office/matrix.h"

namespace hezhang::documents {

// `matrix`: of the window, for forms made for one; else nullptr.
[[nodiscard]] PrintedForm filledForm(const FormTemplate& form, const LedgerReading& reading,
                                     const office::Matrix* matrix);

}  // namespace hezhang::documents
