// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/qr_code.h"

#include <qrencode.h>

#include <QFont>
#include <QFontMetrics>
#include <QPainter>
#include <memory>

namespace hezhang::ui {

QImage qrImage(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        bytes.isEmpty()
            ? nullptr
            : QRcode_encodeData(static_cast<int>(bytes.size()),
                                reinterpret_cast<const unsigned char*>(bytes.constData()), 0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) {
        return {};
    }
    const int side = code->width + 2 * kQrQuietModules;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            const bool isDark = (code->data[y * code->width + x] & 1) != 0;
            if (isDark) {
                image.setPixelColor(x + kQrQuietModules, y + kQrQuietModules, Qt::black);
            }
        }
    }
    return image;
}

QImage qrCard(const QString& text, const QStringList& lines) {
    constexpr int kModulePixels = 10;
    constexpr int kTextPixels = 22;
    const QImage code = qrImage(text);
    if (code.isNull()) {
        return {};
    }
    const QImage large =
        code.scaled(code.size() * kModulePixels, Qt::KeepAspectRatio, Qt::FastTransformation);
    QFont font;
    font.setPixelSize(kTextPixels);
    const int margin = kQrQuietModules * kModulePixels;
    const QRect room(margin, large.height(), large.width() - 2 * margin, 100 * kTextPixels);
    constexpr int kFlags = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap | Qt::TextWrapAnywhere;
    const QString words = lines.join(QLatin1Char('\n'));
    const int wordsHeight = QFontMetrics(font).boundingRect(room, kFlags, words).height();
    QImage card(large.width(), large.height() + wordsHeight + margin, QImage::Format_RGB32);
    card.fill(Qt::white);
    QPainter painter(&card);
    painter.drawImage(0, 0, large);
    painter.setFont(font);
    painter.setPen(Qt::black);
    painter.drawText(QRect(room.topLeft(), QSize(room.width(), wordsHeight)), kFlags, words);
    return card;
}

}  // namespace hezhang::ui
