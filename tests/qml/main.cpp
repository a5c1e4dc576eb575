// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Runs every tst_*.qml of this folder against the module as the client loads it, in Chinese.
#include <QtQuickTest/quicktest.h>
#include <QQmlEngine>

#include "qml/engine_setup.h"

class Setup : public QObject {
    Q_OBJECT

public slots:
    void applicationAvailable() { hezhang::qml::prepareApplication(); }
    void qmlEngineAvailable(QQmlEngine* engine) {
        hezhang::qml::prepareEngine(*engine);
        hezhang::qml::showLanguage(*engine, QStringLiteral("zh_CN"));
    }
};

QUICK_TEST_MAIN_WITH_SETUP(qml_components, Setup)

#include "main.moc"
