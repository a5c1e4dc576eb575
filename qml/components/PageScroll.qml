// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The scrolling body of a page: children below one another, in a column that never gets too wide to read, with the keyboard's keys.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

Flickable {
    id: root

    property real columnMax: Style.readingWidth
    property alias spacing: column.spacing
    default property alias content: column.data

    implicitWidth: 320
    implicitHeight: contentHeight
    contentWidth: width
    contentHeight: column.implicitHeight + column.y + Style.gutter
    boundsBehavior: Flickable.StopAtBounds
    clip: true

    FocusKeeper {
        view: root
    }

    T.ScrollBar.vertical: AppScrollBar {}

    Keys.onPressed: event => {
        const step = {[Qt.Key_PageDown]: 0.9, [Qt.Key_PageUp]: -0.9}[event.key];
        if (step === undefined)
            return;
        root.contentY = Math.max(0, Math.min(root.contentHeight - root.height, root.contentY + step * root.height));
        event.accepted = true;
    }

    Column {
        id: column

        x: Math.max(Style.gutter, Math.round((root.width - width) / 2))
        y: Style.space4
        width: Math.min(root.width - 2 * Style.gutter, root.columnMax)
        spacing: Style.space4
    }
}
