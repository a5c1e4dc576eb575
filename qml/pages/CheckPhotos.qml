// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The photos of a check that is being written: seen, added, taken away.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property EvidenceListModel photos

    signal addAsked
    signal removeAsked(string key)

    spacing: Style.space4

    SectionHeader {
        width: parent.width
        title: qsTr("Photos")
        count: root.photos.count
        actionText: qsTr("Add a photo")

        onAction: root.addAsked()
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        Repeater {
            model: root.photos

            Rectangle {
                id: photo

                required property int index
                required property string name
                required property url source

                width: 132
                height: 132
                radius: Style.radius
                color: Style.surfaceSunken
                clip: true

                Image {
                    anchors.fill: parent
                    source: photo.source
                    sourceSize.width: 264
                    fillMode: Image.PreserveAspectCrop
                    asynchronous: true
                    Accessible.name: photo.name
                    Accessible.role: Accessible.Graphic
                }

                Rectangle {
                    anchors.right: parent.right
                    anchors.top: parent.top
                    width: Style.target
                    height: Style.target
                    radius: Style.radius
                    color: Style.surface

                    IconButton {
                        anchors.fill: parent
                        iconName: "delete"
                        text: qsTr("Remove photo %1").arg(photo.index + 1)

                        onClicked: root.removeAsked(root.photos.keyAt(photo.index))
                    }
                }
            }
        }
    }

    AppText {
        width: parent.width
        text: qsTr("Photos are made smaller; where they were taken is left out.")
        size: Style.sizeCaption
        muted: true
    }
}
