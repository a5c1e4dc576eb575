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
#include <optional>
#include <vector>

#include "src/paper/commands.h"

namespace {

using hezhang::ErrorCode;
using hezhang::fail;
using hezhang::Result;
using hezhang::paper::Sheet;

constexpr rlim_t kMemoryMax = rlim_t{2} << 30;  // bytes of address space: Qt itself takes a quarter
constexpr rlim_t kSecondsMax = 300;             // of the processor

// The address sanitizer takes terabytes of addresses.
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HZ_ADDRESSES_ARE_FREE
#endif
#endif

void limit() {
    const rlimit memory{kMemoryMax, kMemoryMax};
    const rlimit seconds{kSecondsMax, kSecondsMax};
    const rlimit none{0, 0};
#ifndef HZ_ADDRESSES_ARE_FREE
    ::setrlimit(RLIMIT_AS, &memory);
#endif
    ::setrlimit(RLIMIT_CPU, &seconds);
    ::setrlimit(RLIMIT_CORE, &none);
}

// Millimetres, at most 100 each: top, right, bottom, left.
std::optional<QMarginsF> marginsFrom(const QString& text) {
    constexpr int kMax = 100;
    std::vector<double> all;
    for (const QString& one : text.split(u',')) {
        bool isNumber = false;
        const int margin = one.toInt(&isNumber);
        if (!isNumber || margin < 0 || margin > kMax) {
            return std::nullopt;
        }
        all.push_back(margin);
    }
    return all.size() == 4 ? std::optional(QMarginsF(all[3], all[0], all[1], all[2])) : std::nullopt;
}

std::optional<Sheet> sheetFrom(const QStringList& options) {
    if (options.size() == 1 && options[0] == QLatin1String("--landscape")) {
        return Sheet{.isLandscape = true};
    }
    if (options.size() == 1 && options[0] == QLatin1String("--portrait")) {
        return Sheet{};
    }
    if (options.size() == 2 && options[0] == QLatin1String("--letter")) {
        if (const auto margins = marginsFrom(options[1])) {
            return Sheet{.margins = *margins, .isLetter = true};
        }
    }
    return std::nullopt;
}

Result<void> run(const QStringList& arguments) {
    if (arguments.size() == 2 && arguments[0] == QLatin1String("read")) {
        return hezhang::paper::printPages(arguments[1]);
    }
    if (arguments.value(0) == QLatin1String("write") &&
        arguments.value(arguments.size() - 2) == QLatin1String("-o")) {
        if (const auto sheet = sheetFrom(arguments.mid(1, arguments.size() - 3))) {
            return hezhang::paper::writePages(arguments.back(), *sheet);
        }
    }
    return fail(
        ErrorCode::usage,
        "usage: hezhang-paper read FILE.pdf | write --landscape|--portrait|--letter TOP,RIGHT,BOTTOM,LEFT "
        "-o FILE.pdf < PAGE.html");
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
