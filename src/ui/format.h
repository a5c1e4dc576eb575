// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Dates, deadlines, times, numbers and status words as people read them, in the language that is shown. QML
// formats nothing itself.
//
// Units:   dates are ISO text (2026-08-15) or empty; times are milliseconds since 1970 UTC and are shown in
// local time. Threads: any. The reading thread formats rows.
#pragma once

#include <QDate>
#include <QObject>
#include <QQmlEngine>

#include "sync/base/clock_source.h"

namespace hezhang::ui {

class Format : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
public:
    static Format* create(QQmlEngine*, QJSEngine*) { return new Format; }

    // 2026年8月15日 / 15 August 2026; 8月15日 / 15 Aug within this year where `isShort`. Empty for no date.
    [[nodiscard]] Q_INVOKABLE static QString date(const QString& iso);
    [[nodiscard]] Q_INVOKABLE static QString shortDate(const QString& iso);
    // 8月15日 / 15 Aug, whatever the year. Empty for no date.
    [[nodiscard]] static QString monthDay(const QString& iso);
    // "3 days left", "due today", "overdue by 2 days"; empty for no date.
    [[nodiscard]] Q_INVOKABLE static QString deadline(const QString& iso);
    // overdue, due-soon (within kSoonDays), on-time; empty for no date.
    [[nodiscard]] Q_INVOKABLE static QString deadlineState(const QString& iso);
    [[nodiscard]] Q_INVOKABLE static QString percent(int value);
    [[nodiscard]] Q_INVOKABLE static QString status(const QString& word);  // not-started … blocked
    [[nodiscard]] Q_INVOKABLE static QString filing(
        const QString& word);  // none unsubmitted changed submitted
    [[nodiscard]] Q_INVOKABLE static QString unitRole(const QString& word);    // lead responsible cooperate
    [[nodiscard]] Q_INVOKABLE static QString personRole(const QString& word);  // office clerk …
    [[nodiscard]] Q_INVOKABLE static QString recurrence(const QString& word);
    // Of TaskListModel's dueGroup, as a heading.
    [[nodiscard]] Q_INVOKABLE static QString dueGroup(const QString& word);
    // Of PlaceListModel's group, as a heading.
    [[nodiscard]] Q_INVOKABLE static QString placeGroup(const QString& word);
    // "just now", "5 minutes ago", "today 08:40", "25 Nov 08:40"; "never" for 0.
    [[nodiscard]] Q_INVOKABLE static QString when(qint64 at);

    static constexpr int kSoonDays = 7;
    // For pictures and tests: what counts as now. 0: the machine's clock.
    static void setNow(WallMs now);
    [[nodiscard]] static QDate today();
    [[nodiscard]] static WallMs now();
};

}  // namespace hezhang::ui
