// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the marks of DiffText mean.
import QtQuick
import Hezhang.Ui

Flow {
    spacing: Style.space4
    width: parent ? parent.width : implicitWidth

    AppText {
        text: qsTr("added")
        size: Style.sizeCaption
        color: Style.goodText
        font.underline: true
    }

    AppText {
        text: qsTr("left out")
        size: Style.sizeCaption
        color: Style.badText
        font.strikeout: true
    }
}
