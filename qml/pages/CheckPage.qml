// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A look at one task on site: the answer, a line, photos; the unit's own words beside it. Also the second look.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property CheckFormModel model
    readonly property bool isReady: model.isReady
    readonly property bool beside: width >= Math.round(760 * Style.textScale)

    signal back
    signal saved

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.taskItem
        subtitle: root.model.heading
        canGoBack: true

        onBack: root.back()
    }

    footer: Rectangle {
        implicitHeight: actions.height + 2 * Style.space3
        color: Style.surface

        Flow {
            id: actions

            x: Style.gutter
            y: Style.space3
            width: parent.width - 2 * Style.gutter
            spacing: Style.space3
            layoutDirection: Qt.RightToLeft

            AppButton {
                text: qsTr("Save on this device")
                variant: "primary"
                iconName: "done"
                enabled: root.model.canSave
                busy: root.model.isSaving

                onClicked: root.model.save()
            }

            AppButton {
                text: qsTr("Discard draft")
                variant: "quiet"
                visible: root.model.isDraftRestored

                onClicked: root.model.discardDraft()
            }
        }
    }

    Connections {
        target: root.model

        function onSaved(): void {
            root.saved();
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent
        columnMax: root.beside ? Math.round(1100 * Style.textScale) : Style.readingWidth

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            width: parent.width
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.model.isDraftRestored
        }

        Flow {
            width: parent.width
            spacing: Style.space5

            Column {
                width: root.beside ? Math.floor((parent.width - Style.space5) * 0.56) : parent.width
                spacing: Style.space4

                SegmentedChoice {
                    width: parent.width
                    label: root.model.isRecheck ? qsTr("Has it been put right?") : qsTr("Is it as it should be?")
                    mandatory: true
                    options: root.model.isRecheck ? ["yes", "no"] : ["yes", "no", "na"]
                    value: root.model.result

                    onChosen: value => root.model.result = value
                }

                SectionHeader {
                    width: parent.width
                    title: qsTr("Line by line")
                    count: root.model.lines.count
                    visible: count > 0
                }

                CheckLines {
                    width: parent.width
                    lines: root.model.lines
                    visible: root.model.lines.count > 0

                    onMarked: (key, result) => root.model.markLine(key, result)
                }

                AppTextArea {
                    objectName: "finding"
                    width: parent.width
                    label: qsTr("What was found")
                    placeholder: qsTr("One line is enough")
                    rowsMin: 2
                    text: root.model.finding
                    readOnly: root.model.isSaving

                    onEdited: text => root.model.finding = text
                }

                Column {
                    width: parent.width
                    spacing: Style.space2
                    visible: root.model.result === "no"

                    DateField {
                        width: parent.width
                        label: root.model.isRecheck ? qsTr("New date to put it right by") : qsTr("To be put right by")
                        value: root.model.rectifyDue
                        error: root.model.rectifyProblem

                        onEdited: value => root.model.rectifyDue = value
                    }

                    Flow {
                        width: parent.width
                        spacing: Style.space2

                        Repeater {
                            model: [3, 7, 15, 30]

                            Chip {
                                required property int modelData

                                text: qsTr("in %n day(s)", "", modelData)
                                checkable: false

                                onClicked: root.model.rectifyIn(modelData)
                            }
                        }
                    }
                }

                CheckPhotos {
                    width: parent.width
                    photos: root.model.photos

                    onAddAsked: photoDialog.open()
                    onRemoveAsked: key => root.model.removePhoto(key)
                }
            }

            Column {
                width: root.beside ? Math.floor((parent.width - Style.space5) * 0.44) : parent.width
                spacing: Style.space4

                Card {
                    width: parent.width

                    AppText {
                        width: parent.width
                        text: qsTr("What the unit reports")
                        strong: true
                    }

                    Flow {
                        width: parent.width
                        spacing: Style.space2
                        visible: root.model.hasClaim

                        StateBadge {
                            kind: root.model.claimStatus
                            detail: root.model.claimPercent
                        }

                        AppText {
                            width: Math.min(implicitWidth, parent.width)
                            text: root.model.claimWindow
                            size: Style.sizeSmall
                            muted: true
                        }
                    }

                    AppText {
                        width: parent.width
                        text: root.model.claimText !== "" ? root.model.claimText : qsTr("The unit has not reported yet.")
                        muted: root.model.claimText === ""
                    }
                }

                Card {
                    width: parent.width

                    AppText {
                        width: parent.width
                        text: qsTr("What is asked")
                        strong: true
                    }

                    AppText {
                        width: parent.width
                        text: root.model.taskContent
                    }

                    FieldRow {
                        width: parent.width
                        label: qsTr("Indicator")
                        value: root.model.taskIndicator
                        visible: value !== ""
                    }

                    FieldRow {
                        width: parent.width
                        label: qsTr("Counted")
                        value: root.model.targets
                        visible: value !== ""
                    }
                }

                SectionHeader {
                    width: parent.width
                    title: qsTr("Found before")
                    count: root.model.before.count
                    visible: count > 0
                }

                Repeater {
                    model: root.model.before

                    EarlierCheckCard {}
                }
            }
        }
    }

    FileDialog {
        id: photoDialog

        title: qsTr("Photo")
        nameFilters: [qsTr("Pictures") + " (*.jpg *.jpeg *.png *.webp *.bmp)"]

        onAccepted: root.model.addPhoto(selectedFile)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }
}
