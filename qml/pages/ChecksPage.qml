// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A checker's work list: where to go, what is due for a second look first. A new place is added here, on site.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property PlaceListModel model
    readonly property bool isReady: model.isReady

    signal placePicked(string placeId, string unitId)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Checks on site")
        subtitle: root.model.dueCount > 0 ? qsTr("Second look due at %n place(s)", "", root.model.dueCount) : ""

        AppButton {
            text: qsTr("New place")
            iconName: "add"
            visible: !Style.phone

            onClicked: newPlace.open()
        }

        IconButton {
            text: qsTr("New place")
            iconName: "add"
            visible: Style.phone

            onClicked: newPlace.open()
        }
    }

    Connections {
        target: root.model

        function onAdded(placeId: string, unitId: string): void {
            root.placePicked(placeId, unitId);
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    SearchField {
        id: filter

        x: Style.gutter
        y: Style.space3
        width: root.width - 2 * Style.gutter
        placeholder: qsTr("Place, unit or address")
        text: root.model.text

        onEdited: text => root.model.text = text
    }

    ListHeads {
        id: heads
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: filter.y + filter.height + Style.space2
        model: root.model
        clip: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        section.property: "group"
        section.delegate: heads.place
        delegate: ListRow {
            id: row

            required property string placeId
            required property string unitId
            required property string unitName
            required property string name
            required property string address
            required property int taskCount
            required property int seenCount
            required property int openCount
            required property int dueCount
            required property int objectedCount
            required property string lastText

            iconName: row.placeId === "" ? "unit" : "place"
            title: row.placeId === "" ? row.unitName : row.name
            subtitle: States.line([row.placeId === "" ? qsTr("The unit itself") : row.unitName, row.address])
            trailing: row.lastText
            current: ListView.isCurrentItem && list.activeFocus

            onClicked: root.placePicked(row.placeId, row.unitId)

            Badge {
                text: qsTr("%n second look(s) due", "", row.dueCount)
                tone: "bad"
                iconName: "overdue"
                visible: row.dueCount > 0
            }

            Badge {
                text: qsTr("%n to be put right", "", row.openCount)
                tone: "warn"
                iconName: "undo"
                visible: row.openCount > row.dueCount
            }

            Badge {
                text: qsTr("%n objection(s)", "", row.objectedCount)
                tone: "info"
                iconName: "comment"
                visible: row.objectedCount > 0
            }

            Badge {
                text: qsTr("%1 of %2 tasks looked at").arg(row.seenCount).arg(row.taskCount)
                visible: row.taskCount > 0
            }
        }

        Keys.onReturnPressed: (currentItem as ListRow)?.clicked()

        T.ScrollBar.vertical: AppScrollBar {}
    }

    // Beside the list: the list's own content has no height where it is empty.
    EmptyState {
        anchors.fill: list
        visible: root.model.isReady && root.model.count === 0
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("No places here")
        text: root.model.errorWhat !== "" ? root.model.errorNext : qsTr("Add the place you stand at, or sync to get the units and their tasks.")
        iconName: "place"
        actionText: visible ? qsTr("New place") : ""

        onAction: newPlace.open()
    }

    AppDialog {
        id: newPlace

        objectName: "newPlace"
        title: qsTr("New place")
        acceptText: qsTr("Add")
        acceptable: unitBox.currentIndex >= 0 && nameBox.text.trim() !== ""

        onAccepted: {
            root.model.addPlace(unitBox.currentValue, nameBox.text, addressBox.text);
            nameBox.text = "";
            addressBox.text = "";
        }

        AppComboBox {
            id: unitBox

            objectName: "newPlaceUnit"
            width: parent.width
            label: qsTr("Unit")
            mandatory: true
            model: root.model.units
            textRole: "name"
            valueRole: "id"
            currentIndex: -1
        }

        AppTextField {
            id: nameBox

            objectName: "newPlaceName"
            width: parent.width
            label: qsTr("Name of the place")
            mandatory: true
            placeholder: qsTr("Notice board at the east gate")
        }

        AppTextField {
            id: addressBox

            width: parent.width
            label: qsTr("Address")
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }
}
