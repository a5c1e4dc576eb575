// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A whole number with steps on both sides: a percent, a count. edited(value) for each change by the person.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    property alias value: box.value
    property alias from: box.from
    property alias to: box.to
    property alias stepSize: box.stepSize
    property string suffix

    signal edited(int value)

    T.SpinBox {
        id: box

        width: Math.min(root.width, Math.round(176 * Style.textScale) + 40)
        implicitHeight: Style.control
        height: implicitHeight
        leftPadding: down.indicator.width
        rightPadding: up.indicator.width
        from: 0
        to: 100
        editable: true
        textFromValue: value => String(value)
        Accessible.role: Accessible.SpinBox
        Accessible.name: root.spoken
        Accessible.onIncreaseAction: box.increase()
        Accessible.onDecreaseAction: box.decrease()

        onValueModified: root.edited(value)

        background: InputBox {
            focused: box.activeFocus
            wrong: root.error !== ""
            usable: box.enabled
        }

        // Qt reads the text of this very item when typing ends.
        contentItem: TextInput {
            id: digits

            text: box.displayText
            color: box.enabled ? Style.text : Style.textDisabled
            font.family: Style.fontFamily
            font.pixelSize: Style.sizeBody
            font.weight: Font.DemiBold
            selectionColor: Style.accent
            selectedTextColor: Style.inkOnAccent
            selectByMouse: true
            horizontalAlignment: TextInput.AlignHCenter
            verticalAlignment: TextInput.AlignVCenter
            readOnly: !box.editable
            validator: box.validator
            inputMethodHints: Qt.ImhDigitsOnly
            Accessible.role: Accessible.EditableText
            Accessible.name: root.spoken

            AppText {
                x: (parent.width + digits.contentWidth) / 2 + 3
                anchors.verticalCenter: parent.verticalCenter
                text: root.suffix
                muted: true
                lineHeight: 1
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }

        down.indicator: StepMark {
            iconName: "remove"
            held: box.down.pressed
            usable: box.value > box.from && box.enabled
        }

        up.indicator: StepMark {
            x: box.width - width
            iconName: "add"
            held: box.up.pressed
            usable: box.value < box.to && box.enabled
        }
    }

    component StepMark: Item {
        id: mark

        required property string iconName
        property bool held: false
        property bool usable: true

        width: Style.control
        height: Style.control

        Rectangle {
            anchors.fill: parent
            anchors.margins: 5
            radius: Style.radiusSmall
            color: mark.held ? Style.surfacePressed : Style.surfaceSunken
        }

        Icon {
            anchors.centerIn: parent
            name: mark.iconName
            color: mark.usable ? Style.accent : Style.textDisabled
        }
    }
}
