// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The sign of the program: two strokes that meet, on a square seal.
import QtQuick
import Hezhang.Ui

Rectangle {
    property real size: 40

    width: size
    height: size
    radius: size * 0.22
    color: Style.accent
    Accessible.ignored: true

    Icon {
        anchors.centerIn: parent
        name: "merge"
        size: parent.size * 0.62
        color: Style.inkOnAccent
        rotation: 180
    }
}
