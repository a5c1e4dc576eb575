// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A place of the program in the rail or the bar.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

// A tab for a screen reader; the owner alone sets which is checked.
T.TabButton {
    id: root

    required property string iconName
    required property int count // a role of the model, so it has to be asked for
    property bool wide: false
    readonly property color ink: checked ? Style.accent : Style.textMuted

    implicitWidth: wide ? 212 : 80
    implicitHeight: wide ? Math.max(Style.target, words.implicitHeight + 2 * Style.space2) : Math.max(60, Style.icon + words.implicitHeight + 18)
    focusPolicy: Qt.StrongFocus
    checkable: false
    autoExclusive: false
    Accessible.role: Accessible.PageTab
    Accessible.name: count > 0 ? qsTr("%1, %n waiting", "", count).arg(text) : text
    Accessible.selected: checked

    Keys.onReturnPressed: root.clicked()
    Keys.onEnterPressed: root.clicked()

    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.margins: 2
            radius: Style.radius
            color: root.checked ? Style.accentSoft : root.hovered ? Style.surfacePressed : "transparent"
        }

        FocusRing {
            shown: root.visualFocus
            inset: 1
        }
    }

    contentItem: Item {
        Icon {
            id: mark

            x: root.wide ? Style.space3 : (parent.width - width) / 2
            y: root.wide ? (parent.height - height) / 2 : (parent.height - height - words.height - 3) / 2
            name: root.iconName
            color: root.ink
        }

        AppText {
            id: words

            x: root.wide ? mark.x + mark.width + Style.space3 : 2
            y: root.wide ? (parent.height - height) / 2 : mark.y + mark.height + 3
            width: root.wide ? parent.width - x - 40 : parent.width - 4
            text: root.text
            size: root.wide ? Style.sizeBody : Math.round(12 * (1 + (Style.textScale - 1) * 0.6))
            strong: root.checked
            color: root.wide && !root.checked ? Style.text : root.ink
            horizontalAlignment: root.wide ? Text.AlignLeft : Text.AlignHCenter
            fontSizeMode: root.wide ? Text.FixedSize : Text.HorizontalFit
            minimumPixelSize: 11
            lineHeight: 1
            wrapMode: root.wide ? Text.Wrap : Text.NoWrap
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        CountDot {
            x: root.wide ? parent.width - width - Style.space2 : mark.x + mark.width - 7
            y: root.wide ? (parent.height - height) / 2 : mark.y - 6
            count: root.count
        }
    }
}
