// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Who, of which unit, when, on what: one line of facts without a picture of anybody. Empty facts are left out.
import QtQuick
import Hezhang.Ui

Flow {
    id: root

    property string person
    property string unit
    property string time
    property string device
    property bool strong: false

    spacing: Style.space1
    width: parent ? parent.width : implicitWidth
    Accessible.role: Accessible.StaticText
    Accessible.name: States.sentence([person, unit, time, device])

    component Fact: Row {
        id: fact

        required property string iconName
        required property string words
        required property real room
        property bool heavy: false

        spacing: 4
        rightPadding: Style.space2
        visible: words !== ""

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: fact.iconName
            size: Style.iconSmall
            color: Style.textMuted
        }

        AppText {
            width: Math.min(implicitWidth, fact.room - Style.iconSmall - 12)
            text: fact.words
            size: Style.sizeSmall
            strong: fact.heavy
            color: fact.heavy ? Style.text : Style.textMuted
            Accessible.ignored: true
        }
    }

    Fact {
        room: root.width
        iconName: "person"
        words: root.person
        heavy: root.strong
    }

    Fact {
        room: root.width
        iconName: "unit"
        words: root.unit
        heavy: root.strong
    }

    Fact {
        room: root.width
        iconName: "clock"
        words: root.time
    }

    Fact {
        room: root.width
        iconName: "device"
        words: root.device
    }
}
