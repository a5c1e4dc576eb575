// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

PageStory {
    id: root

    PageHeader {
        title: Demo.say("填报", "Report")
        canGoBack: true
    }

    AppDialog {
        title: Demo.say("退回填报", "Return the report")
        acceptText: Demo.say("退回", "Return")
        visible: true

        AppText {
            width: parent.width
            text: Demo.say("城关镇会看到您写的原因。", "城关镇 will see the reason you write.")
            muted: true
        }

        AppTextArea {
            width: parent.width
            label: Demo.say("原因", "Reason")
            text: "缺少佐证材料"
            mandatory: true
        }

        DateField {
            width: parent.width
            label: Demo.say("请在此前补报", "To be reported again by")
            value: "2026-10-12"
        }
    }
}
