// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One call of one command: its arguments, its streams, and the home it works on.
//
// Errors:  home(): notEnrolled and those of Home::open. A command checks what it can see in its arguments
// before it opens the home. Threads: one thread.
#pragma once

#include <memory>

#include "src/cli/args.h"
#include "src/cli/output.h"
#include "src/ledger/county_calendar.h"
#include "sync/op/op.h"

namespace hezhang::cli {

class Call {
public:
    Call(const Args& given, Streams& streams) : args(given), io(streams) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;

    const Args& args;
    Streams& io;

    [[nodiscard]] bool isJson() const { return args.has("json"); }
    // --home, else $HEZHANG_HOME, else ${XDG_DATA_HOME:-~/.local/share}/hezhang. Errors: usage where none of
    // them is set.
    [[nodiscard]] Result<std::string> homeFolder() const;
    // Opened at the first call. The pointer lives as long as the call.
    [[nodiscard]] Result<ledger::Home*> home();
    // What the home's county has loaded, and the working days by it; without a home nothing, and what the
    // program brings.
    [[nodiscard]] Result<std::vector<ledger::CountyHolidays>> countyHolidays();
    [[nodiscard]] Result<ledger::WorkCalendar> calendar();
    [[nodiscard]] ledger::Environment environment() { return {m_clock, m_random}; }

    // Prints the answer of a command that went well: `json` to programs, `text` to people. Returns 0.
    int answer(const Json& json, std::string_view text);
    int answerEdit(const sync::EditAnswer& edit);
    int answerRecord(const RecordId& record, std::string_view note = "");
    // Prints what there is although something failed: `object` with "error" in it, and the error line.
    // Returns the exit code.
    int answerPartly(Json object, std::string_view text, const Error& error);

private:
    RealClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<ledger::Home> m_home;
};

}  // namespace hezhang::cli
