// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The code on a printed form, typed or pasted: what the paper is, or that nothing here has this code and why that may be.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property FormCodeModel model
    readonly property bool isReady: model.units.count > 0 && !model.isBusy

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Check a printed form")
        canGoBack: true

        onBack: root.back()
    }

    PageScroll {
        anchors.fill: parent

        AppText {
            width: parent.width
            text: qsTr("A form ends with a square and 64 digits: the fingerprint of what is printed above them. Whoever has the reports can check a paper by it, without a network.")
            size: Style.sizeSmall
            muted: true
        }

        AppTextArea {
            objectName: "code"
            width: parent.width
            label: qsTr("Code")
            help: qsTr("What the square says, or the digits beside it; blanks and line ends do not matter")
            error: root.model.codeLine
            text: root.model.code
            readOnly: root.model.isBusy

            onEdited: text => root.model.code = text
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Unit on the paper")
            help: qsTr("Where it is known, its earlier texts are looked at, too")
            model: root.model.units
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.unitId

            onChosen: unitId => root.model.unitId = unitId
        }

        Flow {
            width: parent.width
            spacing: Style.space3
            visible: !root.model.isBusy

            AppButton {
                objectName: "check"
                text: qsTr("Check")
                variant: "primary"
                iconName: "search"
                enabled: root.model.canCheck

                onClicked: root.model.check()
            }

            AppButton {
                text: qsTr("Read a photo of the square…")
                iconName: "qr"

                onClicked: pictureDialog.open()
            }
        }

        ProgressLine {
            width: parent.width
            label: qsTr("Printing what is here and comparing")
            value: root.model.progress
            visible: root.model.phase === "searching"

            onStopped: root.model.stop()
        }

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Card {
            width: parent.width
            tone: "good"
            visible: root.model.phase === "found"

            Flow {
                width: parent.width
                spacing: Style.space2

                AppText {
                    text: qsTr("A form with this code is here")
                    strong: true
                }

                Badge {
                    text: qsTr("Found")
                    tone: "good"
                    iconName: "done"
                }
            }

            Column {
                width: parent.width
                spacing: Style.space2

                Repeater {
                    model: root.model.facts

                    FieldRow {
                        required property var modelData

                        label: modelData.label
                        value: modelData.value
                    }
                }
            }

            AppText {
                width: parent.width
                text: qsTr("The paper is this one if its printed words are those of the form here: compare them. The code says nothing of what was written or stamped on it by hand.")
                size: Style.sizeSmall
                muted: true
            }
        }

        Card {
            width: parent.width
            tone: "warn"
            visible: root.model.phase === "unknown"

            AppText {
                width: parent.width
                text: qsTr("Nothing on this device has this code")
                strong: true
            }

            AppText {
                width: parent.width
                text: qsTr("That alone does not show the paper to be false. It may be one of these:")
            }

            Column {
                width: parent.width
                spacing: Style.space2

                Repeater {
                    model: root.model.reasons

                    AppText {
                        required property string modelData

                        width: parent ? parent.width : implicitWidth
                        text: "• " + modelData
                    }
                }
            }
        }
    }

    FileDialog {
        id: pictureDialog

        title: qsTr("A photo of the square")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp)"), qsTr("All files (*)")]

        onAccepted: root.model.readPicture(selectedFile)
    }
}
