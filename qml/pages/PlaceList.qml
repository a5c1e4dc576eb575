// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The places of the program, with what waits in each, for AppShell. On narrow windows, where there is no room for the sync indicator beside
// the places, the place of the sync shows how things stand with the county.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Item {
    id: root

    required property SyncStatus sync
    required property InboxModel inbox
    property bool isOffice: false
    property alias rows: list
    readonly property bool saysState: !Style.desktop && sync !== null && sync.state !== ""
    readonly property string syncTitle: saysState ? States.word(sync.state) : qsTr("Sync")
    readonly property string syncIcon: saysState ? States.icon(sync.state) : "sync"
    readonly property int waiting: inbox !== null ? inbox.conflictCount + inbox.noticeCount : 0
    readonly property int notTaken: sync !== null ? sync.asideCount : 0

    // The list is filled after the first values have come.
    function tell(index: int, name: string, value: var): void {
        if (index < list.count)
            list.setProperty(index, name, value);
    }

    visible: false

    onIsOfficeChanged: completeOffice()
    onSyncTitleChanged: root.tell(2, "title", syncTitle)
    onSyncIconChanged: root.tell(2, "iconName", syncIcon)
    onWaitingChanged: root.tell(1, "count", waiting)
    onNotTakenChanged: root.tell(2, "count", notTaken)

    function completeOffice(): void {
        if (list.count === 3 && isOffice)
            list.append({"place": "office", "title": qsTr("County office"), "iconName": "matrix", "count": 0});
    }

    ListModel {
        id: list

        Component.onCompleted: {
            append({"place": "tasks", "title": qsTr("Tasks"), "iconName": "task", "count": 0});
            append({"place": "inbox", "title": qsTr("To decide"), "iconName": "conflict", "count": root.waiting});
            append({"place": "sync", "title": root.syncTitle, "iconName": root.syncIcon, "count": root.notTaken});
            root.completeOffice();
        }
    }
}
