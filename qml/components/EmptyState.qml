// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a page shows where there is nothing: why, and what to do.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    required property string title
    property string text
    property string iconName: "empty"
    property string actionText

    signal action

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * Style.space5

    Column {
        id: column

        anchors.centerIn: parent
        width: Math.min(root.width - 2 * Style.space4, Math.round(420 * Style.textScale))
        spacing: Style.space3

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 72
            height: 72
            radius: 36
            color: Style.accentSoft

            Icon {
                anchors.centerIn: parent
                name: root.iconName
                size: 34
                color: Style.accent
            }
        }

        AppText {
            width: parent.width
            text: root.title
            size: Style.sizeTitle
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }

        AppText {
            width: parent.width
            text: root.text
            muted: true
            horizontalAlignment: Text.AlignHCenter
            visible: text !== ""
        }

        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(implicitWidth, parent.width)
            text: root.actionText
            variant: "primary"
            visible: text !== ""

            onClicked: root.action()
        }
    }
}
