// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every keyboard shortcut of the program.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Page {
    id: root

    // {keys, what}
    required property var shortcuts
    readonly property bool isReady: true

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Keyboard shortcuts")
        canGoBack: true

        onBack: root.back()
    }

    PageScroll {
        anchors.fill: parent

        Card {
            width: parent.width

            Repeater {
                model: root.shortcuts

                FieldRow {
                    required property var modelData

                    width: parent ? parent.width : 320
                    label: modelData.what
                    value: modelData.keys
                }
            }
        }
    }
}
