// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An entry of a menu: an icon, words, and the key that does the same.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.MenuItem {
    id: root

    property string iconName
    property string keys
    property bool dangerous: false

    implicitWidth: 200
    implicitHeight: Math.max(Style.target, words.implicitHeight + 2 * Style.space2)
    leftPadding: Style.space3
    rightPadding: Style.space3
    Accessible.role: Accessible.MenuItem
    Accessible.name: text

    background: Rectangle {
        radius: Style.radiusSmall
        color: root.highlighted || root.down ? Style.surfacePressed : "transparent"
    }

    contentItem: Item {
        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            color: words.color
        }

        AppText {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            x: mark.visible ? mark.width + Style.space3 : 0
            width: parent.width - x - (shortcut.visible ? shortcut.width + Style.space2 : 0)
            text: root.text
            color: !root.enabled ? Style.textDisabled : root.dangerous ? Style.badText : Style.text
            Accessible.ignored: true
        }

        AppText {
            id: shortcut

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            text: root.keys
            size: Style.sizeCaption
            muted: true
            visible: text !== "" && Style.desktop
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
