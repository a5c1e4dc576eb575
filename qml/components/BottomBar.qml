// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The places of the program at the foot, on phones and upright tablets. The model's roles: place, title, iconName, count; five at most.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    required property var model
    property string current

    signal picked(string place)

    implicitHeight: row.height + Style.space1
    color: Style.surface
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Places")

    Rectangle {
        width: parent.width
        height: 1
        color: Style.line
    }

    Row {
        id: row

        readonly property real cell: Math.min(140, root.width / Math.max(1, cells.count))

        x: (root.width - width) / 2
        y: 2

        Repeater {
            id: cells

            model: root.model

            NavItem {
                required property string place
                required property string title

                width: row.cell
                text: title
                checked: root.current === place

                onClicked: root.picked(place)
            }
        }
    }
}
