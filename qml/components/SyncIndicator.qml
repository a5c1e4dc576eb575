// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How things stand with the county, always in sight: kind ("synced", "syncing", "offline", "sync-failed"), edits not sent yet, and when
// the county was last heard of, in words. A press opens the sync page.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Button {
    id: root

    required property string kind
    property int unsent: 0
    property string lastContact
    property bool compact: Style.phone
    readonly property string line: unsent > 0 ? qsTr("%n not sent", "", unsent) : lastContact

    implicitWidth: compact ? Math.max(Style.target, pair.implicitWidth + Style.space3) : pair.implicitWidth + 2 * Style.space3
    implicitHeight: Math.max(Style.target, pair.implicitHeight + Style.space2)
    leftPadding: compact ? Style.space1 : Style.space3
    focusPolicy: Qt.StrongFocus
    text: States.word(kind)
    Accessible.role: Accessible.Button
    Accessible.name: States.sentence([text, line])

    Keys.onReturnPressed: root.clicked()

    background: Rectangle {
        radius: Style.radius
        color: root.down || root.hovered ? Style.surfacePressed : "transparent"

        FocusRing {
            shown: root.visualFocus
            inset: 1
        }
    }

    contentItem: Item {
        Row {
            id: pair

            anchors.verticalCenter: parent.verticalCenter
            x: root.compact ? (parent.width - width) / 2 : 0
            spacing: Style.space2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: States.icon(root.kind)
                color: Style.toneText(States.tone(root.kind))
                spinning: root.kind === "syncing"
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.unsent
                size: Style.sizeSmall
                strong: true
                visible: root.compact && root.unsent > 0
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                visible: !root.compact

                AppText {
                    text: root.text
                    size: Style.sizeSmall
                    strong: true
                    lineHeight: 1.05
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }

                AppText {
                    text: root.line
                    size: Style.sizeCaption
                    muted: true
                    lineHeight: 1.05
                    visible: text !== ""
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
