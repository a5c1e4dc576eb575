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
    const char* what;     // %1: what the pattern captures
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
};

}  // namespace

Message ReadingError::of(const Error& error) {
    for (const Known& known : kKnown) {
        const QRegularExpression pattern(QRegularExpression::anchoredPattern(QLatin1String(known.pattern)),
                                         QRegularExpression::DotMatchesEverythingOption);
        const QRegularExpressionMatch match = pattern.match(QString::fromStdString(error.text));
        if (match.hasMatch()) {
            const QString word = match.captured(1);
            return {tr(known.what).replace(QLatin1String("%1"), word),
                    tr(known.next).replace(QLatin1String("%1"), word)};
        }
    }
    Message message = MessageTable::of(error.code);
    if (const auto reason = ReaderRemark::text(QString::fromStdString(error.text))) {
        message.what = *reason;  // why it holds no tasks
    }
    return message;
}

}  // namespace hezhang::ui
