// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The text of the glyphs in a PDF that Qt has printed.
//
// Why:     Qt 6.4 looks for a glyph's text only up to U+FFFF and takes the first letter it finds: 𬭚 gets
//          none, 〈 becomes its older twin, a blank a tab. What was drawn is drawn once more onto a device
//          that keeps the order of the glyphs, which is their number in the file, and their texts.
// Safety:  a glyph gets a text only where the glyphs before and after that Qt knows were drawn before and
//          after, too, with as many between them; all others stay as Qt wrote them.
// Threads: one at a time.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QPaintDevice>
#include <QPaintEngine>
#include <QRawFont>
#include <QSet>
#include <vector>

#include "sync/base/result.h"

namespace hezhang::paper {

// What is drawn with one font, in the order in which it was drawn first.
struct DrawnFont {
    QRawFont font;
    std::vector<quint32> glyphs;
    std::vector<char32_t> letters;
    QSet<quint32> known{};  // `glyphs`
};

// Draws nothing and takes down what is drawn.
class GlyphRecorder : public QPaintDevice, private QPaintEngine {
public:
    // Measures as `like`.
    explicit GlyphRecorder(const QPaintDevice& like);

    [[nodiscard]] const std::vector<DrawnFont>& fonts() const { return m_fonts; }

    [[nodiscard]] QPaintEngine* paintEngine() const override { return const_cast<GlyphRecorder*>(this); }

protected:
    int metric(PaintDeviceMetric which) const override;

private:
    bool begin(QPaintDevice*) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState&) override {}
    void drawPath(const QPainterPath&) override {}
    void drawPolygon(const QPointF*, int, PolygonDrawMode) override {}
    void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override {}
    void drawImage(const QRectF&, const QImage&, const QRectF&, Qt::ImageConversionFlags) override {}
    void drawTextItem(const QPointF&, const QTextItem& item) override;
    [[nodiscard]] Type type() const override { return User; }

    DrawnFont& fontOf(const QFont& font);

    const QPaintDevice& m_like;
    std::vector<DrawnFont> m_fonts;
    QHash<QString, std::size_t> m_byKey;
};

// Errors: internal, if the file cannot be understood.
[[nodiscard]] Result<QByteArray> withTexts(const QByteArray& pdf, const std::vector<DrawnFont>& fonts);

}  // namespace hezhang::paper
