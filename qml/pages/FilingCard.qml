// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One unit's report of a task. `filing` is a row of TaskModel.filings, with its roles.
import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property var filing

    signal historyPicked

    width: parent ? parent.width : 320
    tone: filing.hasConflict ? "conflict" : filing.returnedReason !== "" ? "bad" : ""

    Flow {
        width: parent.width
        spacing: Style.space2

        AppText {
            text: root.filing.unitName
            strong: true
        }

        AppText {
            text: root.filing.windowTitle
            size: Style.sizeSmall
            muted: true
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        StateBadge {
            kind: root.filing.status
            detail: root.filing.percentText
        }

        StateBadge {
            kind: root.filing.isApproved ? "approved" : root.filing.filingState
        }

        StateBadge {
            kind: root.filing.hasConflict ? "conflict" : root.filing.isMerged ? "merged" : ""
        }

        StateBadge {
            kind: root.filing.isUnsent ? "local" : ""
        }

        Badge {
            text: root.filing.evidenceHere < root.filing.evidenceCount
                  ? qsTr("%1 of %2 files here").arg(root.filing.evidenceHere).arg(root.filing.evidenceCount)
                  : qsTr("%n file(s)", "", root.filing.evidenceCount)
            iconName: "file"
            visible: root.filing.evidenceCount > 0
        }
    }

    AppText {
        width: parent.width
        text: root.filing.text
        visible: text !== ""
    }

    FieldRow {
        label: qsTr("Verified")
        value: root.filing.verifiedNote
        missing: ""
        visible: root.filing.verifiedStatus !== "" || value !== ""

        StateBadge {
            kind: root.filing.verifiedStatus
        }
    }

    FieldRow {
        label: qsTr("Returned")
        value: root.filing.returnedReason
        visible: value !== ""
    }

    AppText {
        width: parent.width
        text: root.filing.authorText
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
