// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The title of a part of a page, with a number and an action at its end.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    required property string title
    property int count: -1
    property string actionText

    signal action

    implicitWidth: 320
    implicitHeight: Math.max(words.implicitHeight + Style.space2, button.visible ? button.height : 0)
    width: parent ? parent.width : implicitWidth

    AppText {
        id: words

        anchors.verticalCenter: parent.verticalCenter
        width: Math.min(implicitWidth, root.width - (button.visible ? button.width + Style.space2 : 0) - (number.visible ? number.width + Style.space2 : 0))
        text: root.title
        size: Style.sizeTitle
        strong: true
        Accessible.role: Accessible.Heading
    }

    AppText {
        id: number

        anchors.left: words.right
        anchors.leftMargin: Style.space2
        anchors.baseline: words.baseline
        text: root.count
        size: Style.sizeSmall
        muted: true
        visible: root.count >= 0
    }

    AppButton {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: -Style.space3
        anchors.verticalCenter: parent.verticalCenter
        text: root.actionText
        variant: "quiet"
        visible: root.actionText !== ""

        onClicked: root.action()
    }
}
