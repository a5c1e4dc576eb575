// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One field that several people wrote: what all started from, what each wrote, what is shown and why; and the decision.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property DifferenceModel model
    readonly property bool isReady: model.isReady
    readonly property bool isConflict: model.kind === "conflict"
    readonly property bool isMade: model.kind === "merged" || model.kind === "overruled"
    readonly property bool writesOwn: model.picked === -2
    readonly property bool isRecord: model.editor === "record"
    readonly property bool hasMarks: model.hasBase && model.editor === "text"

    signal back
    signal historyPicked(string recordId, string field)
    signal taskPicked(string taskId)

    function explanation(): string {
        switch (model.kind) {
        case "merged":
            return qsTr("Several people changed different sentences. The program has put them into one text. Please read whether it is right.");
        case "overruled":
            return qsTr("Several people wrote different things. The one whose author decides here stands; the others are kept below.");
        default:
            return isRecord ? qsTr("One wants to delete the entry, another has written in it meanwhile, without knowing of each other.") : qsTr("These were written without knowing of each other. Nothing is lost: choose one, or write another.");
        }
    }

    function switchOwn(): void {
        root.model.picked = root.writesOwn ? -1 : -2;
        if (root.model.picked === -2 && root.isMade && root.model.ownText === "")
            root.model.ownText = root.model.shownText;
    }

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.title !== "" ? root.model.title : qsTr("Differences")
        subtitle: root.model.place
        canGoBack: true

        onBack: root.back()

        IconButton {
            iconName: "history"
            text: qsTr("History")

            onClicked: root.historyPicked(root.model.recordId, root.isRecord ? "" : root.model.field)
        }

        IconButton {
            iconName: "task"
            text: qsTr("Task")
            visible: root.model.taskId !== ""

            onClicked: root.taskPicked(root.model.taskId)
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
            title: qsTr("It has changed since you opened it")
            text: qsTr("Below is how it stands now. Please look at it again before you decide.")
            tone: "warn"
            actionText: qsTr("I have looked")
            visible: root.model.isChanged

            onAction: root.model.look()
        }

        Banner {
            title: qsTr("This is settled")
            text: qsTr("Nothing waits for a decision here. The history keeps everything that was written.")
            tone: "good"
            actionText: qsTr("History")
            visible: root.model.kind === "settled"

            onAction: root.historyPicked(root.model.recordId, root.isRecord ? "" : root.model.field)
        }

        AppText {
            width: parent.width
            text: root.explanation()
            visible: root.isConflict || root.isMade
        }

        ValueCard {
            heading: qsTr("Before, for all of them")
            runs: [{"text": root.model.baseText, "kind": "same"}]
            choosable: false
            visible: root.model.hasBase && (root.isConflict || root.isMade)
        }

        DiffLegend {
            visible: root.hasMarks && (root.isConflict || root.isMade)
        }

        Card {
            width: parent.width
            tone: "conflict"
            visible: root.isMade

            AppText {
                width: parent.width
                text: qsTr("Shown now")
                strong: true
            }

            DiffText {
                runs: root.model.shownRuns
            }

            AppText {
                width: parent.width
                text: root.model.whyText
                size: Style.sizeSmall
                muted: true
            }

            AppButton {
                objectName: "confirm"
                text: qsTr("This is right")
                variant: "primary"
                iconName: "check"
                busy: root.model.isSaving
                enabled: !root.model.isChanged
                visible: !root.writesOwn

                onClicked: root.model.confirm()
            }
        }

        Column {
            id: cards

            width: parent.width
            spacing: Style.space3

            Repeater {
                model: root.model.values

                ValueCard {
                    required property var modelData
                    required property int index

                    objectName: "value" + index
                    width: cards.width
                    heading: modelData.heading
                    runs: modelData.runs
                    person: modelData.person
                    unit: modelData.unit
                    time: modelData.time
                    device: modelData.device
                    seen: States.sentence([modelData.seen])
                    shownNow: modelData.isShown && root.isConflict && !root.isRecord
                    choosable: root.isConflict
                    checked: root.model.picked === index

                    onClicked: root.model.picked = index
                }
            }
        }

        AppText {
            width: parent.width
            text: root.model.whyText
            size: Style.sizeSmall
            muted: true
            visible: root.isConflict && text !== ""
        }

        AppButton {
            objectName: "own"
            text: root.writesOwn ? qsTr("Do not write another") : root.isMade ? qsTr("Change the text") : qsTr("Write another")
            iconName: root.writesOwn ? "undo" : "edit"
            visible: (root.isConflict || root.isMade) && !root.isRecord

            onClicked: root.switchOwn()
        }

        SegmentedChoice {
            width: parent.width
            label: qsTr("What is right")
            options: root.model.choices
            value: root.model.ownText
            visible: root.writesOwn && root.model.editor === "choice"

            onChosen: value => root.model.ownText = value
        }

        NumberField {
            width: parent.width
            label: qsTr("What is right")
            to: 1000000
            value: parseInt(root.model.ownText) || 0
            visible: root.writesOwn && root.model.editor === "number"

            onEdited: value => root.model.ownText = value
        }

        AppTextArea {
            objectName: "ownText"
            width: parent.width
            label: qsTr("What is right")
            text: root.model.ownText
            visible: root.writesOwn && (root.model.editor === "text" || root.model.editor === "line")

            onEdited: text => root.model.ownText = text
        }

        AppButton {
            objectName: "decide"
            width: Style.phone ? parent.width : implicitWidth
            text: root.isMade ? qsTr("Save this text") : qsTr("Decide so")
            variant: "primary"
            busy: root.model.isSaving
            enabled: root.model.canDecide
            visible: root.isConflict || (root.isMade && root.writesOwn)

            onClicked: root.model.decide()
        }

        AppText {
            width: parent.width
            text: qsTr("Whoever wrote another text is told. Nothing is erased: the history keeps it.")
            size: Style.sizeSmall
            muted: true
            visible: root.isConflict
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }

    Connections {
        target: root.model

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }
}
