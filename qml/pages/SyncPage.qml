// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// How things stand with the county: what was sent, what was received, what was adopted; files, receipts; and a sync by hand.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property SyncStatus sync
    required property OwnEditListModel edits
    required property ReceiptListModel receipts
    readonly property bool isReady: edits.isReady && receipts.isReady

    signal historyPicked(string recordId, string field)
    signal codePicked

    component StateRow: FieldRow {
        required property string kind
        required property int edits

        label: States.word(kind)
        value: qsTr("%n edit(s)", "", edits)
    }

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Sync")
        subtitle: qsTr("County last reached: %1").arg(root.sync.lastContactText)

        AppButton {
            text: qsTr("Sync now")
            variant: "primary"
            iconName: "sync"
            visible: root.sync.state !== "syncing"

            onClicked: root.sync.syncNow()
        }
    }

    PageScroll {
        anchors.fill: parent

        ProgressLine {
            label: qsTr("Syncing")
            detail: root.sync.progressText
            visible: root.sync.state === "syncing"

            onStopped: root.sync.cancel()
        }

        Banner {
            title: root.sync.errorWhat
            text: root.sync.errorNext + " " + root.sync.nextAttemptText
            tone: root.sync.state === "offline" ? "info" : "warn"
            iconName: States.icon(root.sync.state)
            visible: title !== ""
        }

        Banner {
            title: root.sync.skewText
            text: qsTr("Times written on this device are off by as much. Please set its clock. Nothing is decided by it.")
            tone: "warn"
            visible: title !== ""
        }

        Banner {
            title: qsTr("This folder was copied or restored")
            text: qsTr("It goes on by itself. Nothing is lost.")
            visible: root.sync.isNewLane
        }

        Card {
            width: parent.width

            StateRow {
                kind: "local"
                edits: root.sync.localCount
            }

            StateRow {
                kind: "received"
                edits: root.sync.receivedCount
            }

            StateRow {
                kind: "applied"
                edits: root.sync.appliedCount
            }

            StateRow {
                kind: "aside"
                edits: root.sync.asideCount
            }

            FieldRow {
                label: qsTr("Files at the county")
                value: root.sync.blobsText
                visible: value !== ""
            }

            FieldRow {
                label: qsTr("Files to come")
                value: qsTr("%n file(s)", "", root.sync.blobsMissing)
                visible: root.sync.blobsMissing > 0
            }
        }

        OwnEditsPart {
            width: parent.width
            edits: root.edits
            sync: root.sync

            onHistoryPicked: (recordId, field) => root.historyPicked(recordId, field)
        }

        ReceiptsPart {
            width: parent.width
            receipts: root.receipts

            onCodePicked: root.codePicked()
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }

    Connections {
        target: root.receipts

        function onSaved(file: string): void {
            toast.show(qsTr("Saved: %1").arg(file), "");
        }
    }
}
