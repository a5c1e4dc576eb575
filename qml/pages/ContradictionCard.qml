// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One contradiction: what is the matter, and the reports it is between, beside each other where there is room. A delegate of
// ContradictionListModel; sides as there.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Card {
    id: root

    required property string taskId
    required property string title
    required property string kind
    required property string body
    required property var sides

    signal taskPicked
    signal reviewPicked(string unitId, string windowId)
    signal returnPicked(var side)

    tone: "conflict"

    AppText {
        width: parent.width
        text: root.title
        strong: true
    }

    StateBadge {
        kind: root.kind
    }

    AppText {
        width: parent.width
        text: root.body
    }

    Grid {
        id: table

        readonly property real sideMin: Math.round(300 * Style.textScale)
        readonly property real sideWidth: (width - (columns - 1) * columnSpacing) / columns

        width: parent.width
        columns: Math.max(1, Math.min(root.sides.length, 3, Math.floor((width + columnSpacing) / (sideMin + columnSpacing))))
        columnSpacing: Style.space3
        rowSpacing: Style.space3

        Repeater {
            model: root.sides
            delegate: Rectangle {
                id: side

                required property var modelData

                width: table.sideWidth
                height: words.implicitHeight + 2 * Style.space3
                radius: Style.radiusSmall
                color: Style.surfaceSunken

                Column {
                    id: words

                    x: Style.space3
                    y: Style.space3
                    width: parent.width - 2 * x
                    spacing: Style.space2

                    AppText {
                        width: parent.width
                        text: side.modelData.unitName
                        strong: true
                    }

                    AppText {
                        width: parent.width
                        text: side.modelData.windowTitle
                        size: Style.sizeCaption
                        muted: true
                    }

                    Flow {
                        width: parent.width
                        spacing: Style.space2

                        Badge {
                            text: Format.unitRole(side.modelData.role)
                            visible: text !== ""
                        }

                        StateBadge {
                            kind: side.modelData.status
                            detail: side.modelData.percentText
                        }

                        Badge {
                            text: side.modelData.percentText
                            visible: side.modelData.status === "" && text !== ""
                        }

                        Badge {
                            text: qsTr("Number done: %1").arg(side.modelData.countText)
                            visible: side.modelData.countText !== ""
                        }
                    }

                    AppText {
                        width: parent.width
                        text: side.modelData.text !== "" ? side.modelData.text : qsTr("Nothing written yet.")
                        muted: side.modelData.text === ""
                        textFormat: Text.PlainText
                    }

                    Flow {
                        width: parent.width
                        spacing: Style.space2

                        AppButton {
                            text: qsTr("Review")
                            variant: "quiet"

                            onClicked: root.reviewPicked(side.modelData.unitId, side.modelData.windowId)
                        }

                        AppButton {
                            text: qsTr("Return")
                            iconName: "return"
                            visible: !side.modelData.isEarlier

                            onClicked: root.returnPicked(side.modelData)
                        }
                    }
                }
            }
        }
    }

    AppButton {
        text: qsTr("Task")
        iconName: "task"
        variant: "quiet"

        onClicked: root.taskPicked()
    }
}
