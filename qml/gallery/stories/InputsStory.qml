// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    readonly property real half: Style.phone ? width - 2 * Style.gutter : Math.min(400, (width - 2 * Style.gutter - Style.space3) / 2)

    title: Demo.say("输入", "Inputs")

    Group {
        title: Demo.say("文字", "Text")

        AppTextField {
            width: root.half
            label: Demo.say("公示栏地址", "Address of the notice board")
            placeholder: Demo.say("村委会门口", "At the village office")
        }

        AppTextField {
            width: root.half
            label: Demo.say("县里的地址", "Address of the county")
            text: "https://gk.example.gov.cn"
            help: Demo.say("县政务公开办给的网址", "Given by the county office")
            mandatory: true
        }

        AppTextField {
            id: wrong

            width: root.half
            label: Demo.say("登记码", "Enrolment code")
            text: "4K7-9QX"
            error: Demo.say("登记码应为 8 位，少了 2 位", "The code has 8 characters; 2 are missing")
            mandatory: true
        }

        AppTextField {
            width: root.half
            label: Demo.say("牵头单位", "Lead unit")
            text: "示例县政务公开办公室"
            readOnly: true
        }

        SearchField {
            width: root.half
            placeholder: Demo.say("搜索任务、单位、正文", "Search tasks, units, texts")
        }

        SearchField {
            width: root.half
            text: "公示栏"
        }
    }

    Group {
        title: Demo.say("多行", "Longer text")

        AppTextArea {
            width: Math.min(parent.width, Style.readingWidth)
            label: Demo.say("进展情况", "Progress")
            help: Demo.say("写清做了什么、到什么程度", "Say what was done and how far it is")
            lengthMax: 500
            text: "已召开专题会 2 次，公开目录调整完毕。镇政务公开专栏更新 12 条，其中财政资金 5 条、社会救助 7 条。下一步逐村核对公示栏，月底前完成。"
        }

        AppTextArea {
            width: Math.min(parent.width, Style.readingWidth)
            label: Demo.say("检查情况", "Finding")
            placeholder: Demo.say("看到了什么（可不填）", "What was seen (may stay empty)")
            rowsMin: 2
        }
    }

    Group {
        title: Demo.say("选择、数字、日期", "Choices, numbers, dates")

        AppComboBox {
            width: root.half
            label: Demo.say("填报窗口", "Window")
            model: ["2026 年第三季度（9 月 30 日截止）", "2026 年第四季度"]
            currentIndex: 0
        }

        AppComboBox {
            width: root.half
            label: Demo.say("地点", "Place")
            model: ["东门社区公示栏"]
            currentIndex: -1
            error: Demo.say("请选地点", "Choose a place")
        }

        NumberField {
            width: root.half
            label: Demo.say("完成百分比", "Percent done")
            value: 60
            stepSize: 5
            suffix: "%"
        }

        NumberField {
            width: root.half
            label: Demo.say("完成数量", "Number done")
            value: 12
            to: 9999
            suffix: Demo.say("条", "")
        }

        NumberField {
            width: root.half
            label: Demo.say("本期新完成数量", "Done since last time")
            value: 9999
            to: 9999
            error: Demo.say("比全年计划还多，请核对", "More than planned for the year; please check")
        }

        NumberField {
            width: root.half
            label: Demo.say("完成百分比", "Percent done")
            help: Demo.say("别的单位填的，不能改", "Of another unit: it cannot be changed")
            value: 100
            suffix: "%"
            readOnly: true
        }

        DateField {
            width: root.half
            label: Demo.say("整改期限", "To be rectified by")
            value: "2026-12-15"
        }

        DateField {
            width: root.half
            label: Demo.say("截止日期", "Deadline")
            value: "2026-02-30"
            error: Demo.say("没有这一天", "There is no such day")
        }
    }
}
