// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One task's paragraph: what the office makes of it, whose each sentence is, and the units' texts beside it.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property ParagraphModel model
    readonly property bool isReady: model.isReady

    signal back
    signal originPicked
    signal reviewPicked(string taskId, string unitId, string windowId)

    // Behind the fields for Tab and for a screen reader too: Qt made it before them.
    Component.onCompleted: {
        footer.parent = null;
        footer.parent = root;
    }

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Paragraph")
        subtitle: root.model.taskItem
        canGoBack: true

        onBack: root.back()

        DraftBadge {
            dirty: root.model.isDirty
            draftState: root.model.draftState
            visible: root.model.isDirty
        }

        AppButton {
            text: qsTr("Where it comes from")
            variant: "quiet"

            onClicked: root.originPicked()
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
                enabled: root.model.canSave && !editor.tooLong
                busy: root.model.isSaving

                onClicked: root.model.save()
            }

            AppButton {
                text: qsTr("As the units wrote it")
                iconName: "undo"
                enabled: root.model.canComposeAgain

                onClicked: again.open()
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

        function onDone(): void {
            toast.show(qsTr("Saved on this device"), "");
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        id: scroll

        readonly property bool beside: width >= Math.round(820 * Style.textScale)

        anchors.fill: parent
        columnMax: beside ? 1600 : Style.readingWidth

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            title: qsTr("Not all reports are on this device")
            text: qsTr("Only the office holds the reports of all units.")
            tone: "warn"
            visible: root.isReady && root.model.errorWhat === "" && !root.model.isWhole
        }

        Banner {
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.model.isDraftRestored
        }

        Banner {
            title: qsTr("What is shown has changed since you began")
            text: qsTr("What you save is put together with it. Yours is kept until you take what is shown.")
            tone: "info"
            actionText: qsTr("Take what is shown")
            visible: root.model.hasNewer

            onAction: root.model.takeNewer()
        }

        Grid {
            id: parts

            readonly property real columnWidth: scroll.beside ? (width - columnSpacing) / 2 : width

            width: parent.width
            columns: scroll.beside ? 2 : 1
            columnSpacing: Style.gutter
            rowSpacing: Style.space4
            verticalItemAlignment: Grid.AlignTop

            Column {
                width: parts.columnWidth
                spacing: Style.space3

                AppText {
                    width: parent.width
                    text: root.model.taskContent
                    muted: true
                    textFormat: Text.PlainText
                    visible: text !== ""
                }

                Flow {
                    width: parent.width
                    spacing: Style.space2

                    StateBadge {
                        kind: root.isReady ? root.model.state : ""
                    }

                    Badge {
                        text: qsTr("Number done: %1").arg(root.model.countText)
                        visible: root.model.countText !== ""
                    }
                }

                AppText {
                    width: parent.width
                    text: root.model.targets
                    muted: true
                    visible: text !== ""
                }

                Card {
                    width: parent.width
                    tone: "conflict"
                    visible: root.model.state === "overlap"

                    AppText {
                        width: parent.width
                        text: qsTr("A unit has changed a sentence that the office had edited. The office's text stands until you save; the units' texts give now:")
                    }

                    AppText {
                        width: parent.width
                        text: root.model.composedText
                        strong: true
                        textFormat: Text.PlainText
                    }
                }

                AppTextArea {
                    id: editor

                    width: parent.width
                    label: qsTr("The office's text")
                    help: qsTr("Goes into the consolidated ledger. A unit's later correction is put into it by itself.")
                    text: root.model.text
                    lengthMax: 5400
                    rowsMin: 6
                    enabled: root.isReady && !root.model.isSaving

                    onEdited: text => root.model.text = text
                }

                SectionHeader {
                    title: qsTr("Whose sentences these are")
                    visible: root.model.sentences.length > 0
                }

                Card {
                    width: parent.width
                    visible: root.model.sentences.length > 0

                    Repeater {
                        model: root.model.sentences
                        delegate: ParagraphSentence {}
                    }
                }
            }

            Column {
                width: parts.columnWidth
                spacing: Style.space3

                SectionHeader {
                    title: qsTr("What the units report")
                    count: root.model.filings.length
                }

                AppText {
                    width: parent.width
                    text: qsTr("Nothing was reported yet.")
                    muted: true
                    visible: root.isReady && root.model.filings.length === 0
                }

                Repeater {
                    model: root.model.filings
                    delegate: ParagraphFilingCard {
                        required property var modelData

                        width: parts.columnWidth
                        filing: modelData

                        onReviewPicked: root.reviewPicked(root.model.taskId, modelData.unitId, root.model.windowId)
                    }
                }
            }
        }
    }

    ConfirmDialog {
        id: again

        title: qsTr("Take the units' texts again?")
        text: qsTr("The office's text goes out of the paragraph; it stays in the history.")
        acceptText: qsTr("As the units wrote it")

        onAccepted: root.model.composeAgain()
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
