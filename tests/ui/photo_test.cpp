// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What becomes of a photo before it is kept: small, upright, and without where and with what it was taken.
#include "src/ui/photo.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QFile>
#include <QImage>
#include <QImageReader>
#include <QTemporaryDir>
#include <algorithm>
#include <random>

#include "sync/transport/blob_messages.h"

namespace hezhang::test {
namespace {

using ui::EvidenceFile;
using ui::readEvidence;

QByteArray jpeg(const QImage& image, int quality = 95) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    EXPECT_TRUE(image.save(&buffer, "JPEG", quality));
    return bytes;
}

void put(QByteArray& bytes, int size, quint32 value) {
    for (int i = size - 1; i >= 0; --i) {
        bytes.append(static_cast<char>(value >> (8 * i)));
    }
}

// One entry of a TIFF directory whose value stands in the entry itself.
void putEntry(QByteArray& bytes, quint32 tag, quint32 type, quint32 count, quint32 value) {
    put(bytes, 2, tag);
    put(bytes, 2, type);
    put(bytes, 4, count);
    put(bytes, 4, value);
}

// As a phone writes it: maker, turned by a quarter (orientation 6), and a GPS directory with 38 degrees
// north. Exif 2.32, section 4.6.
QByteArray exifWithPlace() {
    QByteArray tiff("MM\0*", 4);
    put(tiff, 4, 8);
    put(tiff, 2, 3);
    putEntry(tiff, 0x010f, 2, 4, 0x50484F00);  // Make: "PHO"
    putEntry(tiff, 0x0112, 3, 1, 6u << 16);    // Orientation
    putEntry(tiff, 0x8825, 4, 1, 50);          // where the GPS directory stands
    put(tiff, 4, 0);
    put(tiff, 2, 2);
    putEntry(tiff, 1, 2, 2, 0x4E000000);  // GPSLatitudeRef: "N"
    putEntry(tiff, 2, 5, 3, 80);          // GPSLatitude: three fractions at 80
    put(tiff, 4, 0);
    for (const quint32 number : {38u, 1u, 29u, 1u, 17u, 1u}) {
        put(tiff, 4, number);
    }
    QByteArray segment("\xff\xe1", 2);
    put(segment, 2, static_cast<quint32>(tiff.size()) + 8);
    return segment + QByteArray("Exif\0\0", 6) + tiff;
}

QByteArray comment(const QByteArray& text) {
    QByteArray segment("\xff\xfe", 2);
    put(segment, 2, static_cast<quint32>(text.size()) + 2);
    return segment + text;
}

class Photo : public ::testing::Test {
protected:
    [[nodiscard]] QString written(const QString& name, const QByteArray& content) const {
        const QString path = folder.filePath(name);
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(content);
        return path;
    }
    [[nodiscard]] static EvidenceFile read(const QString& path) {
        auto file = readEvidence(path);
        EXPECT_TRUE(file) << file.error().text;
        return std::move(*file);
    }
    [[nodiscard]] static QByteArray bytesOf(const EvidenceFile& file) {
        return {reinterpret_cast<const char*>(file.content.data()),
                static_cast<qsizetype>(file.content.size())};
    }

    QTemporaryDir folder;
};

TEST_F(Photo, WhereAndWithWhatItWasTakenIsGoneAndItStandsUpright) {
    QImage image(400, 200, QImage::Format_RGB32);
    image.fill(Qt::darkGreen);
    QByteArray bytes = jpeg(image);
    bytes.insert(2, exifWithPlace() + comment("38.49N 106.13E"));
    const QString path = written(QStringLiteral("IMG_0001.JPG"), bytes);
    // The reader of pictures understands what was put in: else the test would show nothing.
    ASSERT_EQ(QImageReader(path).transformation(), QImageIOHandler::TransformationRotate90);

    const EvidenceFile file = read(path);

    EXPECT_TRUE(file.isPhoto);
    EXPECT_EQ(file.name, QStringLiteral("IMG_0001.jpg"));
    const QByteArray kept = bytesOf(file);
    for (const char* trace : {"Exif", "PHO", "106.13E", "GPS", "ICC_PROFILE"}) {
        EXPECT_FALSE(kept.contains(trace)) << trace;
    }
    // No application segment but JFIF's own, and no comment.
    EXPECT_FALSE(kept.contains(QByteArray("\xff\xe1", 2)));
    EXPECT_FALSE(kept.contains(QByteArray("\xff\xfe", 2)));
    EXPECT_EQ(QImage::fromData(kept).size(), QSize(200, 400));
}

TEST_F(Photo, TextsOfAPngAreGone) {
    QImage image(30, 20, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    image.setText(QStringLiteral("Location"), QStringLiteral("38.49N 106.13E"));
    const QString path = folder.filePath(QStringLiteral("a.png"));
    ASSERT_TRUE(image.save(path));

    const QByteArray kept = bytesOf(read(path));

    EXPECT_FALSE(kept.contains("106.13E"));
    EXPECT_TRUE(QImage::fromData(kept).textKeys().isEmpty());
    EXPECT_EQ(QColor(QImage::fromData(kept).pixel(3, 3)), QColor(Qt::white));
}

TEST_F(Photo, EvenNoiseFitsTheLimit) {
    QImage image(2500, 2500, QImage::Format_RGB32);
    std::mt19937 random(7);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            line[x] = static_cast<QRgb>(random());
        }
    }
    const QString path = written(QStringLiteral("noise.jpg"), jpeg(image, 100));
    ASSERT_GT(QFile(path).size(), 5 * ui::kPhotoBytesMax);

