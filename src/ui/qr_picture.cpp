// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/qr_picture.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <QFileInfo>
#include <QImageReader>

namespace hezhang::ui {

static constexpr int kPictureSideMax = 2000;

Result<std::string> textInPicture(const QString& path) {
    if (!QFileInfo(path).isFile()) {
        return fail(ErrorCode::fileNotFound, "the picture is not there");
    }
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    QImage image = reader.read();
    if (image.isNull()) {
        return fail(ErrorCode::fileUnreadable, "the file is no picture");
    }
    if (std::max(image.width(), image.height()) > kPictureSideMax) {
        image = image.scaled(kPictureSideMax, kPictureSideMax, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    const QImage grey = image.convertToFormat(QImage::Format_Grayscale8);
    const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(), ZXing::ImageFormat::Lum,
                                static_cast<int>(grey.bytesPerLine()));
    const auto hints = ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode).setTryHarder(true);
    const ZXing::Result found = ZXing::ReadBarcode(view, hints);
    if (!found.isValid()) {
        return fail(ErrorCode::notFound, "there is no QR code in the picture");
    }
    return found.text();
}

Result<ledger::Invitation> invitationInPicture(const QString& path) {
    HZ_TRY(const std::string text, textInPicture(path));
    return ledger::parseInvitation(text);
}

}  // namespace hezhang::ui
