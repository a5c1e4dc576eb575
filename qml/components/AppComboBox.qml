// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One of many values from a list that opens below. The model's roles are textRole and valueRole; chosen(value) on a choice.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    property alias model: box.model
    property alias textRole: box.textRole
    property alias valueRole: box.valueRole
    property alias currentIndex: box.currentIndex
    property alias currentValue: box.currentValue
    property alias box: box
    property var value // its row is shown, also when the row comes later; undefined: the box keeps what was chosen
    property string placeholder: qsTr("Choose")

    signal chosen(var value)

    function showValue(): void {
        if (root.value !== undefined)
            box.currentIndex = box.indexOfValue(root.value);
    }

    onValueChanged: showValue()

    T.ComboBox {
        id: box

        width: root.width
        implicitHeight: Math.max(Style.control, words.implicitHeight + 2 * Style.space2)
        height: implicitHeight
        leftPadding: Style.space3
        rightPadding: Style.icon + 2 * Style.space3
        focusPolicy: Qt.StrongFocus
        Accessible.role: Accessible.ComboBox
        Accessible.name: root.spoken
        Accessible.description: displayText

        onActivated: root.chosen(currentValue)
        onCountChanged: root.showValue()
        onModelChanged: root.showValue()

        background: InputBox {
            focused: box.activeFocus
            wrong: root.error !== ""
            usable: box.enabled
            color: box.hovered && box.enabled ? Style.surfaceHover : box.enabled ? Style.surface : Style.surfaceSunken
        }

        indicator: Icon {
            x: box.width - width - Style.space3
            anchors.verticalCenter: parent.verticalCenter
            name: "chevron-down"
            color: box.enabled ? Style.textMuted : Style.textDisabled
        }

        contentItem: AppText {
            id: words

            text: box.currentIndex < 0 ? root.placeholder : box.displayText
            muted: box.currentIndex < 0
            maximumLineCount: 2
            elide: Text.ElideRight
            lineHeight: 1.05
            verticalAlignment: Text.AlignVCenter
            Accessible.ignored: true
        }

        delegate: T.ItemDelegate {
            id: entry

            required property int index

            width: ListView.view.width
            height: Math.max(Style.target, entryWords.implicitHeight + 2 * Style.space2)
            leftPadding: Style.space3
            rightPadding: Style.space3
            text: box.textAt(index)
            highlighted: box.highlightedIndex === index
            Accessible.role: Accessible.ListItem
            Accessible.name: text

            background: Rectangle {
                color: entry.highlighted ? Style.accentSoft : "transparent"
            }

            contentItem: Item {
                AppText {
                    id: entryWords

                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - Style.icon
                    text: entry.text
                    strong: box.currentIndex === entry.index
                    lineHeight: 1.05
                    Accessible.ignored: true
                }

                Icon {
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    name: box.currentIndex === entry.index ? "done" : ""
                    size: Style.iconSmall
                    color: Style.accent
                }
            }
        }

        popup: T.Popup {
            y: box.height + Style.space1
            width: box.width
            height: Math.min(contentItem.implicitHeight + 2 * padding, 7 * Style.target)
            margins: Style.space2
            padding: Style.space1

            background: Rectangle {
                radius: Style.radius
                color: Style.surface
                border.color: Style.lineStrong
            }

            contentItem: ListView {
                implicitHeight: contentHeight
                clip: true
                model: box.delegateModel
                currentIndex: box.highlightedIndex
                boundsBehavior: Flickable.StopAtBounds

                T.ScrollBar.vertical: AppScrollBar {}
            }
        }
    }
}
