// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// hezhang-paper: PDF in and out, in a process of its own: what is wrong with a file's bytes can hurt nobody
// else, and nobody else has to load Qt.
#include <sys/resource.h>

#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>
#include <cstdio>

#include "src/paper/commands.h"

namespace {

using hezhang::ErrorCode;
using hezhang::fail;
using hezhang::Result;

constexpr rlim_t kMemoryMax = rlim_t{2} << 30;  // bytes of address space: Qt itself takes a quarter
constexpr rlim_t kSecondsMax = 300;             // of the processor

void limit() {
    const rlimit memory{kMemoryMax, kMemoryMax};
    const rlimit seconds{kSecondsMax, kSecondsMax};
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_AS, &memory);
    ::setrlimit(RLIMIT_CPU, &seconds);
    ::setrlimit(RLIMIT_CORE, &none);
}

Result<void> run(const QStringList& arguments) {
    if (arguments.size() == 2 && arguments[0] == QLatin1String("read")) {
        return hezhang::paper::printPages(arguments[1]);
    }
    if (arguments.size() == 4 && arguments[0] == QLatin1String("write") &&
        arguments[2] == QLatin1String("-o") &&
        (arguments[1] == QLatin1String("--landscape") || arguments[1] == QLatin1String("--portrait"))) {
        return hezhang::paper::writePages(arguments[3], arguments[1] == QLatin1String("--landscape"));
    }
    return fail(ErrorCode::usage,
                "usage: hezhang-paper read FILE.pdf | write --landscape|--portrait -o FILE.pdf < PAGE.html");
}

}  // namespace

int main(int argc, char** argv) {
    limit();
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_LOGGING_RULES", "*=false");
    const QGuiApplication application(argc, argv);
    const auto done = run(QGuiApplication::arguments().mid(1));
    if (done) {
        return 0;
    }
    const auto code = hezhang::name(done.error().code);
    const QJsonObject line{{"error", QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()))},
                           {"text", QString::fromStdString(done.error().text)}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fprintf(stderr, "hezhang-paper: %s\n", done.error().text.c_str());
    return done.error().code == ErrorCode::usage ? 2 : 1;
}
