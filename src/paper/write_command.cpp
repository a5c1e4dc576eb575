// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <QAbstractTextDocumentLayout>
#include <QBuffer>
#include <QFile>
#include <QFontDatabase>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <QTextTable>
#include <QUrl>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>

#include "src/paper/commands.h"
#include "src/paper/glyph_texts.h"

namespace hezhang::paper {

namespace {

constexpr qint64 kHtmlBytesMax = 64 << 20;
constexpr int kDotsPerInch = 300;
constexpr double kFooterPoints = 24;
constexpr int kLetterNumberPoints = 14;
constexpr double kLetterNumber = 4.94;  // mm: the same
constexpr double kLetterNumberGap = 7;  // mm
// Qt writes a wrong text layer for fonts with PostScript outlines, such as Noto CJK: digits vanish when the
// text is copied. This one is TrueType, and has the rare characters of names.
constexpr auto kFont = "LXGW WenKai";

constexpr auto kStyle =
    "h1 { font-size: 18pt; font-weight: bold; text-align: center; margin-top: 0; margin-bottom: 8pt; }"
    "p { margin-top: 2pt; margin-bottom: 4pt; }"
    "table { border-collapse: collapse; border-style: solid; border-color: black; }"
    "th, td { border: 1px solid black; padding: 3px; }";

// Pictures come inside the HTML; nothing else is loaded, wherever it points to.
class Paper : public QTextDocument {
protected:
    QVariant loadResource(int type, const QUrl& name) override {
        const bool isInside = type == QTextDocument::ImageResource && name.scheme() == QLatin1String("data");
        return isInside ? QTextDocument::loadResource(type, name) : QVariant();
    }
};

Result<QByteArray> standardInput() {
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly)) {
        return fail(ErrorCode::fileUnreadable, "the page cannot be read");
    }
    QByteArray html;
    while (html.size() <= kHtmlBytesMax) {
        const QByteArray piece = input.read(1 << 20);
        if (piece.isEmpty()) {
            return html;
        }
        html += piece;
    }
    return fail(ErrorCode::fileTooLarge, "the page is larger than 64 MB");
}

// A table without a head is no list: seal and code, say. Where it fits on a page it stands on one.
void keepTogether(QTextDocument& document, double pageHeight) {
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        const QRectF box = table != nullptr ? document.documentLayout()->frameBoundingRect(table) : QRectF();
        const bool isParted = std::floor(box.top() / pageHeight) != std::floor(box.bottom() / pageHeight);
        if (table != nullptr && table->format().headerRowCount() == 0 && box.height() < pageHeight &&
            isParted) {
            QTextTableFormat format = table->format();
            format.setPageBreakPolicy(QTextFormat::PageBreak_AlwaysBefore);
            table->setFormat(format);
        }
    }
}

// Qt leaves a table open where a page ends in it, and where one without a head goes on.
void closeTables(QPainter& painter, QTextDocument& document, const QRectF& view) {
    for (QTextFrame* frame : document.rootFrame()->childFrames()) {
        const auto* table = qobject_cast<QTextTable*>(frame);
        const QRectF box = document.documentLayout()->frameBoundingRect(frame);
        const bool isDrawn =
            table != nullptr && table->format().borderStyle() != QTextFrameFormat::BorderStyle_None;
        painter.setPen(QPen(frame->frameFormat().borderBrush(), kDotsPerInch / 96.0));
        if (isDrawn && box.top() < view.bottom() && box.bottom() > view.bottom()) {
            painter.drawLine(QPointF(box.left(), view.bottom()), QPointF(box.right(), view.bottom()));
        }
        if (isDrawn && table->format().headerRowCount() == 0 && box.top() < view.top() &&
            box.bottom() > view.top()) {
            painter.drawLine(QPointF(box.left(), view.top()), QPointF(box.right(), view.top()));
        }
    }
}

// How the text stands on its pages, in dots.
struct Layout {
    QSizeF body;
    QRectF number;  // where the number of a page stands, below the body
    bool isLetter = false;
    int pages = 0;
};

constexpr double dots(double millimetres) {
    return millimetres / 25.4 * kDotsPerInch;
}

Layout laidOut(QTextDocument& document, QPdfWriter& writer, const Sheet& sheet) {
    const QSizeF area = QRectF(writer.pageLayout().paintRectPixels(kDotsPerInch)).size();
    const double footer =
        sheet.isLetter ? dots(kLetterNumberGap + 2 * kLetterNumber) : kFooterPoints / 72 * kDotsPerInch;
    Layout layout;
    layout.body = QSizeF(area.width(), area.height() - footer);
    layout.number = QRectF(0, layout.body.height(), area.width(), footer);
    layout.isLetter = sheet.isLetter;
    if (sheet.isLetter) {
        layout.number.adjust(dots(kLetterNumber), dots(kLetterNumberGap), -dots(kLetterNumber), 0);
    }
    document.documentLayout()->setPaintDevice(&writer);
    document.setPageSize(layout.body);
    keepTogether(document, layout.body.height());
    layout.pages = document.pageCount();
    return layout;
}

