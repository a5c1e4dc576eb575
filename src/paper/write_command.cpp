// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include <QAbstractTextDocumentLayout>
#include <QFile>
#include <QFontDatabase>
#include <QPageLayout>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QTextDocument>
#include <QTextTable>
#include <QUrl>
#include <cerrno>
#include <cmath>
#include <cstdio>

#include "src/paper/commands.h"

namespace hezhang::paper {

namespace {

constexpr qint64 kHtmlBytesMax = 64 << 20;
constexpr int kDotsPerInch = 300;
constexpr double kFooterPoints = 24;
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

// Qt leaves a table open where a page ends in it.
void closeTables(QPainter& painter, QTextDocument& document, double bottom) {
    for (const QTextFrame* frame : document.rootFrame()->childFrames()) {
        const QRectF table = document.documentLayout()->frameBoundingRect(const_cast<QTextFrame*>(frame));
        if (table.top() < bottom && table.bottom() > bottom) {
            painter.setPen(QPen(Qt::black, kDotsPerInch / 96.0));
            painter.drawLine(QPointF(table.left(), bottom), QPointF(table.right(), bottom));
        }
    }
}

Result<void> print(QTextDocument& document, QPdfWriter& writer) {
    QPainter painter;
    if (!painter.begin(&writer)) {
        return fail(ErrorCode::fileUnwritable, "the PDF cannot be written");
    }
    const QSizeF area = QRectF(writer.pageLayout().paintRectPixels(kDotsPerInch)).size();
    const double footer = kFooterPoints / 72 * kDotsPerInch;
    const QSizeF body(area.width(), area.height() - footer);
    document.documentLayout()->setPaintDevice(&writer);
    document.setPageSize(body);
    keepTogether(document, body.height());
    const int pages = document.pageCount();
    for (int page = 0; page < pages; ++page) {
        if (page > 0 && !writer.newPage()) {
            return fail(ErrorCode::fileUnwritable, "the PDF cannot be written");
        }
        painter.save();
        painter.translate(0, -page * body.height());
        const QRectF view(0, page * body.height(), body.width(), body.height());
        painter.setClipRect(view);
        QAbstractTextDocumentLayout::PaintContext context;
        context.clip = view;
        context.palette.setColor(QPalette::Text, Qt::black);
        document.documentLayout()->draw(&painter, context);
        closeTables(painter, document, view.bottom());
        painter.restore();
        painter.setFont(QFont(QString::fromLatin1(kFont), 9));
        painter.drawText(QRectF(0, body.height(), body.width(), footer), Qt::AlignHCenter | Qt::AlignBottom,
                         QStringLiteral("第 %1 页 共 %2 页").arg(page + 1).arg(pages));
    }
    painter.end();
    return {};
}

tl::unexpected<Error> cannotWrite(const QString& why) {
    const bool isFull = errno == ENOSPC || errno == EDQUOT;
    return fail(isFull ? ErrorCode::storageFull : ErrorCode::fileUnwritable,
                "the PDF cannot be written: " + why.toStdString());
}

}  // namespace

Result<void> writePages(const QString& file, bool isLandscape) {
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
    {
        QPdfWriter writer(&output);
        writer.setResolution(kDotsPerInch);
        writer.setPageLayout(QPageLayout(QPageSize(QPageSize::A4),
                                         isLandscape ? QPageLayout::Landscape : QPageLayout::Portrait,
                                         QMarginsF(15, 15, 15, 10), QPageLayout::Millimeter));
        Paper document;
        document.setDocumentMargin(0);
        document.setDefaultFont(font);
        document.setDefaultStyleSheet(QString::fromLatin1(kStyle));
        document.setHtml(QString::fromUtf8(html));
        HZ_CHECK(print(document, writer));
    }
    errno = 0;
    if (!output.commit()) {
        return cannotWrite(output.errorString());
    }
    return {};
}

}  // namespace hezhang::paper
