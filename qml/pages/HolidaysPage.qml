// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The notices on days off that working days are counted by, and the next one from a file: what it says and changes, then it is loaded.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property HolidayListModel model
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Days off")
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("Choose a file")
            iconName: "file"
            enabled: !root.model.isBusy

            onClicked: dialog.open()
        }
    }

    Connections {
        target: root.model

        function onDone(): void {
            toast.show(qsTr("Saved on this device; the county counts by it after the next sync"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            width: parent.width
            title: qsTr("Not announced yet: from %1 on").arg(root.model.nextYear)
            text: qsTr("Until a notice is loaded, only Saturdays and Sundays count as days off, and the dates that come of it are marked provisional. The office loads the notice as a JSON file.")
            visible: root.model.nextYear > 0
        }

        Banner {
            width: parent.width
            title: qsTr("%1 cannot be used").arg(root.model.fileName)
            text: root.model.fileWhat + " " + root.model.fileNext
            tone: "bad"
            visible: root.model.fileWhat !== ""
        }

        Card {
            width: parent.width
            tone: "info"
            visible: root.model.facts.length > 0

            AppText {
                width: parent.width
                text: root.model.fileName
                strong: true
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
                text: qsTr("The county counts by this already: there is nothing to load.")
                muted: true
                visible: !root.model.canLoad && !root.model.isBusy
            }

            Flow {
                width: parent.width
                spacing: Style.space3

                AppButton {
                    objectName: "load"
                    text: qsTr("Load for the whole county")
                    variant: "primary"
                    busy: root.model.isBusy
                    enabled: root.model.canLoad

                    onClicked: root.model.load()
                }

                AppButton {
                    objectName: "leave"
                    text: qsTr("Do not load")
                    enabled: !root.model.isBusy

                    onClicked: root.model.close()
                }
            }
        }

        SectionHeader {
            title: qsTr("Notices")
            count: root.model.count
        }

        Repeater {
            model: root.model

            Card {
                id: row

                required property string title
                required property string notice
                required property string origin
                required property bool isProvisional
                required property string problem
                required property string off
                required property string work

                width: parent ? parent.width : implicitWidth
                tone: isProvisional ? "warn" : ""

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    AppText {
                        text: row.title
                        strong: true
                    }

                    Badge {
                        text: qsTr("Provisional")
                        tone: "warn"
                        visible: row.isProvisional
                    }

                    Badge {
                        text: row.origin
                    }
                }

                AppText {
                    width: parent.width
                    text: row.problem
                    color: Style.badText
                    visible: text !== ""
                }

                FieldRow {
                    label: qsTr("Notice")
                    value: row.notice
                }

                FieldRow {
                    label: qsTr("Days off")
                    value: row.off
                }

                FieldRow {
                    label: qsTr("Worked to make up")
                    value: row.work
                    missing: qsTr("none")
                }
            }
        }
    }

    FileDrop {
        anchors.fill: parent
        enabled: !root.model.isBusy

        onFileDropped: file => root.model.openFile(file)
    }

    FileDialog {
        id: dialog

        title: qsTr("The notice on days off")
        nameFilters: [qsTr("Notices on days off (*.json)"), qsTr("All files (*)")]

        onAccepted: root.model.openFile(selectedFile)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
