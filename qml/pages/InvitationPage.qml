// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Inviting a person: the form; when the county has the invitation, its code as text and as a QR picture.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property InvitationModel model
    readonly property bool isReady: model.isReady

    signal back

    title: head.title

    header: PageHeader {
        id: head

        title: qsTr("Invite a person")
        canGoBack: true

        onBack: root.back()
    }

    Connections {
        target: root.model

        function onCopied(): void {
            toast.show(qsTr("Copied"), "");
        }

        function onSaved(path: string): void {
            toast.show(qsTr("Saved: %1").arg(path), "");
        }

        function onSaveFailed(what: string, next: string): void {
            toast.show(what + " " + next, "");
        }
    }

    PageScroll {
        anchors.fill: parent
        columnMax: Math.round(620 * (1 + (Style.textScale - 1) * 0.6))

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        InvitationForm {
            width: parent.width
            model: root.model
            visible: !root.model.isDone
        }

        InvitationCard {
            width: parent.width
            model: root.model
            visible: root.model.isDone

            onSaveWanted: {
                dialog.currentFile = root.model.suggestedFile(dialog.currentFolder);
                dialog.open();
            }
        }
    }

    FileDialog {
        id: dialog

        fileMode: FileDialog.SaveFile
        defaultSuffix: "png"
        nameFilters: [qsTr("Picture (*.png)")]

        onAccepted: root.model.savePicture(selectedFile)
    }

    Toast {
        id: toast

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Style.space4
    }
}
