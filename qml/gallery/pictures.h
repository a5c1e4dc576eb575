// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Pictures of stories (gallery pages) in all settings.
//
// The settings are size (4), text (2), colours (2), language (2). Eight pictures meet every pair of settings:
// with the size written as two bits a and b, and c the text, they are all (a, b, c) with colours = a xor c
// and language = b xor c. That is an orthogonal array of strength two; fewer than eight cannot meet the eight
// pairs of a size and a text.
//
// Threads: the window's only.
#pragma once

#include <QQmlApplicationEngine>
#include <QSize>
#include <QString>
#include <QStringList>
#include <vector>

namespace hezhang::gallery {

struct Setting {
    QString name;  // of the file: "phone-normal-light-zh"
    QSize size;    // in pixels
    bool large = false;
    bool dark = false;
    QString language;  // "zh_CN" or "en"
};

// The eight settings, phone first.
std::vector<Setting> pictureSettings();

// The names of all stories that match the regular expression `only` ("" is all), in order: file names without
// "Story.qml".
QStringList storyNames(const QString& only);

// Writes STORY-SETTING.png into `folder`, which is made if missing, for every story of `names`; the window is
// Stage.qml, loaded in `engine`. A story that scrolls is pictured at its whole height. Returns the number of
// pictures that could not be made, with a line each on standard error.
int grabPictures(QQmlApplicationEngine& engine, const QStringList& names, const QString& folder);

}  // namespace hezhang::gallery
