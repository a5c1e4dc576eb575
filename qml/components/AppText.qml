// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every text on screen: plain (what people wrote is never markup), in our colours, wrapping.
import QtQuick
import Hezhang.Ui

Text {
    property int size: Style.sizeBody
    property bool strong: false
    property bool muted: false

    color: enabled ? (muted ? Style.textMuted : Style.text) : Style.textDisabled
    font.family: Style.fontFamily
    font.pixelSize: size
    font.weight: strong ? Font.DemiBold : Font.Normal
    lineHeight: 1.16
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    Accessible.role: Accessible.StaticText
    Accessible.name: text
}
