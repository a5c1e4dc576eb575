// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A small number on an icon: how many wait there. Nothing at zero.
import QtQuick
import Hezhang.Ui

Rectangle {
    property int count: 0
    property string tone: "bad"

    width: Math.max(height, number.implicitWidth + 10)
    height: number.implicitHeight + 2
    radius: height / 2
    color: tone === "bad" ? Style.danger : Style.toneText(tone)
    visible: count > 0

    AppText {
        id: number

        anchors.centerIn: parent
        text: parent.count > 99 ? "99+" : parent.count
        size: Math.round(Style.sizeCaption * 0.86)
        strong: true
        color: Style.inkOnDanger
        lineHeight: 1
        Accessible.ignored: true
    }
}
