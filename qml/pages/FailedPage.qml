// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The home cannot be opened: what is wrong, and what to do.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property AppSession session
    readonly property bool isReady: true

    title: session.errorWhat

    EmptyState {
        anchors.centerIn: parent
        width: Math.min(parent.width, 560)
        iconName: "error"
        title: root.session.errorWhat
        text: root.session.errorNext
        actionText: root.session.isEnded ? qsTr("Enter an invitation") : qsTr("Try again")

        onAction: root.session.open(root.session.folder)
    }
}
