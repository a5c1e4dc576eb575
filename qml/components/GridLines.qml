// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The lines of a table's cell: at its right and its foot, so that neighbours share one.
import QtQuick
import Hezhang.Ui

Item {
    anchors.fill: parent

    Rectangle {
        width: 1
        height: parent.height
        anchors.right: parent.right
        color: Style.line
    }

    Rectangle {
        width: parent.width
        height: 1
        anchors.bottom: parent.bottom
        color: Style.line
    }
}
