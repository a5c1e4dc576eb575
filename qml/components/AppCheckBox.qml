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
            color: Style.inkOnAccent
        }
    }

    contentItem: Item {
        implicitWidth: words.implicitWidth
        implicitHeight: column.implicitHeight

        Column {
            id: column

            anchors.verticalCenter: parent.verticalCenter
            width: parent.width

            AppText {
                id: words

                width: parent.width
                text: root.text
                Accessible.ignored: true
            }

            AppText {
                width: parent.width
                text: root.help
                size: Style.sizeCaption
                muted: true
                visible: text !== ""
                Accessible.ignored: true
            }
        }
    }

    background: Item {
        FocusRing {
            shown: root.visualFocus
            inset: 0
        }
    }
}
