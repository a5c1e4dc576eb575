// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Files as evidence. A photo is made small and loses where, when and with what it was taken; every other file
// stays as it is.
//
// Limits:  kPhotoPixelsMax, checked before memory is taken; kPhotoSideMax pixels on the longer side, then
// quality
//          and at last the size go down until it has kPhotoBytesMax; other files: ledger::kBlobBytesMax.
// Errors:  fileNotFound, fileUnreadable, fileTooLarge.
// Threads: pure functions; a photo takes some tenths of a second, so not in the window's.
#pragma once

#include <QString>

#include "src/ledger/home.h"
#include "sync/base/bytes.h"
#include "sync/base/result.h"

namespace hezhang::ui {

inline constexpr int kPhotoSideMax = 2048;
inline constexpr int kPhotoBytesMax = 600 * 1024;
inline constexpr qint64 kPhotoPixelsMax = 120'000'000;

struct EvidenceFile {
    QString name;  // for people; a photo's ends with .jpg
    Bytes content;
    bool isPhoto = false;
};
[[nodiscard]] Result<EvidenceFile> readEvidence(const QString& path);

// A picture that is drawn here: no drawing, and not too large.
[[nodiscard]] bool isPicture(const QString& path);
// A small JPEG of a picture, at most sync::kThumbMax bytes; empty for what is none.
[[nodiscard]] Bytes thumbnailOf(const QString& path);
// Takes a file into the home with its thumbnail, if it is a picture. A thumbnail that cannot be kept is done
// without.
void keepThumbnail(ledger::Home& home, const std::string& path);

}  // namespace hezhang::ui
