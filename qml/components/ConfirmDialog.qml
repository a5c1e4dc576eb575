// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Asks before something that cannot be taken back. Says what will happen; the cautious answer has the keyboard.
import QtQuick
import Hezhang.Ui

AppDialog {
    id: root

    required property string text
    property string subject // whom or what it is about, where the title may mean several

    acceptVariant: "danger"
    iconName: "warning"
    iconTone: "bad"

    AppText {
        width: parent ? parent.width : implicitWidth
        text: root.subject
        size: Style.sizeSmall
        muted: true
        visible: text !== ""
    }

    AppText {
        width: parent ? parent.width : implicitWidth
        text: root.text
    }
}
