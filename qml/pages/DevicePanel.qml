// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One device of the county: whose it is, what state it is in, and the button that stops it.
import QtQuick
import Hezhang.Ui

SidePanel {
    id: root

    property string deviceId
    property string numberText
    property string personName
    property string unitName
    property string roleText
    property string enrolledText
    property bool isRevoked: false
    property bool isEnded: false
    property bool isCopied: false
    property bool isOwn: false
    property bool canRevoke: false
    property bool canWipe: false
    property string wipeText
    property bool busy: false

    // Or, where it is stopped, emptied.
    signal stopWanted

    function show(device: var): void {
        for (const name of ["deviceId", "numberText", "personName", "unitName", "roleText", "enrolledText", "isRevoked", "isEnded", "isCopied", "isOwn", "canRevoke", "canWipe", "wipeText"])
            root[name] = device[name];
        open();
    }

    title: personName

    FieldRow {
        label: qsTr("Unit")
        value: root.unitName
    }

    FieldRow {
        label: qsTr("Role")
        value: root.roleText
    }

    FieldRow {
        label: qsTr("Joined")
        value: root.enrolledText
    }

    FieldRow {
        label: qsTr("Device")
        value: root.deviceId.slice(0, 8)
    }

    FieldRow {
        label: qsTr("Emptying")
        value: root.wipeText
        visible: value !== ""
    }

    AppText {
        width: parent ? parent.width : implicitWidth
        text: {
            if (root.isRevoked)
                return qsTr("This device was stopped. It gets nothing more; what it still sends is kept and set aside.");
            if (root.isOwn)
                return qsTr("This is the device you work on. Only another device of the county office can stop it.");
            if (root.isEnded)
                return qsTr("The person has left the county, and this device still receives. Stop it, and invite who follows.");
            return root.isCopied ? qsTr("Its folder was copied or put back from a backup: both go on, and nothing is lost. Where one of the two is not in the right hands, stop the device and invite the person again.") : qsTr("Stop a device that was lost, sold or given on. What was sent before stays as it is.");
        }
        muted: true
    }

    AppButton {
        text: root.isRevoked ? qsTr("Empty this device") : qsTr("Stop this device")
        variant: "danger"
        visible: root.canRevoke || (root.isRevoked && root.canWipe)
        enabled: !root.busy

        onClicked: root.stopWanted()
    }
}
