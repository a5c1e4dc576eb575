// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The first run: the county office's invitation, typed, pasted as one line, or from a picture of its QR code.
import QtQuick
import QtQuick.Dialogs
import QtQuick.Templates as T
import Hezhang.Model
import Hezhang.Ui

T.Page {
    id: root

    required property Enrolment model
    readonly property bool isReady: true

    title: welcome.text

    PageScroll {
        anchors.fill: parent
        columnMax: 480

        AppText {
            id: welcome

            width: parent.width
            text: qsTr("Welcome to Hezhang")
            size: Style.sizeDisplay
            strong: true
            topPadding: Style.space6
            Accessible.role: Accessible.Heading
        }

        AppText {
            width: parent.width
            text: qsTr("The county office gives you an invitation: an address and a code, or a picture with a QR code. It connects this device with your county; after that you can work without a network.")
            muted: true
        }

        Banner {
            title: root.model.errorWhat
            text: root.model.errorNext
            tone: "bad"
            visible: title !== ""
        }

        AppTextField {
            width: parent.width
            label: qsTr("Address")
            help: qsTr("As https://hezhang.example.gov.cn")
            text: root.model.address
            enabled: !root.model.isBusy

            onEdited: text => root.model.address = text
        }

        AppTextField {
            width: parent.width
            label: qsTr("Invitation code")
            text: root.model.code
            enabled: !root.model.isBusy

            onEdited: text => root.model.code = text
            onAccepted: root.model.enrol()
        }

        Flow {
            width: parent.width
            spacing: Style.space3

            AppButton {
                text: qsTr("Join the county")
                variant: "primary"
                enabled: root.model.canEnrol || root.model.isBusy
                busy: root.model.isBusy

                onClicked: root.model.enrol()
            }

            AppButton {
                text: qsTr("Read a QR picture…")
                iconName: "qr"
                enabled: !root.model.isBusy

                onClicked: pictureDialog.open()
            }

            AppButton {
                text: qsTr("Stop")
                variant: "quiet"
                visible: root.model.isBusy

                onClicked: root.model.cancel()
            }
        }
    }

    FileDialog {
        id: pictureDialog

        title: qsTr("Picture with the QR code")
        nameFilters: [qsTr("Pictures (*.png *.jpg *.jpeg *.bmp *.webp)")]

        onAccepted: root.model.readPicture(selectedFile)
    }
}