void drawNumber(QPainter& painter, const Layout& layout, int page) {
    const QString family = QString::fromLatin1(kFont);
    if (layout.isLetter) {
        painter.setFont(QFont(family, kLetterNumberPoints));
        const auto side = page % 2 == 1 ? Qt::AlignRight : Qt::AlignLeft;
        painter.drawText(layout.number, side | Qt::AlignTop, QStringLiteral("— %1 —").arg(page));
        return;
    }
    painter.setFont(QFont(family, 9));
    painter.drawText(layout.number, Qt::AlignHCenter | Qt::AlignBottom,
                     QStringLiteral("第 %1 页 共 %2 页").arg(page).arg(layout.pages));
}

void drawPage(QPainter& painter, QTextDocument& document, const Layout& layout, int page) {
    const QSizeF& body = layout.body;
    painter.save();
    painter.translate(0, -page * body.height());
    const QRectF view(0, page * body.height(), body.width(), body.height());
    painter.setClipRect(view);
    QAbstractTextDocumentLayout::PaintContext context;
    context.clip = view;
    context.palette.setColor(QPalette::Text, Qt::black);
    document.documentLayout()->draw(&painter, context);
    closeTables(painter, document, view);
    painter.restore();
    drawNumber(painter, layout, page + 1);
}

Result<void> print(QTextDocument& document, const Layout& layout, QPdfWriter& writer) {
    QPainter painter;
    if (!painter.begin(&writer)) {
        return fail(ErrorCode::internal, "the PDF cannot be drawn");
    }
    for (int page = 0; page < layout.pages; ++page) {
        if (page > 0 && !writer.newPage()) {
            return fail(ErrorCode::internal, "the PDF cannot be drawn");
        }
        drawPage(painter, document, layout, page);
    }
    return {};
}

// Letters whose text Qt gets wrong.
bool hasRareLetters(const QTextDocument& document) {
    const QString text = document.toPlainText();
    return std::any_of(text.begin(), text.end(), [](QChar letter) {
        return letter.isSurrogate() || letter == QChar(0x3008) || letter == QChar(0x3009);
    });
}

Result<QByteArray> printed(QTextDocument& document, const Sheet& sheet) {
    QByteArray pdf;
    QBuffer output(&pdf);
    output.open(QIODevice::WriteOnly);
    QPdfWriter writer(&output);
    writer.setResolution(kDotsPerInch);
    QMarginsF margins = sheet.margins;
    if (sheet.isLetter) {
        margins.setBottom(std::max(0.0, margins.bottom() - kLetterNumberGap - 2 * kLetterNumber));
    }
    writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4),
                                     sheet.isLandscape ? QPageLayout::Landscape : QPageLayout::Portrait,
                                     margins, QPageLayout::Millimeter));
    const Layout layout = laidOut(document, writer, sheet);
    HZ_CHECK(print(document, layout, writer));
    if (!hasRareLetters(document)) {
        return pdf;
    }
    GlyphRecorder recorder(writer);
    QPainter painter(&recorder);
    for (int page = 0; page < layout.pages; ++page) {
        drawPage(painter, document, layout, page);
    }
    painter.end();
    return withTexts(pdf, recorder.fonts());
}

tl::unexpected<Error> cannotWrite(const QString& why) {
    const bool isFull = errno == ENOSPC || errno == EDQUOT;
    return fail(isFull ? ErrorCode::storageFull : ErrorCode::fileUnwritable,
                "the PDF cannot be written: " + why.toStdString());
}

}  // namespace

Result<void> writePages(const QString& file, const Sheet& sheet) {
    const QFont font(QString::fromLatin1(kFont), 9);
    if (!QFontDatabase::families().contains(font.family())) {
        return fail(ErrorCode::notFound, "the font " + font.family().toStdString() +
                                             " is not installed (package fonts-lxgw-wenkai)");
    }
    HZ_TRY(const QByteArray html, standardInput());
    QSaveFile output(file);
    if (!output.open(QIODevice::WriteOnly)) {
        return cannotWrite(output.errorString());
    }
    Paper document;
    document.setDocumentMargin(0);
    document.setDefaultFont(font);
    document.setDefaultStyleSheet(QString::fromLatin1(kStyle));
    document.setHtml(QString::fromUtf8(html));
    HZ_TRY(const QByteArray pdf, printed(document, sheet));
    errno = 0;
    if (output.write(pdf) != pdf.size() || !output.commit()) {
        return cannotWrite(output.errorString());
    }
    return {};
}

}  // namespace hezhang::paper
