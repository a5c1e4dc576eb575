// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Asks before a device is stopped, and whether it is to be emptied, too; or before one that is stopped is emptied.
import QtQuick
import Hezhang.Ui

ConfirmDialog {
    id: root

    property string deviceId
    property bool isStopped: false
    readonly property bool empties: isStopped || choice.checked
    readonly property string emptyingText: qsTr("The next time it reaches the county it first hands in what it has not sent; then all that it holds of the county is erased. Only what was typed and not saved is lost.")

    signal stopPicked(string deviceId)
    signal wipePicked(string deviceId)

    function ask(device: var): void {
        deviceId = device.deviceId;
        isStopped = device.isRevoked;
        choice.checked = false;
        subject = States.line([device.unitName, device.numberText, device.enrolledText === "" ? "" : qsTr("joined %1").arg(device.enrolledText)]);
        title = (isStopped ? qsTr("Empty the device of %1?") : qsTr("Stop the device of %1?")).arg(device.personName);
        open();
    }

    text: isStopped ? emptyingText : qsTr("It gets nothing more from the county. What it still sends is kept and set aside, and invitations that it made end. This cannot be taken back: to work again the person needs a new invitation.")
    acceptText: isStopped ? qsTr("Empty the device") : empties ? qsTr("Stop and empty") : qsTr("Stop the device")

    onAccepted: empties ? wipePicked(deviceId) : stopPicked(deviceId)

    AppSwitch {
        id: choice

        width: parent ? parent.width : implicitWidth
        leftPadding: 0
        text: qsTr("Also empty the device")
        help: root.emptyingText
        visible: !root.isStopped
    }
}
