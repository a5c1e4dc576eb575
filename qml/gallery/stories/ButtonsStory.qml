// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    title: Demo.say("按钮", "Buttons")

    Group {
        title: Demo.say("种类", "Variants")

        AppButton {
            text: Demo.say("提交填报", "Submit report")
            variant: "primary"
            iconName: "send"
        }

        AppButton {
            text: Demo.say("存草稿", "Save draft")
        }

        AppButton {
            text: Demo.say("取消", "Cancel")
            variant: "quiet"
        }

        AppButton {
            text: Demo.say("撤销设备", "Revoke device")
            variant: "danger"
            iconName: "lock"
        }
    }

    Group {
        title: Demo.say("状态", "States")

        AppButton {
            text: Demo.say("正在导入", "Importing")
            variant: "primary"
            busy: true
        }

        AppButton {
            text: Demo.say("正在同步", "Syncing")
            busy: true
        }

        AppButton {
            text: Demo.say("不可用", "Not available")
            variant: "primary"
            enabled: false
        }

        AppButton {
            text: Demo.say("不可用", "Not available")
            enabled: false
        }

        AppButton {
            id: focused

            text: Demo.say("键盘焦点", "Keyboard focus")
            iconName: "keyboard"
            Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
        }

        AppButton {
            width: Math.min(implicitWidth, 220)
            text: Demo.say("导出全县台账（含核验与认定）", "Export the whole ledger with what was verified and decided")
            iconName: "export"
        }
    }

    Group {
        title: Demo.say("图标按钮", "Icon buttons")

        IconButton {
            iconName: "back"
            text: Demo.say("返回", "Back")
        }

        IconButton {
            iconName: "search"
            text: Demo.say("搜索", "Search")
        }

        IconButton {
            iconName: "conflict"
            text: Demo.say("冲突", "Conflicts")
            count: 3
        }

        IconButton {
            iconName: "filter"
            text: Demo.say("筛选", "Filter")
            checked: true
        }

        IconButton {
            iconName: "delete"
            text: Demo.say("删除", "Delete")
            enabled: false
        }

        IconButton {
            iconName: "more"
            text: Demo.say("更多", "More")
        }
    }
}
