// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A unit's word on what a checker found, below the finding.
pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property FieldEditModel model
    required property UnitCheckListModel about // the check alone
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Objection")
        canGoBack: true

        onBack: root.back()
    }

    footer: Rectangle {
        implicitHeight: save.height + 2 * Style.space3
        color: Style.surface

        AppButton {
            id: save

            anchors.right: parent.right
            anchors.rightMargin: Style.gutter
            y: Style.space3
            text: qsTr("Save on this device")
            variant: "primary"
            enabled: root.model.canSave
            busy: root.model.isSaving

            onClicked: root.model.save()
        }
    }

    Connections {
        target: root.model

        function onSaved(): void {
            root.back();
        }

        function onFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent

        Banner {
            width: parent.width
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        Banner {
            width: parent.width
            title: qsTr("Your draft is back")
            text: qsTr("It was not saved when the form was left.")
            tone: "info"
            visible: root.model.isDraftRestored
            actionText: qsTr("Discard draft")

            onAction: root.model.discardDraft()
        }

        Banner {
            width: parent.width
            title: qsTr("%1 wrote meanwhile:").arg(root.model.newerBy)
            text: root.model.newer
            tone: "conflict"
            iconName: "merge"
            visible: root.model.hasNewer
            actionText: qsTr("I have read it")

            onAction: root.model.markSeen()
        }

        Repeater {
            model: root.about

            Card {
                id: card

                required property string heading
                required property string place
                required property string byText
                required property string finding
                required property string linesText
                required property string rectifyText
                required property string checkState
                required property bool hasConflict
                required property bool isUnsent
                required property int photoCount
                required property int photosHere

                width: parent.width

                CheckWords {
                    width: parent.width
                    check: card
                }
            }
        }

        AppTextArea {
            width: parent.width
            label: qsTr("Why we see it differently")
            help: qsTr("The checker and the county office read it.")
            rowsMin: 4
            text: root.model.value
            readOnly: root.model.isSaving

            onEdited: text => root.model.value = text
        }
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space3
    }
}
