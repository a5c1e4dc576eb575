// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What is typed and not yet saved, and whether a crash would leave it: draftState is that of the model (none saving saved failed).
// Where nothing is typed it shows the state `otherwise`.
import QtQuick
import Hezhang.Ui

StateBadge {
    property bool dirty: false
    property string draftState
    property string otherwise

    kind: dirty ? "draft" : otherwise
    detail: !dirty ? "" : draftState === "saved" ? qsTr("kept") : draftState === "failed" ? qsTr("not kept") : ""
    tone: dirty && draftState === "failed" ? "bad" : States.tone(kind)
}
