// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One task: what is asked, by when, of whom; the joint text and status; every filing this home may read.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property TaskModel model
    required property EarlierTaskModel earlier
    readonly property bool isReady: model.isReady

    signal back
    signal filingPicked(string taskId, string windowId)
    signal togetherPicked(string taskId, string heading)
    signal differencePicked(string recordId, string field)
    signal historyPicked(string recordId, string field)
    signal taskPicked(string taskId)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.item !== "" ? root.model.item : qsTr("Task")
        subtitle: root.model.heading
        canGoBack: true

        onBack: root.back()

        AppButton {
            text: qsTr("Report")
            variant: "primary"
            iconName: "edit"
            visible: root.model.canFile

            onClicked: root.filingPicked(root.model.taskId, root.model.windowId)
        }
    }

    Connections {
        target: root.model

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    Toast {
        id: toast

        z: 1
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
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

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: root.model.content
            }

            FieldRow {
                label: qsTr("Indicator")
                value: root.model.indicator
                visible: value !== ""
            }

            FieldRow {
                label: qsTr("Deadline")
                value: root.model.deadlineLine
                visible: value !== "" || root.model.deadline !== ""

                Badge {
                    text: root.model.deadline
                    tone: States.tone(root.model.deadlineState)
                    iconName: States.icon(root.model.deadlineState)
                    visible: text !== ""
                }
            }

            FieldRow {
                label: qsTr("Units")

                Repeater {
                    model: root.model.units

                    Badge {
                        required property string unitName
                        required property string roleText
                        required property bool isOwn

                        text: qsTr("%1 · %2", "unit and its role").arg(unitName).arg(roleText)
                        tone: isOwn ? "accent" : "neutral"
                    }
                }
            }
        }

        TargetsPart {
            width: parent.width
            targets: root.model.targets
            canContinue: root.model.canContinue

            onContinued: (target, heir) => root.model.continueTarget(target, heir)
        }

        SectionHeader {
            title: qsTr("Together")
            actionText: root.model.canEditJoint ? qsTr("Write") : ""

            onAction: root.togetherPicked(root.model.taskId, root.model.heading)
        }

        Card {
            width: parent.width
            tone: root.model.jointTextState === "conflict" || root.model.jointStatusState === "conflict" ? "conflict" : ""

            FieldRow {
                label: qsTr("Status")

                StateBadge {
                    kind: root.model.jointStatus
                }

                StateBadge {
                    kind: root.model.jointStatusState === "conflict" ? "conflict" : ""
                }
            }

            AppText {
                width: parent.width
                text: root.model.jointText !== "" ? root.model.jointText : qsTr("Nothing written yet.")
                muted: root.model.jointText === ""
            }

            Flow {
                width: parent.width
                spacing: Style.space2

                StateBadge {
                    kind: root.model.jointTextState === "conflict" || root.model.jointTextState === "merged" ? root.model.jointTextState : ""
                }

                AppText {
                    text: root.model.jointTextBy
                    size: Style.sizeCaption
                    muted: true
                }
            }

            Flow {
                width: parent.width
                spacing: Style.space2

                AppButton {
                    text: qsTr("Decide the status")
                    iconName: "conflict"
                    visible: root.model.jointStatusState === "conflict"

                    onClicked: root.differencePicked(root.model.taskId, "joint_status")
                }

                AppButton {
                    text: root.model.jointTextState === "merged" ? qsTr("Read and confirm") : qsTr("Decide the text")
                    iconName: root.model.jointTextState === "merged" ? "merge" : "conflict"
                    visible: root.model.jointTextState === "conflict" || root.model.jointTextState === "merged"

                    onClicked: root.differencePicked(root.model.taskId, "joint_progress")
                }

                AppButton {
                    text: qsTr("History")
                    iconName: "history"
                    variant: "quiet"

                    onClicked: root.historyPicked(root.model.taskId, "")
                }
            }
        }

        EarlierTaskPart {
            width: parent.width
            model: root.earlier

            onTaskPicked: taskId => root.taskPicked(taskId)
        }

        SectionHeader {
            title: qsTr("Reports of the units")
            count: root.model.filings.count
        }

        Column {
            width: parent.width
            spacing: Style.space3

            Repeater {
                model: root.model.filings

                Loader {
                    id: place

                    required property int index
                    required property var model

                    width: parent ? parent.width : 320
                    asynchronous: index >= 6 // below what is seen first: not before the page is shown

                    // Not sourceComponent: Qt 6.4 does not make a bound component later than its page.
                    Component.onCompleted: setSource(Qt.resolvedUrl("FilingCard.qml"), {
                        "filing": model
                    })

                    Connections {
                        target: place.item
                        ignoreUnknownSignals: true

                        function onHistoryPicked(): void {
                            root.historyPicked(place.model.filingId, "");
                        }
                    }
                }
            }
        }
    }
}
