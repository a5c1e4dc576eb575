// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The frame of the window: places at the left or at the foot, by width; the page is its child and fills the rest.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    required property var places
    property string current
    property string heading
    property alias railFoot: rail.foot
    property bool bare: false // no places: before there is a home
    readonly property bool besides: Style.desktop
    default property alias page: holder.data

    signal picked(string place)

    NavRail {
        id: rail

        height: parent.height
        model: root.places
        current: root.current
        heading: root.heading
        visible: root.besides && !root.bare

        onPicked: place => root.picked(place)
    }

    Item {
        id: holder

        x: rail.visible ? rail.width : 0
        width: root.width - x
        height: root.height - (bar.visible ? bar.height : 0)
    }

    BottomBar {
        id: bar

        width: parent.width
        height: implicitHeight
        anchors.bottom: parent.bottom
        model: root.places
        current: root.current
        visible: !root.besides && !root.bare

        onPicked: place => root.picked(place)
    }
}
