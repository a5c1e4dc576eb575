// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A filter that is on or off, or (removable) a filter that is set.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Button {
    id: root

    property string iconName
    property int count: -1
    property bool removable: false

    implicitWidth: Math.max(Style.target, row.implicitWidth + leftPadding + rightPadding)
    implicitHeight: Style.target
    leftPadding: Style.space3
    rightPadding: Style.space3
    checkable: !removable
    focusPolicy: Qt.StrongFocus
    Accessible.role: removable ? Accessible.Button : Accessible.CheckBox
    Accessible.name: removable ? qsTr("Remove filter %1").arg(text) : text
    Accessible.checkable: checkable
    Accessible.checked: checked

    // The shape is lower than the target: chips stand close, fingers are wide.
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: 5
            anchors.bottomMargin: 5
            radius: height / 2
            color: root.checked || root.removable ? Style.accentSoft : root.hovered ? Style.surfaceHover : Style.surface
            border.width: 1
            border.color: !root.enabled ? Style.line : root.checked || root.removable ? Style.accent : Style.lineStrong

            FocusRing {
                shown: root.visualFocus
                radius: height / 2
            }
        }
    }

    contentItem: Item {
        implicitWidth: row.implicitWidth

        Row {
            id: row

            anchors.centerIn: parent
            spacing: Style.space1 + 2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.checked && root.iconName === "" ? "done" : root.iconName
                size: Style.iconSmall
                color: words.color
            }

            AppText {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                text: root.text
                size: Style.sizeSmall
                strong: root.checked || root.removable
                color: !root.enabled ? Style.textDisabled : root.checked || root.removable ? Style.accent : Style.text
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }

            AppText {
                anchors.verticalCenter: parent.verticalCenter
                text: root.count
                size: Style.sizeSmall
                color: words.color
                visible: root.count >= 0
                Accessible.ignored: true
            }

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: root.removable ? "close" : ""
                size: Style.iconSmall
                color: words.color
            }
        }
    }
}
