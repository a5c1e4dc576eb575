// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What people read of an error: what is wrong, and what to do. Every text of the client about an error comes
// from here, by its code.
//
// Threads: any; texts are in the language that is shown.
#pragma once

#include <QCoreApplication>
#include <QString>

#include "sync/base/result.h"

namespace hezhang::ui {

struct Message {
    QString what;
    QString next;  // what to do; never empty
};

class MessageTable {
    Q_DECLARE_TR_FUNCTIONS(MessageTable)
public:
    [[nodiscard]] static Message of(ErrorCode code);
    // Of work that is done at the county, at once or not at all: nothing of it is kept and sent later.
    [[nodiscard]] static Message ofOnline(ErrorCode code);
    // Why an op was not applied: the reason words of the log ("noRight", "windowClosed", …).
    [[nodiscard]] static Message ofReason(const QString& reason);
};

}  // namespace hezhang::ui
