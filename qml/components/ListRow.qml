// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One row of a list: what it is, a line about it, badges (its children), and what stands at its end.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.ItemDelegate {
    id: root

    required property string title
    property string subtitle
    property string lead
    property string iconName
    property string iconTone: "neutral"
    property string trailing
    property bool current: false
    property bool opens: true
    property bool divided: true
    property int titleLines: 2
    default property alias badges: flow.data

    implicitWidth: 320
    implicitHeight: Math.max(Style.target + Style.space2, body.implicitHeight + 2 * Style.space3)
    width: ListView.view ? ListView.view.width : parent ? parent.width : implicitWidth
    leftPadding: Style.space4
    rightPadding: Style.space3
    focusPolicy: Qt.StrongFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: [lead, title, subtitle, trailing].filter(part => part !== "").join(", ")
    Accessible.onPressAction: root.click()

    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    background: Rectangle {
        color: root.current ? Style.accentSoft : root.down ? Style.surfacePressed : root.hovered ? Style.surfaceHover : "transparent"

        Rectangle {
            width: 3
            height: parent.height
            color: Style.accent
            visible: root.current
        }

        Rectangle {
            x: Style.space4
            width: parent.width - Style.space4
            height: 1
            anchors.bottom: parent.bottom
            color: Style.line
            visible: root.divided && !root.current
        }

        FocusRing {
            shown: root.visualFocus
            inset: 2
            radius: Style.radiusSmall
        }
    }

    contentItem: Item {
        Icon {
            id: mark

            anchors.top: parent.top
            anchors.topMargin: Style.space3
            name: root.iconName
            color: Style.toneText(root.iconTone)
        }

        Column {
            id: body

            anchors.verticalCenter: parent.verticalCenter
            x: mark.visible ? mark.width + Style.space3 : 0
            width: parent.width - x - (end.visible ? end.width + Style.space2 : 0)
            spacing: 3

            AppText {
                width: parent.width
                text: root.lead
                size: Style.sizeCaption
                muted: true
                visible: text !== ""
                Accessible.ignored: true
            }

            AppText {
                width: parent.width
                text: root.title
                maximumLineCount: root.titleLines
                elide: Text.ElideRight
                Accessible.ignored: true
            }

            AppText {
                width: parent.width
                text: root.subtitle
                size: Style.sizeSmall
                muted: true
                maximumLineCount: 2
                elide: Text.ElideRight
                visible: text !== ""
                Accessible.ignored: true
            }

            Flow {
                id: flow

                width: parent.width
                spacing: Style.space1 + 2
                topPadding: 3
                visible: visibleChildren.length > 0
            }
        }

        Row {
            id: end

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            spacing: Style.space1
            visible: root.trailing !== "" || root.opens

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.trailing
                size: Style.sizeSmall
                muted: true
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.opens ? "chevron-right" : ""
                size: Style.iconSmall
                color: Style.textMuted
            }
        }
    }
}
