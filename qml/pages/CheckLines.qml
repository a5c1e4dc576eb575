// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The worksheet of a check: each line that the indicator asks to look at, how, what was seen before, and what is seen now. `lines` is a
// CheckLineListModel. marked(key, result) for each tick; the same once more takes it back.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property CheckLineListModel lines

    signal marked(string key, string result)

    spacing: Style.space3

    Repeater {
        model: root.lines

        Card {
            id: line

            required property int index
            required property string words
            required property string kindText
            required property string result
            required property string lastResult
            required property string lastText

            width: parent ? parent.width : 320
            spacing: Style.space2

            Badge {
                text: line.kindText
            }

            SegmentedChoice {
                width: parent.width
                label: line.words
                options: ["yes", "no", "na"]
                value: line.result

                onChosen: value => root.marked(root.lines.keyAt(line.index), value)
            }

            Flow {
                width: parent.width
                spacing: Style.space2
                visible: line.lastResult !== ""

                StateBadge {
                    kind: line.lastResult
                }

                AppText {
                    width: Math.min(implicitWidth, parent.width)
                    text: qsTr("before: %1").arg(line.lastText)
                    size: Style.sizeSmall
                    muted: true
                }
            }
        }
    }
}
