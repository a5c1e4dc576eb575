// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The targets of a task under their heading; nothing where it has none. `target` in the signals is the key of a row, or of one that goes
// on in it: see TargetCard.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property TargetListModel targets
    property bool canCount: false
    property bool canContinue: false

    signal counted(string target, int done, int cases)
    signal stated(string target, int percent)
    signal continued(string target, string heir)

    spacing: Style.space3
    visible: targets.count > 0

    SectionHeader {
        width: parent.width
        title: qsTr("Targets")
        count: root.targets.count
    }

    Repeater {
        model: root.targets

        TargetCard {
            required property var model

            target: model
            canCount: root.canCount
            canContinue: root.canContinue

            onCounted: (done, cases) => root.counted(root.targets.keyAt(model.index), done, cases)
            onStated: percent => root.stated(root.targets.keyAt(model.index), percent)
            onContinuedAs: key => root.continued(root.targets.keyAt(model.index), key)
            onSeparated: key => root.continued(key, "")
        }
    }
}
