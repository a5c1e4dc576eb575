// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The head of a page: way back, title, a line below it, and actions (its children) at the right.
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

    implicitWidth: 320
    implicitHeight: Math.max(60, words.implicitHeight + 2 * Style.space3)
    width: parent ? parent.width : implicitWidth
    color: Style.page

    IconButton {
        id: backButton

        x: Style.space1
        anchors.verticalCenter: parent.verticalCenter
        iconName: "back"
        text: qsTr("Back")
        visible: root.canGoBack

        onClicked: root.back()
    }

    Column {
        id: words

        x: root.canGoBack ? backButton.x + backButton.width + Style.space1 : Style.gutter
        anchors.verticalCenter: parent.verticalCenter
        width: row.x - x - Style.space2

        AppText {
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
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.space1
    }

    Rectangle {
        width: parent.width
        height: 1
        anchors.bottom: parent.bottom
        color: Style.line
    }
}