    const EvidenceFile file = read(path);

    EXPECT_LE(file.content.size(), static_cast<std::size_t>(ui::kPhotoBytesMax));
    EXPECT_FALSE(QImage::fromData(bytesOf(file)).isNull());
}

TEST_F(Photo, APictureOfFiftyMillionPixelsIsTakenAndMadeSmall) {
    QImage image(8192, 6144, QImage::Format_Grayscale8);
    image.fill(120);
    const QString path = written(QStringLiteral("large.jpg"), jpeg(image, 60));
    image = QImage();

    EXPECT_EQ(QImage::fromData(bytesOf(read(path))).size(), QSize(2048, 1536));
}

TEST_F(Photo, APictureThatClaimsToBeHugeIsRefusedBeforeItIsRead) {
    QImage image(16, 16, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes = jpeg(image);
    const qsizetype frame = bytes.indexOf(QByteArray("\xff\xc0", 2));
    ASSERT_GT(frame, 0);
    bytes.replace(frame + 5, 4, QByteArray("\x9c\x40\x9c\x40", 4));  // its height and width

    EXPECT_EQ(readEvidence(written(QStringLiteral("bomb.jpg"), bytes)).error().code, ErrorCode::fileTooLarge);
}

TEST_F(Photo, ADrawingAndADocumentStayAsTheyAre) {
    const QByteArray drawing = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>";

    const EvidenceFile svg = read(written(QStringLiteral("plan.svg"), drawing));
    const EvidenceFile text = read(written(QStringLiteral("a.txt"), "公示"));

    EXPECT_FALSE(svg.isPhoto);
    EXPECT_EQ(bytesOf(svg), drawing);
    EXPECT_FALSE(text.isPhoto);
    EXPECT_EQ(text.name, QStringLiteral("a.txt"));
}

TEST_F(Photo, AThumbnailIsASmallJpegOfAPictureAndOfNothingElse) {
    QImage image(3000, 1500, QImage::Format_RGB32);
    std::mt19937 dice(1);
    for (int y = 0; y < image.height(); ++y) {
        auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
        std::generate(line, line + image.width(), [&] { return dice() | 0xff000000U; });
    }
    const Bytes thumb = ui::thumbnailOf(written(QStringLiteral("noise.jpg"), jpeg(image, 60)));

    EXPECT_TRUE(sync::isThumb(thumb));
    EXPECT_EQ(QImage::fromData(QByteArray(reinterpret_cast<const char*>(thumb.data()),
                                          static_cast<qsizetype>(thumb.size())))
                  .size(),
              QSize(240, 120));
    EXPECT_TRUE(ui::thumbnailOf(written(QStringLiteral("a.txt"), "公示")).empty());
    EXPECT_TRUE(ui::thumbnailOf(written(QStringLiteral("plan.svg"),
                                        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"))
                    .empty());
    EXPECT_TRUE(ui::thumbnailOf(folder.filePath(QStringLiteral("none.jpg"))).empty());
}

TEST_F(Photo, HalfAPictureAndNoneAreSaidToBeSo) {
    QImage image(300, 300, QImage::Format_RGB32);
    image.fill(Qt::blue);
    const QString path = folder.filePath(QStringLiteral("b.png"));
    ASSERT_TRUE(image.save(path));
    QFile whole(path);
    ASSERT_TRUE(whole.open(QIODevice::ReadOnly));
    const QByteArray half = whole.read(60);

    EXPECT_EQ(readEvidence(written(QStringLiteral("half.png"), half)).error().code,
              ErrorCode::fileUnreadable);
    EXPECT_EQ(readEvidence(folder.filePath(QStringLiteral("none.jpg"))).error().code,
              ErrorCode::fileNotFound);
}

}  // namespace
}  // namespace hezhang::test
