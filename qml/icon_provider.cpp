// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "qml/icon_provider.h"

#include <QFile>
#include <QPainter>
#include <QSvgRenderer>

namespace hezhang::qml {

static constexpr int kDrawingSize = 24;
static constexpr int kSizeMax = 512;

static QByteArray drawing(const QString& name, const QString& colour) {
    QFile file(QStringLiteral(":/qt/qml/Hezhang/Ui/icons/") + name + QStringLiteral(".svg"));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("no icon named %s", qUtf8Printable(name));
        return {};
    }
    return file.readAll().replace("currentColor", QByteArray("#") + colour.toLatin1());
}

IconProvider::IconProvider() : QQuickImageProvider(QQuickImageProvider::Image) {}

QImage IconProvider::requestImage(const QString& address, QSize* size, const QSize& requested) {
    const int edge = requested.width() > 0 ? qMin(requested.width(), kSizeMax) : kDrawingSize;
    QImage image(edge, edge, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(drawing(address.section(u'/', 0, 0), address.section(u'/', 1, 1)));
    if (renderer.isValid()) {
        QPainter painter(&image);
        renderer.render(&painter);
    }
    if (size != nullptr) {
        *size = image.size();
    }
    return image;
}

}  // namespace hezhang::qml
