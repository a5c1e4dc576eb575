// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One task of a document: the source beside what was understood of it, to be corrected.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

PageScroll {
    id: root

    required property ImportModel document
    readonly property ImportTaskModel task: document.task
    property string unitRole: "responsible"
    property bool isWholeShown: false

    SectionHeader {
        title: root.task.section !== "" ? root.task.section : qsTr("Task %1").arg(root.task.number)
    }

    Banner {
        width: parent.width
        title: qsTr("Please look at this")
        text: root.task.doubts
        tone: "warn"
        visible: text !== ""
    }

    AppComboBox {
        width: parent.width
        label: qsTr("In the ledger it is")
        help: root.document.update.resembles !== "" ? qsTr("It resembles task %1 of the ledger.").arg(root.document.update.resembles) : ""
        model: root.document.update.candidates
        textRole: "title"
        valueRole: "choiceId"
        value: root.document.update.sameTaskId
        visible: root.document.update.candidates.count > 1

        onChosen: taskId => root.document.update.sameTaskId = taskId
    }

    SectionHeader {
        title: qsTr("Compared with the ledger")
        visible: root.document.update.fields.count > 0
    }

    DiffLegend {
        visible: root.document.update.fields.count > 0
    }

    Repeater {
        model: root.document.update.fields

        ImportFieldCard {
            id: change

            required property string field

            onTaken: isTaken => root.document.update.take(change.field, isTaken)
        }
    }

    Card {
        width: parent.width

        AppText {
            width: parent.width
            text: qsTr("In the document")
            size: Style.sizeSmall
            strong: true
        }

        AppText {
            width: parent.width
            text: root.task.source
            muted: true
            textFormat: Text.PlainText
            maximumLineCount: root.isWholeShown ? 1000 : 8
            elide: Text.ElideRight
        }

        AppButton {
            text: root.isWholeShown ? qsTr("Show less") : qsTr("Show all of it")
            variant: "quiet"

            onClicked: root.isWholeShown = !root.isWholeShown
        }
    }

    AppTextArea {
        width: parent.width
        label: qsTr("Key work")
        rowsMin: 1
        text: root.task.item

        onEdited: text => root.task.item = text
    }

    AppTextArea {
        width: parent.width
        label: qsTr("Content")
        rowsMin: 2
        text: root.task.content
        error: root.task.error
        mandatory: true

        onEdited: text => root.task.content = text
    }

    AppTextArea {
        width: parent.width
        label: qsTr("Indicator")
        rowsMin: 1
        text: root.task.indicator

        onEdited: text => root.task.indicator = text
    }

    SectionHeader {
        title: qsTr("Units")
    }

    FieldRow {
        label: qsTr("In the document")
        value: root.task.unitWords
    }

    Repeater {
        model: root.task.units

        Row {
            id: unit

            required property string unitId
            required property string title
            required property string unitRole

            width: parent ? parent.width : implicitWidth
            spacing: Style.space2

            AppText {
                width: unit.width - badge.width - remove.width - 2 * Style.space2
                anchors.verticalCenter: parent.verticalCenter
                text: unit.title
            }

            Badge {
                id: badge

                anchors.verticalCenter: parent.verticalCenter
                text: Format.unitRole(unit.unitRole)
            }

            IconButton {
                id: remove

                iconName: "remove"
                text: qsTr("Take %1 away").arg(unit.title)

                onClicked: root.task.removeUnit(unit.unitId)
            }
        }
    }

    AppComboBox {
        id: added

        width: parent.width
        label: qsTr("Add a unit")
        placeholder: qsTr("Choose a unit")
        model: root.document.unitChoice
        textRole: "title"
        valueRole: "unitId"

        onChosen: unitId => {
            root.task.addUnit(unitId, root.unitRole);
            added.currentIndex = -1;
        }
    }

    ChipBar {
        Repeater {
            model: ["lead", "responsible", "cooperate"]

            Chip {
                required property string modelData

                text: Format.unitRole(modelData)
                checked: root.unitRole === modelData
                autoExclusive: true

                onClicked: root.unitRole = modelData
            }
        }
    }

    SectionHeader {
        title: qsTr("Deadline")
    }

    AppTextField {
        width: parent.width
        label: qsTr("In words, as the document says")
        text: root.task.deadlineWords

        onEdited: text => root.task.deadlineWords = text
    }

    DateField {
        width: parent.width
        label: qsTr("As a date")
        help: root.task.due === "" ? root.task.dueText : ""
        value: root.task.due

        onEdited: value => root.task.due = value
    }

    AppSwitch {
        width: parent.width
        text: qsTr("Leave this task out")
        checked: root.task.isLeftOut

        onToggled: root.task.isLeftOut = checked
    }
}
