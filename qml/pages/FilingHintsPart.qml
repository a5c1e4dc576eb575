// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What keeps a report from being submitted, and what its writer should look at once more.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Ui

Column {
    id: root

    required property var problems
    required property var warnings

    spacing: Style.space2

    Repeater {
        model: root.problems

        AppText {
            required property string modelData

            text: modelData
            color: Style.warnText
            size: Style.sizeSmall
        }
    }

    Repeater {
        model: root.warnings

        AppText {
            required property string modelData

            text: modelData
            muted: true
            size: Style.sizeSmall
        }
    }
}
