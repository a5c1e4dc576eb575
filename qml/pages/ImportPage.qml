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
    readonly property bool isReady: model.phase !== "reading"
    property bool isWholeOpen: model.year === 0 // where the panes do not stand beside each other
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
            text: qsTr("Title and year")
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
                text: qsTr("Make the ledger: %n task(s)", "", root.model.taskCount)
                variant: "primary"
                iconName: "add"
                enabled: root.model.canCreate
                busy: root.model.phase === "creating"

                onClicked: root.model.doubtCount > 0 ? doubtful.open() : root.model.create()
            }

            AppText {
                width: Math.min(implicitWidth, parent.width)
                height: Math.max(Style.control, implicitHeight)
                text: root.model.year === 0 ? qsTr("Give the year first.") : root.model.doubtCount > 0 ? qsTr("%n doubt(s) left; they can also be settled later.", "", root.model.doubtCount) : qsTr("No doubts.")
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

    Column {
        anchors.centerIn: parent
        width: parent.width
        spacing: Style.space3
        visible: !root.isPreview

        Banner {
            x: Style.gutter
            width: parent.width - 2 * Style.gutter
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        ProgressLine {
            x: Style.gutter
            width: parent.width - 2 * Style.gutter
            label: qsTr("Reading %1").arg(root.model.fileName)
            value: root.model.progress
            visible: root.model.phase === "reading"

            onStopped: root.model.stop()
        }

        EmptyState {
            width: parent.width
            iconName: root.model.phase === "done" ? "done" : "import"
            title: root.model.phase === "done" ? qsTr("The ledger is made") : qsTr("Choose the document of the year's tasks")
            text: root.model.phase === "done" ? root.model.doneText : qsTr("Word (.docx), Excel (.xlsx), PDF, a web page or text. It can also be dropped here, or pasted. Nothing is made before you have seen it.")
            actionText: root.model.phase === "done" ? qsTr("Open a reporting window") : qsTr("Choose a file")
            visible: root.model.phase !== "reading"

            onAction: root.model.phase === "done" ? root.windowsPicked() : dialog.open()
        }

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

        list: ListView {
            id: list

            anchors.fill: parent
            model: root.model.tasks
            clip: true
            activeFocusOnTab: true
            reuseItems: true
            currentIndex: root.model.task.index
            delegate: ListRow {
                id: row

                required property int index
                required property string number
                required property string unitsText
                required property string dueText
                required property int doubts
                required property bool isLeftOut

                lead: number
                subtitle: unitsText
                trailing: dueText
                opacity: isLeftOut ? 0.55 : 1
                current: root.model.task.index === index

                onClicked: root.model.choose(index)

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

    Rectangle {
        anchors.fill: parent
        color: Style.accentSoft
        opacity: 0.85
        visible: drop.containsDrag

        AppText {
            anchors.centerIn: parent
            text: qsTr("Drop the document here")
            size: Style.sizeTitle
            strong: true
        }
    }

    DropArea {
        id: drop

        anchors.fill: parent
        enabled: root.model.phase !== "creating"

        onDropped: event => {
            if (event.hasUrls)
                root.model.openFile(event.urls[0]);
            else if (event.hasText)
                root.model.openText(event.text);
        }
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
