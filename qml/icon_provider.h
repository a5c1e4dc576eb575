// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Icons in any colour from the drawings in qml/icons (SVG, 24 by 24, one stroke, "currentColor").
//
// An address is "NAME/RRGGBB"; an unknown name gives an empty picture and a warning. Qt keeps what was drawn,
// so a list of ten thousand rows holds each icon once.
//
// Threads: Qt calls requestImage from the thread that loads pictures; the class has no state.
#pragma once

#include <QQuickImageProvider>

namespace hezhang::qml {

class IconProvider : public QQuickImageProvider {
public:
    IconProvider();

    // `requested` is the size in device pixels; 24 by 24 where it is invalid.
    QImage requestImage(const QString& address, QSize* size, const QSize& requested) override;
};

}  // namespace hezhang::qml
