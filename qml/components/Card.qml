// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A sheet of paper on the page. Its children stand below one another and fill the width.
import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    property real padding: Style.phone ? Style.space4 : Style.space4 + 4
    property string tone
    property alias spacing: column.spacing
    default property alias content: column.data

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * padding
    radius: Style.radiusLarge
    color: Style.surface
    border.width: 1
    border.color: Style.line

    Rectangle {
        width: 4
        radius: 2
        anchors.left: parent.left
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        anchors.margins: 10
        anchors.leftMargin: 5
        color: root.tone === "" ? "transparent" : Style.toneText(root.tone)
        visible: root.tone !== ""
    }

    Column {
        id: column

        x: root.padding
        y: root.padding
        width: root.width - 2 * root.padding
        spacing: Style.space3
    }
}
