// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What one unit reports, beside the paragraph it goes into. filing: one of ParagraphModel.filings.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Card {
    id: root

    required property var filing

    signal reviewPicked

    AppText {
        width: parent.width
        text: root.filing.unitName
        strong: true
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        Badge {
            text: Format.unitRole(root.filing.role)
            visible: text !== ""
        }

        StateBadge {
            kind: root.filing.state
        }

        StateBadge {
            kind: root.filing.hasConflict ? "conflict" : ""
        }
    }

    AppText {
        width: parent.width
        text: root.filing.text !== "" ? root.filing.text : qsTr("Nothing written yet.")
        muted: root.filing.text === "" || !root.filing.isTaken
        textFormat: Text.PlainText
    }

    AppText {
        width: parent.width
        text: qsTr("Not submitted: not in the paragraph.")
        size: Style.sizeCaption
        muted: true
        visible: !root.filing.isTaken
    }

    AppButton {
        text: qsTr("Review")
        variant: "quiet"

        onClicked: root.reviewPicked()
    }
}
