// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The places of the program, with what waits in each, for AppShell: in the order in which a role needs them. At the foot of a narrow window
// there is room for five; the last is then "more", a page that leads to the rest. There the place of the sync shows how things stand with the
// county, for want of the sync indicator beside the places.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Item {
    id: root

    required property SyncStatus sync
    required property InboxModel inbox
    required property string role // empty: not known yet
    property alias rows: list
    readonly property bool roomy: Style.desktop
    readonly property int roomAtFoot: 5
    readonly property var order: role === "checker" ? ["checks", "tasks", "inbox", "sync", "search", "settings"] : role === "clerk" || role === "leader" ? ["tasks", "inbox", "sync", "search", "checks", "settings"] : role === "office" ? ["tasks", "inbox", "office", "sync", "checks", "search", "settings"] : ["tasks", "inbox", "checks", "sync", "search", "settings"]
    readonly property var atHand: roomy || order.length <= roomAtFoot ? order : order.slice(0, roomAtFoot - 1).concat("more")
    readonly property var behindMore: order.filter(place => !atHand.includes(place))
    readonly property bool saysState: !roomy && sync !== null && sync.state !== ""
    readonly property var titles: ({
            "tasks": qsTr("Tasks"),
            "inbox": qsTr("To decide"),
            "sync": !saysState ? qsTr("Sync") : sync.state === "local" ? qsTr("Unsent") : States.word(sync.state),
            "checks": qsTr("Checks"),
            "office": qsTr("Office"),
            "search": qsTr("Search"),
            "settings": qsTr("Settings"),
            "more": qsTr("More")
        })
    readonly property var icons: ({
            "tasks": "task",
            "inbox": "conflict",
            "sync": saysState ? States.icon(sync.state) : "sync",
            "checks": "place",
            "office": "matrix",
            "search": "search",
            "settings": "settings",
            "more": "more"
        })
    readonly property var waiting: ({
            "inbox": inbox !== null ? inbox.conflictCount + inbox.noticeCount : 0,
            "sync": sync !== null ? sync.asideCount : 0
        })
    readonly property var wanted: atHand.map(place => row(place))

    function row(place: string): var {
        return {
            "place": place,
            "title": titles[place],
            "iconName": icons[place],
            "count": waiting[place] ?? 0
        };
    }

    // What the bar or the rail marks while a place is shown.
    function mark(place: string): string {
        return atHand.includes(place) ? place : "more";
    }

    function fill(): void {
        for (let i = 0; i < wanted.length; ++i)
            i < list.count ? list.set(i, wanted[i]) : list.append(wanted[i]);
        if (list.count > wanted.length)
            list.remove(wanted.length, list.count - wanted.length);
    }

    visible: false

    onWantedChanged: fill()
    Component.onCompleted: fill()

    ListModel {
        id: list
    }
}
