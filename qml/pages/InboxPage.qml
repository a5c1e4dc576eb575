// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What waits for a person: what was written differently, what was put together, and what of one's own was not taken.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property InboxModel model
    readonly property bool isReady: model.isReady

    signal differencePicked(string recordId, string field)
    signal noticePicked(string noticeId)

    function pick(index: int): void {
        const row = list.itemAtIndex(index) as InboxRow;
        if (row !== null)
            row.open();
    }

    component InboxRow: ListRow {
        id: row

        required property int index
        required property string kind
        required property string recordId
        required property string field
        required property string noticeId
        required property string place
        required property string fieldText
        required property string summary
        required property string ageText
        required property bool isOwn
        required property bool isSeen

        function open(): void {
            if (kind === "notice")
                root.noticePicked(noticeId);
            else
                root.differencePicked(recordId, field);
        }

        lead: States.line([fieldText, place])
        subtitle: summary
        trailing: ageText
        current: ListView.isCurrentItem && list.activeFocus
        roving: true

        onClicked: open()

        StateBadge {
            kind: row.kind === "notice" ? "" : row.kind
        }

        Badge {
            text: qsTr("Your text was not taken")
            tone: row.isSeen ? "neutral" : "warn"
            iconName: "info"
            visible: row.kind === "notice"
        }

        Badge {
            text: qsTr("You wrote in it")
            tone: "accent"
            iconName: "person"
            visible: row.isOwn && row.kind !== "notice"
        }
    }

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("To be decided")
        subtitle: qsTr("%n conflict(s)", "", root.model.conflictCount)
    }

    ChipBar {
        id: filters

        x: Style.gutter
        width: root.width - 2 * Style.gutter

        Chip {
            text: qsTr("Conflicts")
            count: root.model.conflictCount
            checked: root.model.kind === "conflict"

            onToggled: root.model.kind = checked ? "conflict" : ""
        }

        Chip {
            text: qsTr("Put together by machine")
            count: root.model.mergedCount
            checked: root.model.kind === "merged"

            onToggled: root.model.kind = checked ? "merged" : ""
        }

        Chip {
            text: qsTr("Your text was not taken")
            count: root.model.noticeCount
            checked: root.model.kind === "notice"

            onToggled: root.model.kind = checked ? "notice" : ""
        }

        Chip {
            text: qsTr("Only where I wrote")
            checked: root.model.scope === "own"

            onToggled: root.model.scope = checked ? "own" : ""
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: filters.height + Style.space2
        model: root.model
        clip: true
        keyNavigationEnabled: true
        delegate: InboxRow {}

        Keys.onReturnPressed: root.pick(currentIndex)

        T.ScrollBar.vertical: AppScrollBar {}

        EmptyState {
            anchors.fill: parent
            visible: root.model.isReady && root.model.count === 0
            iconName: "done"
            title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("Nothing to decide")
            text: root.model.errorWhat !== "" ? root.model.errorNext : qsTr("Where two people write different things in one place, it is shown here, and nothing of it is lost.")
        }
    }
}
