// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A setting that is on or off at once. The words stand before the switch; help says what it changes.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Switch {
    id: root

    property string help

    implicitWidth: 280
    implicitHeight: Math.max(Style.target, contentItem.implicitHeight + 2 * Style.space2)
    leftPadding: Style.space1
    rightPadding: indicator.width + Style.space4
    Accessible.role: Accessible.CheckBox
    Accessible.name: text
    Accessible.description: help
    Accessible.checkable: true
    Accessible.checked: checked

    indicator: Rectangle {
        x: root.width - width - Style.space1
        anchors.verticalCenter: parent.verticalCenter
        width: 48
        height: 28
        radius: 14
        color: !root.enabled ? Style.neutralSoft : root.checked ? Style.accent : Style.surface
        border.width: root.checked ? 0 : 2
        border.color: root.enabled ? Style.lineStrong : Style.line

        Rectangle {
            x: root.checked ? parent.width - width - 4 : 5
            anchors.verticalCenter: parent.verticalCenter
            width: root.checked ? 20 : 16
            height: width
            radius: width / 2
            color: !root.enabled ? Style.textDisabled : root.checked ? Style.inkOnAccent : Style.lineStrong

            Icon {
                anchors.centerIn: parent
                name: root.checked ? "done" : ""
                size: 14
                color: Style.accent
            }

            Behavior on x {
                NumberAnimation {
                    duration: Style.fast
                    easing.type: Easing.OutCubic
                }
            }
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
