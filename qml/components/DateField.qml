// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A date, typed as 2026-11-25 or picked from a month. value is that text, "" for none; whether it can be is for the model to say (error).
import QtQuick
import Hezhang.Ui

FieldFrame {
    id: root

    property alias value: field.text

    signal edited(string value)

    AppTextField {
        id: field

        width: root.width
        placeholder: "2026-11-25"
        input.inputMethodHints: Qt.ImhDate
        input.rightPadding: Style.target + Style.space1
        input.Accessible.name: root.spoken

        onEdited: text => root.edited(text)

        IconButton {
            anchors.right: parent.right
            anchors.rightMargin: 1
            y: (field.input.height - height) / 2
            iconName: "calendar"
            text: qsTr("Pick a date")
            ink: Style.textMuted

            onClicked: month.open()
        }
    }

    MonthPopup {
        id: month

        y: field.y + field.height + Style.space1
        value: field.text

        onPicked: date => {
            field.text = date;
            root.edited(date);
        }
    }
}
