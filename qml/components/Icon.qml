// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One drawing of qml/icons in any colour and size. Says nothing to a screen reader: its button or text does.
import QtQuick
import QtQuick.Window
import Hezhang.Ui

Image {
    id: root

    property string name
    property color color: Style.text
    property real size: Style.icon
    property bool spinning: false

    width: size
    height: size
    source: name === "" ? "" : "image://icons/" + name + "/" + String(color).slice(-6)
    sourceSize.width: Math.ceil(size * Screen.devicePixelRatio)
    sourceSize.height: Math.ceil(size * Screen.devicePixelRatio)
    visible: name !== ""
    Accessible.ignored: true

    RotationAnimator on rotation {
        running: root.spinning && root.visible && Style.motion
        from: 0
        to: 360
        duration: 1100
        loops: Animation.Infinite
    }
}
