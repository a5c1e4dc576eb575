// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    title: Demo.say("图标", "Icons")

    Flow {
        width: parent.width
        spacing: Style.space2

        Repeater {
            model: ["home", "task", "filing", "check", "conflict", "history", "sync", "search", "local", "received", "applied", "aside",
                "cloud", "cloud-done", "cloud-warning", "offline", "filter", "back", "forward", "close", "add", "remove", "edit", "delete",
                "camera", "photo", "file", "receipt", "stamp", "warning", "info", "error", "done", "clock", "overdue", "calendar", "person",
                "people", "unit", "matrix", "import", "export", "settings", "keyboard", "eye", "undo", "send", "lock", "place", "qr",
                "chevron-left", "chevron-right", "chevron-up", "chevron-down", "menu", "more", "language", "dark", "light", "text-size",
                "device", "not-started", "in-progress", "ongoing", "blocked", "return", "merge", "comment", "empty", "spinner"]

            Column {
                id: cell

                required property string modelData

                width: 104
                spacing: Style.space2
                topPadding: Style.space3
                bottomPadding: Style.space2

                Icon {
                    anchors.horizontalCenter: parent.horizontalCenter
                    name: cell.modelData
                    size: 28
                }

                AppText {
                    width: parent.width
                    text: cell.modelData
                    size: 12
                    muted: true
                    horizontalAlignment: Text.AlignHCenter
                }
            }
        }
    }
}
