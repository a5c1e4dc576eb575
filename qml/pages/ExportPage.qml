// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A form of the ledger as a file: which form, ledger, unit and window, where to, how far, where it was saved.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ExportModel model
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Export")
        canGoBack: true

        onBack: root.back()
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            title: qsTr("Saved: %1").arg(root.model.savedFile)
            text: root.model.savedText
            tone: "good"
            visible: root.model.savedFile !== ""
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Form")
            model: root.model.forms
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.formId
            enabled: !root.model.isRunning

            onChosen: value => root.model.formId = value
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Ledger")
            model: root.model.ledgers
            textRole: "title"
            valueRole: "ledgerId"
            value: root.model.ledgerId
            enabled: !root.model.isRunning

            onChosen: value => root.model.ledgerId = value
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Reporting window")
            model: root.model.windows
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.windowId
            enabled: !root.model.isRunning

            onChosen: value => root.model.windowId = value
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Unit")
            model: root.model.units
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.unitId
            enabled: !root.model.isRunning

            onChosen: value => root.model.unitId = value
        }

        AppComboBox {
            width: parent.width
            label: qsTr("File type")
            model: root.model.fileTypes
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.fileType
            enabled: !root.model.isRunning

            onChosen: value => root.model.fileType = value
        }

        ProgressLine {
            label: qsTr("Writing the file")
            value: root.model.progress
            visible: root.model.isRunning

            onStopped: root.model.stop()
        }

        AppButton {
            text: qsTr("Save as")
            variant: "primary"
            iconName: "export"
            enabled: root.model.ledgerId !== "" && !root.model.isRunning

            onClicked: {
                dialog.currentFile = root.model.suggestedFile(dialog.currentFolder);
                dialog.open();
            }
        }
    }

    FileDialog {
        id: dialog

        fileMode: FileDialog.SaveFile
        defaultSuffix: root.model.fileType
        nameFilters: ["*." + root.model.fileType]

        onAccepted: root.model.save(selectedFile)
    }
}
