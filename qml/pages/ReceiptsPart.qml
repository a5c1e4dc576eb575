// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's receipts of what the unit has reported: shown, saved as files; and files checked.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property ReceiptListModel receipts
    property string savingRecord: ""

    signal codePicked

    spacing: Style.space3

    SectionHeader {
        title: qsTr("Receipts")
        actionText: qsTr("Check a file")

        onAction: checkDialog.open()
    }

    AppText {
        width: parent.width
        text: qsTr("A receipt is the county's signed word that this report was there, in this version, at this time. Anybody can check it, without a network.")
        size: Style.sizeSmall
        muted: true
    }

    AppButton {
        objectName: "code"
        text: qsTr("Check a printed form")
        iconName: "qr"

        onClicked: root.codePicked()
    }

    Card {
        width: parent.width
        tone: root.receipts.isGood ? "good" : "bad"
        visible: root.receipts.factsTitle !== ""

        Flow {
            width: parent.width
            spacing: Style.space2

            AppText {
                text: root.receipts.factsTitle
                strong: true
            }

            Badge {
                text: root.receipts.isGood ? qsTr("Valid") : qsTr("Not valid")
                tone: root.receipts.isGood ? "good" : "bad"
                iconName: root.receipts.isGood ? "done" : "error"
            }
        }

        AppText {
            width: parent.width
            text: root.receipts.errorWhat + " " + root.receipts.errorNext
            color: Style.badText
            visible: root.receipts.errorWhat !== ""
        }

        Column {
            width: parent.width
            spacing: Style.space2

            Repeater {
                model: root.receipts.facts

                FieldRow {
                    required property var modelData

                    label: modelData.label
                    value: modelData.value
                }
            }
        }

        AppButton {
            text: qsTr("Close")
            variant: "quiet"

            onClicked: root.receipts.close()
        }
    }

    Column {
        id: receiptColumn

        width: parent.width
        spacing: Style.space3

        AppText {
            width: parent.width
            text: qsTr("Your unit has reported nothing yet.")
            muted: true
            visible: root.receipts.count === 0
        }

        ListView {
            width: parent.width
            height: Math.min(contentHeight, 520)
            model: root.receipts
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            spacing: Style.space3
            visible: count > 0
            delegate: Card {
                id: receipt

                required property string recordId
                required property string title
                required property string place
                required property string filingState
                required property bool hasAnswer

                width: receiptColumn.width

                AppText {
                    width: parent.width
                    text: receipt.title
                    strong: true
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    AppText {
                        text: receipt.place
                        size: Style.sizeSmall
                        muted: true
                        visible: text !== ""
                    }

                    StateBadge {
                        kind: receipt.filingState
                    }

                    Badge {
                        text: qsTr("Not yet answered by the county.")
                        visible: !receipt.hasAnswer
                    }
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2
                    visible: receipt.hasAnswer

                    AppButton {
                        text: qsTr("Show the receipt")
                        iconName: "receipt"

                        onClicked: root.receipts.show(receipt.recordId)
                    }

                    AppButton {
                        text: qsTr("Save as a file")
                        iconName: "export"

                        onClicked: {
                            root.savingRecord = receipt.recordId;
                            saveDialog.open();
                        }
                    }
                }
            }

            T.ScrollBar.vertical: AppScrollBar {}
        }
    }

    FileDialog {
        id: saveDialog

        title: qsTr("Save the receipt")
        fileMode: FileDialog.SaveFile
        defaultSuffix: "hzr"
        nameFilters: [qsTr("Receipts (*.hzr)")]

        onAccepted: root.receipts.save(root.savingRecord, selectedFile)
    }

    FileDialog {
        id: checkDialog

        title: qsTr("Check a receipt")
        nameFilters: [qsTr("Receipts (*.hzr)"), qsTr("All files (*)")]

        onAccepted: root.receipts.check(selectedFile)
    }
}
