// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One record that a printed cell is made from: its entries, and who approved them. source: one of PrintedCellModel.sources.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property var source

    signal reviewPicked
    signal historyPicked

    AppText {
        width: parent.width
        text: root.source.title
        strong: true
    }

    Repeater {
        model: root.source.entries
        delegate: Column {
            id: entry

            required property var modelData

            width: parent ? parent.width : 0
            spacing: 2

            AppText {
                width: parent.width
                text: entry.modelData.value
                textFormat: Text.PlainText
            }

            AppText {
                width: parent.width
                text: States.line([entry.modelData.title, entry.modelData.who, entry.modelData.where])
                size: Style.sizeCaption
                muted: true
            }
        }
    }

    Repeater {
        model: root.source.approvals
        delegate: FieldRow {
            required property var modelData

            label: qsTr("Approved by")
            value: States.line([modelData.who, modelData.where])
        }
    }

    AppText {
        width: parent.width
        text: qsTr("Not approved as it stands.")
        size: Style.sizeCaption
        muted: true
        visible: root.source.unitId !== "" && root.source.approvals.length === 0
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        AppButton {
            text: qsTr("Review")
            variant: "quiet"
            visible: root.source.unitId !== ""

            onClicked: root.reviewPicked()
        }

        AppButton {
            text: qsTr("History")
            iconName: "history"
            variant: "quiet"

            onClicked: root.historyPicked()
        }
    }
}
