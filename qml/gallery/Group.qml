// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Some components of one kind, flowing, under a small heading.
import QtQuick
import Hezhang.Ui

Column {
    id: root

    required property string title
    default property alias content: flow.data

    width: parent ? parent.width : implicitWidth
    spacing: Style.space3

    AppText {
        text: root.title
        size: Style.sizeSmall
        muted: true
        strong: true
    }

    Flow {
        id: flow

        width: root.width
        spacing: Style.space3
    }
}
