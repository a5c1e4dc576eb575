// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The box of an input: line, corners, and how it shows focus, errors and being out of use.
import QtQuick
import Hezhang.Ui

Rectangle {
    property bool focused: false
    property bool wrong: false
    property bool usable: true

    radius: Style.radius
    color: usable ? Style.surface : Style.surfaceSunken
    border.width: focused || wrong ? 2 : 1
    border.color: focused ? Style.focus : wrong ? Style.badText : usable ? Style.lineStrong : Style.line
}
