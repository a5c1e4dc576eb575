// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A page before its file was read: choose one, see how far reading is and stop it, or read why it could not be. Further actions are its
// children.
import QtQuick
import Hezhang.Ui

Column {
    id: root

    required property bool isReading
    required property string fileName
    required property double progress // 0 … 1, below 0: not known
    required property string errorWhat
    required property string errorNext
    required property string title
    property string text
    property string iconName: "import"
    property string actionText: qsTr("Choose a file")

    signal action
    signal stopped

    width: parent ? parent.width : implicitWidth
    spacing: Style.space3

    Banner {
        x: Style.gutter
        width: parent.width - 2 * Style.gutter
        title: root.errorWhat
        text: root.errorNext
        tone: "bad"
        visible: title !== ""
    }

    ProgressLine {
        x: Style.gutter
        width: parent.width - 2 * Style.gutter
        label: qsTr("Reading %1").arg(root.fileName)
        value: root.progress
        visible: root.isReading

        onStopped: root.stopped()
    }

    EmptyState {
        width: parent.width
        iconName: root.iconName
        title: root.title
        text: root.text
        actionText: root.actionText
        visible: !root.isReading

        onAction: root.action()
    }
}
