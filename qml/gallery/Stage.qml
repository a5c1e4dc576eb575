// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The bare window of the pictures: one story, nothing around it.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.ApplicationWindow {
    id: root

    property string story
    property bool dark: false
    property bool large: false
    readonly property real storyHeight: loader.item ? (loader.item as Item).implicitHeight : 0

    width: 800
    height: 600
    color: Style.page

    Component.onCompleted: Style.motion = false

    Binding {
        target: Style
        property: "windowWidth"
        value: root.width
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

    Loader {
        id: loader

        anchors.fill: parent
        source: root.story === "" ? "" : "stories/" + root.story + "Story.qml"
    }
}
