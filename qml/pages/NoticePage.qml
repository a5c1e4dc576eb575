// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// An own text was not taken: which, by whom, and what stands now.
import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property NoticeModel model
    readonly property bool isReady: model.isReady

    signal back
    signal historyPicked(string recordId, string field)
    signal taskPicked(string taskId)

    title: head.title

    header: PageHeader {
        id: head

        title: root.model.title !== "" ? root.model.title : qsTr("Your text was not taken")
        subtitle: root.model.place
        canGoBack: true

        onBack: root.back()
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.model.isGone ? qsTr("This notice is not here any more") : qsTr("Your text was not taken")
            text: root.model.isGone ? "" : qsTr("Several people wrote different things here. Somebody decided for another text. Yours is kept in the history.")
            tone: "warn"
        }

        ValueCard {
            heading: qsTr("Written by you")
            runs: [{"text": root.model.ownText, "kind": "same"}]
            time: root.model.ownTimeText
            choosable: false
            visible: !root.model.isGone
        }

        ValueCard {
            heading: qsTr("Taken instead")
            runs: root.model.runs
            person: root.model.person
            unit: root.model.unit
            time: root.model.time
            choosable: false
            visible: !root.model.isGone
        }

        DiffLegend {
            visible: root.model.runs.length > 1
        }

        Flow {
            width: parent.width
            spacing: Style.space2

            AppButton {
                objectName: "understood"
                text: qsTr("I have read it")
                variant: "primary"
                visible: !root.model.isGone && !root.model.isSeen

                onClicked: {
                    root.model.markSeen();
                    root.back();
                }
            }

            AppButton {
                text: qsTr("History, and restore")
                iconName: "history"
                visible: !root.model.isGone

                onClicked: root.historyPicked(root.model.recordId, root.model.field === "deleted" ? "" : root.model.field)
            }

            AppButton {
                text: qsTr("Task")
                iconName: "task"
                visible: root.model.taskId !== ""

                onClicked: root.taskPicked(root.model.taskId)
            }
        }
    }
}
