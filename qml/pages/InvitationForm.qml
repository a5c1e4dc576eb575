// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Who is invited: unit, person, role, how long the code is good for.
import QtQuick
import Hezhang.Model
import Hezhang.Ui

Column {
    id: root

    required property InvitationModel model

    spacing: Style.space4

    AppText {
        width: parent.width
        text: qsTr("The person gets a code that connects one device with the county, once.")
        muted: true
    }

    AppComboBox {
        width: parent.width
        label: qsTr("Unit")
        model: root.model.units
        textRole: "title"
        valueRole: "unitId"
        value: root.model.unitId
        enabled: !root.model.isBusy

        onChosen: value => root.model.unitId = value
    }

    AppComboBox {
        width: parent.width
        label: qsTr("Person")
        model: root.model.persons
        textRole: "title"
        valueRole: "personId"
        value: root.model.personId
        enabled: !root.model.isBusy
        visible: root.model.persons.count > 1

        onChosen: value => root.model.personId = value
    }

    AppTextField {
        width: parent.width
        label: qsTr("Name")
        text: root.model.personName
        enabled: !root.model.isBusy
        visible: root.model.personId === ""

        onEdited: text => root.model.personName = text
        onAccepted: root.model.invite()
    }

    AppComboBox {
        width: parent.width
        label: qsTr("Role")
        help: root.model.roleHelp
        model: root.model.roles
        textRole: "title"
        valueRole: "role"
        value: root.model.role
        enabled: !root.model.isBusy

        onChosen: value => root.model.role = value
    }

    FieldFrame {
        width: parent.width
        label: qsTr("The code is good for")

        ChipBar {
            enabled: !root.model.isBusy

            Chip {
                text: qsTr("1 day")
                checked: root.model.days === 1
                autoExclusive: true

                onClicked: root.model.days = 1
            }

            Chip {
                text: qsTr("7 days")
                checked: root.model.days === 7
                autoExclusive: true

                onClicked: root.model.days = 7
            }

            Chip {
                text: qsTr("30 days")
                checked: root.model.days === 30
                autoExclusive: true

                onClicked: root.model.days = 30
            }
        }
    }

    AppButton {
        text: qsTr("Make the invitation")
        variant: "primary"
        iconName: "qr"
        enabled: root.model.canInvite || root.model.isBusy
        busy: root.model.isBusy

        onClicked: root.model.invite()
    }
}
