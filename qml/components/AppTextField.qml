// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One line of text with label, help and error. edited(text) for each change by the person.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    property alias text: input.text
    property alias placeholder: hint.text
    property alias readOnly: input.readOnly
    property alias echoMode: input.echoMode
    property alias input: input
    property string iconName
    property bool clearable: false

    signal edited(string text)
    signal accepted

    T.TextField {
        id: input

        width: root.width
        implicitHeight: Style.control
        height: implicitHeight
        leftPadding: mark.visible ? mark.width + Style.space3 + Style.space2 : Style.space3
        rightPadding: clear.visible ? clear.width : Style.space3
        color: enabled ? Style.text : Style.textDisabled
        font.family: Style.fontFamily
        font.pixelSize: Style.sizeBody
        selectionColor: Style.accent
        selectedTextColor: Style.inkOnAccent
        selectByMouse: true
        verticalAlignment: TextInput.AlignVCenter
        Accessible.role: Accessible.EditableText
        Accessible.name: root.spoken !== "" ? root.spoken : hint.text
        Accessible.description: root.help

        onTextEdited: root.edited(text)
        onAccepted: root.accepted()

        background: InputBox {
            focused: input.activeFocus
            wrong: root.error !== ""
            usable: input.enabled && !input.readOnly
        }

        AppText {
            id: hint

            anchors.verticalCenter: parent.verticalCenter
            x: input.leftPadding
            width: input.width - input.leftPadding - input.rightPadding
            muted: true
            lineHeight: 1
            elide: Text.ElideRight
            wrapMode: Text.NoWrap
            visible: input.text === "" && input.preeditText === ""
            Accessible.ignored: true
        }

        Icon {
            id: mark

            anchors.verticalCenter: parent.verticalCenter
            x: Style.space3
            name: root.iconName
            color: Style.textMuted
        }

        IconButton {
            id: clear

            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            iconName: "close"
            text: qsTr("Clear")
            ink: Style.textMuted
            visible: root.clearable && input.text !== ""

            onClicked: {
                input.clear();
                root.edited("");
                input.forceActiveFocus();
            }
        }
    }
}
