// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Something a person must know about this page. tone: "info", "warn", "bad", "good", "conflict". Says what to do, with a button for it.
import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    required property string title
    property string text
    property string tone: "info"
    property string iconName: ({"info": "info", "warn": "warning", "bad": "error", "good": "applied", "conflict": "conflict"})[tone] ?? "info"
    property string actionText
    property bool closable: false

    signal action
    signal closed

    implicitWidth: 320
    implicitHeight: body.implicitHeight + 2 * Style.space3
    width: parent ? parent.width : implicitWidth
    radius: Style.radius
    color: Style.toneSoft(tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text === "" ? title : title + ". " + text

    Icon {
        id: mark

        x: Style.space3 + 2
        y: Style.space3 + words.topPadding + (words.firstLine - height) / 2
        name: root.iconName
        color: Style.toneText(root.tone)
    }

    Flow {
        id: body

        x: mark.x + mark.width + Style.space3
        y: Style.space3
        width: root.width - x - (shut.visible ? shut.width : Style.space3)
        spacing: Style.space2

        Column {
            id: words

            readonly property real firstLine: heading.implicitHeight / Math.max(1, heading.lineCount)
            readonly property real room: body.width - button.width - Style.space4

            width: button.visible && room >= 320 * Style.textScale ? room : body.width
            topPadding: button.visible && width === room ? Math.max(0, (button.height - heading.implicitHeight - (more.visible ? more.implicitHeight + spacing : 0)) / 2) : 0
            spacing: 2

            AppText {
                id: heading

                width: parent.width
                text: root.title
                strong: true
                color: Style.toneText(root.tone)
                Accessible.ignored: true
            }

            AppText {
                id: more

                width: parent.width
                text: root.text
                size: Style.sizeSmall
                visible: text !== ""
                Accessible.ignored: true
            }
        }

        AppButton {
            id: button

            text: root.actionText
            visible: text !== ""

            onClicked: root.action()
        }
    }

    IconButton {
        id: shut

        anchors.right: parent.right
        iconName: "close"
        text: qsTr("Close")
        visible: root.closable

        onClicked: root.closed()
    }
}
