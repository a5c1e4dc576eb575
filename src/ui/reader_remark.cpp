// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/reader_remark.h"

#include <QRegularExpression>
#include <array>

namespace hezhang::ui {
namespace {

struct Form {
    const char* pattern;
    const char* text;  // %1, %2 …: what the pattern captures
};
constexpr std::array kForms{
    Form{"this text belongs to no row of the table",
         QT_TRANSLATE_NOOP("ReaderRemark", "This text belongs to no row of the table.")},
    Form{"the document names no year: months without a year get no date",
         QT_TRANSLATE_NOOP("ReaderRemark", "The document names no year: months without a year get no date.")},
    Form{"a sentence gives its units to all tasks behind it",
         QT_TRANSLATE_NOOP("ReaderRemark", "A sentence gives its units to all tasks behind it.")},
    Form{"the document claims (\\d+) sections, (\\d+) were found",
         QT_TRANSLATE_NOOP("ReaderRemark", "The document speaks of %1 sections, %2 were found.")},
    Form{"the document claims (\\d+) items, (\\d+) were found",
         QT_TRANSLATE_NOOP("ReaderRemark", "The document speaks of %1 items, %2 were found.")},
    Form{"the document claims (\\d+) tasks, (\\d+) were found",
         QT_TRANSLATE_NOOP("ReaderRemark", "The document speaks of %1 tasks, %2 were found.")},
    Form{"number (\\d+) follows number (\\d+)",
         QT_TRANSLATE_NOOP("ReaderRemark", "Number %1 follows number %2.")},
    Form{"the text names (\\S+), the deadline is (\\S+)",
         QT_TRANSLATE_NOOP("ReaderRemark", "The text names %1, the deadline is %2.")},
    Form{"is due (\\S+) provisionally: the holidays of a year on the way are not announced yet",
         QT_TRANSLATE_NOOP("ReaderRemark",
                           "%1 is provisional: the holidays of a year on the way are not announced yet.")},
    Form{"lacks units and a deadline(?:: the document may be cut off)?",
         QT_TRANSLATE_NOOP("ReaderRemark", "Units and deadline are missing; the document may be cut off.")},
    Form{"lacks units(?:: the document may be cut off)?",
         QT_TRANSLATE_NOOP("ReaderRemark", "Units are missing.")},
    Form{"lacks a deadline(?:: the document may be cut off)?",
         QT_TRANSLATE_NOOP("ReaderRemark", "The deadline is missing.")},
    Form{"binds later tasks too: check each of them",
         QT_TRANSLATE_NOOP("ReaderRemark", "The units are named for later tasks too: check each of them.")},
    Form{"a principle, the unit is known only case by case: (.*)",
         QT_TRANSLATE_NOOP("ReaderRemark", "“%1” is a principle: the unit is known only case by case.")},
    Form{"names no unit of the task: (.*)",
         QT_TRANSLATE_NOOP("ReaderRemark", "“%1” names no unit of the task.")},
    Form{"is no unit's name: (.*)", QT_TRANSLATE_NOOP("ReaderRemark", "“%1” is no unit's name.")},
    Form{"may be no unit's name: (.*)", QT_TRANSLATE_NOOP("ReaderRemark", "“%1” may be no unit's name.")},
    Form{"the sheet (.+) has this task again with other units or another deadline: it is taken as one of its "
         "own",
         QT_TRANSLATE_NOOP("ReaderRemark",
                           "The sheet “%1” has this task again with other units or another deadline: it is "
                           "taken as one of its own.")},
    Form{"the sheet (.+) repeats (\\d+) tasks of the sheets before it: they count once",
         QT_TRANSLATE_NOOP("ReaderRemark",
                           "The sheet “%1” repeats %2 tasks of the sheets before it: they count once.")},
    Form{"the sheet (.+) is of the year (\\d+): its (\\d+) tasks are not read",
         QT_TRANSLATE_NOOP("ReaderRemark", "The sheet “%1” is of the year %2: its %3 tasks are not read.")},
    Form{"cells beyond the first (\\d+) columns are not read",
         QT_TRANSLATE_NOOP("ReaderRemark", "Cells beyond the first %1 columns are not read.")},
    Form{"names no unit", QT_TRANSLATE_NOOP("ReaderRemark", "The words name no unit.")},
};

}  // namespace

std::optional<QString> ReaderRemark::text(const QString& remark) {
    static const QRegularExpression number(QStringLiteral("^task \\d+:? "));
    const QString bare = QString(remark).remove(number);
    for (const Form& form : kForms) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QLatin1String(form.pattern)),
                                         QRegularExpression::DotMatchesEverythingOption);
        const QRegularExpressionMatch match = pattern.match(bare);
        if (!match.hasMatch()) {
            continue;
        }
        QString text = tr(form.text);
        for (int i = 1; i <= match.lastCapturedIndex(); ++i) {
            text = text.arg(match.captured(i));
        }
        return text;
    }
    return std::nullopt;
}

}  // namespace hezhang::ui
