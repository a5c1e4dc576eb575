// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A small label. tone: neutral, accent, info, good, warn, bad, conflict.
import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    required property string text
    property string tone: "neutral"
    property string iconName

    implicitWidth: row.implicitWidth + 2 * Style.space2
    implicitHeight: words.implicitHeight + 6
    radius: Style.radiusSmall
    color: Style.toneSoft(tone)
    Accessible.role: Accessible.StaticText
    Accessible.name: text

    Row {
        id: row

        x: Style.space2
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.space1 + 1

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: root.iconName
            size: Style.iconSmall
            color: words.color
        }

        AppText {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            size: Style.sizeCaption
            strong: true
            color: Style.toneText(root.tone)
            lineHeight: 1.05
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
