// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the unit reported in the window before; nothing where it did not.
import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property string windowTitle
    required property string text
    property string status
    property string percentText

    width: parent ? parent.width : implicitWidth
    visible: text !== ""

    AppText {
        width: parent.width
        text: qsTr("Last time: %1").arg(root.windowTitle)
        strong: true
    }

    AppText {
        width: parent.width
        text: root.text
    }

    StateBadge {
        kind: root.status
        detail: root.percentText
    }
}
