// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/format.h"

#include <QDateTime>
#include <QLocale>
#include <atomic>

namespace hezhang::ui {

static std::atomic<WallMs> fixedNow{0};

void Format::setNow(WallMs now) {
    fixedNow = now;
}

WallMs Format::now() {
    const WallMs fixed = fixedNow;
    return fixed != 0 ? fixed : QDateTime::currentMSecsSinceEpoch();
}

QDate Format::today() {
    return QDateTime::fromMSecsSinceEpoch(now()).date();
}

QString Format::date(const QString& iso) {
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, tr("d MMMM yyyy", "a full date, as QDate formats it"))
                          : QString();
}

QString Format::shortDate(const QString& iso) {
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    return date.isValid() && date.year() == today().year() ? monthDay(iso) : Format::date(iso);
}

QString Format::monthDay(const QString& iso) {
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, tr("d MMM", "a date of this year, as QDate formats it"))
                          : QString();
}

QString Format::deadline(const QString& iso) {
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    if (!date.isValid()) {
        return {};
    }
    const int days = static_cast<int>(today().daysTo(date));
    if (days == 0) {
        return tr("due today");
    }
    return days > 0 ? tr("%n day(s) left", nullptr, days) : tr("overdue by %n day(s)", nullptr, -days);
}

QString Format::deadlineState(const QString& iso) {
    const QDate date = QDate::fromString(iso, Qt::ISODate);
    if (!date.isValid()) {
        return {};
    }
    const qint64 days = today().daysTo(date);
    if (days < 0) {
        return QStringLiteral("overdue");
    }
    return days <= kSoonDays ? QStringLiteral("due-soon") : QStringLiteral("on-time");
}

QString Format::percent(int value) {
    return tr("%1%", "a percentage").arg(QLocale().toString(value));
}

QString Format::status(const QString& word) {
    if (word == QLatin1String("not-started")) {
        return tr("Not started");
    }
    if (word == QLatin1String("in-progress")) {
        return tr("In progress");
    }
    if (word == QLatin1String("done")) {
        return tr("Done");
    }
    if (word == QLatin1String("ongoing")) {
        return tr("Ongoing");
    }
    return word == QLatin1String("blocked") ? tr("Blocked") : word;
}

QString Format::filing(const QString& word) {
    if (word == QLatin1String("none")) {
        return tr("Not reported");
    }
    if (word == QLatin1String("unsubmitted")) {
        return tr("Not submitted");
    }
    if (word == QLatin1String("changed")) {
        return tr("Changed since it was submitted");
    }
    return word == QLatin1String("submitted") ? tr("Submitted") : word;
}

QString Format::unitRole(const QString& word) {
    if (word == QLatin1String("lead")) {
        return tr("Lead");
    }
    if (word == QLatin1String("responsible")) {
        return tr("Responsible");
    }
    return word == QLatin1String("cooperate") ? tr("Co-operating") : word;
}

QString Format::personRole(const QString& word) {
    if (word == QLatin1String("office")) {
        return tr("County office");
    }
    if (word == QLatin1String("supervisor")) {
        return tr("Supervisor");
    }
    if (word == QLatin1String("leader")) {
        return tr("Leader");
    }
    if (word == QLatin1String("clerk")) {
        return tr("Clerk");
    }
    if (word == QLatin1String("checker")) {
        return tr("Checker");
    }
    return word == QLatin1String("auditor") ? tr("Auditor") : word;
}

QString Format::recurrence(const QString& word) {
    if (word == QLatin1String("ongoing")) {
        return tr("All the time");
    }
    if (word == QLatin1String("yearly")) {
        return tr("Every year");
    }
    if (word == QLatin1String("half-yearly")) {
        return tr("Every half year");
    }
    if (word == QLatin1String("quarterly")) {
        return tr("Every quarter");
    }
    if (word == QLatin1String("monthly")) {
        return tr("Every month");
    }
    return word == QLatin1String("weekly") ? tr("Every week") : QString();
}

QString Format::dueGroup(const QString& word) {
    if (word == QLatin1String("returned")) {
        return tr("Returned: to be corrected");
    }
    if (word == QLatin1String("overdue")) {
        return tr("Overdue");
    }
    if (word == QLatin1String("due-soon")) {
        return tr("Due soon");
    }
    if (word == QLatin1String("later")) {
        return tr("Later");
    }
    return word == QLatin1String("no-date") ? tr("Without a date") : word;
}

QString Format::placeGroup(const QString& word) {
    if (word == QLatin1String("due")) {
        return tr("Second look due");
    }
    if (word == QLatin1String("open")) {
        return tr("To be put right");
    }
    return word == QLatin1String("unseen") ? tr("Not looked at yet") : tr("Looked at");
}

QString Format::when(qint64 at) {
    if (at == 0) {
        return tr("never");
    }
    const qint64 minutes = (now() - at) / 60'000;
    if (minutes >= 0 && minutes < 1) {
        return tr("just now");
    }
    if (minutes >= 0 && minutes < 60) {
        return tr("%n minute(s) ago", nullptr, static_cast<int>(minutes));
    }
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(at);
    const QString clock = time.toString(QStringLiteral("HH:mm"));
    if (time.date() == today()) {
        return tr("today %1", "a time of this day").arg(clock);
    }
    return tr("%1 %2", "a date and a time").arg(shortDate(time.date().toString(Qt::ISODate)), clock);
}

}  // namespace hezhang::ui
