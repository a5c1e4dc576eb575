// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Asks why a report goes back to its unit. returned(reason): there is one.
import QtQuick
import Hezhang.Ui

AppDialog {
    id: root

    signal returned(string reason)

    function ask(unitName: string): void {
        title = qsTr("Return to %1").arg(unitName);
        reason.text = "";
        open();
    }

    objectName: "returning"
    acceptText: qsTr("Return")
    acceptable: reason.text.trim() !== "" && !reason.tooLong

    onAccepted: root.returned(reason.text)
    onOpened: reason.input.forceActiveFocus()

    AppTextArea {
        id: reason

        objectName: "reason"
        width: parent ? parent.width : implicitWidth
        label: qsTr("Reason; the unit reads it")
        lengthMax: 2000
    }
}
