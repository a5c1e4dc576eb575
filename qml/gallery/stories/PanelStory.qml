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

        title: Demo.say("全县任务", "Tasks of the county")
    }

    Skeleton {
        x: Style.gutter
        y: head.height + Style.gutter
        width: parent.width - 2 * Style.gutter
        rows: 8
    }

    SidePanel {
        title: Demo.say("筛选", "Filter")
        visible: true

        SectionHeader {
            title: Demo.say("状态", "Status")
        }

        AppCheckBox {
            width: parent.width
            text: Demo.say("未提交", "Not submitted")
            checked: true
        }

        AppCheckBox {
            width: parent.width
            text: Demo.say("提交后有改动", "Changed since submission")
        }

        AppComboBox {
            width: parent.width
            label: Demo.say("单位", "Unit")
            model: ["城关镇"]
        }

        DateField {
            width: parent.width
            label: Demo.say("到期日", "Due by")
            value: "2026-10-31"
        }

        AppButton {
            width: parent.width
            text: Demo.say("显示 23 项", "Show 23 tasks")
            variant: "primary"
        }
    }
}
