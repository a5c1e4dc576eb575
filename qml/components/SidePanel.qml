// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Something beside the page: a sheet from below on a phone, a panel from the right elsewhere. Children are its body.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Popup {
    id: root

    required property string title
    readonly property bool sheet: Style.phone
    default property alias body: column.data

    parent: T.Overlay.overlay
    x: sheet ? 0 : parent.width - width
    y: sheet ? parent.height - height : 0
    width: sheet ? parent.width : Math.min(parent.width - 80, Math.round(420 * (1 + (Style.textScale - 1) * 0.6)))
    height: sheet ? Math.min(Math.round(parent.height * 0.88), head.height + column.implicitHeight + 2 * Style.space4) : parent.height
    padding: 0
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside

    T.Overlay.modal: Rectangle {
        color: Style.shade
    }

    enter: Transition {
        NumberAnimation {
            property: root.sheet ? "y" : "x"
            from: root.sheet ? root.parent.height : root.parent.width
            duration: Style.normal
            easing.type: Easing.OutCubic
        }
    }

    background: Rectangle {
        color: Style.surface
        radius: root.sheet ? Style.radiusLarge : 0

        Rectangle {
            width: parent.width
            height: Style.radiusLarge
            anchors.bottom: parent.bottom
            color: Style.surface
        }
    }

    contentItem: Item {
        Item {
            id: head

            y: root.sheet ? 0 : Style.space2
            width: parent.width
            height: Math.max(Style.target, words.implicitHeight) + Style.space2

            AppText {
                id: words

                x: Style.space4
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Style.target - 2 * Style.space4
                text: root.title
                size: Style.sizeTitle
                strong: true
                Accessible.role: Accessible.Heading
            }

            IconButton {
                anchors.right: parent.right
                anchors.rightMargin: Style.space2
                anchors.verticalCenter: parent.verticalCenter
                iconName: "close"
                text: qsTr("Close")

                onClicked: root.close()
            }
        }

        Flickable {
            id: scroll

            anchors.fill: parent
            anchors.topMargin: head.y + head.height
            contentHeight: column.implicitHeight + 2 * Style.space4
            clip: true
            boundsBehavior: Flickable.StopAtBounds

            T.ScrollBar.vertical: AppScrollBar {}

            FocusKeeper {
                view: scroll
            }

            Column {
                id: column

                x: Style.space4
                y: Style.space2
                width: parent.width - 2 * Style.space4
                spacing: Style.space3
            }
        }
    }
}
