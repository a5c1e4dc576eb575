// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A whole page (or window) as a story: pictured at the size of the window. Its child fills it.
import QtQuick
import Hezhang.Ui

Rectangle {
    color: Style.page
}
