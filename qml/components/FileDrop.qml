// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Lies over a page and takes a file or a text that is dropped on it.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    signal fileDropped(url file)
    signal textDropped(string text)

    Rectangle {
        anchors.fill: parent
        color: Style.accentSoft
        opacity: 0.85
        visible: drop.containsDrag

        AppText {
            anchors.centerIn: parent
            text: qsTr("Drop the document here")
            size: Style.sizeTitle
            strong: true
        }
    }

    DropArea {
        id: drop

        anchors.fill: parent
        enabled: root.enabled

        onDropped: event => {
            if (event.hasUrls)
                root.fileDropped(event.urls[0]);
            else if (event.hasText)
                root.textDropped(event.text);
        }
    }
}
