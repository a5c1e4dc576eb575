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

namespace hezhang::ui {

static QByteArray jpegOf(const QImage& image, int quality) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "JPEG", quality);
    return bytes;
}

// The pixels alone are written anew: nothing that stood beside them (place, time, device) comes along.
static QByteArray shrunk(QImage image) {
    if (std::max(image.width(), image.height()) > kPhotoSideMax) {
        image = image.scaled(kPhotoSideMax, kPhotoSideMax, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    }
    QImage plain(image.size(), QImage::Format_RGB32);
    plain.fill(Qt::white);
    QPainter(&plain).drawImage(0, 0, image);
    QByteArray bytes;
    for (const int quality : {85, 70, 55, 40}) {
        bytes = jpegOf(plain, quality);
        if (bytes.size() <= kPhotoBytesMax) {
            break;
        }
    }
    return bytes;
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
    if (reader.canRead()) {
        const QImage image = reader.read();
        if (image.isNull()) {
            return fail(ErrorCode::fileUnreadable, "the picture cannot be read");
        }
        const QByteArray bytes = shrunk(image);
        file.content.assign(bytes.begin(), bytes.end());
        file.name = info.completeBaseName() + QStringLiteral(".jpg");
        file.isPhoto = true;
        return file;
    }
    HZ_TRY(file.content, ledger::readFile(path.toStdString(), ledger::kBlobBytesMax));
    return file;
}

}  // namespace hezhang::ui
