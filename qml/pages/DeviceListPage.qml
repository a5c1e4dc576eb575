// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The devices of the county and the invitations that are open; one device with what can be done about it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property DeviceListModel model
    property bool showsInvitations: false
    // With what is known here; the county's answer may take long.
    readonly property bool isReady: model.isReady || model.count > 0

    signal back
    signal invitationPicked

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Devices")
        canGoBack: true

        onBack: root.back()

        IconButton {
            iconName: "sync"
            text: qsTr("Ask the county again")
            enabled: !root.model.isBusy

            onClicked: root.model.refresh()
        }

        AppButton {
            text: qsTr("Invite")
            variant: "primary"
            iconName: "add"

            onClicked: root.invitationPicked()
        }
    }

    // What happened on the way back from an invitation.
    T.StackView.onActivated: root.model.refresh()

    Connections {
        target: root.model

        function onRevoked(): void {
            toast.show(qsTr("The device was stopped"), "");
        }

        function onWipeOrdered(): void {
            toast.show(qsTr("The device was stopped and will be emptied"), "");
        }

        function onWithdrawn(): void {
            toast.show(qsTr("The invitation was withdrawn"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    Column {
        id: top

        x: Style.gutter
        y: Style.space3
        width: parent.width - 2 * Style.gutter
        spacing: Style.space3

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "warn"
            visible: title !== ""
        }

        Banner {
            title: qsTr("%n device(s) went on in two copies", "", root.model.copiedCount)
            text: qsTr("Their folder was copied or put back from a backup. Nothing is lost; ask which of the two is still in use.")
            tone: "info"
            visible: root.model.copiedCount > 0
        }

        ChipBar {
            Chip {
                text: qsTr("Devices")
                count: root.model.activeCount
                checked: !root.showsInvitations
                autoExclusive: true

                onClicked: root.showsInvitations = false
            }

            Chip {
                text: qsTr("Open invitations")
                count: root.model.isCurrent ? root.model.invitations.count : -1
                checked: root.showsInvitations
                autoExclusive: true

                onClicked: root.showsInvitations = true
            }
        }

        SearchField {
            width: Math.min(parent.width, Style.readingWidth)
            placeholder: qsTr("Person or unit")
            visible: !root.showsInvitations

            onEdited: text => root.model.text = text
        }
    }

    ListView {
        id: devices

        anchors.fill: parent
        anchors.topMargin: top.y + top.height + Style.space2
        model: root.model
        clip: true
        visible: !root.showsInvitations
        activeFocusOnTab: true
        T.ScrollBar.vertical: AppScrollBar {}

        delegate: ListRow {
            id: row

            required property string deviceId
            required property string numberText
            required property string personName
            required property string unitName
            required property string roleText
            required property string enrolledText
            required property bool isRevoked
            required property bool isEnded
            required property bool isCopied
            required property bool isOwn
            required property bool canRevoke
            required property bool canWipe
            required property string wipeText

            iconName: "device"
            iconTone: isRevoked ? "neutral" : isEnded ? "warn" : "accent"
            title: personName === "" ? qsTr("Without a name") : personName
            subtitle: States.line([unitName, numberText])
            trailing: enrolledText === "" ? "" : qsTr("joined %1").arg(enrolledText)

            onClicked: detail.show(row)

            Badge {
                text: row.roleText
            }

            Badge {
                text: qsTr("This device")
                tone: "accent"
                visible: row.isOwn
            }

            Badge {
                text: qsTr("Stopped")
                tone: "bad"
                iconName: "blocked"
                visible: row.isRevoked
            }

            Badge {
                text: row.wipeText
                visible: text !== ""
            }

            Badge {
                text: qsTr("The person has left: stop it")
                tone: "warn"
                visible: row.isEnded && !row.isRevoked
            }

            Badge {
                text: qsTr("In two copies")
                tone: "info"
                iconName: "merge"
                visible: row.isCopied
            }
        }
    }

    ListView {
        id: invitations

        anchors.fill: devices
        model: root.model.invitations
        clip: true
        visible: root.showsInvitations
        activeFocusOnTab: true
        T.ScrollBar.vertical: AppScrollBar {}

        delegate: ListRow {
            id: open

            required property string invitationId
            required property string personName
            required property string unitName
            required property string roleText
            required property string untilText
            required property string inviterName

            iconName: "qr"
            title: personName
            subtitle: inviterName === "" ? unitName : States.line([unitName, qsTr("invited by %1").arg(inviterName)])
            trailing: qsTr("until %1").arg(untilText)

            onClicked: withdrawing.ask(invitationId, personName)

            Badge {
                text: open.roleText
            }
        }
    }

    EmptyState {
        anchors.fill: devices
        iconName: root.showsInvitations ? "qr" : "device"
        title: root.showsInvitations ? (root.model.isCurrent ? qsTr("No invitation is open") : qsTr("Only the county knows which invitations are open")) : root.model.text !== "" ? qsTr("No such person or unit") : qsTr("No device yet")
        text: root.showsInvitations ? qsTr("An invitation is listed here until it is used or has expired.") : ""
        visible: root.model.isReady && (root.model.errorWhat === "" || root.showsInvitations) && (root.showsInvitations ? root.model.invitations.count : root.model.count) === 0
    }

    DevicePanel {
        id: detail

        busy: root.model.isBusy

        onStopWanted: {
            detail.close();
            stopping.ask(detail);
        }
    }

    StopDeviceDialog {
        id: stopping

        onStopPicked: deviceId => root.model.revoke(deviceId)
        onWipePicked: deviceId => root.model.wipe(deviceId)
    }

    ConfirmDialog {
        id: withdrawing

        property string invitationId

        function ask(id: string, person: string): void {
            invitationId = id;
            title = qsTr("Withdraw the invitation of %1?").arg(person);
            open();
        }

        text: qsTr("Its code and its picture are of no use any more. A new invitation has another code.")
        acceptText: qsTr("Withdraw")

        onAccepted: root.model.withdraw(invitationId)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
