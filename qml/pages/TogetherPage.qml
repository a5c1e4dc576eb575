// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What the units of a task and the office write together: one text, one status. What somebody else wrote meanwhile stands beside it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property FieldEditModel progress
    required property FieldEditModel status
    property string heading
    readonly property bool isReady: progress.isReady && status.isReady

    signal back

    // Behind the fields for Tab and for a screen reader too: Qt made it before them.
    Component.onCompleted: {
        footer.parent = null;
        footer.parent = root;
    }

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Together")
        subtitle: root.heading
        canGoBack: true

        onBack: root.back()

        DraftBadge {
            dirty: root.progress.isDirty || root.status.isDirty
            draftState: root.progress.isDirty && root.progress.draftState !== "saved" || !root.status.isDirty ? root.progress.draftState : root.status.draftState
        }
    }

    footer: Rectangle {
        implicitHeight: actions.height + 2 * Style.space3
        color: Style.surface

        Flow {
            id: actions

            x: Style.gutter
            y: Style.space3
            width: parent.width - 2 * Style.gutter
            spacing: Style.space3
            layoutDirection: Qt.RightToLeft

            AppButton {
                text: qsTr("Save")
                variant: "primary"
                enabled: root.progress.canSave || root.status.canSave
                busy: root.progress.isSaving || root.status.isSaving

                onClicked: {
                    root.progress.save();
                    root.status.save();
                }
            }

            AppButton {
                text: qsTr("Undo my last change")
                variant: "quiet"
                iconName: "undo"
                visible: root.progress.canUndo || root.status.canUndo

                onClicked: root.progress.canUndo ? root.progress.undo() : root.status.undo()
            }

            AppButton {
                text: qsTr("Discard draft")
                variant: "quiet"
                visible: root.progress.isDraftRestored || root.status.isDraftRestored

                onClicked: {
                    root.progress.discardDraft();
                    root.status.discardDraft();
                }
            }
        }
    }

    Connections {
        target: root.progress

        function onSaved(): void {
            toast.show(qsTr("Saved on this device"), "");
        }

        function onUndone(): void {
            toast.show(qsTr("Undone"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    Connections {
        target: root.status

        function onSaved(): void {
            toast.show(qsTr("Saved on this device"), "");
        }

        function onUndone(): void {
            toast.show(qsTr("Undone"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.progress.errorWhat !== "" ? root.progress.errorWhat : root.status.errorWhat
            text: root.progress.errorWhat !== "" ? root.progress.errorNext : root.status.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.progress.isDraftRestored || root.status.isDraftRestored
        }

        Banner {
            title: qsTr("%1 wrote meanwhile:").arg(root.progress.newerBy)
            text: root.progress.newer
            tone: "conflict"
            iconName: "merge"
            visible: root.progress.hasNewer
            actionText: qsTr("I have read it")

            onAction: root.progress.markSeen()
        }

        AppTextArea {
            width: parent.width
            label: qsTr("Progress, all units together")
            help: qsTr("Sentences that others change or add are merged with yours.")
            rowsMin: 6
            text: root.progress.value
            readOnly: root.progress.isSaving

            onEdited: text => root.progress.value = text
        }

        Banner {
            title: qsTr("The status was changed meanwhile: %1").arg(States.word(root.status.newer))
            tone: "conflict"
            visible: root.status.hasNewer
            actionText: qsTr("I have read it")

            onAction: root.status.markSeen()
        }

        SegmentedChoice {
            width: parent.width
            label: qsTr("Status")
            options: ["not-started", "in-progress", "done", "ongoing", "blocked"]
            value: root.status.value
            enabled: !root.status.isSaving

            onChosen: value => root.status.value = value
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }
}
