// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What was frozen when a window was closed: its digest, the file, and the looking up of one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property WindowModel model

    signal freezePicked

    spacing: Style.space3

    SectionHeader {
        title: qsTr("Snapshot")
    }

    AppText {
        width: parent.width
        text: root.model.hasSnapshot ? qsTr("Which report stood in which version, who was missing, and by which entries of the county's log that can be shown. Its digest stands in the log, signed.") : root.model.snapshotNext
        size: Style.sizeSmall
        muted: true
    }

    AppButton {
        objectName: "freeze"
        text: qsTr("Freeze it now")
        iconName: "lock"
        enabled: !root.model.isBusy
        visible: root.model.canFreeze

        onClicked: root.freezePicked()
    }

    Card {
        width: parent.width
        visible: root.model.hasSnapshot

        FieldRow {
            label: qsTr("Closed")
            value: root.model.closedText
        }

        FieldRow {
            label: qsTr("Frozen")
            value: qsTr("%1 of %2 reports complete, %3 missing").arg(root.model.frozenCount).arg(root.model.rowCount).arg(root.model.rowCount - root.model.frozenCount)
        }

        FieldRow {
            label: qsTr("Digest")
            value: root.model.digest
        }

        Flow {
            width: parent.width
            spacing: Style.space2

            AppButton {
                text: qsTr("Verify")
                iconName: "check"

                onClicked: root.model.verify()
            }

            AppButton {
                text: qsTr("Save as a file")
                iconName: "export"

                onClicked: saveDialog.open()
            }

            AppButton {
                text: qsTr("Verify a file")
                iconName: "file"

                onClicked: checkDialog.open()
            }
        }
    }

    Card {
        width: parent.width
        tone: root.model.isGood ? "good" : "bad"
        visible: root.model.checkTitle !== ""

        Flow {
            width: parent.width
            spacing: Style.space2

            AppText {
                text: root.model.checkTitle
                strong: true
            }

            Badge {
                text: root.model.isGood ? qsTr("Valid") : qsTr("Not valid")
                tone: root.model.isGood ? "good" : "bad"
                iconName: root.model.isGood ? "done" : "error"
            }
        }

        Repeater {
            model: root.model.checkFacts

            FieldRow {
                required property var modelData

                label: modelData.label
                value: modelData.value
            }
        }

        Repeater {
            model: root.model.checkRows

            FieldRow {
                required property var modelData

                label: modelData.title
                value: modelData.text
            }
        }

        AppButton {
            text: qsTr("Put away")
            variant: "quiet"

            onClicked: root.model.closeCheck()
        }
    }

    FileDialog {
        id: saveDialog

        title: qsTr("Save the snapshot")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "json"
        nameFilters: [qsTr("Snapshots (*.json)")]

        onAccepted: root.model.save(selectedFile)
    }

    FileDialog {
        id: checkDialog

        title: qsTr("Verify a snapshot")
        nameFilters: [qsTr("Snapshots (*.json)"), qsTr("All files (*)")]

        onAccepted: root.model.verifyFile(selectedFile)
    }
}
