// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/office/reminders.h"

#include <algorithm>

#include "src/ledger/calendar.h"
#include "src/office/matrix.h"

namespace hezhang::office {

using ledger::Home;

namespace {

constexpr std::size_t kTaskCharactersMax = 40;

// 8月15日; the year too where it is not the year of today.
std::string dayWords(const std::string& iso, const ledger::Date& today) {
    const auto day = ledger::Date::parse(iso);
    if (!day) {
        return iso;
    }
    const std::string year = day->year() == today.year() ? "" : std::to_string(day->year()) + "年";
    return year + std::to_string(day->month()) + "月" + std::to_string(day->day()) + "日";
}

std::string daysWords(int daysLeft) {
    if (daysLeft == 0) {
        return "今天截止";
    }
    return daysLeft > 0 ? "还剩" + std::to_string(daysLeft) + "天"
                        : "已超期" + std::to_string(-daysLeft) + "天";
}

std::string filingWords(const std::string& state) {
    if (state == "none") {
        return "未填报";
    }
    return state == "changed" ? "报送后又有改动，未重新报送" : "已填写，未报送";
}

// One line, cut by whole characters.
std::string shortTask(const MissingRow& row) {
    std::string words;
    std::size_t characters = 0;
    for (const char c : row.taskItem) {
        const bool isStart = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        if (isStart && ++characters > kTaskCharactersMax) {
            words += "…";
            break;
        }
        words += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return std::to_string(row.serial) + "." + words;
}

std::string rowWords(const MissingRow& row, const ledger::Date& today) {
    std::string words = shortTask(row) + "（" + filingWords(row.state);
    if (row.isExtended) {
        words += "，已同意延期至" + dayWords(row.lastDay, today) + "，" + daysWords(row.daysLeft);
    }
    return words + (row.isAsking ? "，延期申请待审批" : "") + "）";
}

std::string windowWords(const WindowRow& window, const ledger::Date& today) {
    const auto last = ledger::Date::parse(window.lastDay());
    const std::string title = window.title.empty() ? "本期报送" : window.title;
    return "《" + window.ledgerTitle + "》" + title + "（" + dayWords(window.lastDay(), today) + "截止" +
           (last ? "，" + daysWords(last->daysSince(today)) : "") + "）";
}

std::string unitText(const UnitReminder& unit, const std::string& window, const ledger::Date& today) {
    std::string text =
        unit.unitName + "：" + window + "，贵单位还有" + std::to_string(unit.missing.size()) + "项未报送：\n";
    for (const MissingRow& row : unit.missing) {
        text += rowWords(row, today) + "\n";
    }
    return text + "如有困难，可在填报页面申请延期。\n";
}

std::string collectiveText(const std::vector<UnitReminder>& units, const std::string& window,
                           const ledger::Date& today) {
    if (units.empty()) {
        return window + "：各单位均已报送。\n";
    }
    std::size_t rows = 0;
    for (const UnitReminder& unit : units) {
        rows += unit.missing.size();
    }
    std::string text =
        window + "，还有" + std::to_string(units.size()) + "个单位、" + std::to_string(rows) + "项未报送：\n";
    for (const UnitReminder& unit : units) {
        text += unit.unitName + "：";
        for (std::size_t i = 0; i < unit.missing.size(); ++i) {
            text += (i == 0 ? "" : "；") + rowWords(unit.missing[i], today);
        }
        text += "\n";
    }
    return text + "请及时报送；如有困难，可在填报页面申请延期。\n";
}

}  // namespace

Result<Reminders> reminders(Home& home, const RecordId& window) {
    HZ_TRY(const std::vector<WindowRow> all, windows(home));
    HZ_TRY(const std::vector<MissingRow> rows, missing(home, window));
    const auto found = std::ranges::find(all, window, &WindowRow::window);
    if (found == all.end()) {
        return fail(ErrorCode::unknownRecord, "the window is not here");
    }
    const ledger::Date today = ledger::beijingDay(home.now());
    const std::string words = windowWords(*found, today);
    Reminders answer;
    for (const MissingRow& row : rows) {
        auto unit = std::ranges::find(answer.units, row.unit, &UnitReminder::unit);
        if (unit == answer.units.end()) {
            answer.units.push_back({row.unit, row.unitName, row.lastDay, row.daysLeft, {}, {}});
            unit = answer.units.end() - 1;
        }
        if (row.lastDay < unit->lastDay) {
            unit->lastDay = row.lastDay;
            unit->daysLeft = row.daysLeft;
        }
        unit->missing.push_back(row);
    }
    std::ranges::sort(answer.units, [](const UnitReminder& a, const UnitReminder& b) {
        return std::tie(a.unitName, a.unit) < std::tie(b.unitName, b.unit);
    });
    for (UnitReminder& unit : answer.units) {
        unit.text = unitText(unit, words, today);
    }
    answer.text = collectiveText(answer.units, words, today);
    return answer;
}

}  // namespace hezhang::office
