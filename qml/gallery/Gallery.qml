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

    signal languageWanted(string language)

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

        ListView {
            Layout.preferredWidth: 220
            Layout.fillHeight: true
            clip: true
            model: root.names
            header: Column {
                padding: Style.space2

                AppSwitch {
                    width: 200
                    text: "Dark"
                    checked: root.dark
                    onToggled: root.dark = checked
                }

                AppSwitch {
                    width: 200
                    text: "Large text"
                    checked: root.large
                    onToggled: root.large = checked
                }

                AppSwitch {
                    width: 200
                    text: "English"
                    checked: !Demo.zh
                    onToggled: root.languageWanted(checked ? "en" : "zh_CN")
                }
            }
            delegate: AppButton {
                required property string modelData

                width: 220
                variant: "quiet"
                highlighted: root.story === modelData
                text: modelData

                onClicked: root.story = modelData
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
