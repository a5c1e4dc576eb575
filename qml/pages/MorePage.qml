// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The places for which there is no room at the foot of a narrow window.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Page {
    id: root

    required property var places // of PlaceList.row()
    required property string who
    readonly property bool isReady: true

    signal picked(string place)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("More")
        subtitle: root.who
    }

    PageScroll {
        anchors.fill: parent

        Card {
            width: parent.width
            padding: Style.space1

            Column {
                width: parent.width

                Repeater {
                    model: root.places

                    ListRow {
                        required property var modelData
                        required property int index

                        width: parent ? parent.width : 0
                        title: modelData.title
                        iconName: modelData.iconName
                        divided: index + 1 < root.places.length

                        onClicked: root.picked(modelData.place)
                    }
                }
            }
        }
    }
}
