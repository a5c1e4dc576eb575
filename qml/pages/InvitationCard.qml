// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An invitation that stands: who it is for, the QR picture, the code in groups, until when, and ways to hand it over.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property InvitationModel model

    signal saveWanted

    spacing: Style.space4

    // The form is gone, and with it what had the keyboard.
    onVisibleChanged: if (visible)
        save.forceActiveFocus()

    Card {
        width: parent.width

        AppText {
            width: parent.width
            text: root.model.forText
            size: Style.sizeTitle
            strong: true
            horizontalAlignment: Text.AlignHCenter
            Accessible.role: Accessible.Heading
        }

        // White in the dark too: readers look for dark on light. A module is a whole number of pixels, so that its edges are sharp.
        Image {
            readonly property int room: Math.min(parent.width, Math.round(320 * Style.textScale))
            readonly property int modulePixels: Math.max(2, Math.floor(room / Math.max(1, root.model.pictureModules)))

            anchors.horizontalCenter: parent.horizontalCenter
            width: root.model.pictureModules * modulePixels
            height: width
            source: root.model.picture
            cache: false
            smooth: false
            fillMode: Image.PreserveAspectFit
            Accessible.role: Accessible.Graphic
            Accessible.name: qsTr("QR code of the invitation")
        }

        // Four in a line, or two and two.
        Grid {
            readonly property real four: 4 * (group.width + 2 * Style.space3) + 3 * Style.space2

            anchors.horizontalCenter: parent.horizontalCenter
            columns: parent.width < four ? 2 : 4
            spacing: Style.space2
            Accessible.role: Accessible.StaticText
            Accessible.name: root.model.code

            TextMetrics {
                id: group

                font.family: Style.fontFamilyMono
                font.pixelSize: Style.sizeHeading
                font.weight: Font.DemiBold
                text: "0000"
            }

            Repeater {
                model: root.model.groups

                Rectangle {
                    id: box

                    required property string modelData

                    width: group.width + 2 * Style.space3
                    height: letters.implicitHeight + Style.space3
                    radius: Style.radiusSmall
                    color: Style.surfaceSunken

                    AppText {
                        id: letters

                        anchors.centerIn: parent
                        text: box.modelData
                        font.family: Style.fontFamilyMono
                        size: Style.sizeHeading
                        strong: true
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }
                }
            }
        }

        AppText {
            width: parent.width
            text: root.model.untilText
            horizontalAlignment: Text.AlignHCenter
        }

        AppText {
            width: parent.width
            text: root.model.address
            size: Style.sizeSmall
            muted: true
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.WrapAnywhere
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space3

        AppButton {
            id: save

            text: qsTr("Save as a picture")
            variant: "primary"
            iconName: "photo"

            onClicked: root.saveWanted()
        }

        AppButton {
            text: qsTr("Copy all")

            onClicked: root.model.copyLine()
        }

        AppButton {
            text: qsTr("Copy the code")

            onClicked: root.model.copyCode()
        }

        AppButton {
            text: qsTr("Invite another person")
            variant: "quiet"

            onClicked: root.model.startAnew()
        }
    }

    AppText {
        width: parent.width
        text: qsTr("On the new device the person opens Hezhang, then types address and code, or reads the picture. Give it to nobody else; the code is shown here only, and is gone when you leave this page.")
        size: Style.sizeSmall
        muted: true
    }
}
