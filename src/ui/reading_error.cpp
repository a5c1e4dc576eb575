// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/reading_error.h"

#include <QRegularExpression>
#include <array>

#include "src/ui/reader_remark.h"

namespace hezhang::ui {

namespace {

struct Known {
    const char* pattern;  // of the readers' English text
    const char* what;     // %1, %2 …: what the pattern captures
    const char* next;
};

constexpr const char* kAsDocument =
    QT_TRANSLATE_NOOP("ReadingError", "Open it in WPS or Office and save it anew as .docx or .xlsx.");
constexpr std::array kKnown{
    Known{
        "this is an old, WPS or encrypted file; .* as (\\.\\w+)",
        QT_TRANSLATE_NOOP("ReadingError", "This is a file of an old Office or of WPS, or it has a password."),
        QT_TRANSLATE_NOOP("ReadingError",
                          "Open it in WPS or Office and save it anew, without a password, as %1.")},
    Known{"this is an RTF file.*", QT_TRANSLATE_NOOP("ReadingError", "This is an RTF file."), kAsDocument},
    Known{"this is an XML file of an old Office.*",
          QT_TRANSLATE_NOOP("ReadingError", "This is an XML file of an old Office."), kAsDocument},
    Known{"this is an OpenDocument file.*",
          QT_TRANSLATE_NOOP("ReadingError", "This is an OpenDocument file."), kAsDocument},
    Known{"this is a web archive.*", QT_TRANSLATE_NOOP("ReadingError", "This is a web archive."),
          kAsDocument},
    Known{"an OFD file is a fixed page.*",
          QT_TRANSLATE_NOOP("ReadingError", "This is an OFD file: a fixed page."),
          QT_TRANSLATE_NOOP("ReadingError", "Ask for the .docx or .xlsx it was made from.")},
    Known{"this is an archive.*", QT_TRANSLATE_NOOP("ReadingError", "This is an archive of files."),
          QT_TRANSLATE_NOOP("ReadingError", "Unpack it and choose the document in it.")},
    Known{"a picture holds no text.*",
          QT_TRANSLATE_NOOP("ReadingError", "This is a picture: it holds no text."),
          QT_TRANSLATE_NOOP("ReadingError", "Ask for the document itself.")},
    Known{"the document is larger than (\\d+) MB",
          QT_TRANSLATE_NOOP("ReadingError", "The document is larger than %1 MB."),
          QT_TRANSLATE_NOOP("ReadingError", "Take pictures and other parts out of it and save it anew.")},
    Known{
        "the (?:sheet .+|tables?) ha(?:s|ve) more than (\\d+) rows.*",
        QT_TRANSLATE_NOOP("ReadingError", "A table of the document has more than %1 rows: nothing was read."),
        QT_TRANSLATE_NOOP("ReadingError", "Keep the rows with the tasks and save it anew.")},
    Known{"the tables hold more than (\\d+) characters.*",
          QT_TRANSLATE_NOOP("ReadingError",
                            "The tables of the document hold more than %1 characters, empty and "
                            "merged cells counted too: nothing was read."),
          QT_TRANSLATE_NOOP("ReadingError", "Keep the rows with the tasks and save it anew.")},
    Known{
        "a cell of the workbook has more than (\\d+) characters.*",
        QT_TRANSLATE_NOOP("ReadingError",
                          "A cell of the workbook has more than %1 characters, which no sheet of Excel has."),
        kAsDocument},
};

constexpr const char* kAsNotice = QT_TRANSLATE_NOOP("ReadingError", "Correct the file and choose it again.");
// Of the strict reader of data files and of the notices themselves.
constexpr std::array kHolidayFaults{
    Known{"is not well-formed JSON", QT_TRANSLATE_NOOP("ReadingError", "this is no JSON text"), kAsNotice},
    Known{"has a number that is out of range", QT_TRANSLATE_NOOP("ReadingError", "a number is out of range"),
          kAsNotice},
    Known{"has the key '?(.*?)'? twice in one object",
          QT_TRANSLATE_NOOP("ReadingError", "“%1” stands there twice"), kAsNotice},
    Known{"unknown key '?(.*?)'?", QT_TRANSLATE_NOOP("ReadingError", "“%1” is nothing a notice has"),
          kAsNotice},
    Known{"is missing", QT_TRANSLATE_NOOP("ReadingError", "it is missing"), kAsNotice},
    Known{"is empty", QT_TRANSLATE_NOOP("ReadingError", "it is empty"), kAsNotice},
    Known{"is not an? (?:object|text|list|whole number|day as text)|is not true or false|has a control "
          "character",
          QT_TRANSLATE_NOOP("ReadingError", "something else is expected here"), kAsNotice},
    Known{"is below (\\d+)", QT_TRANSLATE_NOOP("ReadingError", "it is below %1"), kAsNotice},
    Known{"is above (\\d+)", QT_TRANSLATE_NOOP("ReadingError", "it is above %1"), kAsNotice},
    Known{"is longer than (\\d+) characters",
          QT_TRANSLATE_NOOP("ReadingError", "it is longer than %1 characters"), kAsNotice},
    Known{"is longer than (\\d+) days", QT_TRANSLATE_NOOP("ReadingError", "more than %1 days off in a row"),
          kAsNotice},
    Known{"has more than (\\d+) entries", QT_TRANSLATE_NOOP("ReadingError", "it has more than %1 entries"),
          kAsNotice},
    Known{"'?(.*?)'? is no day \\(.*\\)",
          QT_TRANSLATE_NOOP("ReadingError", "“%1” is no day; one is written 2026-01-31"), kAsNotice},
    Known{"(\\S+) is no day of the notice for (\\d+)",
          QT_TRANSLATE_NOOP("ReadingError", "%1 is no day of the year %2"), kAsNotice},
    Known{"(\\S+) stands twice", QT_TRANSLATE_NOOP("ReadingError", "%1 stands there twice"), kAsNotice},
    Known{"(\\S+) is off and made up at once",
          QT_TRANSLATE_NOOP("ReadingError", "%1 is a day off and a working day at once"), kAsNotice},
    Known{"names no day, and work none either", QT_TRANSLATE_NOOP("ReadingError", "the notice names no day"),
          kAsNotice},
    Known{"ends before it begins", QT_TRANSLATE_NOOP("ReadingError", "it ends before it begins"), kAsNotice},
    Known{"(\\S+) is no Saturday or Sunday: it is worked anyway",
          QT_TRANSLATE_NOOP("ReadingError", "%1 is no Saturday or Sunday: it is worked anyway"), kAsNotice},
    Known{"is of another year or region than its record",
          QT_TRANSLATE_NOOP("ReadingError", "it is of another year or region"), kAsNotice},
};

template <std::size_t kSize>
std::optional<Message> wordsOf(const std::array<Known, kSize>& table, const QString& text) {
    for (const Known& known : table) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QLatin1String(known.pattern)),
                                         QRegularExpression::DotMatchesEverythingOption);
        const QRegularExpressionMatch match = pattern.match(text);
        if (!match.hasMatch()) {
            continue;
        }
        Message words{ReadingError::tr(known.what), ReadingError::tr(known.next)};
        for (int i = match.lastCapturedIndex(); i > 0; --i) {
            words.what.replace(QStringLiteral("%%1").arg(i), match.captured(i));
            words.next.replace(QStringLiteral("%%1").arg(i), match.captured(i));
        }
        return words;
    }
    return std::nullopt;
}

}  // namespace

