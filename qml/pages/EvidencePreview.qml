// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A small picture of a file of evidence; nothing where there is none.
import QtQuick
import Hezhang.Ui

Image {
    width: 2 * Style.target
    height: Style.target
    sourceSize.height: 2 * Style.target
    fillMode: Image.PreserveAspectFit
    horizontalAlignment: Image.AlignLeft
    asynchronous: true
    visible: status === Image.Ready
    Accessible.ignored: true
}
