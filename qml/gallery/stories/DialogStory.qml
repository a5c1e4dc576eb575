// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

PageStory {
    id: root

    PageHeader {
        id: head

        title: Demo.say("设备与邀请", "Devices and invitations")
        canGoBack: true
    }

    Skeleton {
        x: Style.gutter
        y: head.height + Style.gutter
        width: parent.width - 2 * Style.gutter
        rows: 6
    }

    ConfirmDialog {
        title: Demo.say("撤销“城关镇 平板 A”？", "Revoke “城关镇 tablet A”?")
        text: Demo.say("撤销后它不能再与县里同步。它上面还没送出的修改会收进县里的暂存，不会丢。", "It can no longer sync with the county. What it has not sent yet is taken into escrow and is not lost.")
        acceptText: Demo.say("撤销设备", "Revoke device")
        visible: true
    }
}
