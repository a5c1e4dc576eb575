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

        title: Demo.say("设备", "Devices")
        canGoBack: true
    }

    Skeleton {
        x: Style.gutter
        y: head.height + Style.gutter
        width: parent.width - 2 * Style.gutter
        rows: 6
    }

    StopDeviceDialog {
        id: dialog
    }

    Component.onCompleted: dialog.ask({
            "deviceId": "85d4", "numberText": Demo.say("设备 85d4", "device 85d4"), "personName": "张建国", "unitName": "镇北堡镇",
            "enrolledText": Demo.say("3月2日", "2 March"), "isRevoked": false
        })
}
