// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/cli/call.h"

#include <cstdlib>
#include <ostream>

namespace hezhang::cli {

static std::string environmentText(const char* variable) {
    const char* value = std::getenv(variable);
    return value == nullptr ? "" : value;
}

Result<std::string> Call::homeFolder() const {
    if (const auto given = args.value("home")) {
        return *given;
    }
    if (const std::string ours = environmentText("HEZHANG_HOME"); !ours.empty()) {
        return ours;
    }
    if (const std::string data = environmentText("XDG_DATA_HOME"); data.starts_with('/')) {
        return data + "/hezhang";
    }
    const std::string user = environmentText("HOME");
    if (user.empty()) {
        return usage("no home folder is named (--home, HEZHANG_HOME or HOME)");
    }
    return user + "/.local/share/hezhang";
}

Result<ledger::Home*> Call::home() {
    if (!m_home) {
        HZ_TRY(const std::string folder, homeFolder());
        HZ_TRY(m_home, ledger::Home::open(folder, environment()));
    }
    return m_home.get();
}

// Only looks: a command that needs no home leaves no trace in one.
Result<std::vector<ledger::CountyHolidays>> Call::countyHolidays() {
    const auto folder = homeFolder();
    const auto opened = folder ? ledger::Home::openForReading(*folder, environment())
                               : Result<std::unique_ptr<ledger::Home>>(fail(folder.error()));
    if (opened) {
        return ledger::countyHolidays(**opened);
    }
    const ErrorCode code = opened.error().code;
    if (code == ErrorCode::usage || code == ErrorCode::notEnrolled) {
        return std::vector<ledger::CountyHolidays>();
    }
    return fail(opened.error());
}

Result<ledger::WorkCalendar> Call::calendar() {
    HZ_TRY(const std::vector<ledger::CountyHolidays> loaded, countyHolidays());
    return ledger::calendarOf(loaded);
}

int Call::answer(const Json& json, std::string_view text) {
    if (isJson()) {
        io.out << printed(json) << '\n';
    } else {
        io.out << text;
    }
    return 0;
}

static std::string warningText(const sync::EditAnswer& edit) {
    switch (edit.warning) {
    case sync::Reason::none:
        return "";
    case sync::Reason::windowClosed:
        return "报送期已关闭：内容已保存，将作为逾期报送上报\n";
    default:
        return "可能不被采用：" + std::string(name(edit.warning)) + "\n";
    }
}

int Call::answerEdit(const sync::EditAnswer& edit) {
    Json json{{"op", edit.op.hex()}, {"dot", edit.dot}, {"record", edit.record.hex()}};
    if (edit.warning != sync::Reason::none) {
        json["warning"] = name(edit.warning);
    }
    return answer(json, "已存本机  " + edit.dot + "\n" + warningText(edit));
}

int Call::answerRecord(const RecordId& record, std::string_view note) {
    return answer({{"record", record.hex()}}, record.hex() + "\n" + std::string(note));
}

int Call::answerPartly(Json object, std::string_view text, const Error& error) {
    object["error"] = errorJson(error);
    answer(object, text);
    io.out.flush();
    io.err << errorLine(error) << std::endl;
    return exitCodeOf(error);
}

}  // namespace hezhang::cli
