// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A document becomes a ledger: choose, drop or paste it, look at what was understood, correct it, and only then make it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ImportModel model
    readonly property bool isReady: model.phase !== "reading" && (model.phase !== "preview" || model.update.isReady || model.year === 0 || model.update.errorWhat !== "")
    property bool isWholeOpen: model.year === 0 || isUpdate // where the panes do not stand beside each other
    readonly property bool isUpdate: model.update.isReady && !model.update.isNew
    readonly property bool isPreview: model.phase === "preview" || model.phase === "creating"

    signal back
    signal windowsPicked
    signal yearsPicked

    // The document as a whole instead of one of its tasks; else, where there is no room for both, the list.
    function showWhole(isOpen: bool): void {
        root.model.choose(-1);
        root.isWholeOpen = isOpen;
    }

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Import a ledger")
        subtitle: root.model.fileName
        canGoBack: true

        onBack: panes.open && !panes.beside && root.isPreview ? root.showWhole(false) : root.back()

        AppButton {
            text: root.isUpdate ? qsTr("Overview") : qsTr("Title and year")
            variant: "quiet"
            visible: root.isPreview && (root.model.task.index >= 0 || !panes.open && !panes.beside)

            onClicked: root.showWhole(true)
        }

        AppButton {
            text: qsTr("Another file")
            iconName: "file"
            visible: root.isPreview
            enabled: root.model.phase === "preview"

            onClicked: dialog.open()
        }
    }

    footer: Rectangle {
        implicitHeight: foot.height + 2 * Style.space3
        color: Style.surface
        visible: root.isPreview

        Flow {
            id: foot

            x: Style.gutter
            y: Style.space3
            width: parent.width - 2 * Style.gutter
            spacing: Style.space3
            layoutDirection: Qt.RightToLeft

            AppButton {
                objectName: "make"
                text: root.isUpdate ? qsTr("Update the ledger") : qsTr("Make the ledger: %n task(s)", "", root.model.taskCount)
                variant: "primary"
                iconName: root.isUpdate ? "done" : "add"
                enabled: root.model.canCreate
                busy: root.model.phase === "creating"

                onClicked: root.model.doubtCount > 0 && !root.isUpdate ? doubtful.open() : root.model.create()
            }

            AppText {
                width: Math.min(implicitWidth, parent.width)
                height: Math.max(Style.control, implicitHeight)
                text: root.model.year === 0 ? qsTr("Give the year first.") : root.isUpdate ? qsTr("%1 new, %2 changed, %3 not in the document", "numbers of tasks").arg(root.model.update.addedCount).arg(root.model.update.changedCount).arg(root.model.update.missing.count) : root.model.doubtCount > 0 ? qsTr("%n doubt(s) left; they can also be settled later.", "", root.model.doubtCount) : qsTr("No doubts.")
                muted: true
                verticalAlignment: Text.AlignVCenter
            }
        }
    }

    Shortcut {
        sequence: "Ctrl+V"
        enabled: root.model.phase === "empty" || root.model.phase === "done"
        onActivated: root.model.paste()
    }

    FileStage {
        anchors.centerIn: parent
        isReading: root.model.phase === "reading"
        fileName: root.model.fileName
        progress: root.model.progress
        errorWhat: root.model.errorWhat
        errorNext: root.model.errorNext
        iconName: root.model.phase === "done" ? "done" : "import"
        title: root.model.phase === "done" ? qsTr("The ledger is ready") : qsTr("Choose the document of the year's tasks")
        text: root.model.phase === "done" ? root.model.doneText : qsTr("Word (.docx), Excel (.xlsx), PDF, a web page or text. It can also be dropped here, or pasted. Nothing is made before you have seen it.")
        actionText: root.model.phase === "done" ? qsTr("Open a reporting window") : qsTr("Choose a file")
        visible: !root.isPreview

        onAction: root.model.phase === "done" ? root.windowsPicked() : dialog.open()
        onStopped: root.model.stop()

        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Link with last year's tasks")
            iconName: "history"
            visible: root.model.phase === "done"

            onClicked: root.yearsPicked()
        }

        AppButton {
            anchors.horizontalCenter: parent.horizontalCenter
            text: qsTr("Paste a text")
            variant: "quiet"
            visible: root.model.phase === "empty"

            onClicked: root.model.paste()
        }
    }

    TwoPane {
        id: panes

        anchors.fill: parent
        open: root.model.task.index >= 0 || root.isWholeOpen
        visible: root.isPreview

        list: [
            ChipBar {
                id: filter

                x: Style.gutter
                y: Style.space2
                width: parent.width - 2 * Style.gutter
                visible: root.isUpdate

                Chip {
                    text: qsTr("All")
                    checked: root.model.only === "all"
                    autoExclusive: true

                    onClicked: root.model.only = "all"
                }

                Chip {
                    text: qsTr("New")
                    count: root.model.update.addedCount
                    checked: root.model.only === "added"
                    autoExclusive: true

                    onClicked: root.model.only = "added"
                }

                Chip {
                    text: qsTr("Text changed")
                    checked: root.model.only === "changed"
                    autoExclusive: true

                    onClicked: root.model.only = "changed"
                }

                Chip {
                    text: qsTr("To be chosen")
                    count: root.model.update.keptCount
                    checked: root.model.only === "kept"
                    autoExclusive: true

                    onClicked: root.model.only = "kept"
                }
            },
            ListView {
                id: list

                y: filter.visible ? filter.y + filter.height + Style.space1 : 0
                width: parent.width
                height: parent.height - y
                model: root.model.tasks
                clip: true
                activeFocusOnTab: true
                reuseItems: true
                delegate: ListRow {
                    id: row

                    required property int place
                    required property string change
                    required property int kept
                    required property string number
                    required property string unitsText
                    required property string dueText
                    required property int doubts
                    required property bool isLeftOut

                    lead: number
                    subtitle: unitsText
                    trailing: dueText
                    opacity: isLeftOut ? 0.55 : 1
                    current: root.model.task.index === place

                    onClicked: root.model.choose(place)

                    Badge {
                        text: row.change === "added" ? qsTr("New") : row.change === "changed" ? qsTr("Text changed") : qsTr("Number changed")
                        tone: row.change === "added" ? "good" : row.change === "changed" ? "info" : "neutral"
                        visible: row.change !== ""
                    }

                    Badge {
                        text: qsTr("%n to be chosen", "", row.kept)
                        tone: "warn"
                        visible: row.kept > 0
                    }

                    Badge {
                        text: qsTr("%n doubt(s)", "", row.doubts)
                        tone: "warn"
                        iconName: "warning"
                        visible: row.doubts > 0
                    }

                    Badge {
                        text: qsTr("Left out")
                        visible: row.isLeftOut
                    }
                }

                T.ScrollBar.vertical: AppScrollBar {}
            }
        ]

        detail: [
            ImportTaskPart {
                anchors.fill: parent
                document: root.model
                visible: root.model.task.index >= 0
                enabled: root.model.phase === "preview"
            },
            ImportHeadPart {
                anchors.fill: parent
                document: root.model
                visible: root.model.task.index < 0
                enabled: root.model.phase === "preview"
            }
        ]
    }

    ProgressLine {
        x: Style.gutter
        width: parent.width - 2 * Style.gutter
        anchors.bottom: parent.bottom
        label: qsTr("Making the ledger")
        value: root.model.progress
        visible: root.model.phase === "creating"

        onStopped: root.model.stop()
    }

    FileDrop {
        anchors.fill: parent
        enabled: root.model.phase !== "creating"

        onFileDropped: file => root.model.openFile(file)
        onTextDropped: text => root.model.openText(text)
    }

    FileDialog {
        id: dialog

        title: qsTr("Import a ledger")
        nameFilters: [qsTr("Documents (*.docx *.xlsx *.pdf *.html *.htm *.txt *.csv *.md *.tsv)"), qsTr("All files (*)")]

        onAccepted: root.model.openFile(selectedFile)
    }

    ConfirmDialog {
        id: doubtful

        title: qsTr("Make the ledger with %n doubt(s)?", "", root.model.doubtCount)
        text: qsTr("Units and deadlines that are missing can be added to the tasks later. Importing the same document again changes only what differs.")
        acceptText: qsTr("Make it")

        onAccepted: root.model.create()
    }
}
