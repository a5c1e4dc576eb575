// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/holiday_file.h"

#include <algorithm>
#include <map>

#include "schema/built_in_files.h"
#include "schema/json_reader.h"
#include "sync/base/check.h"

namespace hezhang::ledger {

using nlohmann::json;
using schema::ObjectReader;
using schema::Place;

namespace {

constexpr int kHolidayYearMin = 2000;
constexpr int kHolidayYearMax = 2100;
constexpr std::size_t kRegionCharactersMax = 40;

Result<Date> dateIn(const std::string& iso, const Place& place) {
    const auto date = Date::parse(iso);
    return date ? Result<Date>(*date)
                : Result<Date>(place.wrong(schema::inQuotes(iso) + " is no day (2026-01-31)"));
}

// Which day is what: no day has two meanings.
class DayUses {
public:
    explicit DayUses(int year)
        : m_first(*Date::of(year - 1, 12, 1)), m_last(*Date::of(year, 12, 31)), m_year(year) {}

    Result<void> take(Date day, std::string_view use, const Place& place) {
        if (day < m_first || day > m_last) {
            return place.wrong(day.text() + " is no day of the notice for " + std::to_string(m_year));
        }
        const auto [known, isNew] = m_uses.emplace(day, use);
        if (!isNew) {
            return place.wrong(known->second == use ? day.text() + " stands twice"
                                                    : day.text() + " is off and made up at once");
        }
        return {};
    }

private:
    Date m_first;
    Date m_last;
    int m_year;
    std::map<Date, std::string_view> m_uses;
};

class HolidayReader {
public:
    explicit HolidayReader(const ObjectReader& reader) : m_reader(reader) {}

    Result<HolidayTable> read() {
        HZ_TRY(const std::int64_t year, m_reader.integer("year", kHolidayYearMin));
        if (year > kHolidayYearMax) {
            return m_reader.at("year").wrong("is above " + std::to_string(kHolidayYearMax));
        }
        m_table.year = static_cast<int>(year);
        HZ_CHECK(readHead());
        DayUses uses(m_table.year);
        HZ_CHECK(readOff(uses));
        HZ_CHECK(readWork(uses));
        if (m_table.off.empty() && m_table.makeUp.empty()) {
            return m_reader.at("off").wrong("names no day, and work none either");
        }
        std::sort(m_table.off.begin(), m_table.off.end(),
                  [](const DaysOff& a, const DaysOff& b) { return a.first < b.first; });
        std::sort(m_table.makeUp.begin(), m_table.makeUp.end());
        return std::move(m_table);
    }

private:
    Result<void> readHead() {
        if (m_reader.has("region")) {
            HZ_TRY(m_table.region, m_reader.text("region"));
            if (schema::characterCount(m_table.region) > kRegionCharactersMax) {
                return m_reader.at("region").wrong("is longer than " + std::to_string(kRegionCharactersMax) +
                                                   " characters");
            }
        }
        HZ_TRY(m_table.notice, m_reader.text("notice"));
        HZ_TRY(m_table.title, m_reader.text("title"));
        if (m_reader.has("issued")) {
            HZ_TRY(const std::string issued, m_reader.text("issued"));
            HZ_TRY(const Date day, dateIn(issued, m_reader.at("issued")));
            m_table.issued = day.text();
        }
        HZ_TRY(m_table.isProvisional, m_reader.flag("provisional"));
        return {};
    }
    // May be empty, unlike ObjectReader::list().
    Result<const json*> listOf(std::string_view key) {
        HZ_TRY(const json* const list, m_reader.member(key));
        if (!list->is_array()) {
            return m_reader.at(key).wrong("is not a list");
        }
        if (list->size() > kHolidayRangesMax) {
            return m_reader.at(key).wrong("has more than " + std::to_string(kHolidayRangesMax) + " entries");
        }
        return list;
    }
    Result<void> readOff(DayUses& uses) {
        HZ_TRY(const json* const list, listOf("off"));
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Place place = m_reader.at("off").element(i);
            HZ_TRY(const auto one, ObjectReader::open((*list)[i], place, {"name", "from", "to"}));
            HZ_TRY(std::string name, one.text("name"));
            HZ_TRY(const std::string from, one.text("from"));
            HZ_TRY(const std::string to, one.text("to"));
            HZ_TRY(const Date first, dateIn(from, one.at("from")));
            HZ_TRY(const Date last, dateIn(to, one.at("to")));
            if (last < first) {
                return place.wrong("ends before it begins");
            }
            if (first.plusDays(kDaysOffMax - 1) < last) {
                return place.wrong("is longer than " + std::to_string(kDaysOffMax) + " days");
            }
            for (Date day = first; day <= last; day = day.plusDays(1)) {
                HZ_CHECK(uses.take(day, "off", place));
            }
            m_table.off.push_back({std::move(name), first, last});
        }
        return {};
    }
    Result<void> readWork(DayUses& uses) {
        HZ_TRY(const json* const list, listOf("work"));
        for (std::size_t i = 0; i < list->size(); ++i) {
            const Place place = m_reader.at("work").element(i);
            if (!(*list)[i].is_string()) {
                return place.wrong("is not a day as text");
            }
            HZ_TRY(const Date day, dateIn((*list)[i].get<std::string>(), place));
            HZ_CHECK(uses.take(day, "work", place));
            if (m_table.region.empty() && day.weekday() <= 5) {
                return place.wrong(day.text() + " is no Saturday or Sunday: it is worked anyway");
            }
            m_table.makeUp.push_back(day);
        }
        return {};
    }

    const ObjectReader& m_reader;
    HolidayTable m_table;
};

}  // namespace

Result<HolidayTable> parseHolidays(std::string_view text, std::string_view fileName) {
    const Place place{std::string(fileName), ""};
    if (text.size() > kHolidayFileBytesMax) {
        return fail(ErrorCode::tooLarge,
                    place.file + ": is longer than " + std::to_string(kHolidayFileBytesMax) + " bytes");
    }
    HZ_TRY(const json parsed, schema::parseStrictJson(text, fileName));
    HZ_TRY(const auto reader,
           ObjectReader::open(parsed, place,
                              {"year", "region", "notice", "title", "issued", "provisional", "off", "work"}));
    return HolidayReader(reader).read();
}

std::string holidaysText(const HolidayTable& table) {
    json off = json::array();
    for (const DaysOff& one : table.off) {
        off.push_back({{"name", one.name}, {"from", one.first.text()}, {"to", one.last.text()}});
    }
    json work = json::array();
    for (const Date& day : table.makeUp) {
        work.push_back(day.text());
    }
    json all{
        {"year", table.year}, {"notice", table.notice}, {"title", table.title}, {"off", off}, {"work", work}};
    if (!table.region.empty()) {
        all["region"] = table.region;
    }
    if (!table.issued.empty()) {
        all["issued"] = table.issued;
    }
    if (table.isProvisional) {
        all["provisional"] = true;
    }
    return all.dump();
}

const std::vector<HolidayTable>& builtInHolidays() {
    static const std::vector<HolidayTable> tables = [] {
        std::vector<HolidayTable> read;
        for (const schema::FileSource& source : schema::builtInHolidays()) {
            auto table = parseHolidays(source.json, source.fileName);
            HZ_ASSERT(table.has_value());
            read.push_back(std::move(*table));
        }
        return read;
    }();
    return tables;
}

}  // namespace hezhang::ledger
