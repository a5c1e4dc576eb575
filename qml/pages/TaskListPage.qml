// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Home: the tasks by what is due, what was returned in front.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property TaskListModel model
    required property SyncStatus sync
    required property InboxModel inbox
    required property string unitName
    readonly property bool isReady: model.isReady

    signal taskPicked(string taskId)
    signal placePicked(string place)
    signal formsPicked(string page) // export or returned

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.scope === "own" ? qsTr("My unit's tasks") : qsTr("All tasks")
        subtitle: root.unitName

        SyncIndicator {
            kind: root.sync.state
            visible: kind !== "" && !Style.desktop
            unsent: root.sync.localCount
            lastContact: root.sync.lastContactText

            onClicked: root.placePicked("sync")
        }

        IconButton {
            iconName: "import"
            text: qsTr("Take over a form that was filled in")

            onClicked: root.formsPicked("returned")
        }

        IconButton {
            iconName: "export"
            text: qsTr("Forms to print or hand in")

            onClicked: root.formsPicked("export")
        }
    }

    Column {
        id: filters

        x: Style.gutter
        width: root.width - 2 * Style.gutter
        spacing: Style.space1
        topPadding: Style.space3
        bottomPadding: Style.space2

        Banner {
            title: qsTr("%n text(s) of yours were not taken", "", root.inbox.noticeCount)
            text: qsTr("Somebody has decided for another text. Yours is kept.")
            tone: "warn"
            actionText: qsTr("Look")
            visible: root.inbox.noticeCount > 0

            onAction: {
                root.inbox.kind = "notice";
                root.placePicked("inbox");
            }
        }

        SearchField {
            width: parent.width
            text: root.model.text

            onEdited: text => root.model.text = text
        }

        ChipBar {
            Chip {
                text: qsTr("All units")
                checked: root.model.scope === "all"

                onToggled: root.model.scope = checked ? "all" : "own"
            }

            Chip {
                text: qsTr("Returned")
                count: root.model.returnedCount
                checked: root.model.mark === "returned"

                onToggled: root.model.mark = checked ? "returned" : ""
            }

            Chip {
                text: qsTr("Overdue")
                count: root.model.overdueCount
                checked: root.model.due === "overdue"

                onToggled: root.model.due = checked ? "overdue" : ""
            }

            Chip {
                text: qsTr("Conflicts")
                count: root.model.conflictCount
                checked: root.model.mark === "conflict"

                onToggled: root.model.mark = checked ? "conflict" : ""
            }

            Chip {
                text: qsTr("Not at the county yet")
                count: root.model.unsentCount
                checked: root.model.mark === "unsent"

                onToggled: root.model.mark = checked ? "unsent" : ""
            }
        }
    }

    TaskGroups {
        id: groups
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: filters.height
        model: root.model
        clip: true
        keyNavigationEnabled: true
        reuseItems: true
        section.property: "dueGroup"
        section.delegate: groups.heading
        delegate: ListRow {
            id: row

            required property int index
            required property string taskId
            required property string number
            required property string item
            required property string content
            required property string dueText
            required property string deadline
            required property string deadlineState
            required property string filingState
            required property bool isReturned
            required property bool hasConflict
            required property bool isUnsent
            required property bool isAside

            lead: number
            title: item !== "" ? item : content
            subtitle: item !== "" ? content : ""
            trailing: dueText
            current: ListView.isCurrentItem && list.activeFocus
            roving: true

            onClicked: root.taskPicked(taskId)

            StateBadge {
                kind: row.isReturned ? "returned" : ""
            }

            StateBadge {
                kind: row.hasConflict ? "conflict" : ""
            }

            Badge {
                text: row.deadline
                tone: States.tone(row.deadlineState)
                iconName: States.icon(row.deadlineState)
                visible: text !== ""
            }

            StateBadge {
                kind: row.filingState === "noWindow" ? "" : row.filingState
            }

            StateBadge {
                kind: row.isAside ? "aside" : row.isUnsent ? "local" : ""
            }
        }

        Keys.onReturnPressed: if (currentIndex >= 0) root.taskPicked(root.model.keyAt(currentIndex))

        T.ScrollBar.vertical: AppScrollBar {}
    }

    // Beside the list, not in it: the list's own content has no height where it is empty.
    EmptyState {
        anchors.fill: list
        visible: root.model.isReady && root.model.count === 0
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("No tasks here")
        text: root.model.errorWhat !== "" ? root.model.errorNext : qsTr("Nothing matches, or the ledger has not arrived yet. As of: %1.").arg(root.sync.lastContactText)
        actionText: qsTr("Sync now")

        onAction: root.sync.syncNow()
    }
}
