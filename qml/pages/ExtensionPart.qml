// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// More time for a report: what was asked and answered, and the two small forms for it. In the report's form and in its review.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property ExtensionModel model
    readonly property bool isWaiting: model.state === "asked"

    signal told(string what)

    width: parent ? parent.width : implicitWidth
    spacing: Style.space3
    visible: model.state !== "" || model.canAsk

    Connections {
        target: root.model

        function onDone(): void {
            root.told(qsTr("Saved on this device"));
        }

        function onFailed(what: string, next: string): void {
            root.told(what + " " + next);
        }
    }

    Card {
        width: parent.width
        visible: root.model.state !== ""

        // Not a Badge: in large text the line needs a second one.
        AppText {
            width: parent.width
            text: root.model.line
            color: Style.toneText(root.isWaiting ? "warn" : root.model.state === "granted" ? "good" : "bad")
            strong: true
        }

        AppText {
            width: parent.width
            text: qsTr("Reason: %1").arg(root.model.reason)
        }

        AppText {
            width: parent.width
            text: qsTr("The office says: %1").arg(root.model.answer)
            visible: root.model.answer !== ""
        }

        AppText {
            width: parent.width
            text: root.model.standing
            visible: text !== ""
        }

        AppText {
            width: parent.width
            text: root.model.askedBy
            size: Style.sizeCaption
            muted: true
            visible: text !== ""
        }

        Flow {
            width: parent.width
            spacing: Style.space3
            visible: root.model.canAnswer

            AppButton {
                text: qsTr("Grant more time")
                iconName: "applied"
                busy: root.model.isSaving

                onClicked: {
                    until.value = root.model.askedUntil;
                    words.text = "";
                    granting.open();
                }
            }

            AppButton {
                text: qsTr("Refuse more time")
                variant: "quiet"

                onClicked: {
                    why.text = "";
                    refusing.open();
                }
            }
        }
    }

    AppButton {
        text: qsTr("Ask for more time")
        variant: "quiet"
        iconName: "clock"
        visible: root.model.canAsk

        onClicked: {
            wanted.value = "";
            reason.text = "";
            asking.open();
        }
    }

    AppDialog {
        id: asking

        title: qsTr("Ask for more time")
        acceptText: qsTr("Ask")
        acceptable: root.model.isLater(wanted.value) && reason.text.trim() !== "" && !reason.tooLong

        onAccepted: root.model.ask(wanted.value, reason.text)
        onOpened: reason.input.forceActiveFocus()

        DateField {
            id: wanted

            width: parent ? parent.width : implicitWidth
            label: qsTr("Until")
            help: qsTr("Later than the window's last day, %1").arg(root.model.lastDayText)
        }

        AppTextArea {
            id: reason

            width: parent ? parent.width : implicitWidth
            label: qsTr("Reason; the office reads it")
            lengthMax: 2000
        }
    }

    AppDialog {
        id: granting

        title: qsTr("Grant more time")
        acceptText: qsTr("Grant")
        acceptable: root.model.isLater(until.value) && !words.tooLong

        onAccepted: root.model.grant(until.value, words.text)

        DateField {
            id: until

            width: parent ? parent.width : implicitWidth
            label: qsTr("Until")
            help: qsTr("Later than the window's last day, %1").arg(root.model.lastDayText)
        }

        AppTextArea {
            id: words

            width: parent ? parent.width : implicitWidth
            label: qsTr("Words to the unit")
            lengthMax: 2000
        }
    }

    AppDialog {
        id: refusing

        title: qsTr("Refuse more time")
        acceptText: qsTr("Refuse")
        acceptable: why.text.trim() !== "" && !why.tooLong

        onAccepted: root.model.refuse(why.text)
        onOpened: why.input.forceActiveFocus()

        AppText {
            width: parent ? parent.width : implicitWidth
            text: root.model.takesBack
            visible: text !== ""
        }

        AppTextArea {
            id: why

            width: parent ? parent.width : implicitWidth
            label: qsTr("Reason; the unit reads it")
            lengthMax: 2000
        }
    }
}
