// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a check found at the unit that reads it: task, place, who looked, how it stands, the finding. `check` is a delegate with the roles of
// UnitCheckListModel: heading, place, byText, finding, linesText, rectifyText, checkState, hasConflict, isUnsent, photoCount, photosHere.
import QtQuick
import Hezhang.Ui

Column {
    id: root

    required property var check

    spacing: Style.space3

    AppText {
        width: parent.width
        text: root.check.heading
        strong: true
    }

    AppText {
        width: parent.width
        text: States.line([root.check.place, root.check.byText])
        size: Style.sizeSmall
        muted: true
    }

    Flow {
        width: parent.width
        spacing: Style.space2

        StateBadge {
            kind: root.check.checkState
            detail: root.check.rectifyText !== "" ? qsTr("by %1").arg(root.check.rectifyText) : ""
        }

        StateBadge {
            kind: root.check.hasConflict ? "conflict" : ""
        }

        StateBadge {
            kind: root.check.isUnsent ? "local" : ""
        }

        Badge {
            text: root.check.photosHere < root.check.photoCount
                  ? qsTr("%1 of %2 photos here").arg(root.check.photosHere).arg(root.check.photoCount)
                  : qsTr("%n photo(s)", "", root.check.photoCount)
            iconName: "photo"
            visible: root.check.photoCount > 0
        }
    }

    AppText {
        width: parent.width
        text: root.check.linesText
        size: Style.sizeSmall
        muted: true
        visible: text !== ""
    }

    AppText {
        width: parent.width
        text: root.check.finding
        visible: text !== ""
    }
}
