// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A button with a drawing only. Its text is what a screen reader says and what hovering shows.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Button {
    id: root

    required property string iconName
    property color ink: Style.text
    property int count: 0

    implicitWidth: Style.target
    implicitHeight: Style.target
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.Button
    Accessible.name: text

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        radius: Style.radius
        color: root.down ? Style.surfacePressed : root.hovered || root.checked ? Style.surfaceHover : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: 1
        }
    }

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: root.iconName
            color: root.enabled ? root.ink : Style.textDisabled
        }

        CountDot {
            anchors.left: parent.horizontalCenter
            anchors.bottom: parent.verticalCenter
            anchors.margins: 1
            count: root.count
        }
    }

    HoverTip {
        text: root.text
        shown: root.hovered && !root.down
    }
}
