// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What was found before at the same task and unit, as a row of CheckFormModel.before.
import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property string place
    required property string byText
    required property string finding
    required property string linesText
    required property string objection
    required property string rectifyText
    required property string checkState
    required property int photoCount
    required property int photosHere

    width: parent ? parent.width : 320

    Flow {
        width: parent.width
        spacing: Style.space2

        StateBadge {
            kind: root.checkState
            detail: root.rectifyText !== "" ? qsTr("by %1").arg(root.rectifyText) : ""
        }

        AppText {
            width: Math.min(implicitWidth, parent.width)
            text: States.line([root.place, root.byText])
            size: Style.sizeSmall
            muted: true
        }
    }

    AppText {
        width: parent.width
        text: root.linesText
        size: Style.sizeSmall
        muted: true
        visible: text !== ""
    }

    AppText {
        width: parent.width
        text: root.finding
        visible: text !== ""
    }

    AppText {
        width: parent.width
        text: qsTr("The unit objects: %1").arg(root.objection)
        visible: root.objection !== ""
    }
}
