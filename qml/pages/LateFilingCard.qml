// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One report that came late: what was set aside, and who admitted it why. filing: one of WindowModel.late.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property var filing

    signal reviewPicked
    signal admitPicked

    tone: filing.asideCount > 0 ? "warn" : ""

    AppText {
        width: parent.width
        text: root.filing.unitName
        strong: true
    }

    AppText {
        width: parent.width
        text: root.filing.title
        size: Style.sizeSmall
        muted: true
    }

    AppText {
        width: parent.width
        text: root.filing.text
        textFormat: Text.PlainText
        visible: text !== ""
    }

    Repeater {
        model: root.filing.counts

        FieldRow {
            required property var modelData

            label: modelData.words
            value: modelData.figures
        }
    }

    FieldRow {
        label: qsTr("Set aside")
        value: States.line([qsTr("%n edit(s)", "", root.filing.asideCount), root.filing.authorText])
        visible: root.filing.asideCount > 0
    }

    Repeater {
        model: root.filing.admitted

        FieldRow {
            required property var modelData

            label: qsTr("Admitted")
            value: States.line([modelData.authorText, modelData.reason])
        }
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        AppButton {
            text: qsTr("Admit")
            visible: root.filing.asideCount > 0

            onClicked: root.admitPicked()
        }

        AppButton {
            text: qsTr("Review")
            variant: "quiet"

            onClicked: root.reviewPicked()
        }
    }
}
