// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Tasks by units in one reporting window; a cell opens the review of its report. The missing list stands beside it as a panel.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property MatrixModel model
    readonly property bool isReady: model.isReady && (!model.hasWindow || model.contradictionCount >= 0)
    property bool showsMissing: false // the missing list is open when the page is there

    signal back
    signal reviewPicked(string taskId, string unitId, string windowId)
    signal paragraphsPicked(string windowId)
    signal contradictionsPicked(string windowId)

    function toggle(state: string, on: bool): void {
        root.model.state = on ? state : "";
    }

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.hasWindow ? root.model.windowTitle : qsTr("Tasks and units")
        subtitle: root.model.windowLine
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("Paragraphs")
            iconName: "merge"
            enabled: root.model.hasWindow
            visible: !Style.phone

            onClicked: root.paragraphsPicked(root.model.windowId)
        }

        IconButton {
            iconName: "merge"
            text: qsTr("Paragraphs")
            enabled: root.model.hasWindow
            visible: Style.phone

            onClicked: root.paragraphsPicked(root.model.windowId)
        }

        AppButton {
            text: qsTr("Missing list")
            iconName: "people"
            enabled: root.model.missing.count > 0

            onClicked: missing.open()
        }
    }

    Column {
        id: filters

        x: Style.gutter
        width: root.width - 2 * Style.gutter
        spacing: Style.space1
        topPadding: Style.space2
        bottomPadding: Style.space2
        visible: root.model.hasWindow

        SearchField {
            width: parent.width
            text: root.model.text

            onEdited: text => root.model.text = text
        }

        ChipBar {
            AppButton {
                text: qsTr("%n contradiction(s)", "", root.model.contradictionCount)
                iconName: "conflict"
                visible: root.model.contradictionCount > 0

                onClicked: root.contradictionsPicked(root.model.windowId)
            }

            Chip {
                text: qsTr("Missing")
                count: root.model.missingCount
                checked: root.model.state === "missing"

                onToggled: root.toggle("missing", checked)
            }

            Chip {
                text: qsTr("Submitted")
                count: root.model.submittedCount
                checked: root.model.state === "submitted"

                onToggled: root.toggle("submitted", checked)
            }

            Chip {
                text: qsTr("Returned")
                count: root.model.returnedCount
                checked: root.model.state === "returned"

                onToggled: root.toggle("returned", checked)
            }

            Chip {
                text: qsTr("Approved")
                count: root.model.approvedCount
                checked: root.model.state === "approved"

                onToggled: root.toggle("approved", checked)
            }

            Chip {
                text: qsTr("Changed after approval")
                count: root.model.afterApprovalCount
                checked: root.model.state === "after-approval"
                visible: root.model.afterApprovalCount > 0 || checked

                onToggled: root.toggle("after-approval", checked)
            }

            Chip {
                text: qsTr("Below a target")
                count: root.model.belowCount
                checked: root.model.state === "below-target"
                visible: count > 0 || checked

                onToggled: root.toggle("below-target", checked)
            }

            Chip {
                text: qsTr("Set aside")
                count: root.model.asideCount
                checked: root.model.state === "aside"

                onToggled: root.toggle("aside", checked)
            }

            Chip {
                text: qsTr("Asks for more time")
                count: root.model.askingCount
                checked: root.model.state === "asking"

                onToggled: root.toggle("asking", checked)
            }
        }

        AppComboBox {
            id: section

            label: qsTr("Section")
            width: Math.min(parent.width, 420)
            model: [qsTr("All sections"), ...root.model.sections]
            visible: root.model.sections.length > 1

            onChosen: root.model.section = section.currentIndex > 0 ? root.model.sections[section.currentIndex - 1] : ""
        }
    }

    MatrixTable {
        anchors.fill: parent
        anchors.topMargin: filters.height
        model: root.model
        rowTitles: root.model.rowTitles
        columnTitles: root.model.columnTitles
        corner: qsTr("Task")
        visible: root.model.hasWindow && root.model.columnTitles.count > 0

        onPicked: (row, column) => root.reviewPicked(root.model.taskAt(row), root.model.unitAt(column), root.model.windowId)
    }

    EmptyState {
        anchors.fill: parent
        anchors.topMargin: filters.height
        title: root.model.errorWhat !== "" ? root.model.errorWhat : root.model.hasWindow ? qsTr("Nothing matches") : qsTr("No reporting window yet")
        text: root.model.errorWhat !== "" ? root.model.errorNext : root.model.hasWindow ? qsTr("Take a filter away.") : qsTr("Open one under Reporting windows.")
        visible: root.model.isReady && (!root.model.hasWindow || root.model.columnTitles.count === 0)
    }

    SidePanel {
        id: missing

        title: qsTr("Not submitted: %n report(s)", "", root.model.missing.count)

        AppButton {
            width: parent ? parent.width : implicitWidth
            text: qsTr("Copy as text")
            variant: "primary"

            onClicked: {
                root.model.copyMissing();
                toast.show(qsTr("Copied"), "");
            }
        }

        AppButton {
            width: parent ? parent.width : implicitWidth
            text: qsTr("Copy a reminder to all")
            iconName: "send"

            onClicked: root.model.copyReminder("")
        }

        // Of a window that has just been opened nearly all reports are missing: hundreds.
        ListView {
            width: parent ? parent.width : implicitWidth
            height: Math.min(contentHeight, Math.round(root.height * 0.76))
            model: root.model.missing
            clip: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            visible: count > 0
            delegate: ListRow {
                id: row

                required property string taskId
                required property string unitId
                required property string unitName
                required property string number
                required property string item
                required property string filingState
                required property string timeText
                required property bool isFirstOfUnit

                leftPadding: 0
                lead: unitName
                subtitle: timeText
                title: number === "" ? item : number + " " + item
                roving: true

                onClicked: {
                    missing.close();
                    root.reviewPicked(taskId, unitId, root.model.windowId);
                }

                StateBadge {
                    kind: row.filingState
                }

                // Once a unit. A stop of Tab at the current row only, as the row itself.
                AppButton {
                    text: qsTr("Copy a reminder")
                    variant: "quiet"
                    iconName: "send"
                    visible: row.isFirstOfUnit
                    focusPolicy: row.ListView.isCurrentItem || activeFocus ? Qt.StrongFocus : Qt.ClickFocus
                    Accessible.name: qsTr("Copy a reminder to %1").arg(row.unitName)

                    onClicked: root.model.copyReminder(row.unitId)
                }
            }

            T.ScrollBar.vertical: AppScrollBar {}
        }
    }

    Connections {
        target: root.model

        function onReminderCopied(): void {
            toast.show(qsTr("Reminder copied"), "");
        }

        function onReadingDone(): void {
            if (root.showsMissing && root.model.missing.count > 0)
                missing.open();
            root.showsMissing = false;
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
