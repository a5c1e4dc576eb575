// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a control is called, while the pointer rests on it. Never the only place of a word: touch has no hover.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.ToolTip {
    id: root

    property bool shown: false

    x: Math.round((parent.width - width) / 2)
    y: parent.height + 4
    margins: Style.space1
    padding: Style.space2
    implicitWidth: contentItem.implicitWidth + 2 * padding
    implicitHeight: contentItem.implicitHeight + 2 * padding
    delay: 600
    visible: shown && text !== ""
    closePolicy: T.Popup.NoAutoClose

    contentItem: AppText {
        text: root.text
        size: Style.sizeCaption
        color: Style.page
        wrapMode: Text.NoWrap
    }

    background: Rectangle {
        radius: Style.radiusSmall
        color: Style.text
    }
}
