// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One place: its tasks, with what the unit says of each and what was found here before.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property PlaceModel model
    readonly property bool isReady: model.isReady

    signal back
    signal checkPicked(string taskId, string unitId, string placeId, string checkId)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.title
        subtitle: States.line([root.model.unitName, root.model.address])
        canGoBack: true

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

            required property string taskId
            required property string number
            required property string item
            required property string content
            required property string claimStatus
            required property string claimText
            required property string checkId
            required property string checkState
            required property string finding
            required property string objection
            required property string rectifyText
            required property bool isOpen
            required property bool isRecheckDue
            required property string lastText
            required property string linesText

            width: ListView.view.width
            height: card.implicitHeight

            Card {
                id: card

                anchors.horizontalCenter: parent.horizontalCenter
                width: Math.min(parent.width - 2 * Style.gutter, Style.readingWidth)
                tone: row.isRecheckDue ? "bad" : row.isOpen ? "warn" : ""

                AppText {
                    width: parent.width
                    text: States.line([row.number, row.item !== "" ? row.item : row.content])
                    strong: true
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    StateBadge {
                        kind: row.checkState
                        detail: row.isOpen && row.rectifyText !== "" ? qsTr("by %1").arg(row.rectifyText) : row.lastText
                    }

                    Badge {
                        text: qsTr("Second look due")
                        tone: "bad"
                        iconName: "overdue"
                        visible: row.isRecheckDue
                    }

                    Badge {
                        text: qsTr("Objection")
                        tone: "info"
                        iconName: "comment"
                        visible: row.isOpen && row.objection !== ""
                    }

                    Badge {
                        text: row.linesText
                        iconName: "check"
                        visible: text !== ""
                    }

                    Badge {
                        text: qsTr("Not looked at yet")
                        visible: row.checkState === ""
                    }
                }

                FieldRow {
                    width: parent.width
                    label: qsTr("The unit reports")
                    value: row.claimText !== "" ? row.claimText : States.word(row.claimStatus)
                    missing: qsTr("nothing yet")
                }

                FieldRow {
                    width: parent.width
                    label: qsTr("Found here")
                    value: row.finding
                    visible: value !== ""
                }

                FieldRow {
                    width: parent.width
                    label: qsTr("The unit objects")
                    value: row.objection
                    visible: value !== ""
                }

                Flow {
                    width: parent.width
                    spacing: Style.space3

                    AppButton {
                        text: qsTr("Second look")
                        variant: "primary"
                        iconName: "eye"
                        visible: row.isOpen

                        onClicked: root.checkPicked(row.taskId, root.model.unitId, root.model.placeId, row.checkId)
                    }

                    AppButton {
                        text: qsTr("Check")
                        variant: "primary"
                        iconName: "check"
                        visible: !row.isOpen

                        onClicked: root.checkPicked(row.taskId, root.model.unitId, root.model.placeId, "")
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
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("No tasks at this place")
        text: root.model.errorWhat !== "" ? root.model.errorNext : qsTr("Its unit has no task in the ledger.")
        iconName: "place"
    }
}
