// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// On time, complete, correct, locked: four different things about one report, each with what shows it.
pragma ComponentBehavior: Bound

import QtQuick
import Hezhang.Model
import Hezhang.Ui

Card {
    id: root

    required property FilingFactsModel model
    readonly property var labels: ({
            "on-time": qsTr("On time"),
            "complete": qsTr("Complete"),
            "correct": qsTr("Correct"),
            "locked": qsTr("Locked")
        })

    visible: model.facts.length > 0

    Repeater {
        model: root.model.facts

        FieldRow {
            id: fact

            required property var modelData

            label: root.labels[modelData.name]
            value: modelData.text

            StateBadge {
                kind: fact.modelData.state
            }
        }
    }

    FieldRow {
        label: qsTr("Contact on the form")
        value: root.model.contact
        missing: qsTr("nobody put down: the form names who wrote the latest report")
    }
}
