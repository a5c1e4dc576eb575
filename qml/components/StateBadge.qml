// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A state in word, icon and colour. kind is a word of States.qml; detail stands behind it ("3 days").
import QtQuick
import Hezhang.Ui

Badge {
    required property string kind
    property string detail

    text: detail === "" ? States.word(kind) : States.word(kind) + " · " + detail
    tone: States.tone(kind)
    iconName: States.icon(kind)
    visible: kind !== ""
}
