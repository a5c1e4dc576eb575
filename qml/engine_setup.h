// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What every program that shows pages of Hezhang.Ui does first: the client, the gallery, the tests of
// components.
//
// Threads: the window's only.
#pragma once

#include <QQmlEngine>
#include <QString>

namespace hezhang::qml {

// Sets what holds for the process: our own controls instead of a platform's look, the font, native text
// rendering. REQUIRES: called once, after the QGuiApplication and before the first window.
void prepareApplication();

// Makes `engine` find the modules of the program and draw icons ("image://icons/NAME/RRGGBB").
void prepareEngine(QQmlEngine& engine);

// Shows `language` ("zh_CN", "en") from now on, in windows of `engine` that are open too. Chinese for every
// other name: the source texts are English, so a translation that is missing would show as English and is
// found by `packaging/translations --check`.
void showLanguage(QQmlEngine& engine, const QString& language);

}  // namespace hezhang::qml
