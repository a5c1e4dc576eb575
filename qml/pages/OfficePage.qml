// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The county office's own work, one row a place.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Ui

T.Page {
    id: root

    readonly property bool isReady: true

    signal picked(string place)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("County office")
    }

    PageScroll {
        anchors.fill: parent
        spacing: 0

        ListRow {
            width: parent.width
            iconName: "import"
            title: qsTr("Import a ledger")
            subtitle: qsTr("From a Word, Excel or text file; checked before anything is made")

            onClicked: root.picked("import")
        }

        ListRow {
            width: parent.width
            iconName: "matrix"
            title: qsTr("Tasks and units")
            subtitle: qsTr("Who has reported what, who is missing; review of each report")

            onClicked: root.picked("matrix")
        }

        ListRow {
            width: parent.width
            iconName: "filing"
            title: qsTr("A form that a unit has filled in")
            subtitle: qsTr("Laid beside what the unit has reported")

            onClicked: root.picked("returned")
        }

        ListRow {
            width: parent.width
            iconName: "calendar"
            title: qsTr("Reporting windows")
            subtitle: qsTr("Open, close, extend")

            onClicked: root.picked("windows")
        }

        ListRow {
            width: parent.width
            iconName: "history"
            title: qsTr("Tasks of last year")
            subtitle: qsTr("Which task goes on with which; last year's paragraph stands beside the new one")

            onClicked: root.picked("years")
        }

        ListRow {
            width: parent.width
            iconName: "clock"
            title: qsTr("Days off")
            subtitle: qsTr("Which years are announced, and the next notice from a file")

            onClicked: root.picked("holidays")
        }

        ListRow {
            width: parent.width
            iconName: "aside"
            title: qsTr("Set aside")
            subtitle: qsTr("What the county did not apply, to be admitted with a reason")

            onClicked: root.picked("asides")
        }

        ListRow {
            width: parent.width
            iconName: "unit"
            title: qsTr("Units and contacts")
            subtitle: qsTr("Whom to call, and what the units' forms print")

            onClicked: root.picked("units")
        }

        ListRow {
            width: parent.width
            iconName: "device"
            title: qsTr("Devices")
            subtitle: qsTr("Invite people, see who has which device, stop a lost one")

            onClicked: root.picked("devices")
        }

        ListRow {
            width: parent.width
            iconName: "qr"
            title: qsTr("Check a printed form")
            subtitle: qsTr("Which report a paper is, by the code at its foot")

            onClicked: root.picked("code")
        }

        ListRow {
            width: parent.width
            iconName: "export"
            title: qsTr("Export")
            subtitle: qsTr("Consolidated ledger, filing forms and circulars for Word and Excel")

            onClicked: root.picked("export")
        }
    }
}
