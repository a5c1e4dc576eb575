// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which ledger a document brings up to date, how much it changes there, and the tasks that it lacks.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property ImportUpdateModel update

    spacing: Style.space4

    Banner {
        width: parent.width
        title: root.update.errorWhat
        text: root.update.errorNext
        tone: "bad"
        visible: title !== ""
    }

    AppComboBox {
        width: parent.width
        label: qsTr("Write it into")
        help: root.update.isNew ? "" : qsTr("The ledger keeps its title and year.")
        model: root.update.ledgers
        textRole: "title"
        valueRole: "choiceId"
        value: root.update.ledgerId
        visible: root.update.isReady && (root.update.ledgers.count > 1 || !root.update.isNew)

        onChosen: ledgerId => root.update.ledgerId = ledgerId
    }

    Card {
        width: parent.width
        visible: root.update.isReady && !root.update.isNew

        AppText {
            width: parent.width
            text: qsTr("Compared with the ledger")
            strong: true
        }

        FieldRow {
            label: qsTr("New")
            value: qsTr("%n task(s)", "", root.update.addedCount)
        }

        FieldRow {
            label: qsTr("Changed")
            value: qsTr("%n task(s)", "", root.update.changedCount)
        }

        FieldRow {
            label: qsTr("Unchanged")
            value: qsTr("%n task(s)", "", root.update.sameCount)
        }

        FieldRow {
            label: qsTr("Not in the document")
            value: qsTr("%n task(s)", "", root.update.missing.count)
        }
    }

    Banner {
        width: parent.width
        title: qsTr("%n text(s) that people changed in the ledger stay as they are", "", root.update.keptCount)
        text: qsTr("The document says something else there. Look at each task that is marked and choose.")
        tone: "warn"
        visible: root.update.keptCount > 0
    }

    SectionHeader {
        title: qsTr("In the ledger, not in the document")
        visible: root.update.missing.count > 0
    }

    Repeater {
        model: root.update.missing

        Card {
            id: task

            required property string taskId
            required property string number
            required property string title
            required property int filings
            required property bool isRemoved

            width: parent ? parent.width : implicitWidth
            tone: isRemoved ? "bad" : ""

            AppText {
                width: parent.width
                text: task.number + " " + task.title
            }

            AppText {
                width: parent.width
                text: task.filings > 0 ? qsTr("%n report(s) on it", "", task.filings) : qsTr("No reports on it")
                size: Style.sizeSmall
                muted: true
            }

            AppSwitch {
                objectName: "remove"
                width: parent.width
                text: qsTr("Remove it from the ledger")
                help: qsTr("Otherwise it stays as it is.")
                checked: task.isRemoved

                onToggled: root.update.remove(task.taskId, checked)
            }
        }
    }
}
