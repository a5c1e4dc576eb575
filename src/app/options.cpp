// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/app/options.h"

#include <QCommandLineParser>
#include <QDir>
#include <QRegularExpression>

namespace hezhang::app {

static QString defaultHome() {
    const QString ours = qEnvironmentVariable("HEZHANG_HOME");
    if (!ours.isEmpty()) {
        return ours;
    }
    const QString data = qEnvironmentVariable("XDG_DATA_HOME");
    const QString base =
        data.startsWith(QLatin1Char('/')) ? data : QDir::homePath() + QStringLiteral("/.local/share");
    return base + QStringLiteral("/hezhang");
}

static std::optional<QSize> sizeOf(const QString& text) {
    static const QRegularExpression pattern(QStringLiteral("^([1-9][0-9]{1,4})x([1-9][0-9]{1,4})$"));
    const auto match = pattern.match(text);
    return match.hasMatch() ? std::optional<QSize>({match.captured(1).toInt(), match.captured(2).toInt()})
                            : std::nullopt;
}

static void fill(const QCommandLineParser& parser, ParsedOptions& parsed) {
    Options& options = parsed.options;
    options.home =
        parser.isSet(QStringLiteral("home")) ? parser.value(QStringLiteral("home")) : defaultHome();
    const QString language = parser.value(QStringLiteral("lang"));
    if (!language.isEmpty() && language != QLatin1String("zh") && language != QLatin1String("en")) {
        parsed.error = QStringLiteral("'%1' is no language: zh or en").arg(language);
    }
    options.language = language == QLatin1String("zh") ? QStringLiteral("zh_CN") : language;
    options.isLarge = parser.isSet(QStringLiteral("large"));
    options.isDark = parser.isSet(QStringLiteral("dark"));
    options.grab = parser.value(QStringLiteral("grab"));
    options.isMeasuring = parser.isSet(QStringLiteral("measure"));
    QStringList pages = parser.values(QStringLiteral("page"));
    options.page = pages.isEmpty() ? QString() : pages.takeFirst();
    options.measured = pages;
    if (!pages.isEmpty() && !options.isMeasuring) {
        parsed.error = QStringLiteral("--page stands once, several times only with --measure");
    }
    options.isOffline = parser.isSet(QStringLiteral("offline"));
    if (parser.isSet(QStringLiteral("size"))) {
        options.size = sizeOf(parser.value(QStringLiteral("size")));
        if (!options.size) {
            parsed.error = QStringLiteral("--size takes WIDTHxHEIGHT, as 800x1280");
        }
    }
    if (!parser.positionalArguments().isEmpty()) {
        parsed.error =
            QStringLiteral("'%1' is not understood: see --help").arg(parser.positionalArguments().first());
    }
}

ParsedOptions parseOptions(const QStringList& arguments) {
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("The window client of Hezhang."));
    const auto option = [&](const char* name, const char* help, const char* value = "",
                            const char* standard = "") {
        parser.addOption({QString::fromLatin1(name), QString::fromLatin1(help), QString::fromLatin1(value),
                          QString::fromLatin1(standard)});
    };
    option("home", "the home folder (default: $HEZHANG_HOME, else ~/.local/share/hezhang)", "DIR");
    option("lang", "zh or en (default: as it was set, else zh)", "LANG");
    option("large", "large text");
    option("dark", "dark colours");
    option("size", "size of the window", "WxH");
    option("page",
           "the page to show first: tasks, task/ID, filing/ID, inbox, difference/ID/FIELD, notice/ID, "
           "history/ID, sync, "
           "checks, place/UNIT/PLACE, check/TASK/UNIT/PLACE, our-checks, objection/CHECK, search, "
           "search/TEXT, settings, "
           "shortcuts, office, matrix, windows, window/WINDOW, contradictions/WINDOW, "
           "years/LEDGER, review/TASK/UNIT/WINDOW, paragraphs/WINDOW, paragraph/TASK/WINDOW, asides, "
           "import/FILE, "
           "holidays/FILE, units, code/DIGITS, "
           "export, devices, invitation, enrol (default: where the window was left)",
           "PAGE");
    option("grab", "write a picture of the first page and end", "FILE");
    option("measure", "print what the start and pages (--page may stand several times) cost as JSON and end");
    option("offline", "sync only by hand");
    const QCommandLineOption help({QStringLiteral("h"), QStringLiteral("help")}, QStringLiteral("show this"));
    const QCommandLineOption version({QStringLiteral("v"), QStringLiteral("version")},
                                     QStringLiteral("show the version"));
    parser.addOption(help);
    parser.addOption(version);
    ParsedOptions parsed;
    const bool isUnderstood = parser.parse(arguments);
    if (parser.isSet(help)) {
        parsed.answer = parser.helpText();
    } else if (parser.isSet(version)) {
        parsed.answer = QStringLiteral("hezhang " HEZHANG_VERSION "\n");
    } else if (isUnderstood) {
        fill(parser, parsed);
    } else {
        parsed.error = parser.errorText();
    }
    return parsed;
}

}  // namespace hezhang::app
