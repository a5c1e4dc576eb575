// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The head of a page: way back, title, a line below it, and actions (its children) at the right; below where they would leave the title
// hardly any room.
import QtQuick
import QtQuick.Layouts
import Hezhang.Ui

Rectangle {
    id: root

    required property string title
    property string subtitle
    property bool canGoBack: false
    default property alias actions: row.data

    signal back

    readonly property real topHeight: Math.max(60, words.implicitHeight + 2 * Style.space3, stacked ? 0 : row.implicitHeight + 2 * Style.space1)
    readonly property real besideWidth: width - words.x - row.implicitWidth - row.anchors.rightMargin - Style.space2
    readonly property bool stacked: besideWidth < Math.min(metrics.advanceWidth, width * 0.44)

    implicitWidth: 320
    implicitHeight: topHeight + (stacked ? row.implicitHeight + Style.space2 : 0)
    width: parent ? parent.width : implicitWidth
    color: Style.page

    IconButton {
        id: backButton

        x: Style.space1
        y: Math.round((root.topHeight - height) / 2)
        iconName: "back"
        text: qsTr("Back")
        visible: root.canGoBack

        onClicked: root.back()
    }

    Column {
        id: words

        x: root.canGoBack ? backButton.x + backButton.width + Style.space1 : Style.gutter
        y: Math.round((root.topHeight - height) / 2)
        width: root.stacked ? root.width - x - Style.space2 : root.besideWidth

        AppText {
            id: heading

            width: parent.width
            text: root.title
            size: Style.phone ? Style.sizeTitle : Style.sizeHeading
            strong: true
            maximumLineCount: 2
            elide: Text.ElideRight
            lineHeight: 1.08
            Accessible.role: Accessible.Heading
        }

        AppText {
            width: parent.width
            text: root.subtitle
            size: Style.sizeCaption
            muted: true
            maximumLineCount: 1
            elide: Text.ElideRight
            visible: text !== ""
        }
    }

    RowLayout {
        id: row

        anchors.right: parent.right
        anchors.rightMargin: Style.phone ? Style.space1 : Style.gutter
        y: root.stacked ? root.topHeight - Style.space1 : Math.round((root.topHeight - height) / 2)
        spacing: Style.space1
    }

    TextMetrics {
        id: metrics

        font: heading.font
        text: root.title
    }

    Rectangle {
        width: parent.width
        height: 1
        anchors.bottom: parent.bottom
        color: Style.line
    }
}
