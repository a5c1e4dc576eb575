// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A button with words. variant: "primary" (one on a page), "secondary", "quiet", "danger". While busy it shows so and takes no click.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Button {
    id: root

    property string variant: "secondary"
    property string iconName
    property bool busy: false
    readonly property color resting: variant === "quiet" ? "transparent" : Style.surface
    readonly property bool filled: variant === "primary" || variant === "danger"
    property color ink: {
        if (!enabled)
            return Style.textDisabled;
        if (filled)
            return variant === "danger" ? Style.inkOnDanger : Style.inkOnAccent;
        return Style.accent;
    }

    // Not the text's implicitWidth: a text that wraps may change it while it is asked for.
    readonly property real wordsWidth: Math.ceil(metrics.advanceWidth) + 2

    implicitWidth: Math.max(variant === "quiet" ? Style.target : 88, Math.ceil(root.wordsWidth + label.around) + leftPadding + rightPadding)
    implicitHeight: Math.max(Style.control, label.implicitHeight + 2 * Style.space2)
    leftPadding: variant === "quiet" ? Style.space3 : Style.space4 + 2
    rightPadding: leftPadding
    focusPolicy: Qt.StrongFocus
    opacity: busy ? 0.85 : 1
    Accessible.role: Accessible.Button
    Accessible.name: busy ? qsTr("%1, please wait").arg(text) : text

    Keys.onReturnPressed: if (!root.busy) root.clicked()
    Keys.onEnterPressed: if (!root.busy) root.clicked()
    Keys.onSpacePressed: event => event.accepted = root.busy

    background: Rectangle {
        radius: Style.radius
        color: {
            if (!root.filled)
                return root.down ? Style.surfacePressed : root.hovered || root.highlighted ? Style.surfaceHover : root.resting;
            if (!root.enabled)
                return Style.neutralSoft;
            if (root.variant === "danger")
                return root.hovered || root.down ? Style.dangerHover : Style.danger;
            return root.down ? Style.accentPressed : root.hovered ? Style.accentHover : Style.accent;
        }
        border.width: root.variant === "secondary" ? 1 : 0
        border.color: root.enabled ? Style.lineStrong : Style.line

        FocusRing {
            shown: root.visualFocus
        }
    }

    contentItem: Item {
        implicitWidth: Math.ceil(root.wordsWidth + label.around)
        implicitHeight: label.implicitHeight

        Row {
            id: label

            readonly property real around: mark.visible ? mark.width + spacing : 0

            anchors.centerIn: parent
            spacing: Style.space2

            Icon {
                id: mark

                anchors.verticalCenter: parent.verticalCenter
                name: root.busy ? "spinner" : root.iconName
                color: root.ink
                spinning: root.busy
            }

            AppText {
                id: words

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(root.wordsWidth, Math.max(24, root.availableWidth - label.around))
                text: root.text
                strong: true
                color: root.ink
                horizontalAlignment: Text.AlignHCenter
                Accessible.ignored: true
            }
        }
    }

    TextMetrics {
        id: metrics

        font: words.font
        text: root.text
    }

    MouseArea {
        anchors.fill: parent
        enabled: root.busy
        cursorShape: Qt.BusyCursor
    }
}
