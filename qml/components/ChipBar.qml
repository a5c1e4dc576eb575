// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Chips in one line that scrolls sideways; on wide pages they wrap instead.
import QtQuick
import Hezhang.Ui

Flickable {
    id: root

    property bool wraps: !Style.phone
    default property alias chips: flow.data

    implicitWidth: 320
    implicitHeight: flow.implicitHeight
    width: parent ? parent.width : implicitWidth
    contentWidth: wraps ? width : flow.implicitWidth
    contentHeight: height
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentWidth > width
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Filters")

    Flow {
        id: flow

        // One line, however many there are.
        width: root.wraps ? root.width : 100000
        spacing: Style.space2
    }
}
