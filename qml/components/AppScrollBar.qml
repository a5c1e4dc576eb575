// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A thin bar that shows where one is; wider under the pointer.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.ScrollBar {
    id: root

    implicitWidth: 12
    implicitHeight: 12
    padding: 3
    minimumSize: 0.08
    visible: size < 1
    Accessible.ignored: true

    contentItem: Rectangle {
        implicitWidth: 5
        implicitHeight: 5
        radius: 3
        color: root.pressed || root.hovered ? Style.textMuted : Style.lineStrong
        opacity: root.active || root.hovered ? 0.9 : 0.35
    }
}
