// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a printed cell comes from: a row of the consolidated ledger, one of its cells, and the entries behind it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property PrintedCellModel model
    readonly property bool isReady: model.isReady

    signal back
    signal reviewPicked(string taskId, string unitId, string windowId)
    signal historyPicked(string recordId, string field)

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Where it comes from")
        subtitle: root.model.taskTitle
        canGoBack: true

        onBack: root.back()
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        ChipBar {
            width: parent.width

            Repeater {
                model: root.model.cells
                delegate: Chip {
                    required property var modelData

                    text: modelData.title
                    checked: root.model.cell === modelData.cell

                    onToggled: {
                        root.model.cell = modelData.cell;
                        checked = Qt.binding(() => root.model.cell === modelData.cell);
                    }
                }
            }
        }

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: root.model.text !== "" ? root.model.text : qsTr("Nothing is printed here.")
                muted: root.model.text === ""
                textFormat: Text.PlainText
                visible: root.model.sentences.length === 0
            }

            Repeater {
                model: root.model.sentences
                delegate: Column {
                    id: sentence

                    required property var modelData

                    width: parent ? parent.width : 0
                    spacing: 2

                    AppText {
                        width: parent.width
                        text: sentence.modelData.text
                        textFormat: Text.PlainText
                    }

                    AppText {
                        width: parent.width
                        text: sentence.modelData.sources !== "" ? sentence.modelData.sources : qsTr("The office")
                        size: Style.sizeCaption
                        muted: true
                    }
                }
            }
        }

        SectionHeader {
            title: qsTr("Entries")
            visible: root.model.sources.length > 0
        }

        Repeater {
            model: root.model.sources
            delegate: PrintedSourceCard {
                required property var modelData

                width: parent ? parent.width : 0
                source: modelData

                onReviewPicked: root.reviewPicked(root.model.taskId, modelData.unitId, root.model.windowId)
                onHistoryPicked: root.historyPicked(modelData.recordId, "")
            }
        }
    }
}
