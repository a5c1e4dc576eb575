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
    property bool roving: false // in a ListView: Tab stops at its current row only, the arrows go from row to row
    property bool opens: true
    property bool divided: true
    property int titleLines: 2
    default property alias badges: flow.data

    implicitWidth: 320
    implicitHeight: Math.max(Style.target + Style.space2, body.implicitHeight + 2 * Style.space3)
    width: ListView.view ? ListView.view.width : parent ? parent.width : implicitWidth
    leftPadding: Style.gutter
    rightPadding: Style.gutter - Style.space1
    // What has the keyboard stays a stop: Qt says so.
    focusPolicy: !roving || ListView.isCurrentItem || activeFocus ? Qt.StrongFocus : Qt.ClickFocus
    Accessible.role: Accessible.ListItem
    Accessible.name: States.sentence([lead, title, subtitle, trailing])

    onActiveFocusChanged: {
        if (activeFocus && roving)
            ListView.view.currentIndex = ListView.view.indexAt(x + 1, y + 1);
    }
    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Rectangle {
        color: root.current ? Style.accentSoft : root.down ? Style.surfacePressed : root.hovered ? Style.surfaceHover : "transparent"

        Rectangle {
            width: 3
            height: parent.height
            color: Style.accent
            visible: root.current
        }

        Rectangle {
            x: root.leftPadding
            width: parent.width - x
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
            width: parent.width - x - (arrow.visible ? arrow.width + Style.space1 : 0)
            spacing: 3

            AppText {
                width: parent.width - (end.visible && text !== "" ? end.width + Style.space2 : 0)
                text: root.lead
                size: Style.sizeCaption
                muted: true
                visible: text !== ""
                Accessible.ignored: true
            }

            AppText {
                id: heading

                width: parent.width - (end.visible && root.lead === "" ? end.width + Style.space2 : 0)
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
                // No room without badges. Not by visibleChildren: a row that is made in a hidden page has none and would stay without.
                height: implicitHeight > topPadding ? implicitHeight : 0
                spacing: Style.space1 + 2
                topPadding: 3
            }
        }

        // On the first line, so that badges have the whole width.
        AppText {
            id: end

            anchors.right: parent.right
            anchors.rightMargin: arrow.visible ? arrow.width + Style.space1 : 0
            y: body.y + (root.lead === "" ? (heading.implicitHeight / Math.max(1, heading.lineCount) - implicitHeight) / 2 : 0)
            text: root.trailing
            size: root.lead === "" ? Style.sizeSmall : Style.sizeCaption
            muted: true
            visible: text !== ""
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Icon {
            id: arrow

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            name: root.opens ? "chevron-right" : ""
            size: Style.iconSmall
            color: Style.textMuted
        }
    }
}
