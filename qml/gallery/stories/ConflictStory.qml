// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    readonly property real column: Math.min(width - 2 * Style.gutter, Style.readingWidth)

    title: Demo.say("冲突：规范村务公示栏 · 共同进展", "Conflict: 规范村务公示栏 · joint progress")

    Column {
        width: root.column
        spacing: Style.space3

        AppText {
            width: parent.width
            text: Demo.say("两个单位改了同一句话，都还不知道对方的改动。两种写法都保留着，选一种，或者另写一种。", "Two units changed the same sentence without knowing of each other. Both texts are kept: take one, or write another.")
        }

        DiffLegend {}

        ValueCard {
            heading: Demo.say("改之前", "Before both changes")
            runs: [{"text": "已核对 9 个村的公示栏。", "kind": "same"}]
            person: "李四"
            unit: "城关镇"
            time: Demo.say("9 月 20 日 10:05", "20 Sep 10:05")
            choosable: false
        }

        ValueCard {
            heading: Demo.say("城关镇写的", "Written by 城关镇")
            runs: [{"text": "已核对 ", "kind": "same"}, {"text": "9", "kind": "removed"}, {"text": "14", "kind": "added"}, {"text": " 个村的公示栏", "kind": "same"}, {"text": "，3 个村待整改", "kind": "added"}, {"text": "。", "kind": "same"}]
            person: "李四"
            unit: "城关镇"
            time: Demo.say("9 月 28 日 08:40", "28 Sep 08:40")
            device: Demo.say("平板 A", "tablet A")
            shownNow: true
            seen: Demo.say("现在显示这一种，因为它先到县里。", "Shown now because it reached the county first.")
        }

        ValueCard {
            heading: Demo.say("您写的（民政局）", "Written by you (民政局)")
            runs: [{"text": "已核对 ", "kind": "same"}, {"text": "9", "kind": "removed"}, {"text": "12", "kind": "added"}, {"text": " 个村的公示栏。", "kind": "same"}]
            person: "王五"
            unit: "民政局"
            time: Demo.say("9 月 28 日 09:15", "28 Sep 09:15")
            device: Demo.say("办公室电脑", "office PC")
            checked: true
        }

        AppTextArea {
            width: parent.width
            label: Demo.say("或者另写一种", "Or write another")
            rowsMin: 2
        }

        Flow {
            width: parent.width
            spacing: Style.space3

            AppButton {
                text: Demo.say("用选中的写法", "Use the chosen text")
                variant: "primary"
                iconName: "done"
            }

            AppButton {
                text: Demo.say("以后再定", "Decide later")
                variant: "quiet"
            }
        }
    }
}
