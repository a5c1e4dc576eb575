// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What stands around every input: label above; error, or help, below. The input is its child and fills the width.
import QtQuick
import Hezhang.Ui

Column {
    id: root

    property string label
    property string help
    property string error
    property bool mandatory: false
    property string counter
    readonly property string spoken: States.sentence([label, mandatory ? qsTr("required") : "", error])
    default property alias content: slot.data

    spacing: Style.space1 + 2
    width: 280

    Row {
        spacing: Style.space2
        visible: root.label !== ""

        AppText {
            id: title

            // Not implicitWidth: a text that wraps may change it while it is asked for.
            width: Math.min(Math.ceil(metrics.advanceWidth) + 2, root.width - (star.visible ? star.width + Style.space2 : 0))
            text: root.label
            size: Style.sizeSmall
            strong: true
            Accessible.ignored: true
        }

        AppText {
            id: star

            text: qsTr("required")
            size: Style.sizeCaption
            muted: true
            wrapMode: Text.NoWrap
            visible: root.mandatory
            anchors.baseline: title.baseline
            Accessible.ignored: true
        }
    }

    TextMetrics {
        id: metrics

        font: title.font
        text: root.label
    }

    Item {
        id: slot

        width: root.width
        height: childrenRect.height
    }

    Item {
        width: root.width
        height: Math.max(note.height, number.visible ? number.height : 0)
        visible: root.error !== "" || root.help !== "" || root.counter !== ""

        Row {
            id: note

            spacing: Style.space1 + 2

            Icon {
                name: root.error !== "" ? "error" : ""
                size: Style.iconSmall
                color: Style.badText
            }

            AppText {
                width: root.width - (root.error !== "" ? Style.iconSmall + note.spacing : 0) - (number.visible ? number.width + Style.space2 : 0)
                text: root.error !== "" ? root.error : root.help
                size: Style.sizeCaption
                color: root.error !== "" ? Style.badText : Style.textMuted
                Accessible.role: root.error !== "" ? Accessible.AlertMessage : Accessible.StaticText
            }
        }

        AppText {
            id: number

            anchors.right: parent.right
            text: root.counter
            size: Style.sizeCaption
            muted: true
            visible: text !== ""
            wrapMode: Text.NoWrap
        }
    }
}
