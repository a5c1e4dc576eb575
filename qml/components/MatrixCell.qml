// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One cell of the matrix: a state as icon and colour, its word for whoever asks. A press drills down.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Button {
    id: root

    required property string kind
    property string place
    property string detail // stands beside the icon
    property bool current: false
    readonly property string spoken: States.sentence([place, text])

    implicitWidth: 96
    implicitHeight: Style.target
    focusPolicy: Qt.StrongFocus
    text: kind === "" ? qsTr("No task") : detail === "" ? States.word(kind) : States.word(kind) + " · " + detail
    enabled: kind !== ""
    Accessible.role: Accessible.Cell
    Accessible.name: spoken

    Keys.onReturnPressed: root.clicked()

    background: Rectangle {
        color: root.kind === "" ? Style.surfaceSunken : Style.surface

        GridLines {}

        Rectangle {
            anchors.fill: parent
            anchors.margins: 5
            radius: Style.radiusSmall
            color: Style.toneSoft(States.tone(root.kind))
            border.width: root.hovered || root.current ? 2 : 0
            border.color: Style.toneText(States.tone(root.kind))
            visible: root.kind !== ""
        }

        FocusRing {
            shown: root.visualFocus
            inset: 1
        }
    }

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: Style.space1

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.kind === "" ? "" : States.icon(root.kind)
                color: Style.toneText(States.tone(root.kind))
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.detail
                size: Style.sizeSmall
                strong: true
                color: Style.toneText(States.tone(root.kind))
                wrapMode: Text.NoWrap
                visible: text !== ""
                Accessible.ignored: true
            }
        }
    }

    onHoveredChanged: {
        if (hovered)
            tip.setSource(Qt.resolvedUrl("HoverTip.qml"), {"text": root.spoken, "shown": true});
        else
            tip.source = "";
    }

    // A table has hundreds of cells and one pointer. Not sourceComponent: Qt 6.4 does not make a bound component later than its table.
    Loader {
        id: tip

        anchors.fill: parent
    }
}
