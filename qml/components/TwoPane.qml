// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A list and what is chosen from it: beside each other where there is room, else one after the other. The owner sets open when
// something is chosen, and takes it back when the detail asks to go back.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    property bool open: false
    property real besideMin: Math.round(820 * (1 + (Style.textScale - 1) * 0.5))
    readonly property bool beside: width >= besideMin
    property alias list: listHolder.data
    property alias detail: detailHolder.data

    Item {
        id: listHolder

        width: root.beside ? Math.round(Math.max(320 * (1 + (Style.textScale - 1) * 0.5), root.width * 0.36)) : root.width
        height: root.height
        visible: root.beside || !root.open
        clip: true
    }

    Rectangle {
        id: line

        x: listHolder.width
        width: 1
        height: root.height
        color: Style.line
        visible: root.beside
    }

    Item {
        id: detailHolder

        x: root.beside ? listHolder.width + 1 : 0
        width: root.width - x
        height: root.height
        visible: root.beside || root.open
        clip: true
    }
}
