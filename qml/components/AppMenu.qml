// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A menu that opens at a button. Entries are AppMenuItem.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Menu {
    id: root

    width: Math.min(Math.round(240 * Style.textScale), 340)
    implicitHeight: contentItem.implicitHeight + 2 * padding
    margins: Style.space2
    padding: Style.space1
    overlap: 1

    background: Rectangle {
        radius: Style.radius
        color: Style.surface
        border.color: Style.lineStrong
    }

    contentItem: ListView {
        implicitHeight: contentHeight
        model: root.contentModel
        clip: true
        interactive: contentHeight > height
        currentIndex: root.currentIndex
    }
}
