// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What does not go together in the reports of one window: each with the texts it is between, side by side, and from there the task,
// the review and the return of a report.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ContradictionListModel model
    readonly property bool isReady: model.isReady

    signal back
    signal taskPicked(string taskId)
    signal reviewPicked(string taskId, string unitId, string windowId)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Contradictions")
        subtitle: States.line([root.model.windowTitle, root.model.windowLine])
        canGoBack: true

        onBack: root.back()
    }

    Connections {
        target: root.model

        function onDone(): void {
            toast.show(qsTr("Returned; saved on this device"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    ChipBar {
        id: filters

        x: Style.gutter
        y: Style.space2
        width: root.width - 2 * Style.gutter
        visible: root.model.kinds.length > 1

        Repeater {
            model: root.model.kinds
            delegate: Chip {
                required property var modelData

                text: States.word(modelData.kind)
                count: modelData.count
                checked: root.model.kind === modelData.kind

                onToggled: root.model.kind = checked ? modelData.kind : ""
            }
        }
    }

    ListView {
        id: list

        anchors.fill: parent
        anchors.topMargin: filters.visible ? filters.height + Style.space2 : 0
        model: root.model
        clip: true
        activeFocusOnTab: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Style.space4
        topMargin: Style.space2
        bottomMargin: Style.gutter
        delegate: ContradictionCard {
            x: Style.gutter
            width: list.width - 2 * Style.gutter
            enabled: !root.model.isBusy

            onTaskPicked: root.taskPicked(taskId)
            onReviewPicked: (unitId, windowId) => root.reviewPicked(taskId, unitId, windowId)
            onReturnPicked: side => {
                returning.taskId = taskId;
                returning.side = side;
                returning.ask(side.unitName);
            }
        }

        T.ScrollBar.vertical: AppScrollBar {}
    }

    EmptyState {
        readonly property bool isFailed: root.model.errorWhat !== ""

        anchors.fill: parent
        iconName: isFailed ? "warning" : "check"
        title: isFailed ? root.model.errorWhat : qsTr("No contradictions")
        text: isFailed ? root.model.errorNext : qsTr("What was submitted in this window goes together.")
        visible: root.model.isReady && root.model.count === 0
    }

    ReturnDialog {
        id: returning

        property string taskId
        property var side: ({})

        onReturned: reason => root.model.giveBack(taskId, side.unitId, side.fingerprint, reason)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
