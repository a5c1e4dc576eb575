// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the county did not apply: whose it is, why, and admission with a reason.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property AsideListModel model
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Set aside")
        canGoBack: true

        onBack: root.back()
    }

    Connections {
        target: root.model

        function onAdmitted(): void {
            toast.show(qsTr("Admitted; it takes effect with the next sync"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.margins: Style.gutter
        model: root.model
        spacing: Style.space3
        clip: true
        activeFocusOnTab: true

        T.ScrollBar.vertical: AppScrollBar {}

        delegate: Card {
            id: card

            required property string entryId
            required property string recordTitle
            required property string text
            required property string reasonWhat
            required property string reasonNext
            required property string authorText
            required property bool isHeld

            width: list.width
            tone: isHeld ? "info" : "warn"

            AppText {
                width: parent.width
                text: card.recordTitle
                strong: true
            }

            AppText {
                width: parent.width
                text: card.text
                textFormat: Text.PlainText
            }

            FieldRow {
                label: qsTr("Written by")
                value: card.authorText
            }

            FieldRow {
                label: qsTr("Why")
                value: card.reasonWhat + " " + card.reasonNext
            }

            AppButton {
                text: qsTr("Admit")
                visible: root.model.canAdmit
                enabled: !root.model.isBusy

                onClicked: admitting.ask(card.entryId)
            }
        }
    }

    EmptyState {
        anchors.fill: parent
        title: root.model.errorWhat !== "" ? root.model.errorWhat : qsTr("Nothing is set aside")
        text: root.model.errorNext
        visible: root.model.isReady && root.model.count === 0
    }

    AppDialog {
        id: admitting

        property string entryId

        function ask(id: string): void {
            entryId = id;
            reason.text = "";
            open();
        }

        title: qsTr("Admit what was set aside")
        acceptText: qsTr("Admit")
        acceptable: reason.text.trim() !== ""

        onAccepted: root.model.admit(entryId, reason.text)
        onOpened: reason.input.forceActiveFocus()

        AppTextField {
            id: reason

            width: parent ? parent.width : implicitWidth
            label: qsTr("Reason; it stays in the history")
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
