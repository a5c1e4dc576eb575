// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A word about what just happened, at the foot of the window, with a way back ("Undo"). Stays while the pointer or the keyboard is on it.
import QtQuick
import Hezhang.Ui

Rectangle {
    id: root

    property string text
    property string actionText
    property bool shown: false
    property int showFor: 7000

    signal action

    function show(words: string, wayBack: string): void {
        text = words;
        actionText = wayBack;
        shown = true;
        timer.restart();
    }

    width: Math.min(row.implicitWidth + Style.space4 + (button.visible ? Style.space2 : Style.space4), parent ? parent.width - 2 * Style.space3 : 480)
    height: Math.max(Style.target + 4, words.implicitHeight + 2 * Style.space3)
    anchors.horizontalCenter: parent ? parent.horizontalCenter : undefined
    radius: Style.radius
    color: Style.dark ? "#E8EDEE" : "#22303A"
    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Behavior on opacity {
        NumberAnimation {
            duration: Style.normal
        }
    }

    Timer {
        id: timer

        interval: root.showFor
        running: root.shown && !button.activeFocus && !hover.hovered
        onTriggered: root.shown = false
    }

    HoverHandler {
        id: hover
    }

    Row {
        id: row

        x: Style.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.space3

        AppText {
            id: words

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, (root.parent ? root.parent.width : 480) - 3 * Style.space4 - (button.visible ? button.width + Style.space3 : 0))
            text: root.text
            color: Style.dark ? "#1C2327" : "#F4F6F6"
            Accessible.ignored: true
        }

        AppButton {
            id: button

            anchors.verticalCenter: parent.verticalCenter
            text: root.actionText
            variant: "quiet"
            ink: Style.dark ? "#16606C" : "#8FD4DD"
            visible: text !== ""

            onClicked: {
                root.shown = false;
                root.action();
            }
        }
    }
}
