// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the unit reported in the window before; nothing where it did not.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Card {
    id: root

    required property FilingFormModel model

    visible: model.previousText !== ""

    AppText {
        width: parent.width
        text: qsTr("Last time: %1").arg(root.model.previousWindow)
        strong: true
    }

    AppText {
        width: parent.width
        text: root.model.previousText
    }

    StateBadge {
        kind: root.model.previousStatus
        detail: root.model.previousPercent
    }
}
