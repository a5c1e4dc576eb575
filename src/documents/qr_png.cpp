// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/documents/qr_png.h"

#include <qrencode.h>
#include <zlib.h>

#include <memory>

namespace hezhang::documents {

namespace {

constexpr int kModulePixels = 8;
constexpr int kQuietModules = 4;

std::string bigEndian(std::uint32_t number) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(number >> shift & 0xff);
    }
    return bytes;
}

std::string chunk(const std::string& type, const std::string& data) {
    const std::string typed = type + data;
    const auto sum = crc32(0, reinterpret_cast<const Bytef*>(typed.data()), static_cast<uInt>(typed.size()));
    return bigEndian(static_cast<std::uint32_t>(data.size())) + typed +
           bigEndian(static_cast<std::uint32_t>(sum));
}

// Rows of one bit a pixel, each behind its filter byte 0; a set bit is white.
std::string pixelRows(const QRcode& code, int side) {
    std::string rows;
    for (int y = 0; y < side; ++y) {
        std::string row(1 + static_cast<std::size_t>(side + 7) / 8, '\0');
        for (int x = 0; x < side; ++x) {
            const int column = x / kModulePixels - kQuietModules;
            const int line = y / kModulePixels - kQuietModules;
            const bool isInside = column >= 0 && line >= 0 && column < code.width && line < code.width;
            const bool isDark = isInside && (code.data[line * code.width + column] & 1) != 0;
            if (!isDark) {
                char& byte = row[1 + static_cast<std::size_t>(x) / 8];
                byte = static_cast<char>(byte | 0x80 >> (x % 8));
            }
        }
        rows += row;
    }
    return rows;
}

}  // namespace

std::string qrPng(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        text.empty()
            ? nullptr
            : QRcode_encodeData(static_cast<int>(text.size()),
                                reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
        &QRcode_free);
    if (!code) {
        return {};
    }
    const int side = (code->width + 2 * kQuietModules) * kModulePixels;
    const std::string rows = pixelRows(*code, side);
    uLongf packed = compressBound(static_cast<uLong>(rows.size()));
    std::string data(packed, '\0');
    if (compress(reinterpret_cast<Bytef*>(data.data()), &packed, reinterpret_cast<const Bytef*>(rows.data()),
                 static_cast<uLong>(rows.size())) != Z_OK) {
        return {};
    }
    data.resize(packed);
    const std::string size = bigEndian(static_cast<std::uint32_t>(side));
    constexpr char kOneBitGrey[] = {1, 0, 0, 0, 0};
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", size + size + std::string(kOneBitGrey, sizeof kOneBitGrey)) +
           chunk("IDAT", data) + chunk("IEND", "");
}

std::string base64(std::string_view bytes) {
    static constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            group = group << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        }
        for (std::size_t i = 0; i < 4; ++i) {
            text += i <= count ? kDigits[group >> (18 - 6 * i) & 63] : '=';
        }
    }
    return text;
}

}  // namespace hezhang::documents