Message ReadingError::of(const Error& error) {
    const QString text = QString::fromStdString(error.text);
    if (auto known = wordsOf(kKnown, text)) {
        return *std::move(known);
    }
    Message message = MessageTable::of(error.code);
    if (const auto reason = ReaderRemark::text(text)) {
        message.what = *reason;  // why it holds no tasks
    }
    return message;
}

Message ReadingError::ofHolidays(const Error& error) {
    if (error.code == ErrorCode::fileTooLarge || error.code == ErrorCode::tooLarge) {
        return {tr("The file is too large for a notice on days off."),
                tr("Choose the JSON file with the notice.")};
    }
    if (error.code != ErrorCode::badInput) {
        return MessageTable::of(error.code);
    }
    // FILE:LINE: what, or FILE: PATH: what
    static const QRegularExpression place(
        QStringLiteral("^[^:]*(?::(\\d+))?: (?:([\\w.]+(?:\\[\\d+\\][\\w.]*)*): )?"));
    const QString text = QString::fromStdString(error.text);
    const QRegularExpressionMatch at = place.match(text);
    auto words = wordsOf(kHolidayFaults, text.mid(at.capturedLength()));
    if (!words) {
        return MessageTable::of(error.code);
    }
    const QString where = !at.captured(1).isEmpty() ? tr("Line %1").arg(at.captured(1)) : at.captured(2);
    words->what = where.isEmpty() ? tr("In the file %1.").arg(words->what)
                                  : tr("%1: %2.", "a place in a file").arg(where, words->what);
    return *words;
}

}  // namespace hezhang::ui
