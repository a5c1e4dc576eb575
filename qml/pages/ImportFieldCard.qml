// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One field that a document and a ledger say differently: what is left out and what is put in, who changed it, and whose words stand.
import QtQuick
import Hezhang.Ui

Card {
    id: root

    required property string title
    required property var runs
    required property string remark
    required property bool isEdited
    required property bool isTaken

    signal taken(bool isTaken)

    width: parent ? parent.width : implicitWidth
    tone: isEdited && !isTaken ? "warn" : ""

    AppText {
        width: parent.width
        text: root.title
        size: Style.sizeSmall
        strong: true
    }

    DiffText {
        width: parent.width
        runs: root.runs
    }

    AppText {
        width: parent.width
        text: root.remark
        size: Style.sizeSmall
        muted: true
        visible: text !== ""
    }

    AppSwitch {
        objectName: "takeDocuments"
        width: parent.width
        text: qsTr("Take the document's words")
        checked: root.isTaken

        onToggled: root.taken(checked)
    }
}
