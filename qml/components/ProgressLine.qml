// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Long work: what is being done, how far it is (value 0 to 1, below 0: unknown), and a way to stop it.
import QtQuick
import Hezhang.Ui

Item {
    id: root

    required property string label
    property real value: -1
    property string detail
    property bool stoppable: true

    signal stopped

    implicitWidth: 320
    implicitHeight: Math.max(column.implicitHeight, stop.visible ? stop.height : 0)
    width: parent ? parent.width : implicitWidth
    Accessible.role: Accessible.ProgressBar
    Accessible.name: detail === "" ? label : label + ", " + detail

    Column {
        id: column

        anchors.verticalCenter: parent.verticalCenter
        width: root.width - (stop.visible ? stop.width + Style.space2 : 0)
        spacing: Style.space2

        Flow {
            width: parent.width
            spacing: Style.space2

            AppText {
                width: Math.min(implicitWidth, parent.width)
                text: root.label
                size: Style.sizeSmall
                strong: true
                Accessible.ignored: true
            }

            AppText {
                width: Math.min(implicitWidth, parent.width)
                text: root.detail
                size: Style.sizeSmall
                muted: true
                visible: text !== ""
                Accessible.ignored: true
            }
        }

        Rectangle {
            width: parent.width
            height: 6
            radius: 3
            color: Style.neutralSoft
            clip: true

            Rectangle {
                id: done

                width: parent.width * (root.value < 0 ? 0.3 : Math.min(1, root.value))
                height: 6
                radius: 3
                color: Style.accent

                XAnimator on x {
                    running: root.value < 0 && root.visible && Style.motion
                    from: -done.width
                    to: root.width
                    duration: 1400
                    loops: Animation.Infinite
                }
            }
        }
    }

    AppButton {
        id: stop

        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: qsTr("Stop")
        variant: "quiet"
        visible: root.stoppable

        onClicked: root.stopped()
    }
}
