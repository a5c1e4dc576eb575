// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <algorithm>
#include <cmath>
#include <cstdio>

#include "src/paper/commands.h"
#include "src/paper/page_reader.h"

namespace hezhang::paper {

namespace {

constexpr int kPagesMax = 2'000;
constexpr qint64 kFileBytesMax = 20 << 20;

double rounded(double points) {
    return std::round(points * 10) / 10;
}

QJsonArray placeOf(const QRectF& box) {
    return {rounded(box.x()), rounded(box.y()), rounded(box.width()), rounded(box.height())};
}

QByteArray lineOf(const Page& page, int of) {
    QJsonArray runs;
    for (const Run& run : page.runs) {
        QJsonArray entry = placeOf(run.box);
        entry.append(run.text);
        runs.append(entry);
    }
    QJsonArray rulings;
    for (const QRectF& ruling : page.rulings) {
        rulings.append(placeOf(ruling));
    }
    const QJsonObject line{{"width", rounded(page.size.width())},
                           {"height", rounded(page.size.height())},
                           {"of", of},
                           {"drawn", page.isDrawnOn},
                           {"runs", runs},
                           {"rulings", rulings}};
    return QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

// True if `next` stands below or above, as a letter of a line that lies on its side.
bool isBelow(const QRectF& box, const QRectF& next) {
    const QPointF step = next.center() - box.center();
    const double size = std::max(box.height(), box.width());
    return std::abs(step.x()) < size / 2 && std::abs(step.y()) < 2 * size;
}

// True if most of the text runs from above to below: the page lies on its side. A line that does so comes as
// one tall run or, drawn letter by letter, as many small ones.
bool isTurned(const Page& page) {
    qsizetype tall = 0;
    qsizetype all = 0;
    for (std::size_t i = 0; i < page.runs.size(); ++i) {
        const Run& run = page.runs[i];
        const bool isLetter = run.text.size() == 1 && i > 0 && page.runs[i - 1].text.size() == 1;
        const bool counts = isLetter || run.text.size() >= 3;
        all += counts ? 1 : 0;
        tall +=
            counts && (isLetter ? isBelow(page.runs[i - 1].box, run.box) : run.box.height() > run.box.width())
                ? 1
                : 0;
    }
    return tall * 2 > all;
}

Result<void> open(QPdfDocument& document, const QString& file) {
    const QFileInfo info(file);
    if (!info.isFile() || !info.isReadable()) {
        return fail(ErrorCode::fileUnreadable, "the file cannot be read");
    }
    if (info.size() > kFileBytesMax) {
        return fail(ErrorCode::fileTooLarge, "the document is larger than 20 MB");
    }
    switch (document.load(file)) {
    case QPdfDocument::Error::None:
        break;
    case QPdfDocument::Error::IncorrectPassword:
    case QPdfDocument::Error::UnsupportedSecurityScheme:
        return fail(ErrorCode::badInput, "the PDF is locked with a password: save it anew without one");
    default:
        return fail(ErrorCode::malformed, "the PDF is damaged");
    }
    if (document.pageCount() < 1) {
        return fail(ErrorCode::malformed, "the PDF has no pages");
    }
    if (document.pageCount() > kPagesMax) {
        return fail(ErrorCode::fileTooLarge, "the PDF has more than 2,000 pages");
    }
    return {};
}

}  // namespace

Result<void> printPages(const QString& file) {
    QPdfDocument document;
    HZ_CHECK(open(document, file));
    for (int number = 0; number < document.pageCount(); ++number) {
        const Page page = readPage(document, number);
        if (!page.isTextWhereItShows) {
            return fail(ErrorCode::badInput,
                        "the text of page " + std::to_string(number + 1) +
                            " does not stand where the page shows it: print the document "
                            "to a new PDF");
        }
        if (isTurned(page)) {
            return fail(ErrorCode::badInput, "page " + std::to_string(number + 1) +
                                                 " lies on its side: turn it upright and save it anew");
        }
        const QByteArray line = lineOf(page, document.pageCount());
        if (std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stdout) !=
                static_cast<std::size_t>(line.size()) ||
            std::fflush(stdout) != 0) {
            return fail(ErrorCode::fileUnwritable, "nobody takes the pages");
        }
    }
    return {};
}

}  // namespace hezhang::paper
