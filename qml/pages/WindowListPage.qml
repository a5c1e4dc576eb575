// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The reporting windows: how many reports are in, and what opens, closes and extends them.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property WindowListModel model
    readonly property bool isReady: model.isReady

    signal back
    signal matrixPicked(string windowId)
    signal windowPicked(string windowId)
    signal contradictionsPicked(string windowId)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Reporting windows")
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("New window")
            variant: "primary"
            iconName: "add"
            enabled: root.model.ledgers.count > 0 && !root.model.isBusy

            onClicked: opening.open()
        }
    }

    Connections {
        target: root.model

        function onDone(): void {
            toast.show(qsTr("Saved on this device"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    ListView {
        anchors.fill: parent
        model: root.model
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Style.space4
        topMargin: Style.space4
        bottomMargin: Style.gutter
        delegate: Item {
            id: row

            required property string windowId
            required property string title
            required property string ledgerTitle
            required property string closesText
            required property string extendedText
            required property int asked
            required property int submitted
            required property int approved
            required property int returned
            required property int missing
            required property int contradictions
            required property bool isOpen
            required property bool isCounted

            width: ListView.view.width
            height: card.implicitHeight

            Card {
                id: card

                x: (row.width - width) / 2
                width: Math.min(row.width - 2 * Style.gutter, Style.readingWidth)
                tone: row.isOpen ? "good" : ""

                AppText {
                    width: parent.width
                    text: row.title
                    strong: true
                }

                FieldRow {
                    label: qsTr("Closes")
                    value: row.extendedText === "" ? row.closesText : qsTr("%1, extended to %2").arg(row.closesText).arg(row.extendedText)
                }

                FieldRow {
                    label: qsTr("Reports")
                    value: row.isCounted ? qsTr("%1 of %2 submitted, %3 missing, %4 returned, %5 approved").arg(row.submitted).arg(row.asked).arg(row.missing).arg(row.returned).arg(row.approved) : "…"
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    AppButton {
                        text: qsTr("Tasks and units")
                        iconName: "matrix"

                        onClicked: root.matrixPicked(row.windowId)
                    }

                    AppButton {
                        text: qsTr("%n contradiction(s)", "", row.contradictions)
                        iconName: "conflict"
                        visible: row.contradictions > 0

                        onClicked: root.contradictionsPicked(row.windowId)
                    }

                    AppButton {
                        text: row.isOpen ? qsTr("Close…") : qsTr("Snapshot and late reports")
                        iconName: "lock"

                        onClicked: root.windowPicked(row.windowId)
                    }

                    AppButton {
                        text: qsTr("Reopen")
                        enabled: !root.model.isBusy
                        visible: !row.isOpen

                        onClicked: reopening.ask(row.windowId)
                    }
                }
            }
        }

        T.ScrollBar.vertical: AppScrollBar {}
    }

    EmptyState {
        readonly property bool isFailed: root.model.errorWhat !== ""

        anchors.fill: parent
        title: isFailed ? root.model.errorWhat : qsTr("No reporting window yet")
        text: isFailed ? root.model.errorNext : root.model.ledgers.count > 0 ? qsTr("A window says until when the units report.") : qsTr("There is no ledger yet: import one first.")
        visible: root.model.isReady && root.model.count === 0
    }

    AppDialog {
        id: reopening

        property string windowId

        function ask(id: string): void {
            windowId = id;
            until.value = "";
            open();
        }

        title: qsTr("Reopen the window")
        acceptText: qsTr("Reopen")
        acceptable: until.value === "" || root.model.isDate(until.value)

        onAccepted: root.model.reopen(windowId, until.value)

        DateField {
            id: until

            width: parent ? parent.width : implicitWidth
            label: qsTr("Extended to")
            help: qsTr("Leave empty to keep the day it closes")
        }
    }

    AppDialog {
        id: opening

        title: qsTr("New window")
        acceptText: qsTr("Open")
        acceptable: root.model.isDate(closes.value) && ledger.currentIndex >= 0

        onAccepted: root.model.open(ledger.currentValue, closes.value, name.text)

        AppComboBox {
            id: ledger

            width: parent ? parent.width : implicitWidth
            label: qsTr("Ledger")
            model: root.model.ledgers
            textRole: "title"
            valueRole: "ledgerId"
        }

        DateField {
            id: closes

            width: parent ? parent.width : implicitWidth
            label: qsTr("Closes")
        }

        AppTextField {
            id: name

            width: parent ? parent.width : implicitWidth
            label: qsTr("Title")
            help: qsTr("As: third quarter of 2026")
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
