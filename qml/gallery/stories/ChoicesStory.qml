// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    readonly property real column: Math.min(width - 2 * Style.gutter, Style.readingWidth)

    title: Demo.say("选择与筛选", "Choices and filters")

    Group {
        title: Demo.say("检查结果", "Result of a check")

        SegmentedChoice {
            width: root.column
            label: Demo.say("公示栏内容是否及时更新？", "Is the notice board up to date?")
            options: ["yes", "no", "na"]
            value: "no"
            mandatory: true
        }
    }

    Group {
        title: Demo.say("任务状态", "Status")

        SegmentedChoice {
            width: root.column
            label: Demo.say("目前状态", "Present status")
            options: ["not-started", "in-progress", "done", "ongoing", "blocked"]
            value: "in-progress"
            error: Demo.say("百分比是 100，状态却是推进中", "The percent is 100, but the status is in progress")
        }

        SegmentedChoice {
            width: root.column
            label: Demo.say("不可改（窗口已关）", "Not to be changed (window closed)")
            options: ["yes", "no", "na"]
            value: "yes"
            enabled: false
        }
    }

    Group {
        title: Demo.say("勾选与开关", "Ticks and switches")

        AppCheckBox {
            width: root.column
            text: Demo.say("我已核对与上一期的差别", "I have looked at what differs from last time")
            checked: true
        }

        AppCheckBox {
            width: root.column
            text: Demo.say("附照片", "Add photos")
            help: Demo.say("照片可不附；附上时会去掉位置信息", "Photos are never required; their location is removed")
        }

        AppCheckBox {
            width: root.column
            text: Demo.say("不可用", "Not available")
            enabled: false
        }

        AppSwitch {
            width: root.column
            text: Demo.say("大字", "Large text")
            help: Demo.say("所有页面的字都变大", "Makes the text of every page larger")
            checked: true
        }

        AppSwitch {
            width: root.column
            text: Demo.say("深色", "Dark")
        }

        AppSwitch {
            width: root.column
            text: Demo.say("不可用", "Not available")
            enabled: false
        }
    }

    Group {
        title: Demo.say("筛选", "Filters")

        ChipBar {
            Chip {
                text: Demo.say("待填报", "To report")
                count: 7
                checked: true
            }

            Chip {
                text: Demo.say("被退回", "Returned")
                count: 2
                iconName: "return"
            }

            Chip {
                text: Demo.say("逾期", "Overdue")
                count: 1
                iconName: "overdue"
            }

            Chip {
                text: Demo.say("冲突", "Conflicts")
                iconName: "conflict"
            }

            Chip {
                text: "城关镇"
                removable: true
            }

            Chip {
                text: Demo.say("不可用", "Not available")
                enabled: false
            }
        }
    }
}
