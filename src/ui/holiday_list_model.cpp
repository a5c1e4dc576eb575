// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/holiday_list_model.h"

#include <QLocale>
#include <algorithm>

#include "src/ledger/files.h"
#include "src/ui/format.h"
#include "src/ui/reading_error.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using ledger::CountyHolidays;
using ledger::Date;
using ledger::HolidayTable;
using ledger::WorkCalendar;

namespace {

QString spanText(const Date& first, const Date& last) {
    const QString from = Format::monthDay(toQt(first.text()));
    if (first == last) {
        return from;
    }
    const bool isOneMonth = first.year() == last.year() && first.month() == last.month();
    const QDate end(last.year(), last.month(), last.day());
    const QString to =
        isOneMonth ? QLocale().toString(
                         end, HolidayListModel::tr("d MMM", "the last day of a span within one month"))
                   : Format::monthDay(toQt(last.text()));
    return HolidayListModel::tr("%1 to %2", "days").arg(from, to);
}

// Days in a row as one span.
QString daysText(const std::vector<Date>& days) {
    QStringList spans;
    for (auto first = days.begin(); first != days.end();) {
        auto last = first;
        while (std::next(last) != days.end() && std::next(last)->daysSince(*last) == 1) {
            ++last;
        }
        spans.append(spanText(*first, *last));
        first = std::next(last);
    }
    return spans.join(HolidayListModel::tr(", ", "between days"));
}

QString offText(const HolidayTable& table) {
    QStringList spans;
    for (const ledger::DaysOff& one : table.off) {
        spans.append(toQt(one.name) + QLatin1Char(' ') + spanText(one.first, one.last));
    }
    return spans.join(HolidayListModel::tr(", ", "between days"));
}

QString titleOf(const HolidayTable& table) {
    const QString year = HolidayListModel::tr("%1", "a year").arg(table.year);
    return table.region.empty() ? year : joined({year, toQt(table.region)});
}

QString noticeOf(const HolidayTable& table) {
    return joined({toQt(table.notice), Format::date(toQt(table.issued))});
}

QString problemText(const std::string& problem) {
    if (problem == ledger::kSeveralTables) {
        return HolidayListModel::tr("Several were loaded at the same time: settle the conflict.");
    }
    return ReadingError::ofHolidays({ErrorCode::badInput, problem}).what;
}

Row tableRow(const HolidayTable& table, const std::vector<CountyHolidays>& loaded) {
    using Role = HolidayListModel::Role;
    const auto own = std::ranges::find_if(loaded, [&](const CountyHolidays& one) {
        return one.table.year == table.year && one.table.region == table.region;
    });
    const bool isOwn = own != loaded.end();
    const QString problem = isOwn && !own->problem.empty() ? problemText(own->problem) : QString();
    Row row{QString::number(table.year) + QLatin1Char(' ') + toQt(table.region), {}};
    row.set(Role::title, titleOf(table))
        .set(Role::notice, noticeOf(table))
        .set(Role::origin, isOwn ? HolidayListModel::tr("Loaded by the county")
                                 : HolidayListModel::tr("Comes with the program"))
        .set(Role::isProvisional, table.isProvisional)
        .set(Role::problem, problem)
        .set(Role::off, offText(table))
        .set(Role::work, daysText(table.makeUp));
    return row;
}

QVariantMap factOf(const QString& label, const QString& value) {
    return {{QStringLiteral("label"), label}, {QStringLiteral("value"), value}};
}

QString orNone(const QString& days) {
    return days.isEmpty() ? HolidayListModel::tr("None", "no days") : days;
}

QString firmness(const WorkCalendar& before, const WorkCalendar& after, int year) {
    if (!after.isAnnounced(year)) {
        return HolidayListModel::tr("Dates of %1 stay provisional").arg(year);
    }
    return before.isAnnounced(year) ? HolidayListModel::tr("Dates of %1 are firm already").arg(year)
                                    : HolidayListModel::tr("Dates of %1 become firm").arg(year);
}

}  // namespace

Result<HolidayListModel::Page> HolidayListModel::read(ledger::Home& home, const Table& table) {
    HZ_TRY(const std::vector<CountyHolidays> loaded, ledger::countyHolidays(home));
    const WorkCalendar calendar = ledger::calendarOf(loaded);
    Page page;
    // The newest year is the one people come for.
    for (auto one = calendar.tables().rbegin(); one != calendar.tables().rend(); ++one) {
        page.rows.push_back(tableRow(*one, loaded));
        page.nextYear = std::max(page.nextYear, calendar.isAnnounced(one->year) ? one->year + 1 : 0);
    }
    if (!table) {
        return page;
    }
    const WorkCalendar after = ledger::calendarWith(loaded, *table);
    const ledger::CalendarChange change = ledger::calendarChange(calendar, after, table->year);
    const HolidayTable* const now = calendar.table(table->year, table->region);
    page.table = table;
    page.isChange = now == nullptr || *now != *table;
    page.facts = {factOf(tr("Year"), titleOf(*table)),
                  factOf(tr("Notice"), noticeOf(*table)),
                  factOf(tr("Title"), toQt(table->title)),
                  factOf(tr("Days off"), orNone(offText(*table))),
                  factOf(tr("Worked to make up"), orNone(daysText(table->makeUp))),
                  factOf(tr("Stands so far"), now == nullptr ? tr("Weekends only") : noticeOf(*now)),
                  factOf(tr("Become days off"), orNone(daysText(change.off))),
                  factOf(tr("Become working days"), orNone(daysText(change.worked))),
                  factOf(tr("Afterwards"), firmness(calendar, after, table->year))};
    return page;
}

HolidayListModel::HolidayListModel(HomeThread& reader, StoreThread& store, QObject* parent)
    : RowListModel(QMetaEnum::fromType<Role>(), parent),
      m_reader(reader),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<Page>(
        [this] { return [table = m_table](ledger::Home& home) { return read(home, table); }; },
        [this](Page page) {
            m_page = std::move(page);
            setRows(std::move(m_page.rows));
        });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

void HolidayListModel::openFile(const QUrl& file) {
    if (isBusy()) {
        return;
    }
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    m_isOpening = true;
    emit changed();
    m_reader.ask<HolidayTable>(
        this,
        [path = path.toStdString()](ledger::Home&) -> Result<HolidayTable> {
            HZ_TRY(const Bytes bytes, ledger::readFile(path, ledger::kHolidayFileBytesMax));
            return ledger::parseHolidays(textOf(bytes), {});
        },
        [this, name = file.fileName()](Result<HolidayTable> table) {
            look(name, table ? Table(*table) : std::nullopt,
                 table ? Message() : ReadingError::ofHolidays(table.error()));
        });
}

void HolidayListModel::look(const QString& name, Table table, const Message& fault) {
    m_isOpening = false;
    m_fileName = name;
    m_table = std::move(table);
    m_fault = fault;
    m_reading.again();
    emit changed();
}

void HolidayListModel::load() {
    if (!canLoad()) {
        return;
    }
    m_saving.start([table = *m_page.table](ledger::Home& home) { return ledger::loadHolidays(home, table); },
                   [this] {
                       close();
                       emit done();
                   });
}

void HolidayListModel::close() {
    look({}, std::nullopt, {});
}

}  // namespace hezhang::ui
