// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A question or a small form above the page. Children are its body; the buttons come from acceptText and rejectText.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Dialog {
    id: root

    property string acceptText: qsTr("OK")
    property string rejectText: qsTr("Cancel")
    property string acceptVariant: "primary"
    property bool acceptable: true
    property string iconName
    property string iconTone: "accent"
    default property alias body: column.data

    parent: T.Overlay.overlay
    x: Math.round((parent.width - width) / 2)
    y: Math.round((parent.height - height) / 2)
    width: Math.min(parent.width - 2 * Style.space4, Math.round(440 * Style.textScale))
    height: Math.min(parent.height - 2 * Style.space4, implicitHeight)
    implicitHeight: header.implicitHeight + column.implicitHeight + footer.implicitHeight + topPadding + bottomPadding
    leftPadding: Style.space5
    rightPadding: Style.space5
    topPadding: Style.space2
    bottomPadding: Style.space3
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape

    onOpened: accept.enabled && root.acceptVariant !== "danger" ? accept.forceActiveFocus() : reject.forceActiveFocus()

    T.Overlay.modal: Rectangle {
        color: Style.shade
    }

    background: Rectangle {
        radius: Style.radiusLarge
        color: Style.surface
        border.color: Style.line
        Accessible.role: Accessible.Dialog
        Accessible.name: root.title
    }

    header: Row {
        leftPadding: Style.space5
        topPadding: Style.space5
        spacing: Style.space3

        Icon {
            id: mark

            name: root.iconName
            color: Style.toneText(root.iconTone)
            size: Style.icon + 4
        }

        AppText {
            width: root.width - 2 * Style.space5 - (mark.visible ? mark.width + Style.space3 : 0)
            text: root.title
            size: Style.sizeTitle
            strong: true
            Accessible.role: Accessible.Heading
        }
    }

    contentItem: Flickable {
        id: scroll

        implicitHeight: column.implicitHeight
        contentHeight: column.implicitHeight
        clip: contentHeight > height
        boundsBehavior: Flickable.StopAtBounds

        // At the edge of the sheet, beside the words.
        T.ScrollBar.vertical: AppScrollBar {
            parent: scroll.parent
            x: scroll.x + scroll.width + Style.space1
            y: scroll.y
            height: scroll.height
        }

        FocusKeeper {
            view: scroll
        }

        Column {
            id: column

            width: scroll.width
            spacing: Style.space3
        }
    }

    footer: Item {
        readonly property real wide: accept.implicitWidth + reject.implicitWidth + Style.space3
        readonly property bool stacked: wide > root.width - 2 * Style.space5

        implicitHeight: (stacked ? 2 * Style.control + Style.space2 : Style.control) + Style.space5

        AppButton {
            id: reject

            x: parent.stacked ? Style.space5 : accept.x - width - Style.space3
            y: parent.stacked ? Style.control + Style.space2 : 0
            width: parent.stacked ? root.width - 2 * Style.space5 : implicitWidth
            text: root.rejectText
            visible: text !== ""

            onClicked: root.reject()
        }

        AppButton {
            id: accept

            x: parent.stacked ? Style.space5 : root.width - width - Style.space5
            width: parent.stacked ? root.width - 2 * Style.space5 : implicitWidth
            text: root.acceptText
            variant: root.acceptVariant
            enabled: root.acceptable

            onClicked: root.accept()
        }
    }
}
