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
    contentWidth: flow.width
    contentHeight: height
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    interactive: contentWidth > width
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Filters")

    Flow {
        id: flow

        width: root.wraps ? root.width : Math.max(root.width, 4000)
        spacing: Style.space2
    }

    Binding on contentWidth {
        value: root.wraps ? root.width : flow.childrenRect.width
    }
}
