// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Keeps in sight of what scrolls: what has the keyboard, or the line that is written in a text.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    required property Flickable view

    visible: false

    function reveal(item: Item): void {
        let parent = item;
        while (parent !== null && parent !== root.view.contentItem)
            parent = parent.parent;
        if (parent === null)
            return;
        const text = item as TextEdit;
        const line = text !== null ? text.cursorRectangle : Qt.rect(0, 0, 0, item.height);
        const top = item.mapToItem(root.view.contentItem, 0, line.y).y - Style.space4;
        const bottom = top + line.height + 2 * Style.space4;
        if (top < root.view.contentY)
            root.view.contentY = Math.max(0, top);
        else if (bottom > root.view.contentY + root.view.height)
            root.view.contentY = Math.max(0, Math.min(bottom, root.view.contentHeight) - root.view.height);
    }

    Connections {
        target: root.Window.window

        function onActiveFocusItemChanged(): void {
            root.reveal(root.Window.activeFocusItem);
        }
    }

    Connections {
        target: root.Window.activeFocusItem
        ignoreUnknownSignals: true

        function onCursorRectangleChanged(): void {
            root.reveal(root.Window.activeFocusItem);
        }
    }
}
