// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything this home has written, and how far each edit has come, with what to do where it was not adopted.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property OwnEditListModel edits
    required property SyncStatus sync

    signal historyPicked(string recordId, string field)

    function next(state: string): string {
        switch (state) {
        case "local":
            return qsTr("It is safe on this device and is sent as soon as the county can be reached.");
        case "received":
            return qsTr("The county has it; its answer comes with the next sync.");
        default:
            return "";
        }
    }

    spacing: Style.space3

    SectionHeader {
        title: qsTr("What I wrote")
        count: root.edits.total
    }

    ChipBar {
        Chip {
            text: qsTr("Not at the county yet")
            count: root.sync.localCount
            checked: root.edits.state === "local"

            onToggled: root.edits.state = checked ? "local" : ""
        }

        Chip {
            text: qsTr("Not adopted")
            count: root.sync.asideCount
            checked: root.edits.state === "aside"

            onToggled: root.edits.state = checked ? "aside" : ""
        }
    }

    Card {
        width: parent.width
        padding: 0
        spacing: 0

        AppText {
            width: parent.width
            padding: Style.space4
            text: qsTr("Nothing here.")
            muted: true
            visible: root.edits.count === 0
        }

        ListView {
            id: editList

            width: parent.width
            height: Math.min(contentHeight, 520)
            model: root.edits
            clip: true
            keyNavigationEnabled: true
            boundsBehavior: Flickable.StopAtBounds
            visible: count > 0
            delegate: ListRow {
                id: edit

                required property string recordId
                required property string field
                required property string place
                required property string fieldText
                required property string valueText
                required property string timeText
                required property string progress
                required property string reasonWhat
                required property string reasonNext

                lead: fieldText
                subtitle: reasonWhat !== "" ? reasonWhat + " " + reasonNext : valueText
                trailing: timeText
                roving: true

                onClicked: root.historyPicked(recordId, "")

                StateBadge {
                    kind: edit.progress
                }

                AppText {
                    text: root.next(edit.progress)
                    size: Style.sizeCaption
                    muted: true
                    visible: text !== ""
                }
            }

            T.ScrollBar.vertical: AppScrollBar {}
        }
    }
}
