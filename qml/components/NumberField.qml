// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A whole number with steps on both sides: a percent, a count. edited(value) for each change by the person. While it is `unfilled` no
// number is shown, and steps begin at `value`.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    property alias value: box.value
    property alias from: box.from
    property alias to: box.to
    property alias stepSize: box.stepSize
    property alias input: digits
    property string suffix
    property bool readOnly: false // is read, not changed
    property bool unfilled: false
    readonly property string heard: unfilled ? States.sentence([spoken, qsTr("not filled in")]) : spoken

    signal edited(int value)

    // Not by a key: Qt tells of those itself.
    function step(direction: int): void {
        if (direction > 0)
            box.increase();
        else
            box.decrease();
        root.edited(box.value);
    }

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
        enabled: root.enabled && !root.readOnly
        // Digits without groups, both ways: Qt's own reading warns of an empty text or a lone minus.
        textFromValue: (value, locale) => String(value)
        valueFromText: (text, locale) => {
            const typed = parseInt(text, 10);
            return isNaN(typed) ? box.value : typed;
        }
        Accessible.role: Accessible.SpinBox
        Accessible.name: root.heard
        Accessible.onIncreaseAction: root.step(1)
        Accessible.onDecreaseAction: root.step(-1)

        onValueModified: root.edited(value)

        background: InputBox {
            focused: box.activeFocus
            wrong: root.error !== ""
            usable: box.enabled
        }

        // Qt reads the text of this very item when typing ends.
        contentItem: TextInput {
            id: digits

            text: root.unfilled ? "" : box.displayText
            color: root.enabled ? Style.text : Style.textDisabled
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

            // As soon as it is typed, so that a draft has it: Qt takes the number only when the keyboard leaves.
            onTextEdited: {
                settling.stop();
                afterPress.stop();
                const typed = parseInt(text, 10);
                if (typed >= box.from && typed <= box.to)
                    root.edited(typed);
            }
            // What is typed replaces the number that stands there. Once more after a press, which sets the cursor, early or late.
            onActiveFocusChanged: {
                if (activeFocus) {
                    selectAll();
                    settling.restart();
                    afterPress.start();
                }
            }
            onSelectedTextChanged: {
                if (settling.running && selectedText !== text)
                    afterPress.start();
            }

            Timer {
                id: settling

                interval: 600
            }

            Timer {
                id: afterPress

                interval: 0
                onTriggered: digits.selectAll()
            }

            Accessible.role: Accessible.EditableText
            Accessible.name: root.heard

            AppText {
                anchors.centerIn: parent
                text: qsTr("not filled in")
                muted: true
                lineHeight: 1
                wrapMode: Text.NoWrap
                visible: root.unfilled && digits.text === ""
                Accessible.ignored: true
            }

            AppText {
                x: (parent.width + digits.contentWidth) / 2 + 3
                anchors.verticalCenter: parent.verticalCenter
                text: root.suffix
                color: root.enabled ? Style.textMuted : Style.textDisabled
                lineHeight: 1
                wrapMode: Text.NoWrap
                visible: digits.text !== ""
                Accessible.ignored: true
            }
        }

        down.indicator: StepMark {
            iconName: "remove"
            visible: !root.readOnly
            usable: box.value > box.from && box.enabled

            onClicked: root.step(-1)
        }

        up.indicator: StepMark {
            x: box.width - width
            iconName: "add"
            visible: !root.readOnly
            usable: box.value < box.to && box.enabled

            onClicked: root.step(1)
        }
    }

    // Takes the press itself: of two quick taps the box of Qt 6.4 counts one.
    component StepMark: T.AbstractButton {
        id: mark

        required property string iconName
        property bool usable: true

        width: Style.control
        height: Style.control
        focusPolicy: Qt.NoFocus
        autoRepeat: true
        Accessible.ignored: true

        Rectangle {
            anchors.fill: parent
            anchors.margins: 5
            radius: Style.radiusSmall
            color: mark.down ? Style.surfacePressed : Style.surfaceSunken
        }

        Icon {
            anchors.centerIn: parent
            name: mark.iconName
            color: mark.usable ? Style.accent : Style.textDisabled
        }
    }
}
