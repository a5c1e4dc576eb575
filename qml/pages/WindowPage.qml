// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One reporting window: who is missing, the closing and what it freezes, the snapshot afterwards, and what came late.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property WindowModel model
    readonly property bool isReady: model.isReady

    signal back
    signal matrixPicked
    signal reviewPicked(string taskId, string unitId)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.title !== "" ? root.model.title : qsTr("Reporting window")
        subtitle: root.model.line
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("Tasks and units")
            iconName: "matrix"

            onClicked: root.matrixPicked()
        }
    }

    Connections {
        target: root.model

        function onDone(outcome: string): void {
            toast.show(outcome === "closed" ? qsTr("Closed and frozen; saved on this device") : outcome === "admitted" ? qsTr("Admitted; it takes effect with the next sync") : qsTr("Saved"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Card {
            width: parent.width
            tone: root.model.isOpen ? "good" : ""

            Flow {
                width: parent.width
                spacing: Style.space2

                Badge {
                    text: root.model.isOpen ? qsTr("Open") : qsTr("Closed")
                    tone: root.model.isOpen ? "good" : "neutral"
                    iconName: root.model.isOpen ? "calendar" : "lock"
                }
            }

            FieldRow {
                label: qsTr("Reports")
                value: root.isReady ? qsTr("%1 of %2 submitted, %3 missing, %4 approved").arg(root.model.submitted).arg(root.model.asked).arg(root.model.missing).arg(root.model.approved) : "…"
            }

            AppButton {
                text: qsTr("Close the window")
                iconName: "lock"
                variant: "primary"
                enabled: root.isReady && !root.model.isBusy
                visible: root.model.isOpen

                onClicked: closing.open()
            }
        }

        SnapshotPart {
            width: parent.width
            model: root.model
            visible: root.model.hasSnapshot || root.model.snapshotNext !== ""

            onFreezePicked: freezing.open()
        }

        SectionHeader {
            title: qsTr("Late, beside the window")
            visible: root.model.late.length > 0
        }

        Repeater {
            model: root.model.late

            LateFilingCard {
                required property var modelData

                width: parent ? parent.width : 0
                filing: modelData
                enabled: !root.model.isBusy

                onReviewPicked: root.reviewPicked(modelData.taskId, modelData.unitId)
                onAdmitPicked: admitting.ask(modelData)
            }
        }

        SectionHeader {
            title: qsTr("Not submitted")
            count: root.model.missing
            visible: root.model.missingUnits.length > 0
        }

        Card {
            width: parent.width
            visible: root.model.missingUnits.length > 0

            Repeater {
                model: root.model.missingUnits

                FieldRow {
                    required property var modelData

                    label: modelData.unitName
                    value: modelData.text
                }
            }
        }
    }

    ConfirmDialog {
        id: closing

        objectName: "closing"
        title: qsTr("Close %1?").arg(root.model.title)
        subject: qsTr("%1 of %2 reports are frozen as they stand; %3 are missing.").arg(root.model.submitted).arg(root.model.asked).arg(root.model.missing)
        text: qsTr("Reports that reach the county after this are kept, and set aside until the office admits them.")
        acceptText: qsTr("Close the window")

        onAccepted: root.model.close()

        AppText {
            width: parent ? parent.width : implicitWidth
            text: qsTr("Missing: %1").arg(root.model.missingNames)
            visible: root.model.missingUnits.length > 0
        }

        Banner {
            width: parent ? parent.width : implicitWidth
            title: qsTr("%n edit(s) are not with the county yet", "", root.model.unsent)
            text: qsTr("Only what the county has answered is in the snapshot. Sync first.")
            tone: "warn"
            visible: root.model.unsent > 0
        }
    }

    ConfirmDialog {
        id: freezing

        objectName: "freezing"
        title: qsTr("Freeze %1 as it stands now?").arg(root.model.title)
        text: qsTr("It was closed, and no snapshot of it is here. Sync first: the file may come yet. What was changed since the closing is in a new one.")
        acceptText: qsTr("Freeze")

        onAccepted: root.model.close()
    }

    AppDialog {
        id: admitting

        property var ops: []
        property bool isDeletion: false

        function ask(filing: var): void {
            ops = filing.ops;
            isDeletion = filing.isDeletion;
            title = qsTr("Admit the report of %1?").arg(filing.unitName);
            reason.text = "";
            open();
        }

        objectName: "admitting"
        acceptText: qsTr("Admit")
        acceptable: reason.text.trim() !== ""

        onAccepted: root.model.admit(ops, reason.text)
        onOpened: reason.input.forceActiveFocus()

        Banner {
            width: parent ? parent.width : implicitWidth
            title: qsTr("It was deleted")
            text: qsTr("Whoever admits these edits deletes the report.")
            tone: "bad"
            visible: admitting.isDeletion
        }

        AppTextField {
            id: reason

            objectName: "admitReason"
            width: parent ? parent.width : implicitWidth
            label: qsTr("Reason; it stays in the history")
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
