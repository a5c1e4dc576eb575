// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One of a few answers, all of them visible: yes / no / not applicable, or the status of a task. options holds the values; each is
// called and drawn as States.qml says. chosen(value) on a choice; the owner sets value. Falls into several rows where it is narrow.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    required property var options
    property string value
    readonly property real cellMin: Math.round((options.length > 3 ? 122 : 96) * Style.textScale)
    readonly property int columns: {
        const most = Math.max(1, Math.min(options.length, Math.floor((width + Style.space2) / (cellMin + Style.space2))));
        const even = Math.ceil(options.length / Math.ceil(options.length / most));
        return even < options.length && options.length < 4 ? 1 : even;
    }

    signal chosen(string value)

    Flow {
        width: root.width
        spacing: Style.space2
        Accessible.role: Accessible.Grouping
        Accessible.name: root.spoken

        Repeater {
            id: cells

            model: root.options

            // Radio buttons for a screen reader; the owner alone sets which is checked.
            T.RadioButton {
                id: cell

                required property string modelData
                required property int index
                readonly property bool alone: index === cells.count - 1 && index % root.columns === 0
                readonly property string tone: States.tone(modelData) === "neutral" ? "accent" : States.tone(modelData)

                function move(step: int): void {
                    const next = cells.itemAt((index + step + cells.count) % cells.count) as T.RadioButton;
                    next.forceActiveFocus(Qt.TabFocusReason);
                    next.clicked();
                }

                width: alone ? root.width : Math.floor((root.width - (root.columns - 1) * Style.space2) / root.columns)
                height: Math.max(Style.control, words.implicitHeight + 2 * Style.space2)
                text: States.word(modelData)
                checked: root.value === modelData
                checkable: false
                autoExclusive: false
                // One stop for Tab, as in every group of radio buttons; the arrows go from one to the next.
                focusPolicy: checked || activeFocus || (index === 0 && root.options.indexOf(root.value) < 0) ? Qt.StrongFocus : Qt.ClickFocus
                Accessible.role: Accessible.RadioButton
                Accessible.name: text
                Accessible.checkable: true
                Accessible.checked: checked

                Keys.onReturnPressed: root.chosen(modelData)
                Keys.onEnterPressed: root.chosen(modelData)
                onClicked: root.chosen(modelData)
                Keys.onLeftPressed: move(-1)
                Keys.onUpPressed: move(-1)
                Keys.onRightPressed: move(1)
                Keys.onDownPressed: move(1)

                background: Rectangle {
                    radius: Style.radius
                    color: cell.checked ? Style.toneSoft(cell.enabled ? cell.tone : "neutral") : cell.hovered ? Style.surfaceHover : Style.surface
                    border.width: cell.checked ? 2 : 1
                    border.color: !cell.enabled ? (cell.checked ? Style.textMuted : Style.line) : cell.checked ? Style.toneText(cell.tone) : Style.lineStrong

                    FocusRing {
                        shown: cell.visualFocus
                    }
                }

                contentItem: Item {
                    Row {
                        anchors.centerIn: parent
                        spacing: Style.space2

                        Icon {
                            anchors.verticalCenter: parent.verticalCenter
                            name: States.icon(cell.modelData)
                            color: words.color
                        }

                        AppText {
                            id: words

                            anchors.verticalCenter: parent.verticalCenter
                            width: Math.min(implicitWidth, cell.width - Style.icon - 3 * Style.space2)
                            text: cell.text
                            strong: cell.checked
                            // What is chosen is to be read also where it cannot be changed.
                            color: !cell.enabled ? (cell.checked ? Style.textMuted : Style.textDisabled) : cell.checked ? Style.toneText(cell.tone) : Style.text
                            lineHeight: 1.05
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    }
}
