// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One of the values in a conflict: who wrote it, for which unit, when, on what, and its text with what differs marked. A press asks to
// choose it; the owner sets checked.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.RadioButton {
    id: root

    required property string heading
    required property var runs
    property string person
    property string unit
    property string time
    property string device
    property string seen
    property bool shownNow: false
    property bool choosable: true

    implicitWidth: 320
    implicitHeight: column.implicitHeight + 2 * Style.space4
    width: parent ? parent.width : implicitWidth
    padding: Style.space4
    text: heading
    enabled: choosable
    checkable: false
    autoExclusive: false
    focusPolicy: choosable ? Qt.StrongFocus : Qt.NoFocus
    Accessible.role: choosable ? Accessible.RadioButton : Accessible.Grouping
    Accessible.name: States.sentence([heading, person, unit, time, shownNow ? badge.text : ""])
    Accessible.checkable: choosable
    Accessible.checked: checked

    Keys.onReturnPressed: root.clicked()

    background: Rectangle {
        radius: Style.radiusLarge
        color: root.checked ? Style.accentSoft : root.hovered && root.choosable ? Style.surfaceHover : root.choosable ? Style.surface : Style.surfaceSunken
        border.width: root.checked ? 2 : 1
        border.color: root.checked ? Style.accent : root.choosable ? Style.lineStrong : Style.line

        FocusRing {
            shown: root.visualFocus
            radius: Style.radiusLarge + 3
        }
    }

    contentItem: Item {
        Rectangle {
            id: mark

            y: Math.max(0, (title.height - height) / 2)
            width: Style.icon
            height: width
            radius: width / 2
            color: "transparent"
            border.width: 2
            border.color: root.checked ? Style.accent : Style.lineStrong
            visible: root.choosable

            Rectangle {
                anchors.centerIn: parent
                width: parent.width / 2
                height: width
                radius: width / 2
                color: Style.accent
                visible: root.checked
            }
        }

        Column {
            id: column

            x: root.choosable ? mark.width + Style.space3 : 0
            width: parent.width - x
            spacing: Style.space2

            Flow {
                width: parent.width
                spacing: Style.space2

                AppText {
                    id: title

                    width: Math.min(implicitWidth, parent.width)
                    text: root.heading
                    color: Style.text
                    strong: true
                    Accessible.ignored: true
                }

                Badge {
                    id: badge

                    text: qsTr("Shown now")
                    tone: "accent"
                    iconName: "eye"
                    visible: root.shownNow
                }
            }

            PersonLine {
                person: root.person
                unit: root.unit
                time: root.time
                device: root.device
                visible: root.person !== "" || root.unit !== ""
            }

            DiffText {
                width: parent.width
                runs: root.runs
            }

            AppText {
                width: parent.width
                text: root.seen
                size: Style.sizeCaption
                color: Style.textMuted
                visible: text !== ""
            }
        }
    }
}
