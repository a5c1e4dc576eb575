// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One report before the office: what the unit wrote, what the office verifies beside it, and the two answers: approve, or return.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ReviewModel model
    required property FilingFactsModel facts
    readonly property bool isReady: model.isReady
    readonly property var statuses: ["not-started", "in-progress", "done", "ongoing", "blocked"]

    signal back
    signal taskPicked
    signal historyPicked(string recordId, string field)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.taskItem
        subtitle: root.model.windowLine
        canGoBack: true

        onBack: root.back()

        DraftBadge {
            dirty: root.model.isDirty
            draftState: root.model.draftState
            visible: root.model.isDirty
        }

        AppButton {
            text: qsTr("Task")
            variant: "quiet"

            onClicked: root.taskPicked()
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
                text: qsTr("Approve")
                variant: "primary"
                iconName: "applied"
                enabled: root.model.canApprove
                busy: root.model.isSaving

                onClicked: root.model.approve()
            }

            AppButton {
                text: qsTr("Return")
                iconName: "return"
                enabled: root.model.canReturn

                onClicked: returning.ask(root.model.unitName)
            }

            AppButton {
                text: qsTr("Save")
                enabled: root.model.canSave

                onClicked: root.model.save()
            }

            AppButton {
                text: qsTr("Discard draft")
                variant: "quiet"
                visible: root.model.isDraftRestored

                onClicked: root.model.discardDraft()
            }
        }
    }

    Connections {
        target: root.model

        function onDone(outcome: string): void {
            toast.show(outcome === "approved" ? qsTr("Approved; saved on this device") : outcome === "returned" ? qsTr("Returned; saved on this device") : qsTr("Saved on this device"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            title: qsTr("Returned, not submitted again yet")
            text: root.model.returnedReason
            tone: "bad"
            iconName: "return"
            visible: text !== ""
        }

        Banner {
            title: qsTr("%n edit(s) since it was approved", "", root.model.editsSinceApproval)
            text: qsTr("What the office approved is another version than what stands.")
            tone: "conflict"
            actionText: qsTr("History")
            visible: root.model.editsSinceApproval > 0

            onAction: root.historyPicked(root.model.filingId, "")
        }

        Banner {
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.model.isDraftRestored
        }

        Banner {
            title: qsTr("Somebody else has changed this meanwhile")
            text: qsTr("Yours is kept until you take theirs.")
            tone: "conflict"
            actionText: qsTr("Show theirs")
            visible: root.model.hasNewer

            onAction: root.model.takeNewer()
        }

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: root.model.taskContent
                muted: true
            }

            FieldRow {
                label: qsTr("Deadline")
                value: root.model.taskDue
            }
        }

        ExtensionPart {
            model: root.model.extension

            onTold: what => toast.show(what, "")
        }

        SectionHeader {
            title: qsTr("What the unit reports")
        }

        Card {
            width: parent.width

            Flow {
                width: parent.width
                spacing: Style.space2

                StateBadge {
                    kind: root.model.status
                    detail: root.model.percentText
                }

                StateBadge {
                    kind: root.model.isApproved ? "approved" : root.model.filingState
                }

                Badge {
                    text: root.model.evidenceHere < root.model.evidenceCount
                          ? qsTr("%1 of %2 files here").arg(root.model.evidenceHere).arg(root.model.evidenceCount)
                          : qsTr("%n file(s)", "", root.model.evidenceCount)
                    iconName: "file"
                    visible: root.model.evidenceCount > 0
                }

                Badge {
                    text: qsTr("Number done: %1").arg(root.model.count)
                    visible: root.model.count !== 0
                }
            }

            AppText {
                width: parent.width
                text: root.model.text !== "" ? root.model.text : qsTr("Nothing written yet.")
                muted: root.model.text === ""
            }

            AppText {
                width: parent.width
                text: root.model.authorText
                size: Style.sizeCaption
                muted: true
                visible: text !== ""
            }
        }

        PreviousReportCard {
            windowTitle: root.model.previousWindow
            text: root.model.previousText
        }

        FilingFactsCard {
            width: parent.width
            model: root.facts
        }

        SectionHeader {
            title: qsTr("What the office verifies")
        }

        SegmentedChoice {
            width: parent.width
            label: qsTr("Verified status")
            options: root.statuses
            value: root.model.verifiedStatus
            enabled: root.model.isThere && !root.model.isSaving

            onChosen: value => root.model.verifiedStatus = value
        }

        AppTextArea {
            width: parent.width
            label: qsTr("Verification note")
            text: root.model.verifiedNote
            lengthMax: 2000
            enabled: root.model.isThere && !root.model.isSaving

            onEdited: text => root.model.verifiedNote = text
        }

        SegmentedChoice {
            width: parent.width
            label: qsTr("Decided status of the task")
            help: qsTr("Counts for the task as a whole, for all its units")
            options: root.statuses
            value: root.model.decidedStatus
            enabled: !root.model.isSaving

            onChosen: value => root.model.decidedStatus = value
        }
    }

    ReturnDialog {
        id: returning

        onReturned: reason => root.model.giveBack(reason)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
