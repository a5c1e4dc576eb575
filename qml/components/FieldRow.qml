// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A label and what stands for it: beside each other where there is room, else below.
import QtQuick
import Hezhang.Ui

Flow {
    id: root

    required property string label
    property string value
    property string missing: qsTr("not given")
    readonly property bool beside: width >= 420 * Style.textScale
    default property alias extra: more.data

    width: parent ? parent.width : implicitWidth
    spacing: beside ? Style.space3 : 2

    AppText {
        width: root.beside ? Math.round(132 * Style.textScale) : root.width
        text: root.label
        size: Style.sizeSmall
        muted: true
        topPadding: root.beside ? 2 : 0
    }

    Column {
        width: root.beside ? root.width - Math.round(132 * Style.textScale) - root.spacing : root.width
        spacing: Style.space1

        AppText {
            width: parent.width
            text: root.value !== "" ? root.value : root.missing
            muted: root.value === ""
            visible: root.value !== "" || more.children.length === 0
        }

        Flow {
            id: more

            width: parent.width
            spacing: Style.space2
            visible: children.length > 0
        }
    }
}
