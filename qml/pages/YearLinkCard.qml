// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One task with those of last year it goes on with, or may go on with. A delegate of YearLinkListModel; earlier as there.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property string taskId
    required property string title
    required property string linkState
    required property var earlier

    signal linkPicked(string earlierId)
    signal unlinkPicked(string earlierId)
    signal newPicked
    signal taskPicked(string id)

    tone: linkState === "doubtful" ? "conflict" : ""

    AppText {
        width: parent.width
        text: root.title
        strong: true
    }

    StateBadge {
        kind: root.linkState
    }

    Repeater {
        model: root.earlier
        delegate: Rectangle {
            id: one

            required property var modelData

            width: parent ? parent.width : 0
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
                    text: one.modelData.title
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    Badge {
                        text: qsTr("Alike: %1").arg(one.modelData.percentText)
                    }

                    AppButton {
                        text: one.modelData.isLinked ? qsTr("Take the link back") : qsTr("The same task")
                        iconName: one.modelData.isLinked ? "undo" : "done"

                        onClicked: one.modelData.isLinked ? root.unlinkPicked(one.modelData.taskId) : root.linkPicked(one.modelData.taskId)
                    }

                    AppButton {
                        text: qsTr("Look at it")
                        variant: "quiet"

                        onClicked: root.taskPicked(one.modelData.taskId)
                    }
                }
            }
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        AppButton {
            text: qsTr("New this year")
            visible: root.linkState !== "new"

            onClicked: root.newPicked()
        }

        AppButton {
            text: qsTr("Task")
            iconName: "task"
            variant: "quiet"

            onClicked: root.taskPicked(root.taskId)
        }
    }
}
