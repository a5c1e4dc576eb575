// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The consolidated ledger as a file: which ledger and window, where to, how far, where it was saved.
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

        title: qsTr("Consolidated ledger")
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
            valueRole: "windowId"
            value: root.model.windowId
            enabled: !root.model.isRunning

            onChosen: value => root.model.windowId = value
        }

        ChipBar {
            Chip {
                text: qsTr("Excel (.xlsx)")
                checked: root.model.fileType === "xlsx"
                autoExclusive: true

                onClicked: root.model.fileType = "xlsx"
            }

            Chip {
                text: qsTr("Table as text (.csv)")
                checked: root.model.fileType === "csv"
                autoExclusive: true

                onClicked: root.model.fileType = "csv"
            }
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
        nameFilters: root.model.fileType === "csv" ? [qsTr("Table as text (*.csv)")] : [qsTr("Excel (*.xlsx)")]

        onAccepted: root.model.save(selectedFile)
    }
}
