// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What became of a task the year before, on its page.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property EarlierTaskModel model

    signal taskPicked(string taskId)

    spacing: Style.space3
    visible: model.tasks.length > 0

    SectionHeader {
        title: qsTr("Last year")
    }

    Repeater {
        model: root.model.tasks
        delegate: Card {
            id: earlier

            required property var modelData

            width: parent ? parent.width : 0

            AppText {
                width: parent.width
                text: earlier.modelData.heading
                strong: true
            }

            AppText {
                width: parent.width
                text: earlier.modelData.content
                muted: true
                textFormat: Text.PlainText
            }

            FieldRow {
                label: qsTr("Indicator")
                value: earlier.modelData.indicator
                visible: value !== ""
            }

            Flow {
                width: parent.width
                spacing: Style.space2

                StateBadge {
                    kind: earlier.modelData.decidedStatus
                }

                Badge {
                    text: qsTr("Number done: %1").arg(earlier.modelData.countText)
                    visible: earlier.modelData.countText !== ""
                }
            }

            AppText {
                width: parent.width
                text: earlier.modelData.text !== "" ? earlier.modelData.text : qsTr("Nothing was reported.")
                muted: earlier.modelData.text === ""
                textFormat: Text.PlainText
            }

            AppText {
                width: parent.width
                text: States.line([earlier.modelData.windowTitle, earlier.modelData.isWhole ? "" : qsTr("only the reports that are on this device")])
                size: Style.sizeCaption
                muted: true
                visible: text !== ""
            }

            AppButton {
                text: qsTr("Open last year's task")
                variant: "quiet"

                onClicked: root.taskPicked(earlier.modelData.taskId)
            }
        }
    }
}
