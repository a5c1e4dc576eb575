// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A page of the gallery about components: a title and groups below it, as high as it needs to be.
import QtQuick
import Hezhang.Ui

Flickable {
    id: root

    required property string title
    default property alias content: column.data

    implicitHeight: contentHeight
    contentWidth: width
    contentHeight: column.implicitHeight + 2 * Style.gutter

    Column {
        id: column

        x: Style.gutter
        y: Style.gutter
        width: root.width - 2 * Style.gutter
        spacing: Style.space5

        AppText {
            width: parent.width
            text: root.title
            size: Style.sizeHeading
            strong: true
        }
    }
}
