// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The places of the program at the left, on desktops and wide tablets. The model's roles: place, title, iconName, count.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    required property var model
    property string current
    property bool wide: Style.windowWidth >= 1280
    property string heading
    default property alias foot: footer.data

    signal picked(string place)

    implicitWidth: (wide ? 212 + Math.round(40 * (Style.textScale - 1)) : Math.round(88 * (1 + (Style.textScale - 1) * 0.5))) + 2 * Style.space2
    color: Style.surfaceSunken
    Accessible.role: Accessible.PageTabList
    Accessible.name: qsTr("Places")

    Rectangle {
        width: 1
        height: parent.height
        anchors.right: parent.right
        color: Style.line
    }

    Column {
        id: places

        x: Style.space2
        y: Style.space3
        width: root.width - 2 * Style.space2
        spacing: Style.space1

        Item {
            width: parent.width
            height: Math.max(56, (root.wide ? name.implicitHeight : 0) + Style.space3)

            Seal {
                id: seal

                x: root.wide ? Style.space2 : (parent.width - width) / 2
                anchors.verticalCenter: parent.verticalCenter
            }

            AppText {
                id: name

                anchors.left: seal.right
                anchors.leftMargin: Style.space3
                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                text: root.heading
                strong: true
                maximumLineCount: 2
                elide: Text.ElideRight
                lineHeight: 1.05
                visible: root.wide
            }
        }

        Repeater {
            model: root.model

            NavItem {
                required property string place
                required property string title

                width: places.width
                wide: root.wide
                text: title
                checked: root.current === place

                onClicked: root.picked(place)
            }
        }
    }

    Column {
        id: footer

        x: Style.space2
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
        width: root.width - 2 * Style.space2
    }
}
