// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A reporting form that was filled in outside: what it changes in the unit's reports, row by row, and what of it is nobody's.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ReturnedFormModel model
    readonly property bool isReady: model.phase !== "reading"
    readonly property bool isShown: model.phase === "shown" || model.phase === "saving"

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("A form that was filled in")
        subtitle: root.model.fileName
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("Another file")
            iconName: "file"
            visible: root.isShown
            enabled: root.model.phase === "shown"

            onClicked: dialog.open()
        }
    }

    footer: Rectangle {
        implicitHeight: foot.height + 2 * Style.space3
        color: Style.surface
        visible: root.isShown && root.model.mayFile

        Flow {
            id: foot

            x: Style.gutter
            y: Style.space3
            width: parent.width - 2 * Style.gutter
            spacing: Style.space3
            layoutDirection: Qt.RightToLeft

            AppButton {
                objectName: "handIn"
                text: qsTr("Enter and hand in")
                variant: "primary"
                iconName: "send"
                enabled: root.model.canTake
                busy: root.model.phase === "saving"

                onClicked: root.model.take(true)
            }

            AppButton {
                text: qsTr("Enter only")
                enabled: root.model.canTake

                onClicked: root.model.take(false)
            }

            AppText {
                width: Math.min(implicitWidth, parent.width)
                height: Math.max(Style.control, implicitHeight)
                text: qsTr("%n report(s) will be entered", "", root.model.takenCount)
                muted: true
                verticalAlignment: Text.AlignVCenter
            }
        }
    }

    FileStage {
        anchors.centerIn: parent
        isReading: root.model.phase === "reading"
        fileName: root.model.fileName
        progress: root.model.progress
        errorWhat: root.model.errorWhat
        errorNext: root.model.errorNext
        iconName: root.model.phase === "done" ? "done" : "filing"
        title: root.model.phase === "done" ? root.model.doneText : qsTr("Choose the form that was filled in")
        text: root.model.phase === "done" ? "" : qsTr("Word (.docx), Excel (.xlsx) or PDF. Each row is shown beside what the report says now; nothing is entered before you have seen it.")
        actionText: root.model.phase === "done" ? qsTr("Another file") : qsTr("Choose a file")
        visible: !root.isShown

        onAction: dialog.open()
        onStopped: root.model.stop()
    }

    PageScroll {
        anchors.fill: parent
        visible: root.isShown
        enabled: root.model.phase === "shown"

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            width: parent.width
            title: qsTr("The form says it is of %1").arg(root.model.namedUnit)
            text: qsTr("Please look whether it is the right file.")
            tone: "warn"
            visible: root.model.namedUnit !== ""
        }

        Banner {
            width: parent.width
            title: qsTr("Only people of the unit enter its reports")
            text: qsTr("Here you see what the form would change. Send it to the unit, which opens it on this page and hands it in.")
            visible: !root.model.mayFile
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Unit")
            model: root.model.units
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.unitId
            visible: root.model.seesEveryUnit

            onChosen: unitId => root.model.unitId = unitId
        }

        AppComboBox {
            width: parent.width
            label: qsTr("Reporting window")
            model: root.model.windows
            textRole: "title"
            valueRole: "choiceId"
            value: root.model.windowId

            onChosen: windowId => root.model.windowId = windowId
        }

        SectionHeader {
            title: qsTr("What the form changes")
            count: root.model.rows.count
            actionText: root.model.rows.count < 2 || !root.model.mayFile ? "" : root.model.takenCount < root.model.rows.count ? qsTr("Take all") : qsTr("Take none")

            onAction: root.model.takeAll(root.model.takenCount < root.model.rows.count)
        }

        DiffLegend {
            visible: root.model.rows.count > 0
        }

        AppText {
            width: parent.width
            text: qsTr("Nothing: every row says what the report says already.")
            muted: true
            visible: root.model.rows.count === 0
        }

        Repeater {
            model: root.model.rows

            Card {
                id: row

                required property int index
                required property string taskId
                required property string number
                required property string title
                required property var runs
                required property int line
                required property bool isTaken

                width: parent ? parent.width : implicitWidth

                AppText {
                    width: parent.width
                    text: row.number + " " + row.title
                    strong: true
                    maximumLineCount: 3
                    elide: Text.ElideRight
                }

                DiffText {
                    width: parent.width
                    runs: row.runs
                }

                AppSwitch {
                    objectName: "enter" + row.index
                    width: parent.width
                    text: qsTr("Enter this text")
                    help: qsTr("Line %1 of the form").arg(row.line)
                    checked: row.isTaken
                    visible: root.model.mayFile

                    onToggled: root.model.takeRow(row.taskId, checked)
                }
            }
        }

        SectionHeader {
            title: qsTr("Not matched, not entered")
            count: root.model.rest.count
            visible: root.model.rest.count > 0
        }

        Repeater {
            model: root.model.rest

            Card {
                id: rest

                required property int line
                required property string title
                required property string text
                required property string reason

                width: parent ? parent.width : implicitWidth
                tone: "warn"

                AppText {
                    width: parent.width
                    text: qsTr("Line %1: %2").arg(rest.line).arg(rest.title)
                    strong: true
                }

                AppText {
                    width: parent.width
                    text: rest.text
                    visible: text !== ""
                }

                AppText {
                    width: parent.width
                    text: rest.reason
                    size: Style.sizeSmall
                    muted: true
                }
            }
        }

        SectionHeader {
            title: qsTr("Besides")
        }

        FieldRow {
            label: qsTr("As reported already")
            value: qsTr("%n row(s)", "", root.model.sameCount)
        }

        FieldRow {
            label: qsTr("Tasks that the form lacks")
            value: root.model.absentText !== "" ? root.model.absentText : qsTr("None")
        }
    }

    FileDrop {
        anchors.fill: parent
        enabled: root.model.phase !== "saving"

        onFileDropped: file => root.model.openFile(file)
    }

    FileDialog {
        id: dialog

        title: root.title
        nameFilters: [qsTr("Forms (*.docx *.xlsx *.pdf *.html *.htm *.csv)"), qsTr("All files (*)")]

        onAccepted: root.model.openFile(selectedFile)
    }
}
