// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A box to tick, with words and a line of help.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.CheckBox {
    id: root

    property string help

    implicitWidth: Math.max(Style.target, words.implicitWidth + leftPadding + Style.space2)
    implicitHeight: Math.max(Style.target, contentItem.implicitHeight + 2 * Style.space2)
    leftPadding: indicator.width + Style.space3 + Style.space1
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: help
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onToggleAction: root.toggle()

    indicator: Rectangle {
        x: Style.space1
        anchors.verticalCenter: parent.verticalCenter
        width: Style.icon + 2
        height: width
        radius: Style.radiusSmall
        color: root.checked ? (root.enabled ? Style.accent : Style.textDisabled) : root.enabled ? Style.surface : Style.surfaceSunken
        border.width: root.checked ? 0 : 2
        border.color: root.enabled ? Style.lineStrong : Style.line

        Icon {
            anchors.centerIn: parent
            name: root.checked ? "done" : ""
            size: Style.icon - 4
            color: Style.onAccent
        }
    }

    contentItem: Column {
        topPadding: Math.max(0, (root.height - 2 * Style.space2 - words.implicitHeight - (more.visible ? more.implicitHeight : 0)) / 2)

        AppText {
            id: words

            width: parent.width
            text: root.text
            Accessible.ignored: true
        }

        AppText {
            id: more

            width: parent.width
            text: root.help
            size: Style.sizeCaption
            muted: true
            visible: text !== ""
            Accessible.ignored: true
        }
    }

    background: Item {
        FocusRing {
            shown: root.visualFocus
            inset: 0
        }
    }
}
