// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county's units with the contact and the phone that their forms print, to be corrected by the office.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property UnitContactListModel model
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Units and contacts")
        subtitle: qsTr("%n unit(s)", "", root.model.allCount)
        canGoBack: true

        onBack: root.back()
    }

    Connections {
        target: root.model

        function onBegun(): void {
            contact.text = root.model.contact;
            phone.text = root.model.phone;
            editing.open();
        }

        function onDone(): void {
            toast.show(qsTr("Saved on this device"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        AppText {
            width: parent.width
            text: qsTr("A unit's form names its contact and the phone. Where nobody is put down here, it names who wrote the latest of its reports.")
            size: Style.sizeSmall
            muted: true
        }

        SearchField {
            objectName: "search"
            width: parent.width
            placeholder: qsTr("Unit, contact or phone")
            text: root.model.text

            onEdited: text => root.model.text = text
        }

        Card {
            width: parent.width
            padding: Style.space1
            visible: root.model.count > 0

            Column {
                width: parent.width

                Repeater {
                    model: root.model

                    ListRow {
                        id: row

                        required property int index
                        required property string unitId
                        required property string kindText
                        required property string contact
                        required property string phone

                        objectName: "unit" + index
                        width: parent ? parent.width : 0
                        iconName: "unit"
                        trailing: kindText
                        subtitle: States.line([contact, phone]) || qsTr("No contact yet")
                        opens: root.model.mayEdit
                        enabled: root.model.mayEdit && !root.model.isBusy
                        divided: index + 1 < root.model.count

                        onClicked: root.model.begin(row.unitId)
                    }
                }
            }
        }

        EmptyState {
            width: parent.width
            iconName: "unit"
            title: qsTr("No unit has this")
            visible: root.model.isReady && root.model.count === 0
        }
    }

    AppDialog {
        id: editing

        objectName: "editing"
        title: root.model.unitName
        acceptText: qsTr("Save")

        onAccepted: root.model.save(contact.text, phone.text)
        onOpened: contact.input.forceActiveFocus()

        AppTextField {
            id: contact

            objectName: "contact"
            width: parent ? parent.width : implicitWidth
            label: qsTr("Contact")
            help: qsTr("Empty: who wrote the latest report")
        }

        AppTextField {
            id: phone

            objectName: "phone"
            width: parent ? parent.width : implicitWidth
            label: qsTr("Phone")
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
