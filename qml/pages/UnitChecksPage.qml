// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What was found at one's own unit, and the unit's word on it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property UnitCheckListModel model
    readonly property bool isReady: model.isReady
    readonly property bool isOnTop: T.StackView.index > 0

    signal back
    signal taskPicked(string taskId)
    signal objectionPicked(string checkId)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Checks of my unit")
        subtitle: root.model.openCount > 0 ? qsTr("%n to be put right", "", root.model.openCount) : ""
        canGoBack: root.isOnTop

        onBack: root.back()
    }

    ListView {
        id: list

        anchors.fill: parent
        model: root.model
        clip: true
        activeFocusOnTab: true
        spacing: Style.space3
        topMargin: Style.space3
        bottomMargin: Style.space5

        delegate: Item {
            id: row

            required property string checkId
            required property string taskId
            required property string heading
            required property string place
            required property string byText
            required property string finding
            required property string linesText
            required property string objection
            required property string rectifyText
            required property string checkState
            required property bool isOpen
            required property bool hasConflict
            required property bool isUnsent
            required property int photoCount
            required property int photosHere

            width: ListView.view.width
            height: card.implicitHeight

            Card {
                id: card

                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width - 2 * Style.gutter, Style.readingWidth)
                tone: row.checkState === "overdue" ? "bad" : row.isOpen ? "warn" : ""

                CheckWords {
                    width: parent.width
                    check: row
                }

                FieldRow {
                    width: parent.width
                    label: qsTr("Our objection")
                    value: row.objection
                    visible: value !== ""
                }

                Flow {
                    width: parent.width
                    spacing: Style.space3

                    AppButton {
                        text: row.objection === "" ? qsTr("Object") : qsTr("Change our objection")
                        iconName: "comment"

                        onClicked: root.objectionPicked(row.checkId)
                    }

                    AppButton {
                        text: qsTr("Open the task")
                        variant: "quiet"

                        onClicked: root.taskPicked(row.taskId)
                    }
                }
            }
        }

        T.ScrollBar.vertical: AppScrollBar {}
    }

    // Beside the list: the list's own content has no height where it is empty.
    EmptyState {
        anchors.fill: list
        visible: root.model.isReady && root.model.count === 0
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("No checks yet")
        text: root.model.errorWhat !== "" ? root.model.errorNext : qsTr("What a checker finds at your unit appears here.")
        iconName: "check"
    }
}
