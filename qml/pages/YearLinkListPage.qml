// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Which task of last year each task goes on with: what is certain is taken together, what is doubtful is picked, one by one.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property YearLinkListModel model
    readonly property bool isReady: model.isReady

    signal back
    signal taskPicked(string taskId)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Tasks of last year")
        subtitle: root.model.earlierYear > 0 ? qsTr("Linked with the tasks of %1").arg(root.model.earlierYear) : ""
        canGoBack: true

        onBack: root.back()
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

    Column {
        id: filters

        x: Style.gutter
        width: root.width - 2 * Style.gutter
        spacing: Style.space2
        topPadding: Style.space2
        bottomPadding: Style.space2

        AppComboBox {
            id: ledger

            width: Math.min(parent.width, 480)
            label: qsTr("Ledger")
            model: root.model.ledgers
            textRole: "title"
            valueRole: "ledgerId"
            visible: root.model.ledgers.count > 1
            currentIndex: root.model.ledgers.indexOfKey(root.model.ledgerId)

            onChosen: root.model.ledgerId = ledger.currentValue
        }

        ChipBar {
            visible: root.model.states.length > 1

            Repeater {
                model: root.model.states
                delegate: Chip {
                    required property var modelData

                    text: States.word(modelData.state)
                    count: modelData.count
                    checked: root.model.state === modelData.state

                    onToggled: root.model.state = checked ? modelData.state : ""
                }
            }
        }

        AppButton {
            text: qsTr("Link the %n certain one(s)", "", root.model.certainCount)
            variant: "primary"
            iconName: "done"
            enabled: !root.model.isBusy
            visible: root.model.certainCount > 0

            onClicked: root.model.linkCertain()
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: filters.height
        model: root.model
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Style.space3
        bottomMargin: Style.gutter
        delegate: YearLinkCard {
            x: (list.width - width) / 2
            width: Math.min(list.width - 2 * Style.gutter, Style.readingWidth)
            enabled: !root.model.isBusy

            onLinkPicked: earlierId => root.model.link(taskId, earlierId)
            onUnlinkPicked: earlierId => root.model.unlink(taskId, earlierId)
            onNewPicked: root.model.markNew(taskId)
            onTaskPicked: id => root.taskPicked(id)
        }

        T.ScrollBar.vertical: AppScrollBar {}
    }

    EmptyState {
        readonly property bool isFailed: root.model.errorWhat !== ""

        anchors.fill: parent
        anchors.topMargin: filters.height
        title: isFailed ? root.model.errorWhat : qsTr("No tasks")
        text: isFailed ? root.model.errorNext : ""
        visible: root.model.isReady && root.model.count === 0
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
