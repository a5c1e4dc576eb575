// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A unit's report on a task: last time's text beside it, what arrived meanwhile beside what is typed, and why it cannot be submitted yet.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property FilingFormModel model
    required property FilingFactsModel facts
    readonly property bool isReady: model.isReady

    signal back

    // Behind the fields for Tab and for a screen reader too: Qt made it before them.
    Component.onCompleted: {
        footer.parent = null;
        footer.parent = root;
    }

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.taskItem !== "" ? root.model.taskItem : root.model.taskContent
        subtitle: root.model.heading
        canGoBack: true

        onBack: root.back()

        DraftBadge {
            dirty: root.model.isDirty
            draftState: root.model.draftState
            otherwise: root.model.progress
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
                text: qsTr("Submit")
                variant: "primary"
                iconName: "send"
                enabled: root.model.canSubmit
                busy: root.model.isSaving

                onClicked: root.model.submit()
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

        function onSaved(isSubmitted: bool): void {
            toast.show(isSubmitted ? qsTr("Submitted; saved on this device") : qsTr("Saved on this device"), "");
        }

        function onCounted(): void {
            toast.show(qsTr("Counted; saved on this device"), "");
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
            title: qsTr("Returned")
            text: root.model.returnedReason
            tone: "bad"
            iconName: "return"
            visible: text !== ""
        }

        Banner {
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.model.isDraftRestored
        }

        ExtensionPart {
            model: root.model.extension

            onTold: what => toast.show(what, "")
        }

        PreviousReportCard {
            windowTitle: root.model.previousWindow
            text: root.model.previousText
            status: root.model.previousStatus
            percentText: root.model.previousPercent
        }

        Banner {
            title: qsTr("%1 wrote meanwhile:").arg(root.model.newerBy)
            text: root.model.textNewer
            tone: "conflict"
            iconName: "merge"
            visible: text !== ""
            actionText: qsTr("I have read it")

            onAction: root.model.markSeen("text")
        }

        AppTextArea {
            width: parent.width
            label: qsTr("What was done")
            mandatory: true
            rowsMin: 5
            text: root.model.text
            readOnly: !root.model.isOwn || root.model.isSaving

            onEdited: text => root.model.text = text
        }

        Banner {
            title: qsTr("The status was changed meanwhile: %1").arg(States.word(root.model.statusNewer))
            tone: "conflict"
            visible: root.model.statusNewer !== ""
            actionText: qsTr("I have read it")

            onAction: root.model.markSeen("status")
        }

        SegmentedChoice {
            width: parent.width
            label: qsTr("Status")
            mandatory: true
            options: ["not-started", "in-progress", "done", "ongoing", "blocked"]
            value: root.model.status
            enabled: root.model.isOwn

            onChosen: value => root.model.status = value
        }

        Flow {
            width: parent.width
            spacing: Style.space5

            NumberField {
                width: Math.round(220 * Style.textScale)
                label: qsTr("Percent done")
                suffix: "%"
                objectName: "percent"
                value: Math.max(0, root.model.percent)
                unfilled: root.model.percent < 0
                readOnly: !root.model.isOwn

                onEdited: value => root.model.percent = value
            }

            NumberField {
                width: Math.round(220 * Style.textScale)
                label: qsTr("Done since last time")
                help: qsTr("%n so far", "", root.model.count)
                from: -9999
                to: 9999
                value: root.model.countAdded
                readOnly: !root.model.isOwn

                onEdited: value => root.model.countAdded = value
            }
        }

        TargetsPart {
            width: parent.width
            targets: root.model.targets
            canCount: root.model.isOwn

            onCounted: (target, done, cases) => root.model.countTarget(target, done, cases)
            onStated: (target, percent) => root.model.stateTarget(target, percent)
        }

        SectionHeader {
            title: qsTr("Evidence")
            count: root.model.evidence.count
            actionText: root.model.isOwn ? qsTr("Add a file") : ""

            onAction: fileDialog.open()
        }

        Column {
            width: parent.width

            Repeater {
                model: root.model.evidence

                ListRow {
                    id: file

                    required property string name
                    required property bool isPhoto
                    required property bool isDraft
                    required property bool isHere
                    required property url source
                    required property url preview

                    width: parent ? parent.width : 320
                    title: name
                    iconName: isPhoto ? "photo" : "file"
                    opens: isHere

                    onClicked: if (isHere) Qt.openUrlExternally(source)

                    StateBadge {
                        kind: file.isDraft ? "draft" : ""
                    }

                    EvidencePreview {
                        source: file.preview
                    }
                }
            }
        }

        FilingHintsPart {
            width: parent.width
            problems: root.model.isOwn ? root.model.problems : []
            warnings: root.model.warnings
        }

        FilingFactsCard {
            width: parent.width
            model: root.facts
        }
    }

    FileDialog {
        id: fileDialog

        title: qsTr("Evidence")

        onAccepted: root.model.addEvidence(selectedFile)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }
}
