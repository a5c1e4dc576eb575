// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A text as a QR code: what qr_picture.h reads again.
//
// Shape:   error correction M, dark on light whatever the window's colours, a quiet zone of kQrQuietModules
// on
//          every side.
// Units:   modules: the dots of the code.
// Errors:  a null picture where the text is empty or too long (2,331 bytes).
// Threads: pure functions. qrCard() draws text: the window's.
#pragma once

#include <QImage>
#include <QString>
#include <QStringList>

namespace hezhang::ui {

inline constexpr int kQrQuietModules = 4;

// One pixel a module.
[[nodiscard]] QImage qrImage(const QString& text);
// A picture to hand over: the code, and below it lines that say what it is.
[[nodiscard]] QImage qrCard(const QString& text, const QStringList& lines);

}  // namespace hezhang::ui
