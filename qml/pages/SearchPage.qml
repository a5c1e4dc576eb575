// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Search in everything: what was found by kind, the hit marked, filters as chips, what was searched for last.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property SearchModel model
    readonly property bool isReady: model.isReady && !model.isSearching

    signal picked(string page, string taskId, string unitId, string windowId, string recordId)

    title: bar.title

    header: PageHeader {
        id: bar

        title: qsTr("Search")
    }

    Component.onCompleted: box.input.forceActiveFocus()

    Column {
        id: head

        x: Style.gutter
        width: root.width - 2 * Style.gutter
        spacing: Style.space2
        topPadding: Style.space3
        bottomPadding: Style.space2

        SearchField {
            id: box

            objectName: "needle"
            width: parent.width
            placeholder: qsTr("One character is enough")
            text: root.model.needle

            onEdited: text => root.model.needle = text
            onAccepted: root.model.note()
        }

        ChipBar {
            width: parent.width

            Chip {
                text: qsTr("Overdue")
                checked: root.model.due === "overdue"

                onToggled: root.model.due = checked ? "overdue" : ""
            }

            Chip {
                text: qsTr("Due soon")
                checked: root.model.due === "due-soon"

                onToggled: root.model.due = checked ? "due-soon" : ""
            }

            Repeater {
                model: ["in-progress", "done", "blocked"]

                Chip {
                    required property string modelData

                    text: States.word(modelData)
                    checked: root.model.status === modelData

                    onToggled: root.model.status = checked ? modelData : ""
                }
            }

            Chip {
                text: root.model.unit === "" ? qsTr("Unit …") : root.model.unitName
                checked: root.model.unit !== ""

                onClicked: {
                    checked = Qt.binding(() => root.model.unit !== "");
                    root.model.unit === "" ? unitDialog.open() : root.model.unit = "";
                }
            }

            Chip {
                text: root.model.section === "" ? qsTr("Section …") : root.model.section
                checked: root.model.section !== ""

                onClicked: {
                    checked = Qt.binding(() => root.model.section !== "");
                    root.model.section === "" ? sectionDialog.open() : root.model.section = "";
                }
            }
        }

        Flow {
            width: parent.width
            spacing: Style.space2
            visible: root.model.needle === "" && root.model.recent.length > 0

            AppText {
                height: Style.target
                verticalAlignment: Text.AlignVCenter
                text: qsTr("Searched before:")
                muted: true
                size: Style.sizeSmall
            }

            Repeater {
                model: root.model.recent

                Chip {
                    required property string modelData

                    text: modelData
                    iconName: "history"
                    checkable: false

                    onClicked: root.model.needle = modelData
                }
            }
        }
    }

    ListHeads {
        id: heads
    }

    ListView {
        id: list

        objectName: "found"
        anchors.fill: parent
        anchors.topMargin: head.height
        model: root.model
        clip: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        section.property: "kindText"
        section.delegate: heads.plain
        delegate: T.ItemDelegate {
            id: row

            required property string title
            required property string unitName
            required property string fieldText
            required property string marked
            required property string page
            required property string taskId
            required property string unitId
            required property string windowId
            required property string recordId

            width: ListView.view.width
            implicitHeight: Math.max(Style.target, words.implicitHeight + 2 * Style.space3)
            leftPadding: Style.gutter
            rightPadding: Style.gutter
            enabled: page !== ""
            focusPolicy: Qt.NoFocus
            Accessible.role: Accessible.ListItem
            Accessible.name: States.sentence([title, unitName, fieldText])

            onClicked: {
                root.model.note();
                root.picked(page, taskId, unitId, windowId, recordId);
            }

            background: Rectangle {
                color: row.down ? Style.surfacePressed : row.hovered || row.ListView.isCurrentItem && list.activeFocus ? Style.surfaceHover : "transparent"
            }

            contentItem: Column {
                id: words

                topPadding: Style.space3
                spacing: Style.space1

                AppText {
                    width: parent.width
                    text: States.line([row.title, row.unitName])
                    strong: true
                    wrapMode: Text.Wrap
                }

                // The model escapes everything but the mark of the hit.
                AppText {
                    width: parent.width
                    text: qsTr("%1: ", "name of a field").arg(row.fieldText) + row.marked
                    textFormat: Text.StyledText
                    wrapMode: Text.Wrap
                    maximumLineCount: 2
                    elide: Text.ElideRight
                    muted: true
                }
            }
        }

        Keys.onReturnPressed: (currentItem as T.ItemDelegate)?.clicked()

        T.ScrollBar.vertical: AppScrollBar {}
    }

    // Beside the list: the list's own content has no height where it is empty.
    EmptyState {
        objectName: "nothing"
        anchors.fill: list
        visible: root.model.isReady && root.model.count === 0 && !root.model.isSearching
        title: root.model.errorWhat !== "" ? root.model.errorWhat : root.model.needle === "" ? qsTr("What are you looking for?") : qsTr("Nothing found")
        text: root.model.errorWhat !== "" ? root.model.errorNext : root.model.needle === "" ? qsTr("Every text on this device is searched: tasks, reports, checks, names. No network is needed.") : root.model.hasFilter ? qsTr("The filters may hide it.") : qsTr("It may not have arrived on this device yet.")
        iconName: "search"
        actionText: root.model.needle !== "" && root.model.hasFilter ? qsTr("Clear the filters") : ""

        onAction: root.model.clearFilters()
    }

    AppDialog {
        id: unitDialog

        title: qsTr("Of which unit")
        acceptText: qsTr("Filter")
        acceptable: unitBox.currentIndex >= 0

        onAccepted: root.model.unit = unitBox.currentValue

        AppComboBox {
            id: unitBox

            width: parent.width
            label: qsTr("Unit")
            model: root.model.units
            textRole: "name"
            valueRole: "id"
            currentIndex: -1
        }
    }

    AppDialog {
        id: sectionDialog

        title: qsTr("Of which section")
        acceptText: qsTr("Filter")
        acceptable: sectionBox.currentIndex >= 0

        onAccepted: root.model.section = root.model.sections[sectionBox.currentIndex]

        AppComboBox {
            id: sectionBox

            width: parent.width
            label: qsTr("Section")
            model: root.model.sections
            currentIndex: -1
        }
    }
}
