// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The keys that work on every page, and the list of all keys for people.
pragma ComponentBehavior: Bound

import QtQuick

Item {
    id: root

    required property bool hasHome
    required property bool canGoBack
    required property var places // in their order: Alt+1 is the first
    required property var titles // of the places
    readonly property var ownKeys: ({"search": "Ctrl+F, Ctrl+K", "office": "Ctrl+O"})
    readonly property var list: places.map((place, index) => ({"keys": "Alt+" + (index + 1) + (ownKeys[place] ? ", " + ownKeys[place] : ""), "what": titles[place]})).concat([
        {"keys": places.includes("search") ? "" : ownKeys["search"], "what": qsTr("Search")},
        {"keys": "F5, Ctrl+R", "what": qsTr("Sync now")},
        {"keys": "Esc, Alt+←", "what": qsTr("Back")},
        {"keys": "F1", "what": qsTr("This list")},
        {"keys": "Tab, Shift+Tab", "what": qsTr("To the next field, to the one before")},
        {"keys": "↑ ↓, Enter", "what": qsTr("In a list: move, open")},
        {"keys": qsTr("Space"), "what": qsTr("Press the button that has the frame")}
    ]).filter(row => row.keys !== "")

    signal back
    signal syncPicked
    signal placePicked(string place)
    signal listPicked

    visible: false

    Shortcut {
        sequences: ["Escape", "Alt+Left"]
        enabled: root.canGoBack
        onActivated: root.back()
    }

    Shortcut {
        sequences: ["F5", "Ctrl+R"]
        enabled: root.hasHome
        onActivated: root.syncPicked()
    }

    Shortcut {
        sequences: ["Ctrl+F", "Ctrl+K"]
        enabled: root.hasHome
        onActivated: root.placePicked("search")
    }

    Shortcut {
        sequence: "Ctrl+O"
        enabled: root.hasHome && root.places.includes("office")
        onActivated: root.placePicked("office")
    }

    Shortcut {
        sequence: "F1"
        enabled: root.hasHome
        onActivated: root.listPicked()
    }

    Repeater {
        model: root.hasHome ? root.places : []

        Item {
            id: way

            required property string modelData
            required property int index

            Shortcut {
                sequence: "Alt+" + (way.index + 1)
                onActivated: root.placePicked(way.modelData)
            }
        }
    }
}
