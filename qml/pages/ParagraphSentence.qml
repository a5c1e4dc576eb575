// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A sentence of a task's paragraph, and the units it comes from.
import QtQuick
import Hezhang.Ui

Column {
    id: root

    required property var modelData

    width: parent ? parent.width : 0
    spacing: 2

    AppText {
        width: parent.width
        text: root.modelData.text
        textFormat: Text.PlainText
    }

    AppText {
        width: parent.width
        text: root.modelData.sources !== "" ? root.modelData.sources : qsTr("The office")
        size: Style.sizeCaption
        muted: true
    }
}
