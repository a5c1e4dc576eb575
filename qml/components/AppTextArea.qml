// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Text of several lines. Grows with what is typed, from rowsMin lines; counts characters where lengthMax is set (in characters).
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

FieldFrame {
    id: root

    property alias text: input.text
    property alias placeholder: hint.text
    property alias readOnly: input.readOnly
    property alias input: input
    property int rowsMin: 3
    property int lengthMax: 0
    readonly property bool tooLong: lengthMax > 0 && input.length > lengthMax

    signal edited(string text)

    counter: lengthMax > 0 ? qsTr("%1 of %2").arg(input.length).arg(lengthMax) : ""

    T.TextArea {
        id: input

        property bool byPerson: false

        width: root.width
        implicitHeight: Math.max(contentHeight, root.rowsMin * metrics.lineSpacing) + 2 * Style.space3
        height: implicitHeight
        padding: Style.space3
        color: enabled ? Style.text : Style.textDisabled
        font.family: Style.fontFamily
        font.pixelSize: Style.sizeBody
        selectionColor: Style.accent
        selectedTextColor: Style.inkOnAccent
        selectByMouse: true
        textFormat: TextEdit.PlainText
        wrapMode: TextEdit.Wrap
        Accessible.role: Accessible.EditableText
        Accessible.name: root.spoken !== "" ? root.spoken : hint.text
        Accessible.description: root.help
        // Asked for when the key is pressed: what stands before and after may have come later, or have gone.
        Keys.priority: Keys.BeforeItem
        Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)

        onTextChanged: if (activeFocus) root.edited(text)

        background: InputBox {
            focused: input.activeFocus
            wrong: root.error !== "" || root.tooLong
            usable: input.enabled && !input.readOnly
        }

        AppText {
            id: hint

            x: input.leftPadding
            y: input.topPadding
            width: input.width - 2 * Style.space3
            muted: true
            lineHeight: 1
            visible: input.text === "" && input.preeditText === ""
            Accessible.ignored: true
        }

        FontMetrics {
            id: metrics

            font: input.font
        }
    }
}
