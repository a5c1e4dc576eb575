// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One unit's report of a task, as a row of TaskModel.filings.
import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property string filingId
    required property string unitName
    required property string windowTitle
    required property string text
    required property string status
    required property string percentText
    required property string filingState
    required property string returnedReason
    required property string verifiedStatus
    required property string verifiedNote
    required property bool isApproved
    required property string authorText
    required property int evidenceCount
    required property bool hasConflict
    required property bool isMerged
    required property bool isUnsent

    signal historyPicked

    width: parent ? parent.width : 320
    tone: hasConflict ? "conflict" : returnedReason !== "" ? "bad" : ""

    Flow {
        width: parent.width
        spacing: Style.space2

        AppText {
            text: root.unitName
            strong: true
        }

        AppText {
            text: root.windowTitle
            size: Style.sizeSmall
            muted: true
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        StateBadge {
            kind: root.status
            detail: root.percentText
        }

        StateBadge {
            kind: root.isApproved ? "approved" : root.filingState
        }

        StateBadge {
            kind: root.hasConflict ? "conflict" : root.isMerged ? "merged" : ""
        }

        StateBadge {
            kind: root.isUnsent ? "local" : ""
        }

        Badge {
            text: qsTr("%n file(s)", "", root.evidenceCount)
            iconName: "file"
            visible: root.evidenceCount > 0
        }
    }

    AppText {
        width: parent.width
        text: root.text
        visible: text !== ""
    }

    FieldRow {
        label: qsTr("Verified")
        value: root.verifiedNote
        missing: ""
        visible: root.verifiedStatus !== "" || value !== ""

        StateBadge {
            kind: root.verifiedStatus
        }
    }

    FieldRow {
        label: qsTr("Returned")
        value: root.returnedReason
        visible: value !== ""
    }

    AppText {
        width: parent.width
        text: root.authorText
        size: Style.sizeCaption
        muted: true
        visible: text !== ""
    }

    AppButton {
        text: qsTr("History")
        iconName: "history"
        variant: "quiet"

        onClicked: root.historyPicked()
    }
}
