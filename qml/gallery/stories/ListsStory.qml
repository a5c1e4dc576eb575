// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
import QtQuick
import Hezhang.Ui
import Hezhang.Gallery

Story {
    id: root

    readonly property real column: Math.min(width - 2 * Style.gutter, Style.readingWidth)

    title: Demo.say("列表与卡片", "Lists and cards")

    Column {
        width: root.column
        spacing: Style.space3

        SectionHeader {
            title: Demo.say("本周到期", "Due this week")
            count: 3
            actionText: Demo.say("全部", "All")
        }

        Rectangle {
            width: parent.width
            height: rows.height
            radius: Style.radiusLarge
            color: Style.surface
            border.color: Style.line
            clip: true

            Column {
                id: rows

                width: parent.width

                ListRow {
                    lead: "12 · " + Demo.say("重点领域公开", "Key areas")
                    title: "持续推进重大建设项目批准和实施信息公开，按月更新项目进展"
                    subtitle: Demo.say("牵头：县发展改革局", "Lead: 县发展改革局")
                    trailing: Demo.say("9 月 30 日", "30 Sep")

                    StateBadge {
                        kind: "overdue"
                        detail: Demo.say("2 天", "2 days")
                    }

                    StateBadge {
                        kind: "returned"
                    }
                }

                ListRow {
                    title: "规范村务公示栏"
                    subtitle: "已核对 14 个村的公示栏，3 个村待整改。"
                    trailing: Demo.say("10 月 2 日", "2 Oct")
                    current: true

                    StateBadge {
                        kind: "conflict"
                    }

                    StateBadge {
                        kind: "local"
                    }
                }

                ListRow {
                    title: "编制基层政务公开标准目录"
                    trailing: Demo.say("10 月 8 日", "8 Oct")
                    divided: false

                    StateBadge {
                        kind: "submitted"
                    }

                    StateBadge {
                        kind: "received"
                    }
                }
            }
        }

        SectionHeader {
            title: Demo.say("任务", "Task")
        }

        Card {
            width: parent.width

            AppText {
                width: parent.width
                text: "规范村务公示栏"
                size: Style.sizeTitle
                strong: true
            }

            FieldRow {
                label: Demo.say("任务内容", "Content")
                value: "全县各村（社区）公示栏统一样式，按月更新财务、低保、救助信息。"
            }

            FieldRow {
                label: Demo.say("完成时限", "Deadline")
                value: Demo.say("每月 10 日前（下次 10 月 10 日，还有 8 个工作日）", "The 10th of each month (next: 10 Oct, 8 working days left)")
            }

            FieldRow {
                label: Demo.say("责任单位", "Responsible")

                Badge {
                    text: "民政局 · " + Demo.say("牵头", "lead")
                    tone: "accent"
                }

                Badge {
                    text: "城关镇"
                }

                Badge {
                    text: "东山乡"
                }
            }

            FieldRow {
                label: Demo.say("指标", "Indicator")
            }

            PersonLine {
                person: "李四"
                unit: "城关镇"
                time: Demo.say("今天 08:40", "today 08:40")
                device: Demo.say("平板 A", "tablet A")
            }
        }

        Card {
            width: parent.width
            tone: "bad"

            PersonLine {
                person: "王五"
                unit: "县政务公开办"
                time: Demo.say("昨天 16:20", "yesterday 16:20")
                strong: true
            }

            AppText {
                width: parent.width
                text: "缺少佐证材料，请补充公示栏照片或文件后再报。"
            }
        }
    }
}
