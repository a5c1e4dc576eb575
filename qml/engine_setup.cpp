// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "qml/engine_setup.h"

#include <QtQml/qqmlextensionplugin.h>
#include <QFont>
#include <QGuiApplication>
#include <QLocale>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QTranslator>

#include "qml/icon_provider.h"

Q_IMPORT_QML_PLUGIN(Hezhang_UiPlugin)

namespace hezhang::qml {

void prepareApplication() {
    QQuickStyle::setStyle(QStringLiteral("Basic"));
    // Distance fields blur Chinese text at reading sizes.
    QQuickWindow::setTextRenderType(QQuickWindow::NativeTextRendering);
    QFont font(QStringLiteral("Noto Sans CJK SC"));
    font.setPixelSize(16);
    QGuiApplication::setFont(font);
}

void prepareEngine(QQmlEngine& engine) {
    engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    // The engine owns it.
    engine.addImageProvider(QStringLiteral("icons"), new IconProvider);
}

void showLanguage(QQmlEngine& engine, const QString& language) {
    const bool english = language.startsWith(QLatin1String("en"));
    const QString name = english ? QStringLiteral("en") : QStringLiteral("zh_CN");
    QLocale::setDefault(QLocale(name));
    for (auto* former : engine.findChildren<QTranslator*>(QString(), Qt::FindDirectChildrenOnly)) {
        QCoreApplication::removeTranslator(former);
        delete former;
    }
    auto* translator = new QTranslator(&engine);
    if (translator->load(QStringLiteral(":/i18n/hezhang_") + name)) {
        QCoreApplication::installTranslator(translator);
    } else {
        qWarning("no texts for %s", qUtf8Printable(name));
    }
    engine.setUiLanguage(english ? QStringLiteral("en") : QStringLiteral("zh_CN"));
    engine.retranslate();
}

}  // namespace hezhang::qml
