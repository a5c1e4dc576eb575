// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The ring around what has the keyboard. Lies outside its parent's edge.
import QtQuick
import Hezhang.Ui

Rectangle {
    property bool shown: false
    property real inset: -3

    anchors.fill: parent
    anchors.margins: inset
    radius: Style.radius - inset
    color: "transparent"
    border.width: 2
    border.color: Style.focus
    visible: shown
    z: 10
}
