// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The home cannot be opened: what is wrong, and what to do.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Page {
    id: root

    required property string what
    required property string next
    readonly property bool isReady: true

    signal retry

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 560)
        iconName: "error"
        title: root.what
        text: root.next
        actionText: qsTr("Try again")

        onAction: root.retry()
    }
}
