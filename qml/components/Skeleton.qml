// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Grey lines where text will be, for what takes longer than a moment to read.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Column {
    id: root

    property int rows: 3

    spacing: Style.space4
    width: parent ? parent.width : 320
    Accessible.role: Accessible.Indicator
    Accessible.name: qsTr("Loading")

    OpacityAnimator on opacity {
        running: root.visible && Style.motion
        from: 0.45
        to: 1
        duration: 900
        loops: Animation.Infinite
        easing.type: Easing.CosineCurve
    }

    Repeater {
        model: root.rows

        Column {
            id: line

            required property int index

            spacing: Style.space2

            Rectangle {
                width: root.width * (0.86 - (line.index % 3) * 0.12)
                height: Style.sizeBody
                radius: 4
                color: Style.neutralSoft
            }

            Rectangle {
                width: root.width * (0.42 + (line.index % 2) * 0.1)
                height: Style.sizeCaption
                radius: 4
                color: Style.neutralSoft
            }
        }
    }
}
