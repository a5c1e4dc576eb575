// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A search box: magnifier, clear button, Escape empties it.
import QtQuick
import Hezhang.Ui

AppTextField {
    id: root

    iconName: "search"
    clearable: true
    placeholder: qsTr("Search")

    Keys.onEscapePressed: event => {
        event.accepted = root.text !== "";
        root.input.clear();
        root.edited("");
    }
}
