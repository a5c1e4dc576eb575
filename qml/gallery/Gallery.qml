// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The gallery's window: the stories, and switches for everything a person can set.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import Hezhang.Ui
import Hezhang.Gallery

T.ApplicationWindow {
    id: root

    required property var names
    property string story: names[0]
    property bool dark: false
    property bool large: false

    width: 1280
    height: 800
    visible: true
    color: Style.page
    title: "Hezhang gallery"

    Binding {
        target: Style
        property: "windowWidth"
        value: loader.width
    }

    Binding {
        target: Style
        property: "dark"
        value: root.dark
    }

    Binding {
        target: Style
        property: "textScale"
        value: root.large ? Style.textScaleLarge : 1
    }

    RowLayout {
        anchors.fill: parent
        spacing: 0

        ColumnLayout {
            Layout.fillWidth: false
            Layout.preferredWidth: 220
            Layout.maximumWidth: 220
            Layout.fillHeight: true
            spacing: 0

            AppSwitch {
                Layout.fillWidth: true
                Layout.margins: Style.space2
                text: "Dark"
                checked: root.dark
                onToggled: root.dark = checked
            }

            AppSwitch {
                Layout.fillWidth: true
                Layout.margins: Style.space2
                text: "Large text"
                checked: root.large
                onToggled: root.large = checked
            }

            AppSwitch {
                Layout.fillWidth: true
                Layout.margins: Style.space2
                text: "English"
                checked: !Demo.zh
                onToggled: Qt.uiLanguage = checked ? "en" : "zh_CN"
            }

            ListView {
                Layout.fillWidth: true
                Layout.fillHeight: true
                clip: true
                model: root.names
                delegate: ListRow {
                    required property string modelData

                    title: modelData
                    opens: false
                    current: root.story === modelData

                    onClicked: root.story = modelData
                }
            }
        }

        Loader {
            id: loader

            Layout.fillWidth: true
            Layout.fillHeight: true
            clip: true
            source: "stories/" + root.story + "Story.qml"
        }
    }
}
