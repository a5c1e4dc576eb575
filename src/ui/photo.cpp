// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/photo.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QImageReader>
#include <QPainter>
#include <algorithm>

#include "src/ledger/files.h"
#include "src/ledger/home.h"
#include "src/ledger/thumbnails.h"

namespace hezhang::ui {

static constexpr int kQualities[] = {85, 70, 55, 40};
static constexpr int kPhotoSideMin = 256;
static constexpr int kThumbSide = 240;

static QByteArray jpegOf(const QImage& image, int quality) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", quality);
    return bytes;
}

// The pixels alone: nothing that stood beside them (place, time, device, colour profile) comes along.
static QImage plainPixels(const QImage& image) {
    QImage plain(image.size(), QImage::Format_RGB32);
    plain.fill(Qt::white);
    QPainter(&plain).drawImage(0, 0, image);
    return plain;
}

static QImage within(const QImage& image, int side) {
    return std::max(image.width(), image.height()) > side
               ? image.scaled(side, side, Qt::KeepAspectRatio, Qt::SmoothTransformation)
               : image;
}

// First quality goes down, then the size: a picture of leaves or gravel does not fit by quality alone.
static QByteArray shrunk(const QImage& image) {
    QByteArray bytes;
    for (int side = kPhotoSideMax; side >= kPhotoSideMin; side /= 2) {
        const QImage plain = plainPixels(within(image, side));
        for (const int quality : kQualities) {
            bytes = jpegOf(plain, quality);
            if (bytes.size() <= kPhotoBytesMax) {
                return bytes;
            }
        }
    }
    return bytes;
}

// Drawings are documents: they are kept as they are, and never drawn here.
static bool isPhotoFormat(const QByteArray& format) {
    return format != "svg" && format != "svgz" && format != "pdf";
}

static Result<QImage> readPicture(QImageReader& reader) {
    const QSize size = reader.size();
    if (qint64{size.width()} * size.height() > kPhotoPixelsMax) {
        return fail(ErrorCode::fileTooLarge, "the picture has too many pixels");
    }
    // JPEG is made smaller while it is read: a picture of 50 million pixels never stands in memory whole.
    if (std::max(size.width(), size.height()) > kPhotoSideMax) {
        reader.setScaledSize(size.scaled(kPhotoSideMax, kPhotoSideMax, Qt::KeepAspectRatio));
    }
    QImage image = reader.read();
    if (image.isNull()) {
        return fail(ErrorCode::fileUnreadable, "the picture cannot be read");
    }
    return image;
}

Result<EvidenceFile> readEvidence(const QString& path) {
    const QFileInfo info(path);
    if (!info.isFile()) {
        return fail(ErrorCode::fileNotFound, "the file is not there");
    }
    EvidenceFile file;
    file.name = info.fileName();
    QImageReader reader(path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    if (reader.canRead() && isPhotoFormat(reader.format())) {
        HZ_TRY(const QImage image, readPicture(reader));
        const QByteArray bytes = shrunk(image);
        file.content.assign(bytes.begin(), bytes.end());
        file.name = info.completeBaseName() + QStringLiteral(".jpg");
        file.isPhoto = true;
        return file;
    }
    HZ_TRY(file.content, ledger::readFile(path.toStdString(), ledger::kBlobBytesMax));
    return file;
}

bool isPicture(const QString& path) {
    QImageReader reader(path);
    reader.setDecideFormatFromContent(true);
    const QSize size = reader.size();
    return reader.canRead() && isPhotoFormat(reader.format()) &&
           qint64{size.width()} * size.height() <= kPhotoPixelsMax;
}

Bytes thumbnailOf(const QString& path) {
    if (!isPicture(path)) {
        return {};
    }
    QImageReader reader(path);
    reader.setAutoTransform(true);
    reader.setDecideFormatFromContent(true);
    reader.setScaledSize(reader.size().scaled(kThumbSide, kThumbSide, Qt::KeepAspectRatio));
    const QImage image = reader.read();
    for (const int quality : kQualities) {
        const QByteArray bytes = image.isNull() ? QByteArray() : jpegOf(plainPixels(image), quality);
        if (!bytes.isEmpty() && bytes.size() <= static_cast<qsizetype>(sync::kThumbMax)) {
            return {bytes.begin(), bytes.end()};
        }
    }
    return {};
}

void keepThumbnail(ledger::Home& home, const std::string& path) {
    const Bytes picture = thumbnailOf(QString::fromStdString(path));
    const auto blob = picture.empty() ? fail(ErrorCode::notFound, "no picture") : home.addBlob(path);
    if (blob) {
        static_cast<void>(ledger::saveThumb(home, *blob, picture).has_value());
    }
}

}  // namespace hezhang::ui
